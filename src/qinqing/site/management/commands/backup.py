"""`qinqing backup FILE [--with-keys]`: a consistent copy of everything while it runs."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from qinqing.base import say
from qinqing.site import backups
from qinqing.site.starting import WRONG_USE


class Command(BaseCommand):
    help = "Write database and attachments, as of now, into one archive."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--with-keys", action="store_true", help="the signing key and the secret too; keep it locked")

    def handle(self, *, file, with_keys, **_options):
        try:
            backups.make(file, with_keys=with_keys)
        except backups.Unusable as error:
            self.stderr.write(str(error))
            sys.exit(WRONG_USE)
        self.stderr.write(str(say("已备份到 %(path)s", path=file)))

"""`qinqing route TEXT`: up to three departments that a difficulty may belong to, each with its reasons."""

import json
import sys

from django.core.management.base import BaseCommand

from qinqing.base import say
from qinqing.site import suggesting


class Command(BaseCommand):
    help = "Suggest the departments for a text, from the closed matters most like it."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("text")

    def handle(self, *, text, **_options):
        found = suggesting.departments(text)
        self.stdout.write(json.dumps({"departments": found}, ensure_ascii=False))
        if not found:
            self.stderr.write(str(say("没有类似的办结事项，请人工判断")))
            sys.exit(1)

"""`qinqing demo load [--size small|full|scale]` and `qinqing demo digest`: the simulated year Guangyuan 2020."""

import sys
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand

from qinqing import base
from qinqing.base import say
from qinqing.demo import digest, loading, people, population
from qinqing.parties import queries as parties


class Command(BaseCommand):
    help = "Load the simulated year into an empty database, or print the digest of its registers."
    requires_system_checks = ()

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="make the tables and write the year through the actions; refused where accounts are")
        load.add_argument("--size", choices=population.SIZES, default="small")
        verbs.add_parser("digest", help="SHA-256 over the registers: the same seed gives the same digest")

    def handle(self, *, verb, size="small", **_options):
        if verb == "digest":
            self.stdout.write(digest.of_registers())
            return
        call_command("migrate", verbosity=0)
        if loading.is_loaded():
            self.stderr.write(str(say("演示数据已经载入，没有改动。")))
        else:
            self._load(size)
        self._characters()

    def _load(self, size):
        began = time.monotonic()
        try:
            loading.load(size)
        except base.Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(1)
        self.stderr.write(str(say("演示数据已载入，用时 %(seconds)s 秒。", seconds=round(time.monotonic() - began))))

    def _characters(self):
        for account in parties.demo_accounts():
            self.stdout.write(f"{account.username:<20}{people.PASSWORD}  {account.demo_label}：{account.demo_note}")

"""`qinqing facts snapshot`: the facts of all enterprises as columns, as the worker builds them by itself."""

from django.core.management.base import BaseCommand

from qinqing.policy import snapshots


class Command(BaseCommand):
    help = "Build the columns that matching and simulation read."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["snapshot"])

    def handle(self, **_options):
        built = snapshots.renew()
        self.stdout.write(f"{built.columns.rows} enterprises, {len(built.columns.columns)} facts, {built.seconds} s, "
                          f"{built.unreadable} unreadable values, sha256:{built.digest}")

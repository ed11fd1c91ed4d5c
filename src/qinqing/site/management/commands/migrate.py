"""`qinqing migrate`: Django's own, and the table of the database cache with it."""

from django.core.management import call_command
from django.core.management.commands import migrate


class Command(migrate.Command):
    def handle(self, *args, **options):
        super().handle(*args, **options)
        if not (options["check_unapplied"] or options["plan"]):
            call_command("createcachetable", database=options["database"], verbosity=0)

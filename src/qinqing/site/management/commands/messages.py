"""`qinqing manage messages`: bring the translations up to date with the source and list what is still to be translated."""

import sys

from django.core.management.base import BaseCommand

from qinqing.site import messages


class Command(BaseCommand):
    help = "Merge the source strings into locale/en and list what is not translated."
    requires_system_checks = []

    def handle(self, **options):
        catalog = messages.merged()
        messages.path().parent.mkdir(parents=True, exist_ok=True)
        messages.path().write_bytes(messages.written(catalog))
        found = messages.faults(catalog)
        for fault in found:
            self.stdout.write(f"{fault.what}: {fault.text}")
        self.stderr.write(f"{len(catalog)} strings, {len(found)} to see to")
        sys.exit(1 if found else 0)

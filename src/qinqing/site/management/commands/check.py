"""`qinqing check`: invariants over the live data, after Django's own checks of the installation."""

from argparse import ArgumentParser

from django.core.management.commands import check

from qinqing.site import invariants


class Command(check.Command):
    help = "Invariants over the live data: what is broken (exit 1), and what is stuck (told, exit 0)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--installation-only", action="store_true", help="Django's checks alone, without reading data")

    def handle(self, *labels: str, **options) -> None:
        alone = options.pop("installation_only")
        super().handle(*labels, **options)
        if not alone and not labels:
            self._data()

    def _data(self) -> None:
        faults = 0
        for finding in invariants.all_findings():
            faults += finding.fault
            self.stdout.write(f"{'错误' if finding.fault else '注意'} {finding.subject} {finding.sentence}")
        if faults:
            raise SystemExit(1)

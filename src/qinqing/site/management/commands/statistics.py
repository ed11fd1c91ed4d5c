"""`qinqing statistics --year 2020 --json`: the metrics of a year, computed from the registers."""

import json
from decimal import Decimal

from django.core.management.base import BaseCommand

from qinqing.site import statistics


class Command(BaseCommand):
    help = "The metrics of a year; what is not built is absent, never 0."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *, year, **options):
        found = statistics.of_year(year)
        if options["json"]:
            self.stdout.write(json.dumps(found, default=_number, ensure_ascii=False))
            return
        for name, metric in found.items():
            self.stdout.write(f"{name:<24}{metric['value']} {metric['unit']} (n={metric['n']}, {metric['as_of']})")


def _number(value):
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(value)

"""`qinqing size --industry C1521 --employees 1000 --revenue 40000`: the size class by the table of 2017."""

import argparse
import json
import sys
from decimal import Decimal, InvalidOperation

from django.core.management.base import BaseCommand

from qinqing import base
from qinqing.parties import size


def amount(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 万元")
    return number


class Command(BaseCommand):
    help = "The size class of an enterprise (统计上大中小微型企业划分办法 2017); leave out what is not known."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--industry", required=True, help="GB/T 4754-2017 code, C1521")
        parser.add_argument("--employees", type=int, help="persons")
        parser.add_argument("--revenue", type=amount, help="万元")
        parser.add_argument("--assets", type=amount, help="万元")

    def handle(self, *, industry, employees, revenue, assets, **_options):
        try:
            answer = size.classify(industry, employees=employees, revenue=revenue, assets=assets)
        except base.Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self.stdout.write(json.dumps({"size": answer.size.value, "why": str(answer.why)}, ensure_ascii=False))

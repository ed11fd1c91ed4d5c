"""`qinqing uscc CODE [--strict]`: whether a unified social credit code is right; exit 1 when it is not."""

import json
import sys

from django.core.management.base import BaseCommand

from qinqing.parties import uscc


class Command(BaseCommand):
    help = "Check a unified social credit code (GB 32100-2015)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("code")
        parser.add_argument("--strict", action="store_true", help="a doubt (organisation code, division) is an error")

    def handle(self, *, code, strict, **_options):
        finding = uscc.check(code, strict=strict)
        answer = {
            "valid": finding.valid,
            "normalised": finding.normalised,
            "authority": str(finding.authority or ""),
            "type": str(finding.holder or ""),
            "warnings": [str(warning) for warning in finding.warnings],
            "errors": [str(error) for error in finding.errors],
            "suggestion": finding.suggestion,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        sys.exit(0 if finding.valid else 1)

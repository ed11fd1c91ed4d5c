"""`qinqing deadline --from 2026-09-30 --limit 7wd`: the date, with every step that leads to it."""

import argparse
import json
import sys
from datetime import date, datetime

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from qinqing import base
from qinqing.base.words import say
from qinqing.clock import export, rules
from qinqing.clock.calendar import Calendar
from qinqing.clock.limits import Limit
from qinqing.workdays import queries

YEARS = range(1949, 2200)


class Command(BaseCommand):
    help = "When a time limit ends, and why."
    requires_system_checks = ()

    def create_parser(self, *args, **kwargs):
        return super().create_parser(*args, usage=argparse.SUPPRESS, **kwargs)  # a mistake is told in one line

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="start", required=True, metavar="2026-09-30[T16:40]")
        parser.add_argument("--limit", required=True, metavar="7wd|30d|3m|1wh")
        parser.add_argument("--pause", action="append", default=[], metavar="A..B", help="both included; repeatable")
        parser.add_argument("--pause-days", default="0", metavar="N")
        parser.add_argument("--roll", choices=("yes", "no"), default="no", help="a last day off ends on the next working day")

    def handle(self, **options):
        try:
            found = _deadline(options, calendar())
        except base.Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self.stdout.write(json.dumps(export.as_values(found), ensure_ascii=False))


def calendar() -> Calendar:
    """The installation's calendar; where there is no database yet, the one that comes with the package."""
    try:
        return queries.calendar()
    except DatabaseError:
        return queries.package_calendar()


def _deadline(options: dict, days: Calendar) -> rules.Deadline:
    return rules.deadline(
        _moment(options["start"], "--from"), Limit.parse(options["limit"]), days,
        pauses=[_pause(text) for text in options["pause"]], pause_days=_number(options["pause_days"]),
        roll=options["roll"] == "yes",
    )


def _moment(text: str, option: str) -> date:
    """A date, or a moment when there is a time to it."""
    try:
        moment = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise base.Refused(
            say("%(option)s：“%(given)s”不是日期，应写成 2026-09-30 或 2026-09-30T16:40", option=option, given=text)) from None
    if moment.year not in YEARS:
        raise base.Refused(say("%(option)s：年份应在 %(first)s 到 %(last)s 之间", option=option, first=YEARS[0], last=YEARS[-1]))
    return moment


def _pause(text: str) -> rules.Pause:
    since, dots, until = text.partition("..")
    if not dots:
        raise base.Refused(say("--pause：“%(given)s”应写成 2026-10-12..2026-10-14", given=text))
    return rules.Pause(_moment(since, "--pause"), _moment(until, "--pause"))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise base.Refused(say("--pause-days：“%(given)s”应为 0 或正整数", given=text))
    return int(text)

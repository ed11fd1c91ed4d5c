"""The calendar that the State Council published for 2004 to 2026, for all tests of the clock."""

from datetime import date, datetime

import chinese_calendar
from chinese_calendar import constants

from qinqing.base.moment import TZ
from qinqing.clock.calendar import Calendar

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)

_NAMES = {"New Year's Day": "元旦", "Spring Festival": "春节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节"}


def _named(days):
    return {day: _NAMES.get(name, name) for day, name in days.items()}


CALENDAR = Calendar(_named(constants.holidays), _named(constants.workdays), frozenset(range(2004, 2027)), "2026-1")


def is_workday(day: date) -> bool:
    """What the package says itself, for the oracles."""
    return chinese_calendar.is_workday(day)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)

"""The read side of the calendar of working days.

* `calendar()` is what every deadline is counted with; with a version's number, what it was counted with then.
* `edition_of(year)` names the version that rules a year, for “2026 年第 1 版” on the page of a deadline.
* `editions()` lists all imports, `days_of(year)` one year's days, `changes_of(number)` what a version made otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache

from qinqing.clock.calendar import Calendar, Shifts
from qinqing.parties import queries as parties

from . import published, rules
from .models import CalendarDay, CalendarVersion
from .rules import Change, Edition, Row
from .terms import PACKAGE, SHIFTS

State = tuple[tuple[int, str], ...]  # number and digest of every version: what a composed calendar rests on


def calendar(version: int | None = None, *, shifts: Shifts | None = None) -> Calendar:
    """The calendar as it is now, or as it was at a version, in the shifts of the city.

    One small query; the days are kept in the process.
    """
    versions = CalendarVersion.objects.all()
    if version is not None:
        versions = versions.filter(number__lte=version)
    return _composed(tuple(versions.values_list("number", "sha256")), shifts or city_shifts())


def city_shifts() -> Shifts:
    """The working hours that the city's profile says; without one, the usual ones."""
    said = parties.city().shifts
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in said) or SHIFTS


@lru_cache(maxsize=16)
def package_calendar(shifts: Shifts = SHIFTS) -> Calendar:
    """The calendar without any import, straight from the package; needs no database."""
    edition = Edition(0, frozenset(published.years()), published.rows())
    return rules.compose([edition], PACKAGE, shifts)


@lru_cache(maxsize=16)
def _composed(state: State, shifts: Shifts) -> Calendar:
    if not state:
        return package_calendar(shifts)
    newest = state[-1][0]
    return rules.compose(_editions(newest), str(newest), shifts)


def _editions(newest: int) -> list[Edition]:
    versions = CalendarVersion.objects.filter(number__lte=newest).prefetch_related("days")
    return [Edition(version.number, frozenset(version.years), rows_of(version)) for version in versions]


def rows_of(version: CalendarVersion) -> list[Row]:
    return [Row(day.day, day.kind, day.name) for day in version.days.all()]


# —— for the pages ——

@dataclass(frozen=True)
class YearEdition:
    """`edition` counts the versions of this year; `version` is the number that a deadline's `calendar_version` names."""

    year: int
    edition: int
    version: int
    source: str
    imported_at: datetime
    packaged: bool  # came with the platform: the moment of its installation tells nothing about the document


def edition_of(year: int, version: int | None = None) -> YearEdition | None:
    """The version that rules a year, now or as of a version; None when the year is not imported."""
    holding = [row for row in editions() if year in row.years and (version is None or row.number <= version)]
    if not holding:
        return None
    last = holding[-1]
    packaged = last.source == published.SOURCE
    source = published.DOCUMENTS.get(year, last.source) if packaged else last.source
    return YearEdition(year, len(holding), last.number, source, last.imported_at, packaged)


def editions() -> Sequence[CalendarVersion]:
    """All imports, oldest first."""
    return list(CalendarVersion.objects.order_by("number"))


def days_of(year: int) -> Sequence[CalendarDay]:
    """The days of a year, and of the December before, in the version that rules it."""
    ruling = edition_of(year)
    if ruling is None:
        return []
    days = CalendarDay.objects.filter(version__number=ruling.version)
    return [day for day in days.order_by("day") if rules.belongs(day.day, year)]


def changes_of(number: int) -> list[Change]:
    """The days that a version made otherwise than the calendar before it; nothing for the first."""
    version = CalendarVersion.objects.get(number=number)
    if number == 1:
        return []
    return rules.changes(calendar(number - 1), calendar(number), version.years)

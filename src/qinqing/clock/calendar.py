"""The calendar of working days as a value: what the State Council published, and what is assumed beyond it.

A year that is not published yet is assumed: Monday to Friday without the holidays that fall on fixed dates by
全国年节及纪念日放假办法 as revised in force from 2025-01-01 (元旦 1 January, 劳动节 1 and 2 May, 国庆节 1 to 3 October).
Holidays of the lunar calendar, 清明 and exchanged days are known from the yearly notice only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise

from qinqing.base.moment import TZ
from qinqing.base.words import Sentence, say

Shifts = tuple[tuple[time, time], ...]

SHIFTS: Shifts = ((time(9), time(12)), (time(14), time(18)))
SATURDAY = 5

NEW_YEAR = say("元旦")
SPRING_FESTIVAL = say("春节")
TOMB_SWEEPING = say("清明节")
LABOUR_DAY = say("劳动节")
DRAGON_BOAT = say("端午节")
MID_AUTUMN = say("中秋节")
NATIONAL_DAY = say("国庆节")
VICTORY_DAY = say("抗战胜利纪念日")
WEEKEND = say("周末")
ADJUSTED = say("调休上班")

STATUTORY = {  # month and day; see `statutory`
    (1, 1): NEW_YEAR,
    (5, 1): LABOUR_DAY, (5, 2): LABOUR_DAY,
    (10, 1): NATIONAL_DAY, (10, 2): NATIONAL_DAY, (10, 3): NATIONAL_DAY,
}
SECOND_OF_MAY_SINCE = 2025


def statutory(day: date) -> Sentence | None:
    """The holiday that falls on this day by its date alone."""
    if (day.month, day.day) == (5, 2) and day.year < SECOND_OF_MAY_SINCE:
        return None
    return STATUTORY.get((day.month, day.day))


class DayKind(StrEnum):
    WORKDAY = "workday"
    ADJUSTED = "adjusted"  # a weekend day at work, in exchange for a weekday off
    HOLIDAY = "holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True)
class Calendar:
    """`holidays` and `workdays` are the published days with the holiday's name; `years` are those published.

    `version` says which edition this is; `shifts` are the working hours of every working day, in order.
    """

    holidays: Mapping[date, str] = field(repr=False)
    workdays: Mapping[date, str] = field(repr=False)
    years: frozenset[int]
    version: str
    shifts: Shifts = SHIFTS

    def __post_init__(self) -> None:
        times = [moment for shift in self.shifts for moment in shift]
        if not times or any(earlier >= later for earlier, later in pairwise(times)):
            raise ValueError(f"shifts follow one another within one day: {self.shifts}")

    def is_workday(self, day: date) -> bool:
        if day.weekday() >= SATURDAY:
            return day in self.workdays
        return day not in self.holidays and (day.year in self.years or statutory(day) is None)

    def covers(self, day: date) -> bool:
        """Is the day's year published? Otherwise what falls on it is provisional."""
        return day.year in self.years

    def kind_of(self, day: date) -> DayKind:
        if self.is_workday(day):
            return DayKind.ADJUSTED if day.weekday() >= SATURDAY else DayKind.WORKDAY
        return DayKind.HOLIDAY if self._holiday(day) else DayKind.WEEKEND

    def name_of(self, day: date) -> Sentence | None:
        """What the day is called: 国庆节, 周末, 调休上班; None for a plain working day."""
        kind = self.kind_of(day)
        if kind is DayKind.HOLIDAY:
            return self._holiday(day)
        return {DayKind.WEEKEND: WEEKEND, DayKind.ADJUSTED: ADJUSTED}.get(kind)

    def shifts_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working hours of a day in local time; none on a day off."""
        if not self.is_workday(day):
            return []
        return [(datetime.combine(day, start, TZ), datetime.combine(day, end, TZ)) for start, end in self.shifts]

    def _holiday(self, day: date) -> Sentence | None:
        if day in self.holidays:
            return say(self.holidays[day])
        return None if self.covers(day) else statutory(day)

"""Working days and office hours for those who plan a history."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from qinqing import base
from qinqing.clock.calendar import Calendar, Shifts

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FIRST_MINUTE, LAST_MINUTES = 5, 10  # nobody begins anything with the bell


@dataclass(frozen=True)
class Days:
    calendar: Calendar

    def working(self, day: date) -> date:
        """The day itself, or the next one on which offices work."""
        while not self.calendar.is_workday(day):
            day += DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is not counted; for 0 the day, or the next working one."""
        for _ in range(count):
            day = self.working(day + DAY)
        return self.working(day)

    def of_month(self, year: int, month: int) -> list[date]:
        days = (date(year, month, 1) + n * DAY for n in range(31))
        return [day for day in days if day.month == month and self.calendar.is_workday(day)]

    def office_minute(self, rng: Random, *, after: datetime, within: int | None = None) -> datetime:
        """A minute of office hours later than `after`: on its day if one is left, of the next `within` minutes if so many."""
        day = self.working(after.date())
        left = [minute for minute in _minutes(day, self.calendar.shifts) if minute > after]
        if left:
            return rng.choice(left[:within])
        return self.office_minute(rng, after=at(day + DAY, time()), within=within)


@cache
def _minutes(day: date, shifts: Shifts) -> list[datetime]:
    return [
        at(day, start) + n * MINUTE
        for start, end in shifts
        for n in range(FIRST_MINUTE, (at(day, end) - at(day, start)) // MINUTE - LAST_MINUTES)
    ]


def at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, base.TZ)


def moment(text: str) -> datetime:
    """2021-01-29T16:30 as it is written in the data, in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=base.TZ)

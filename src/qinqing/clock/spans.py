"""How much working time lies between two moments, and the light that follows from it.

On every list 天 means working days. The thresholds: soon is at most one working day, or at most a fifth of the limit.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from qinqing.base.words import Sentence, counted, say

from .calendar import Calendar
from .limits import Limit, Unit
from .moments import ONE_DAY, day_of, local, midnight
from .wording import day_text

SOON_DAYS = 1    # working days left
SOON_SHARE = 5   # or a fifth of the limit
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Level(StrEnum):
    NORMAL = "ok"
    SOON = "soon"
    OVERDUE = "over"
    PAUSED = "pause"
    DONE = "done"


@dataclass(frozen=True)
class Light:
    """`level` chooses icon and colour, `text` says it: 剩 8 天, 剩 2 小时, 超 2 天."""

    level: Level
    text: Sentence


# —— how much lies between ——

def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after the day of `start` up to and with the day of `end`; 0 when it is not later."""
    day, last, count = day_of(start), day_of(end), 0
    while day < last:
        day += ONE_DAY
        count += calendar.is_workday(day)
    return count


def working_hours_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Working time from moment to moment, all shifts; zero when `end` is not later."""
    start, end, total = local(start), local(end), timedelta()
    day = start.date()
    while day <= end.date():
        for begins, ends in calendar.shifts_on(day):
            total += max(min(ends, end) - max(begins, start), timedelta())
        day += ONE_DAY
    return total


# —— when it turns ——

def soon_from(start: date, due_at: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """The moment at which the light turns to SOON; not before `start`. Lists store it and compare.

    It is a midnight: one working day is left, or a fifth of the limit (of working days, or of calendar days). A fifth of
    a limit in working hours may come earlier still; one that ends today or tomorrow has turned from its start.
    """
    due_at = local(due_at)
    turns_at = midnight(_soon_on(day_of(start), due_at.date(), limit, calendar))
    if limit.unit is Unit.WORKING_HOUR:
        turns_at = min(turns_at, _working_time_before(due_at, limit.amount * HOUR / SOON_SHARE, calendar))
    return max(turns_at, local(start) if isinstance(start, datetime) else midnight(start))


def _soon_on(start: date, due_on: date, limit: Limit, calendar: Calendar) -> date:
    if limit.unit is Unit.WORKING_DAY:
        return _first_day_with(max(SOON_DAYS, limit.amount // SOON_SHARE), due_on, calendar)
    if limit.unit is Unit.WORKING_HOUR:
        return _first_day_with(SOON_DAYS, due_on, calendar)
    length = limit.amount if limit.unit is Unit.DAY else (due_on - start).days
    by_share = due_on - timedelta(days=length // SOON_SHARE)
    return min(by_share, _first_day_with(SOON_DAYS, due_on, calendar))


def _first_day_with(left: int, due_on: date, calendar: Calendar) -> date:
    """The first day after which at most `left` working days follow, up to and with `due_on`."""
    day = due_on
    while left or not calendar.is_workday(day):
        left -= calendar.is_workday(day)
        day -= ONE_DAY
    return day


def _working_time_before(moment: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The moment from which exactly `amount` of working time remains until `moment`."""
    day = moment.date()
    while True:
        for begins, ends in reversed(calendar.shifts_on(day)):
            length = max(min(ends, moment) - begins, timedelta())
            if length >= amount:
                return begins + length - amount
            amount -= length
        day -= ONE_DAY


# —— the light ——

def light_of(
    now: datetime, *, due: datetime | None, soon: datetime | None, calendar: Calendar,
    paused: bool = False, done: bool | date = False,
) -> Light:
    """The light of one deadline: `due` and `soon` as stored (`Deadline.at`, `soon_from`), `done` the day if known.

    A pause hides no lateness: what was overdue before it stays overdue.
    """
    if done:
        return Light(Level.DONE, day_text(done) if isinstance(done, date) else say("已完成"))
    now, due = local(now), due and local(due)
    if due is not None and now > due:
        return Light(Level.OVERDUE, _over(now, due, calendar))
    if paused or due is None:
        return Light(Level.PAUSED, say("暂停计时") if paused else say("期限待定"))
    level = Level.SOON if soon is not None and now >= local(soon) else Level.NORMAL
    return Light(level, _left(now, due, calendar))


def _over(now: datetime, due: datetime, calendar: Calendar) -> Sentence:
    days = working_days_between(due, now, calendar)
    if days:
        return counted("超 %(n)s 天", n=days)
    return _time(working_hours_between(due, now, calendar), counted("超 %(n)s 小时"), counted("超 %(n)s 分钟")) or say("已超期")


def _left(now: datetime, due: datetime, calendar: Calendar) -> Sentence:
    days = working_days_between(now, due, calendar)
    if days:
        return counted("剩 %(n)s 天", n=days)
    if now.date() < due.date():
        return say("%(day)s到期", day=day_text(due))
    return _time(working_hours_between(now, due, calendar), counted("剩 %(n)s 小时"), counted("剩 %(n)s 分钟")) or say("今天到期")


def _time(length: timedelta, hours: Sentence, minutes: Sentence) -> Sentence | None:
    """Whole hours, or minutes below one hour; None for less than a minute."""
    if length >= HOUR:
        return replace(hours, values={"n": length // HOUR})
    return replace(minutes, values={"n": length // MINUTE}) if length >= MINUTE else None

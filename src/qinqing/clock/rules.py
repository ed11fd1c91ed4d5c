"""The deadline: a pure fold over receipt, limit, pauses and extensions, with every step it took (M3-036).

Nothing is stored that this cannot compute again. Sources: 民法典 200–204 for how a time is counted; working days by
the State Council's yearly notice on holidays; which limit runs and whether it rolls is the caller's rule.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from qinqing.base.errors import Refused
from qinqing.base.words import say

from . import counting
from .calendar import Calendar
from .limits import Limit, Unit
from .moments import ONE_DAY, day_of, end_of, midnight, to_minute
from .steps import Deadline, Pause, Step, StepKind

MONTHS = 12


def deadline(
    start: date, limit: Limit, calendar: Calendar, *,
    pauses: Iterable[Pause | tuple[date, date | None]] = (), pause_days: int = 0,
    extensions: Iterable[Limit] = (), roll: bool = False,
) -> Deadline:
    """When `limit` ends that began with a receipt at `start` (a date; a datetime for working hours).

    * The day of receipt is not counted; hours run from the moment itself (民法典 201).
    * `pauses` are pairs of days or moments, an open one ends with None: days within, both included, do not count; of
      working hours, the time between. `pause_days` of unknown position are made up at the end, in the limit's own days.
    * Months end on the day of the same number, or on the month's last day (民法典 202); a pause within them makes up
      its days. An extension is counted from the last day of the time before it, before that is rolled.
    * `roll`: a time in days or months that ends on a day off ends on the next working day (民法典 203).

    A limit in days ends at 23:59:59 of its last day. `Refused` on what cannot be counted.
    """
    fold = _Fold(start, limit, calendar, [_checked(Pause(*pause)) for pause in pauses])
    for reason, leg in _legs(limit, pause_days, extensions):
        if fold.left is None:
            fold.run(leg, reason)
    if roll and fold.left is None:
        fold.roll()
    return fold.finish()


def month_end(start: date, months: int) -> date:
    """The same day `months` later, or that month's last day when it has no such day (民法典 202)."""
    year, month = divmod(start.year * MONTHS + start.month - 1 + months, MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _checked(pause: Pause) -> Pause:
    if pause.until is not None and _bounds(pause)[0] > _bounds(pause)[1]:
        raise Refused(say("暂停的结束不能早于开始"))
    return pause


def _bounds(pause: Pause) -> tuple[date, date]:
    """Both ends comparable: moments when both are, otherwise days."""
    since, until = pause.since, pause.until
    assert until is not None
    if isinstance(since, datetime) and isinstance(until, datetime):
        return to_minute(since), to_minute(until)
    return day_of(since), day_of(until)


def _legs(limit: Limit, pause_days: int, extensions: Iterable[Limit]) -> Iterator[tuple[StepKind | None, Limit]]:
    yield None, limit
    if pause_days:
        if limit.unit is Unit.WORKING_HOUR:
            raise Refused(say("按工作小时计算，暂停要写明起止时间，不能只写天数"))
        yield StepKind.MADE_UP, Limit(pause_days, _counted_in(limit.unit))
    for extension in extensions:
        yield StepKind.EXTENDED, extension


class _Fold:
    """How far the count has come: `reached` is the last day counted, or the moment; `left` is set by an open pause."""

    def __init__(self, start: date, limit: Limit, calendar: Calendar, pauses: list[Pause]) -> None:
        self.calendar, self.pauses = calendar, pauses
        self.reached = start
        self.unit = _counted_in(limit.unit)
        self.total = 0
        self.provisional = False
        self.left: Limit | None = None
        self.steps = [Step(StepKind.RECEIVED, self.unit, self.day, self.day, limit=limit,
                           at=to_minute(start) if isinstance(start, datetime) else None)]

    @property
    def day(self) -> date:
        return day_of(self.reached)

    def run(self, leg: Limit, reason: StepKind | None) -> None:
        """Count one more limit, from where the count stands; another unit is counted from nothing."""
        unit = _counted_in(leg.unit)
        self.total = self.total if unit is self.unit else 0
        self.unit = unit
        if reason:
            self.steps.append(Step(reason, unit, self.day, self.day, total=self.total, limit=leg))
        if unit is Unit.WORKING_HOUR:
            self._minutes(leg.amount * 60)
        else:
            self._days(self._converted(leg) if leg.unit is Unit.MONTH else leg.amount)

    def _converted(self, leg: Limit) -> int:
        end = month_end(self.day, leg.amount)
        length = (end - self.day).days
        self.steps.append(Step(StepKind.CONVERTED, Unit.DAY, self.day, end, length, self.total, limit=leg))
        return length

    def _days(self, amount: int) -> None:
        working = self.unit is Unit.WORKING_DAY
        pieces = list(counting.days(self.day, amount, self.calendar, self.pauses, working=working))
        self.reached = pieces[-1].day
        self._take(pieces, amount)

    def _minutes(self, amount: int) -> None:
        pieces = list(counting.minutes(self._moment(), amount, self.calendar, self.pauses))
        span = pieces[-1].span
        assert span is not None
        self.reached = span[1]
        self._take(pieces, amount)

    def _moment(self) -> datetime:
        if isinstance(self.reached, datetime):
            return to_minute(self.reached)
        if len(self.steps) == 1:
            raise Refused(say("按工作小时计算，起始要写明时间，例如 2026-10-08T09:30"))
        return midnight(self.reached + ONE_DAY)

    def _take(self, pieces: list[counting.Piece], amount: int) -> None:
        steps = counting.steps_of(pieces, self.calendar, self.unit, self.total)
        if pieces[-1].is_open:
            self.left = _rest(amount - (steps[-1].total - self.total), self.unit)
        self.steps += steps
        self.total = steps[-1].total
        self.provisional |= any(step.assumed for step in steps)

    def roll(self) -> None:
        """On to the next working day that is not paused, when the last day is a day off (one of working time never is)."""
        self.provisional |= not self.calendar.covers(self.day)
        if self.calendar.is_workday(self.day):
            return
        pieces = list(counting.days(self.day, 1, self.calendar, self.pauses, working=True))
        self.provisional |= not self.calendar.covers(pieces[-1].day)
        name = self.calendar.name_of(self.day)
        rolled = Step(StepKind.ROLLED, Unit.DAY, self.day, pieces[-1].day, len(pieces), self.total,
                      names=(name,) if name else (), pause=pieces[-1].pause, assumed=self.provisional)
        self.steps.append(rolled)
        self.reached = pieces[-1].day
        if pieces[-1].is_open:
            self.left = Limit(1, Unit.WORKING_DAY)

    def finish(self) -> Deadline:
        version = self.calendar.version
        if self.left is not None:
            return Deadline(None, None, self.provisional, tuple(self.steps), self.left, version)
        at = self.reached if isinstance(self.reached, datetime) else end_of(self.reached)
        due = Step(StepKind.DUE, self.unit, self.day, self.day, total=self.total, at=at)
        return Deadline(at, self.day, self.provisional, (*self.steps, due), None, version)


def _counted_in(unit: Unit) -> Unit:
    """Months are counted as the days they have."""
    return Unit.DAY if unit is Unit.MONTH else unit


def _rest(amount: int, unit: Unit) -> Limit:
    """What is left to count; of hours, those begun count whole."""
    return Limit(-(-amount // 60) if unit is Unit.WORKING_HOUR else amount, unit)


__all__ = ["Deadline", "Pause", "deadline", "month_end"]

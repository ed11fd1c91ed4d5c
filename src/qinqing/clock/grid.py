"""A deadline as a calendar of whole weeks: what each day was for the count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qinqing.base.words import Sentence, say

from .calendar import Calendar
from .limits import Unit
from .moments import ONE_DAY
from .steps import Deadline, Step, StepKind

WEEK = 7


class CellKind(StrEnum):
    OUT = "out"            # before the receipt or after the end
    START = "start"
    WORKDAY = "workday"
    ADJUSTED = "adjusted"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    PAUSED = "paused"
    DUE = "due"


LABELS = {CellKind.START: say("收到"), CellKind.PAUSED: say("暂停"), CellKind.DUE: say("到期")}


@dataclass(frozen=True)
class Cell:
    """One day; `ordinal` says the how manieth it is, if it was counted (a limit in hours has none)."""

    day: date
    kind: CellKind
    ordinal: int | None = None
    name: Sentence | None = None


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; `month` only where a new month heads the row."""

    month: int | None
    cells: tuple[Cell, ...]


def weeks(deadline: Deadline, calendar: Calendar, *, today: date | None = None) -> tuple[Week, ...]:
    """Whole weeks from the day of receipt to the due day; while a pause is open, to `today`."""
    view = _View(deadline, calendar, today)
    monday = _monday(view.first)
    found: list[Week] = []
    while monday <= view.last:
        month = monday.month if not found or monday.month != found[-1].cells[0].day.month else None
        found.append(Week(month, tuple(view.cell(monday + timedelta(days=n)) for n in range(WEEK))))
        monday += timedelta(days=WEEK)
    return tuple(found)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class _View:
    """What the derivation says about each day."""

    def __init__(self, deadline: Deadline, calendar: Calendar, today: date | None) -> None:
        self.calendar, self.due = calendar, deadline.on
        steps = deadline.derivation
        self.first = steps[0].first_on
        self.last = max(steps[-1].last_on, (deadline.on is None and today) or self.first)
        self.ordinals = {day: n for step in steps for day, n in _ordinals(step)}
        self.paused = {day for step in steps if step.kind is StepKind.PAUSED for day in self._paused(step)}

    def _paused(self, step: Step) -> Iterator[date]:
        """The days of a pause; an open one goes on to the end of the view."""
        yield from step.days
        if step.pause and step.pause.until is None:
            day = step.last_on
            while day < self.last:
                day += ONE_DAY
                if step.unit is Unit.DAY or self.calendar.is_workday(day):
                    yield day

    def cell(self, day: date) -> Cell:
        kind = self._kind(day)
        if kind is CellKind.OUT:
            return Cell(day, kind)
        return Cell(day, kind, self.ordinals.get(day), LABELS.get(kind) or self.calendar.name_of(day))

    def _kind(self, day: date) -> CellKind:
        if not self.first <= day <= self.last:
            return CellKind.OUT
        if day == self.due:
            return CellKind.DUE
        if day == self.first:
            return CellKind.START
        return CellKind.PAUSED if day in self.paused else CellKind(self.calendar.kind_of(day))


def _ordinals(step: Step) -> Iterator[tuple[date, int]]:
    """The running number of each day counted."""
    if step.kind is not StepKind.COUNTED or step.unit is Unit.WORKING_HOUR:
        return iter(())
    return zip(step.days, range(step.total - step.count + 1, step.total + 1), strict=True)

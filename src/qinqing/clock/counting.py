"""Counting, day by day or minute by minute: what counts, what is skipped, what is paused.

Each walk yields pieces until the amount is counted, or until an open pause stops it; `steps_of` sums pieces up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .calendar import Calendar, DayKind
from .limits import Unit
from .moments import ONE_DAY, day_of, midnight, to_minute
from .steps import Pause, Step, StepKind

MINUTE = timedelta(minutes=1)


class Piece(NamedTuple):
    """A day, or a stretch of one; `amount` in days or minutes."""

    day: date
    kind: StepKind
    amount: int = 1
    span: tuple[datetime, datetime] | None = None
    pause: Pause | None = None

    @property
    def is_open(self) -> bool:
        return self.pause is not None and self.pause.until is None


# —— by days ——

def days(after: date, amount: int, calendar: Calendar, pauses: Iterable[Pause], *, working: bool) -> Iterator[Piece]:
    """The days that follow `after`, which itself is not counted (民法典 201), until `amount` of them count."""
    paused = day_pauses(pauses)
    day = after
    while amount:
        day += ONE_DAY
        if working and not calendar.is_workday(day):
            yield Piece(day, StepKind.SKIPPED)
        elif pause := pause_on(day, paused):
            yield Piece(day, StepKind.PAUSED, pause=pause)
            if pause.until is None:
                return
        else:
            yield Piece(day, StepKind.COUNTED)
            amount -= 1


def day_pauses(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses as whole days, both included, in order."""
    whole = [Pause(day_of(pause.since), pause.until and day_of(pause.until), pause.reason) for pause in pauses]
    return sorted(whole, key=_order)


def pause_on(day: date, paused: Iterable[Pause]) -> Pause | None:
    return next((pause for pause in paused if pause.since <= day and (pause.until is None or day <= pause.until)), None)


def _order(pause: Pause) -> tuple[date, bool, date, str]:
    return pause.since, pause.until is None, pause.until or pause.since, pause.reason


# —— by working minutes ——

def minutes(since: datetime, amount: int, calendar: Calendar, pauses: Iterable[Pause]) -> Iterator[Piece]:
    """The working time from `since` on (民法典 201, second paragraph), until `amount` minutes count."""
    paused = moment_pauses(pauses)
    day = since.date()
    while True:
        if not calendar.is_workday(day):
            yield Piece(day, StepKind.SKIPPED)
        for piece in _on_shift(day, since, calendar, paused):
            if piece.kind is StepKind.COUNTED:
                piece = _cut(piece, amount)  # noqa: PLW2901 - the last stretch ends where the limit does
                amount -= piece.amount
            yield piece
            if not amount or piece.is_open:
                return
        day += ONE_DAY


def moment_pauses(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses as moments, in order and without overlap; a pause given in days holds until its last day ends."""
    merged: list[Pause] = []
    for pause in sorted(map(_as_moments, pauses), key=_order):
        last = merged[-1] if merged else None
        if last and (last.until is None or pause.since <= last.until):
            merged[-1] = last._replace(until=last.until and pause.until and max(last.until, pause.until))
        else:
            merged.append(pause)
    return merged


def _as_moments(pause: Pause) -> Pause:
    since = to_minute(pause.since) if isinstance(pause.since, datetime) else midnight(pause.since)
    if pause.until is None or isinstance(pause.until, datetime):
        return Pause(since, pause.until and to_minute(pause.until), pause.reason)
    return Pause(since, midnight(pause.until + ONE_DAY), pause.reason)


def _on_shift(day: date, since: datetime, calendar: Calendar, paused: Sequence[Pause]) -> Iterator[Piece]:
    for start, end in calendar.shifts_on(day):
        yield from _between(max(start, since), end, paused)


def _between(start: datetime, end: datetime, paused: Iterable[Pause]) -> Iterator[Piece]:
    """One shift, cut where pauses begin and end."""
    for pause in paused:
        pause_start, pause_end = _clipped(pause, start, end)
        if pause_start < pause_end:
            if start < pause_start:
                yield _stretch(start, pause_start, StepKind.COUNTED)
            yield _stretch(pause_start, pause_end, StepKind.PAUSED, pause)
            start = pause_end
    if start < end:
        yield _stretch(start, end, StepKind.COUNTED)


def _clipped(pause: Pause, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    since, until = pause.since, pause.until
    assert isinstance(since, datetime)
    return max(since, start), min(until, end) if isinstance(until, datetime) else end


def _stretch(start: datetime, end: datetime, kind: StepKind, pause: Pause | None = None) -> Piece:
    return Piece(start.date(), kind, (end - start) // MINUTE, (start, end), pause)


def _cut(piece: Piece, amount: int) -> Piece:
    if piece.amount <= amount or piece.span is None:
        return piece
    start = piece.span[0]
    return _stretch(start, start + amount * MINUTE, piece.kind)


# —— summed up ——

@dataclass
class _Group:
    """Neighbouring pieces of one kind, with the weekends that they pass over."""

    kind: StepKind
    key: tuple[object, ...]
    pieces: list[Piece] = field(default_factory=list)
    passed: list[date] = field(default_factory=list)


def steps_of(pieces: Iterable[Piece], calendar: Calendar, unit: Unit, total: int) -> list[Step]:
    """The pieces as steps of a derivation; the running total goes on from `total`."""
    steps = []
    for group in _grouped(pieces, calendar):
        count = sum(piece.amount for piece in group.pieces)
        total += count if group.kind is StepKind.COUNTED else 0
        steps.append(_step(group, calendar, unit, count, total))
    return steps


def _grouped(pieces: Iterable[Piece], calendar: Calendar) -> list[_Group]:
    groups: list[_Group] = []
    for piece in pieces:
        weekend = piece.kind is StepKind.SKIPPED and calendar.kind_of(piece.day) is DayKind.WEEKEND
        key = (piece.kind, piece.pause, weekend)
        if weekend and groups and groups[-1].kind is not StepKind.SKIPPED:
            groups[-1].passed.append(piece.day)
        elif groups and groups[-1].key == key:
            groups[-1].pieces.append(piece)
        else:
            groups.append(_Group(piece.kind, key, [piece]))
    return groups


def _step(group: _Group, calendar: Calendar, unit: Unit, count: int, total: int) -> Step:
    held = tuple(dict.fromkeys(piece.day for piece in group.pieces))
    counted, skipped = group.kind is StepKind.COUNTED, group.kind is StepKind.SKIPPED
    return Step(
        group.kind, unit, held[0], held[-1], count, total, held,
        spans=tuple(piece.span for piece in group.pieces if piece.span),
        passed=tuple(group.passed),
        adjusted=tuple(day for day in held if day in calendar.workdays) if counted and unit is not Unit.DAY else (),
        names=tuple(dict.fromkeys(name for day in held if (name := calendar.name_of(day)))) if skipped else (),
        pause=group.pieces[0].pause,
        assumed=unit is not Unit.DAY and not all(map(calendar.covers, held)),
    )

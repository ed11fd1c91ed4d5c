"""What the clock answers with: a deadline, and the steps that lead to it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from qinqing.base.words import Sentence

from .limits import Limit, Unit


class Pause(NamedTuple):
    """The clock stands from `since` to `until`, both days included; for working hours, between the two moments.

    A plain tuple will do as well. `until` None: still open.
    """

    since: date
    until: date | None = None
    reason: str = ""


class StepKind(StrEnum):
    RECEIVED = "received"    # where the count begins
    CONVERTED = "converted"  # months, as the days they have here
    COUNTED = "counted"
    SKIPPED = "skipped"      # holidays, or a weekend that nothing counted surrounds
    PAUSED = "paused"
    MADE_UP = "made_up"      # a pause of which only the length is known is added at the end
    EXTENDED = "extended"
    ROLLED = "rolled"        # the last day was a day off
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation.

    `count` is what the step itself holds: units counted, days skipped, units paused, days rolled over. `total` is the
    running total. Both are in `unit`: working days, days (also of months), or for working hours minutes.
    """

    kind: StepKind
    unit: Unit
    first_on: date
    last_on: date
    count: int = 0
    total: int = 0
    days: tuple[date, ...] = ()
    spans: tuple[tuple[datetime, datetime], ...] = ()  # working hours only: what of these days was counted
    passed: tuple[date, ...] = ()      # the weekends in between, said in passing
    adjusted: tuple[date, ...] = ()    # days counted though they are a Saturday or Sunday
    names: tuple[Sentence, ...] = ()   # the holidays skipped
    limit: Limit | None = None         # what was received, converted, added
    pause: Pause | None = None
    at: datetime | None = None         # the moment, where there is one
    assumed: bool = False              # rests on a year whose calendar is not published


@dataclass(frozen=True, slots=True)
class Deadline:
    """`at` is the last moment, `on` its day; both None while an open pause keeps them unknown, and `left` is what then
    still has to be counted. `provisional`: the calendar of a year that was needed is not published yet.
    """

    at: datetime | None
    on: date | None
    provisional: bool
    derivation: tuple[Step, ...]
    left: Limit | None = None
    calendar_version: str = ""

"""How long each step took, in working days, by the unit that answered and by the month of receipt (M0-007)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Min, Q

from qinqing import base
from qinqing.base import Actor
from qinqing.clock import spans
from qinqing.clock.calendar import Calendar
from qinqing.workdays import queries as workdays

from ..models import Matter
from ..terms import State, Timer
from .figures import bounds


@dataclass(frozen=True)
class Median:
    """The middle one of `n` matters, in working days from receipt; None where no matter has come so far."""

    days: float | None
    n: int


@dataclass(frozen=True)
class Group:
    """The matters of one unit or one month: how many came in, and each step's median."""

    label: Any
    collected: int
    accepted: Median
    responded: Median
    replied: Median
    closed: Median

    @property
    def steps(self) -> tuple[Median, ...]:
        """In the order of the road."""
        return self.accepted, self.responded, self.replied, self.closed


@dataclass(frozen=True)
class Durations:
    year: int
    as_of: datetime
    whole: Group
    units: list[Group]
    months: list[Group]


@dataclass(frozen=True)
class _Taken:
    """One matter: working days from receipt to each step, None where it has not come."""

    unit: str
    month: date
    accepted: int | None
    responded: int | None
    replied: int | None
    closed: int | None


def durations(actor: Actor, year: int) -> Durations:
    """Of what the actor may see and the year collected; merged and withdrawn matters took no road of their own."""
    calendar = workdays.calendar()
    taken = [_taken(row, calendar) for row in _rows(actor, year)]
    return Durations(year=year, as_of=base.now(), whole=_group("", taken), units=_groups(taken, lambda one: one.unit),
                     months=_groups(taken, lambda one: one.month))


def years(actor: Actor) -> list[int]:
    """The years in which something came in that the actor may see, the newest first."""
    return [day.year for day in Matter.objects.visible_to(actor).dates("received_at", "year", order="DESC")]


def _rows(actor: Actor, year: int) -> list[tuple[Any, ...]]:
    seen = Matter.objects.visible_to(actor).filter(received_at__range=bounds(year))
    travelled = seen.exclude(state__in=[State.MERGED, State.WITHDRAWN]).order_by("pk")
    first_response = Min("clocks__stopped_at", filter=Q(clocks__timer=Timer.RESPONSE))
    return list(travelled.annotate(responded=first_response).values_list(
        "unit_name", "received_at", "accepted_at", "responded", "replied_at", "closed_at"))


def _taken(row: tuple[Any, ...], calendar: Calendar) -> _Taken:
    unit, received, *steps = row
    days = [at and spans.working_days_between(received, at, calendar) for at in steps]
    return _Taken(unit, received.astimezone(base.TZ).date().replace(day=1), *days)


def _groups(taken: list[_Taken], by: Callable[[_Taken], Any]) -> list[Group]:
    held: dict[Any, list[_Taken]] = defaultdict(list)
    for one in taken:
        held[by(one)].append(one)
    return [_group(label, held[label]) for label in sorted(held)]


def _group(label: Any, taken: list[_Taken]) -> Group:
    steps = {name: _median([getattr(one, name) for one in taken]) for name in ("accepted", "responded", "replied", "closed")}
    return Group(label, len(taken), **steps)


def _median(days: list[int | None]) -> Median:
    known = [day for day in days if day is not None]
    return Median(median(known) if known else None, len(known))

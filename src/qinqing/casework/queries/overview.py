"""How matters stand, by unit and by county: counts of rows that the reader can open, and no row without one (M0-007)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from qinqing import base
from qinqing.base import Actor, Role

from .. import access
from ..models import Confirmation, Matter, MatterQuerySet
from ..terms import SMALL_CELL, Satisfaction
from .worklist import AWAITING_LEADER, NOBODY

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Standing:
    """Open matters of one unit or county, or of all; `code` is the filter that lists them, empty for all."""

    code: str
    name: str
    running: int
    overdue: int
    supervised: int
    satisfied: int | None = None   # of `answered` of the last year; None when fewer than five answered
    answered: int = 0


@dataclass(frozen=True)
class Overview:
    as_of: datetime
    whole: Standing
    waiting: int | None            # for a decision of this reader; None for who decides nothing
    units: list[Standing]
    counties: list[Standing]
    graded: bool                   # whether the reader may see how satisfied enterprises were


def overview(actor: Actor) -> Overview:
    """The same number of queries however many units there are."""
    now, rows = base.now(), Matter.objects.visible_to(actor)
    whole = rows.running().aggregate(waiting=Count("pk", AWAITING_LEADER), **_counts(now))
    waiting = whole.pop("waiting")
    grades = _grades(rows, now) if access.may_see_satisfaction(actor) else {}
    return Overview(
        as_of=now, whole=Standing("", "", **whole), waiting=waiting if actor.role == Role.CITY_LEADER else None,
        units=_by(rows, "unit", now, grades), counties=_by(rows, "county", now, {}),
        graded=bool(access.may_see_satisfaction(actor)))


def _counts(now: datetime) -> dict[str, Count]:
    return {"running": Count("pk"), "overdue": Count("pk", Q(queue_at__lt=now)),
            "supervised": Count("pk", Q(supervised_at__isnull=False))}


def _by(rows: MatterQuerySet, whose: str, now: datetime, grades: dict[str, list[int]]) -> list[Standing]:
    """The most overdue first."""
    found = rows.running().values_list(f"{whose}__code", f"{whose}__name").annotate(**_counts(now))
    standings = [Standing(code or NOBODY, name or "", *counts, **_satisfied(grades.get(code or "", [])))
                 for code, name, *counts in found]
    return sorted(standings, key=lambda one: (-one.overdue, -one.running, one.code))


def _grades(rows: MatterQuerySet, now: datetime) -> dict[str, list[int]]:
    """What enterprises said of each unit's answers within a year."""
    given = Confirmation.objects.filter(matter__in=rows.values("pk"), satisfaction__isnull=False, decided_at__gte=now - YEAR)
    found: dict[str, list[int]] = {}
    for code, grade in given.values_list("reply__unit__code", "satisfaction"):
        found.setdefault(code, []).append(grade or 0)
    return found


def _satisfied(grades: Iterable[int]) -> dict[str, Any]:
    """Few answers would tell who gave them."""
    grades = list(grades)
    if len(grades) < SMALL_CELL:
        return {}
    return {"satisfied": sum(grade >= Satisfaction.FAIR for grade in grades), "answered": len(grades)}

"""How satisfied enterprises are: the single answer for the office, totals for the unit; silence is no answer (M1-036)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from qinqing import base
from qinqing.base import Actor
from qinqing.parties.models import Unit

from .. import access
from ..models import Confirmation, Matter
from ..terms import SMALL_CELL, Satisfaction
from .figures import bounds

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class SatisfactionTotals:
    """How many gave each grade, best first."""

    grades: dict[Satisfaction, int]

    @property
    def answered(self) -> int:
        return sum(self.grades.values())


def satisfaction_with(actor: Actor, matter: Matter) -> Satisfaction | None:
    """The latest grade the enterprise gave; None where none was given, and for who may not know."""
    if not access.may_see_satisfaction(actor):
        return None
    grades = matter.confirmations.filter(satisfaction__isnull=False).order_by("-id").values_list("satisfaction", flat=True)
    last = grades.first()
    return None if last is None else Satisfaction(last)


@dataclass(frozen=True)
class OfUnit:
    """The grades that the answers of one unit got; `totals` None: too few to be shown."""

    unit: Unit
    totals: SatisfactionTotals | None


def satisfaction_totals(actor: Actor, unit: Unit) -> SatisfactionTotals | None:
    """The grades given to a unit's answers; None below five. The unit itself reads whole fives, so that nobody stands out."""
    base.require(access.may_see_satisfaction_totals(actor, unit.pk))
    return _totals(actor, list(_given(actor).filter(reply__unit=unit).values_list("satisfaction", flat=True)))


def satisfaction_by_unit(actor: Actor) -> list[OfUnit]:
    """Every unit whose totals this actor may read and that got an answer at all, those with too few last."""
    base.require(access.may_read_satisfaction(actor))
    grades: dict[int, list[int | None]] = defaultdict(list)
    for unit, grade in _given(actor).values_list("reply__unit", "satisfaction"):
        grades[unit].append(grade)
    units = Unit.objects.filter(pk__in=grades).order_by("code")
    rows = [OfUnit(unit, _totals(actor, grades[unit.pk])) for unit in units]
    return sorted(rows, key=lambda row: row.totals is None)


def satisfaction_answers(actor: Actor, unit: Unit) -> QuerySet[Confirmation]:
    """The answers behind a unit's totals, newest first: for who may know the single ones."""
    base.require(access.may_see_satisfaction(actor))
    return _given(actor).filter(reply__unit=unit).select_related("matter").order_by("-id")


def _given(actor: Actor) -> QuerySet[Confirmation]:
    """Each time an enterprise gave a grade, as far as this actor may count it, in the order of time."""
    given = Confirmation.objects.filter(satisfaction__isnull=False).order_by("id")
    if access.may_see_satisfaction(actor):
        return given.filter(matter__in=Matter.objects.visible_to(actor))
    return given.filter(reply__unit__in=actor.unit_ids)


def _totals(actor: Actor, grades: list[int | None]) -> SatisfactionTotals | None:
    if not access.may_see_satisfaction(actor):
        grades = _whole_fives(grades)
    if len(grades) < SMALL_CELL:
        return None
    counts = Counter(grades)
    return SatisfactionTotals({grade: counts[grade] for grade in Satisfaction})


def _whole_fives(answers: list[Answer]) -> list[Answer]:
    """Those that came first and fill cells; the next ones show when five of them are there."""
    return answers[:len(answers) // SMALL_CELL * SMALL_CELL]


def satisfaction_of_year(kind: str, year: int) -> SatisfactionTotals | None:
    """The last grade of each matter that came in during the year, for everybody to read; None below five.

    Counted in whole fives, in the order of time: who knows the moment of an answer does not find it in what changed.
    """
    given = Confirmation.objects.filter(satisfaction__isnull=False, matter__kind=kind, matter__received_at__range=bounds(year))
    last = dict(_whole_fives(list(given.order_by("id").values_list("matter", "satisfaction"))))
    counts = Counter(last.values())
    if counts.total() < SMALL_CELL:
        return None
    return SatisfactionTotals({grade: counts[grade] for grade in Satisfaction})

"""How satisfied enterprises are: the single answer for the office, totals for the unit; silence is no answer (M1-036)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from qinqing import base
from qinqing.base import Actor
from qinqing.parties.models import Unit

from .. import access
from ..models import Confirmation, Matter
from ..terms import SMALL_CELL, Satisfaction
from .figures import bounds


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


def satisfaction_totals(actor: Actor, unit: Unit) -> SatisfactionTotals | None:
    """The grades given to a unit's answers. The unit itself reads whole fives, so that nobody stands out; None below five."""
    base.require(access.may_see_satisfaction_totals(actor, unit.pk))
    given = Confirmation.objects.filter(reply__unit=unit, satisfaction__isnull=False).order_by("id")
    grades = list(given.values_list("satisfaction", flat=True))
    if not access.may_see_satisfaction(actor):
        grades = grades[:len(grades) // SMALL_CELL * SMALL_CELL]
        if not grades:
            return None
    counts = Counter(grades)
    return SatisfactionTotals({grade: counts[grade] for grade in Satisfaction})


def satisfaction_of_year(kind: str, year: int) -> SatisfactionTotals | None:
    """The last grade of each matter that came in during the year, for everybody to read; None below five."""
    last = Confirmation.objects.filter(matter=OuterRef("pk"), satisfaction__isnull=False).order_by("-id")
    given = (Matter.objects.filter(kind=kind, received_at__range=bounds(year))
             .annotate(grade=Subquery(last.values("satisfaction")[:1])).exclude(grade=None))
    counts = Counter(given.values_list("grade", flat=True))
    if counts.total() < SMALL_CELL:
        return None
    return SatisfactionTotals({grade: counts[grade] for grade in Satisfaction})

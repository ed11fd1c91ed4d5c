"""Relief by kind and year: what the files of the year come to (M3-033, M3-034)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import ExtractYear

from qinqing.base import SYSTEM, Actor

from ..models import Relief, ReliefFile
from ..terms.cycles import ReliefKind

FILES = 50
TAXES_AND_FEES = (ReliefKind.TAX, ReliefKind.FEE)
RENT = (ReliefKind.RENT,)


@dataclass(frozen=True)
class Total:
    """`count` lines of `enterprises` enterprises, in 分; `as_of` is when the last file came in."""

    fen: int
    count: int
    enterprises: int
    as_of: datetime | None


def total(kinds: Sequence[ReliefKind], year: int) -> Total:
    """Of the year in which the time of the relief ends."""
    rows = Relief.objects.visible_to(SYSTEM).filter(file__kind__in=kinds, period_to__year=year)
    found = rows.aggregate(fen=Sum("amount_fen"), count=Count("pk"), enterprises=Count("enterprise", distinct=True),
                           as_of=Max("file__taken_in_at"))
    return Total(found["fen"] or 0, found["count"], found["enterprises"], found["as_of"])


def by_year(actor: Actor) -> list[dict[str, Any]]:
    """Kind by kind of what the actor may see, the latest year first."""
    rows = Relief.objects.visible_to(actor).order_by().annotate(year=ExtractYear("period_to")).values("year", "file__kind")
    summed = rows.annotate(count=Count("pk"), fen=Sum("amount_fen"), enterprises=Count("enterprise", distinct=True))
    return [row | {"kind": ReliefKind(row["file__kind"]).label} for row in summed.order_by("-year", "file__kind")]


def files(actor: Actor) -> Sequence[ReliefFile]:
    seen = Relief.objects.visible_to(actor).values("file")
    return list(ReliefFile.objects.filter(pk__in=seen).select_related("unit")[:FILES])

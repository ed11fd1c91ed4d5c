"""What a year of difficulties comes to: collected, resolved, and by what it can be broken down (M1-005, M1-012, M1-030).

A year is counted up to the end of the January that follows: what was collected late in December can still be answered.
Withdrawn difficulties are outside, merged ones count as intakes of the difficulty they were merged into.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.casework.terms import Channel, Outcome, State

from . import terms

SOLVED = (Outcome.SOLVED, Outcome.PARTLY)
RESOLVED = (*SOLVED, Outcome.EXPLAINED)
RESOLUTION = _("解决、部分解决和解释说明，经企业确认（或依规认定）的，占全部征集数")
SOLUTION = _("解决和部分解决，经企业确认（或依规认定）的，占全部征集数")
BREAKDOWNS = ("channel", "topic", "county", "month", "scope", "outcome")
UNSAID = {"scope": _("没有分类"), "county": _("没有写县区"), "topic": _("没有分类"), "outcome": _("正在办")}


@dataclass(frozen=True)
class Rate:
    """A share with what it means beside it; `percent` is None while nothing was collected."""

    label: Any
    definition: Any
    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        return (Decimal(self.part) * 100 / self.whole).quantize(Decimal("0.01")) if self.whole else None


@dataclass(frozen=True)
class Figures:
    year: int
    as_of: datetime
    collected: int
    raw_intakes: int
    resolution: Rate
    solution: Rate


@dataclass(frozen=True)
class Share:
    """One line of a breakdown; the lines add up to what was collected."""

    code: str
    label: Any
    count: int


def of_year(year: int) -> Figures:
    """The figures of a year with their definitions."""
    collected = difficulties(year).count()
    resolved, solved = _accepted(year, RESOLVED).count(), _accepted(year, SOLVED).count()
    return Figures(
        year=year, as_of=cut(year), collected=collected, raw_intakes=collected + _merged(year).count(),
        resolution=Rate(_("化解率"), RESOLUTION, resolved, collected), solution=Rate(_("解决率"), SOLUTION, solved, collected),
    )  # fmt: skip


def years() -> list[int]:
    """The years in which something was collected, the newest first; this year also while nothing was."""
    found = Matter.objects.filter(kind=terms.KIND.key).dates("received_at", "year")
    return sorted({*(day.year for day in found), base.today().year}, reverse=True)


def cut(year: int) -> datetime:
    """The moment a year is counted at: now, or the end of the January after it."""
    return min(base.now(), datetime.combine(date(year + 1, 1, 31), time.max, base.TZ))


def difficulties(year: int) -> QuerySet[Matter]:
    """What was collected in the year, each matter once."""
    return _received(year).exclude(state__in=[State.MERGED, State.WITHDRAWN])


def unresolved(year: int) -> QuerySet[Matter]:
    """What the rate leaves out: opened from the figure, oldest first."""
    return difficulties(year).exclude(pk__in=_accepted(year, RESOLVED).values("pk")).order_by("received_at", "pk")


def _received(year: int) -> QuerySet[Matter]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    period = (datetime.combine(first, time.min, base.TZ), datetime.combine(last, time.max, base.TZ))
    return Matter.objects.filter(kind=terms.KIND.key, received_at__range=period)


def _merged(year: int) -> QuerySet[Matter]:
    """Further intakes of what was collected in the year; one merged into an older difficulty belongs to that one's year."""
    return _received(year).filter(state=State.MERGED, merged_into__in=difficulties(year).values("pk"))


def _accepted(year: int, outcomes: tuple[Outcome, ...]) -> QuerySet[Matter]:
    """Answered so, and taken as such by the enterprise or by what stands for its word, before the year's cut."""
    return difficulties(year).filter(
        outcome__in=outcomes, state__in=[State.CONFIRMED, State.CLOSED], confirmed_at__lte=cut(year))


# —— breakdowns ——


def breakdown(year: int, by: str) -> list[Share]:
    """What was collected by channel, topic, county, month, scope or outcome; every channel and month has its line."""
    rows = difficulties(year).order_by().annotate(code=_CODES[by]).values_list("code", flat=True)
    found = _counted(rows)
    labels = _labels(year, by)
    order = [*labels, *(code for code in found if code not in labels)]
    kept = order if by in {"channel", "month"} else [code for code in order if found.get(code)]
    return [Share(code, labels.get(code, code) or UNSAID[by], found.get(code, 0)) for code in kept]


_CODES = {
    "channel": F("channel"), "topic": F("topic"), "county": F("county__code"), "month": ExtractMonth("received_at"),
    "scope": F("difficulty__scope"), "outcome": F("outcome"),
}  # fmt: skip


def _counted(codes: QuerySet[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for code in codes:
        counts[str(code or "")] = counts.get(str(code or ""), 0) + 1
    return counts


def _labels(year: int, by: str) -> Mapping[str, Any]:
    if by == "month":
        return {str(month): month for month in range(1, 13)}
    if by == "county":
        return dict(difficulties(year).order_by("county__code").values_list("county__code", "county__name").distinct())
    return dict({"channel": Channel, "topic": terms.Topic, "scope": terms.Scope, "outcome": Outcome}[by].choices)

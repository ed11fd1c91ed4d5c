"""Figures of a year, each with its scope and n: what is not there is said, not guessed (M0-007)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from statistics import median

from django.db.models import Count, Q, QuerySet

from qinqing import base
from qinqing.clock import spans
from qinqing.workdays import queries as workdays

from ..models import Clock, Matter
from ..terms import State, Timer


@dataclass(frozen=True)
class YearFigures:
    """Totals without names of units. Shares are of `settled`: matters that were answered, none of them late; None when n is 0."""

    year: int
    as_of: datetime
    collected: int
    closed: int
    settled: int
    on_time: int
    median_days: float | None
    overdue: int
    promises: int
    broken: int

    @property
    def on_time_share(self) -> Fraction | None:
        return Fraction(self.on_time, self.settled) if self.settled else None


def year_figures(kind: str, year: int) -> YearFigures:
    """What came in during the year, how much was answered in time, how long it took, and what is late now."""
    of_year = Matter.objects.filter(kind=kind, received_at__range=bounds(year)).exclude(
        state__in=[State.MERGED, State.WITHDRAWN])
    counts = of_year.aggregate(collected=Count("pk"), closed=Count("pk", Q(state=State.CLOSED)))
    stopped = Clock.objects.filter(matter__in=of_year.values("pk"), timer=Timer.SOLUTION, stopped_at__isnull=False,
                                   due_at__isnull=False)
    clocks = stopped.aggregate(settled=Count("matter", distinct=True), late=Count("matter", Q(late=True), distinct=True))
    overdue = Matter.objects.filter(kind=kind, is_open=True, queue_at__lt=base.now()).count()
    return YearFigures(year=year, as_of=base.now(), median_days=_median_days(of_year), overdue=overdue, **counts,
                       settled=clocks["settled"], on_time=clocks["settled"] - clocks["late"], **_promises(of_year))


def _promises(rows: QuerySet[Matter]) -> dict[str, int]:
    """Days that were promised, and those that passed without the act: it came later, another reply came, or nothing yet."""
    passed = Q(late=True) | Q(stopped_at=None, due_at__lt=base.now())
    return Clock.objects.filter(matter__in=rows.values("pk"), timer=Timer.PROMISE).aggregate(
        promises=Count("pk"), broken=Count("pk", passed))


def bounds(year: int) -> tuple[datetime, datetime]:
    """The first and the last moment of a year."""
    return (datetime.combine(date(year, 1, 1), time(), base.TZ), datetime.combine(date(year, 12, 31), time.max, base.TZ))


def _median_days(rows: QuerySet[Matter]) -> float | None:
    """Working days from receipt to striking off, the day of receipt not counted."""
    calendar = workdays.calendar()
    taken = [spans.working_days_between(received, closed, calendar) for received, closed in
             rows.filter(closed_at__isnull=False, state=State.CLOSED).values_list("received_at", "closed_at") if closed]
    return median(taken) if taken else None

"""The read side of published figures: `series()` for the page, `of_year(year)` beside what the registers say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from . import rules
from .models import Measure, Value


@dataclass(frozen=True)
class Point:
    """One year of a series; `width` is its share of the largest, of 100."""

    value: Value
    width: int
    first_reached: bool


@dataclass(frozen=True)
class Series:
    measure: Measure
    points: list[Point]
    corrected: list[Value]

    @property
    def compares(self) -> bool:
        """A bar alone says nothing."""
        return len(self.points) > 1


def measures() -> Sequence[Measure]:
    return list(Measure.objects.all())


def of_year(year: int) -> Sequence[Value]:
    """What was published for a year, as it stands now."""
    return list(Value.objects.filter(year=year, replaced_at=None).select_related("measure").order_by("measure_id"))


def series() -> list[Series]:
    """Every measure with its years and with what was corrected; two queries."""
    held = Measure.objects.prefetch_related(Prefetch("values", Value.objects.order_by("year", "id")))
    return [_series(measure, list(measure.values.all())) for measure in held]


def _series(measure: Measure, values: list[Value]) -> Series:
    standing = [value for value in values if value.replaced_at is None]
    largest = max((value.value for value in standing), default=0)
    reached = rules.first_reached([(value.year, value.value) for value in standing], measure.line)
    points = [Point(value, int(max(0, 100 * value.value / largest)) if largest else 0, value.year == reached)
              for value in standing]
    return Series(measure, points, [value for value in values if value.replaced_at is not None])

"""The read side of published figures: `series()` for the page, `of_year(year)` beside what the registers say."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from . import rules
from .models import Measure, Value


@dataclass(frozen=True)
class Point:
    """One value, and the figure as people write it; `width` is its share of the largest of its series, of 100."""

    value: Value
    figure: int | Decimal
    width: int = 100
    first_reached: bool = False


@dataclass(frozen=True)
class Series:
    """A measure with its line as people write it, its years, and what was corrected."""

    measure: Measure
    line: int | Decimal | None
    points: list[Point]
    corrected: list[Point]

    @property
    def compares(self) -> bool:
        """A bar alone says nothing."""
        return len(self.points) > 1


def of_year(year: int) -> list[Point]:
    """What was published for a year, as it stands now."""
    standing = Value.objects.filter(year=year, replaced_at=None).select_related("measure").order_by("measure_id")
    return [_point(value) for value in standing]


def series() -> list[Series]:
    """Every measure with its years and with what was corrected; two queries."""
    held = Measure.objects.prefetch_related(Prefetch("values", Value.objects.order_by("year", "id")))
    return [_series(measure, list(measure.values.all())) for measure in held]


def _series(measure: Measure, values: list[Value]) -> Series:
    standing = [value for value in values if value.replaced_at is None]
    largest = max((value.value for value in standing), default=Decimal(0))
    reached = rules.first_reached([(value.year, value.value) for value in standing], measure.line)
    points = [Point(value, rules.plain(value.value), rules.width(value.value, largest), value.year == reached)
              for value in standing]
    corrected = [_point(value) for value in values if value.replaced_at is not None]
    return Series(measure, measure.line and rules.plain(measure.line), points, corrected)


def _point(value: Value) -> Point:
    return Point(value, rules.plain(value.value))

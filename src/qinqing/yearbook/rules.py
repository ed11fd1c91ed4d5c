"""When a line was first reached, and a figure without the noughts nobody published. Pure (M0-004)."""

from collections.abc import Iterable
from decimal import Decimal


def first_reached(values: Iterable[tuple[int, Decimal]], line: Decimal | None) -> int | None:
    """The first year whose value is at or above the line; None without a line, or while it is not reached.

    A line that the earliest known year reaches already was not *first* reached in it, so far as is known: None too.
    """
    known = sorted(values)
    reached = [year for year, value in known if line is not None and value >= line]
    return reached[0] if reached and reached[0] != known[0][0] else None


def plain(value: Decimal) -> int | Decimal:
    """3.00 as 3, 49.10 as 49.1."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def width(value: Decimal, largest: Decimal) -> int:
    """The share of the largest, of 100; nothing below nought."""
    return int(max(Decimal(0), 100 * value / largest)) if largest > 0 else 0

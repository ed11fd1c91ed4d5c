"""Numbers with their units: literals, what may be added or compared, and what multiplying gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from qinqing.base.words import say

from . import units
from .nodes import Compare, Known, Number, Op, Product
from .units import SHARE, Amount, Unreadable

FINEST = 1_000_000  # the largest denominator of a share: 0.0001 %


@dataclass(frozen=True)
class Typed:
    """A number of a dimension; a literal keeps what was written, until it is known what it stands beside."""

    node: Number | None
    dimension: str
    amount: Amount | None = None
    given: str = ""


ANYTHING = Typed(Known(0), "")  # stands where a number was broken, so that one slip is told once


def literal(raw: Any) -> Typed:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise Unreadable(say('数要写成整数或带单位的文字，例如 "50万元"'))
    amount = units.parse(str(raw))
    return Typed(None, amount.dimension, amount, str(raw))


def together(parts: Sequence[Typed]) -> tuple[list[Number], str]:
    """The parts in the one dimension they share: adding, comparing and choosing the least need that."""
    written = [part.dimension for part in parts if part.node is None and part.dimension != "plain"]
    calculated = list(dict.fromkeys(part.dimension for part in parts if part.node is not None and part.dimension))
    dimension = next(iter(calculated + written), "plain")
    if len(calculated) > 1:
        left, right = calculated[:2]
        raise Unreadable(say("单位不同，不能放在一起：%(left)s和%(right)s", left=units.NAMES[left], right=units.NAMES[right]))
    return [part.node or Known(_whole(part, dimension), dimension) for part in parts], dimension


def _whole(part: Typed, dimension: str) -> int:
    assert part.amount is not None
    return units.whole(part.amount, dimension, part.given)


def compared(left: Typed, op: Op, right: Typed) -> Compare:
    (first, second), _dimension = together([left, right])
    return Compare(first, op, second)


def fraction(part: Typed) -> Fraction:
    """A share such as 5.5 %, exactly."""
    if part.amount is None or part.dimension not in ("rate", "plain"):
        raise Unreadable(say("这里要的是%(wanted)s，“%(given)s”不是", wanted=units.NAMES["rate"], given=part.given))
    share = part.amount.value / (SHARE if part.dimension == "rate" else 1)
    if share.denominator > FINEST:
        raise Unreadable(say("“%(given)s”的小数位太多，最细到 0.0001%%", given=part.given))
    return share


def multiplied(parts: Sequence[Typed]) -> Typed:
    """Shares and bare numbers become one fraction, which is rounded once; the rest are whole factors."""
    if any(part is ANYTHING for part in parts):
        return ANYTHING
    share, factors, dimensions = Fraction(1), list[Number](), list[str]()
    for part in parts:
        if part.node is None and part.dimension in ("rate", "plain"):
            share *= fraction(part)
            continue
        factors.append(part.node or Known(_whole(part, part.dimension), part.dimension))
        if part.dimension == "rate":
            share /= SHARE
        elif part.dimension:
            dimensions.append(part.dimension)
    if share.denominator > FINEST:
        raise Unreadable(say("乘起来的百分比小数位太多，最细到万分之一个百分点"))
    return Typed(Product(tuple(factors), share.numerator, share.denominator), _product_of(dimensions))


def _product_of(dimensions: list[str]) -> str:
    """Money times a number of things is money; other units do not multiply."""
    if sorted(dimensions) == ["area", "money_per_mu"]:
        return "money"
    things = [dimension for dimension in dimensions if dimension != "money"]
    if len(dimensions) == 1 or (len(things) == 1 and len(dimensions) == 2):  # noqa: PLR2004 - a price and a number of things
        return "money" if "money" in dimensions else dimensions[0]
    if not dimensions:
        raise Unreadable(say("乘法里至少要有一个带单位的数"))
    names = "、".join(str(units.NAMES[dimension]) for dimension in dimensions)
    raise Unreadable(say("这些单位不能相乘：%(names)s", names=names))

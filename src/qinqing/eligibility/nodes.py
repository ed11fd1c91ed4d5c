"""What a rule is made of once it is read: conditions without any *not*, and numbers in whole base units.

A condition is true, false or unknown (None). There are three: `Within` one fact against constants, `Compare` two numbers, and
`AtLeast` k of several, which is *all* when k is their number and *any* when k is 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from qinqing.base.words import Sentence

from .catalogue import Fact

Span = tuple[int, int]


class Op(StrEnum):
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    UNDER = "under"
    NOT_UNDER = "not_under"
    BETWEEN = "between"
    OUTSIDE = "outside"  # what *not between* becomes; not written by people

    @property
    def negated(self) -> "Op":
        return _NEGATED[self]


COMPARISONS = (Op.LT, Op.LE, Op.GT, Op.GE, Op.EQ, Op.NE)
HOLDS = {Op.LT: lt, Op.LE: le, Op.GT: gt, Op.GE: ge, Op.EQ: eq, Op.NE: ne}
_PAIRS = ((Op.LT, Op.GE), (Op.LE, Op.GT), (Op.EQ, Op.NE), (Op.IN, Op.NOT_IN), (Op.UNDER, Op.NOT_UNDER), (Op.BETWEEN, Op.OUTSIDE))
_NEGATED = {**dict(_PAIRS), **{right: left for left, right in _PAIRS}}


# —— conditions ——

@dataclass(frozen=True)
class Within:
    """The fact's number lies in one of the spans, which are sorted and apart; unknown when it is one of `vague`.

    `op` and `written` are how the rule said it: they serve words, not truth.
    """

    fact: Fact
    spans: tuple[Span, ...]
    vague: tuple[int, ...] = ()
    op: Op = field(default=Op.IN, compare=False)
    written: tuple[Any, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Compare:
    left: "Number"
    op: Op
    right: "Number"


@dataclass(frozen=True)
class Ratio:
    """How a ratio was written: `AtLeast` two of (part positive, cross product) carries it for the words."""

    part: "Number"
    whole: "Number"
    op: Op
    share: Fraction


@dataclass(frozen=True)
class AtLeast:
    """`k` of the parts hold. `said` is what the parts are together, where people think of them as one condition."""

    k: int
    parts: tuple["Condition", ...]
    said: Ratio | Sentence | None = field(default=None, compare=False)


Condition = Within | Compare | AtLeast
ALWAYS, NEVER = AtLeast(0, ()), AtLeast(1, ())


def every(*parts: Condition) -> AtLeast:
    return AtLeast(len(parts), parts)


def some(*parts: Condition) -> AtLeast:
    return AtLeast(1, parts)


def negated(node: Condition) -> Condition:
    """The opposite, pushed down to the leaves: what is unknown stays unknown, and nothing says *not*."""
    if isinstance(node, Within):
        return Within(node.fact, complement(node.spans, node.fact.low, node.fact.high), node.vague, node.op.negated, node.written)
    if isinstance(node, Compare):
        return Compare(node.left, node.op.negated, node.right)
    said = Ratio(node.said.part, node.said.whole, node.said.op.negated, node.said.share) if isinstance(node.said, Ratio) else None
    return AtLeast(len(node.parts) - node.k + 1, tuple(negated(part) for part in node.parts), said)


# —— spans ——

def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted and apart: neighbours become one."""
    result: list[Span] = []
    for low, high in sorted(spans):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def complement(spans: tuple[Span, ...], low: int, high: int) -> tuple[Span, ...]:
    """What of low … high the spans leave out."""
    edges = [low - 1, *(edge for span in spans for edge in span), high + 1]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return tuple((before + 1, after - 1) for before, after in gaps if before + 1 <= after - 1)


def common(left: tuple[Span, ...], right: tuple[Span, ...]) -> tuple[Span, ...]:
    found = [(max(a, c), min(b, d)) for a, b in left for c, d in right]
    return tuple(sorted((low, high) for low, high in found if low <= high))


# —— numbers ——

@dataclass(frozen=True)
class Known:
    value: int
    dimension: str = "plain"


@dataclass(frozen=True)
class Value:
    fact: Fact


@dataclass(frozen=True)
class Months:
    """Full months from the fact's day to `until` (see `days.counted_to`)."""

    fact: Fact
    until: int


@dataclass(frozen=True)
class Sum:
    parts: tuple["Number", ...]


@dataclass(frozen=True)
class Difference:
    left: "Number"
    right: "Number"


@dataclass(frozen=True)
class Extreme:
    """The least of the parts, or the greatest."""

    parts: tuple["Number", ...]
    greatest: bool


@dataclass(frozen=True)
class Product:
    """All parts multiplied, times `times` / `over`; the half of a base unit rounds up."""

    parts: tuple["Number", ...]
    times: int = 1
    over: int = 1


@dataclass(frozen=True)
class Case:
    """The number of the first branch whose condition holds; unknown as soon as one before it is."""

    branches: tuple[tuple[Condition, "Number"], ...]
    otherwise: "Number"


Number = Known | Value | Months | Sum | Difference | Extreme | Product | Case


def children(node: "Condition | Number") -> tuple["Condition | Number", ...]:
    match node:
        case AtLeast(parts=parts) | Sum(parts=parts) | Extreme(parts=parts) | Product(parts=parts):
            return parts
        case Compare(left=left, right=right) | Difference(left=left, right=right):
            return left, right
        case Case(branches=branches, otherwise=otherwise):
            return *(part for branch in branches for part in branch), otherwise
    return ()


def facts_in(node: "Condition | Number") -> Iterator[Fact]:
    """Every fact the node speaks of, as often as it does."""
    if isinstance(node, Within | Value | Months):
        yield node.fact
    for child in children(node):
        yield from facts_in(child)


def rounded(product: int, times: int, over: int) -> int:
    """`product × times / over`, the half rounded up."""
    return (2 * product * times + over) // (2 * over)

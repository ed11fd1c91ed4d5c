"""One fact against constants: which numbers of the fact satisfy `{fact: F, OP: value}`."""

from collections.abc import Callable
from typing import Any

from qinqing.base.words import say

from .catalogue import Fact, Kind, nearest
from .nodes import Op, Span, Within, complement, merged
from .units import Unreadable

_CMP = ("lt", "le", "gt", "ge", "eq", "ne")
_DATE = {"before": Op.LT, "until": Op.LE, "after": Op.GT, "since": Op.GE}
ALLOWED = {
    Kind.NUMBER: (*_CMP, "between"),
    Kind.FLAG: ("is",),
    Kind.ENUM: ("is", "in", "not_in"),
    Kind.TREE: ("is", "under", "not_under"),
    Kind.DATE: (*_DATE, "is", "between"),
}


def allowed(fact: Fact) -> tuple[str, ...]:
    return ALLOWED[fact.kind] + (_CMP if fact.ordered else ())


def check(fact: Fact, op: str) -> None:
    """`Unreadable` when the fact cannot be asked that."""
    if op in allowed(fact):
        return
    near = nearest(op, allowed(fact))
    known = "、".join(allowed(fact))
    if near:
        raise Unreadable(say("%(fact)s不能用“%(op)s”，是不是“%(near)s”？可用的：%(known)s",
                             fact=fact.label, op=op, near=near, known=known))
    raise Unreadable(say("%(fact)s不能用“%(op)s”，可用的：%(known)s", fact=fact.label, op=op, known=known))


def within(fact: Fact, op: str, value: Any) -> Within:
    """The test; `Unreadable` when the value does not suit the fact."""
    check(fact, op)
    if fact.kind is Kind.TREE:
        return _under(fact, op, value)
    if op in ("in", "not_in"):
        return _one_of(fact, op, value)
    if op == "between":
        return _between(fact, value)
    number = fact.read(value)
    plain = _DATE.get(op) or (Op.EQ if op == "is" else Op(op))
    return Within(fact, _SPANS[plain](number, fact), op=plain, written=(number,))


_SPANS: dict[Op, Callable[[int, Fact], tuple[Span, ...]]] = {
    Op.LT: lambda number, fact: _clipped(fact.low, number - 1),
    Op.LE: lambda number, fact: _clipped(fact.low, number),
    Op.GT: lambda number, fact: _clipped(number + 1, fact.high),
    Op.GE: lambda number, fact: _clipped(number, fact.high),
    Op.EQ: lambda number, _fact: ((number, number),),
    Op.NE: lambda number, fact: complement(((number, number),), fact.low, fact.high),
}


def _clipped(low: int, high: int) -> tuple[Span, ...]:
    return ((low, high),) if low <= high else ()


def _one_of(fact: Fact, op: str, value: Any) -> Within:
    numbers = [fact.read(one) for one in _several(value)]
    spans = merged([(number, number) for number in numbers])
    if op == "not_in":
        spans = complement(spans, fact.low, fact.high)
    return Within(fact, spans, op=Op(op), written=tuple(numbers))


def _between(fact: Fact, value: Any) -> Within:
    ends = _several(value)
    if len(ends) != 2:  # noqa: PLR2004 - between has two ends
        raise Unreadable(say("between 要写两个数：从哪里到哪里，两头都算"))
    low, high = map(fact.read, ends)
    if low > high:
        raise Unreadable(say("between 的前一个数不能比后一个大"))
    return Within(fact, ((low, high),), op=Op.BETWEEN, written=(low, high))


def _under(fact: Fact, op: str, value: Any) -> Within:
    """Below one of the nodes, or it; of an enterprise placed above them we cannot tell."""
    assert fact.tree is not None
    codes = _several(value) if op != "is" else [value]
    for code in codes:
        fact.read(code)
    spans = merged([fact.tree.span(code) for code in codes])
    vague = {number for code in codes for number in fact.tree.above(code)}
    apart = tuple(sorted(number for number in vague if not any(low <= number <= high for low, high in spans)))
    if op == "not_under":
        spans = complement(spans, fact.low, fact.high)
    return Within(fact, spans, apart, Op.NOT_UNDER if op == "not_under" else Op.UNDER, tuple(codes))


def _several(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Unreadable(say('要写成列表，至少一项，例如 ["…"]'))
    return value

"""Conditions and numbers in words, straight from the rule, so that what is said cannot differ from what is computed."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from qinqing.base.words import Named, Sentence, say

from . import units
from .catalogue import Fact, Kind
from .nodes import (
    AtLeast,
    Case,
    Compare,
    Condition,
    Difference,
    Extreme,
    Known,
    Months,
    Number,
    Op,
    Product,
    Ratio,
    Sum,
    Value,
    Within,
    children,
)

Words = Sentence | Named | str
Naming = Callable[[Fact, Any], Any]

_SIGNS = {Op.LT: "<", Op.LE: "≤", Op.GT: ">", Op.GE: "≥", Op.EQ: "=", Op.NE: "≠"}
_DATES = {
    Op.LT: say("%(fact)s早于 %(value)s"), Op.LE: say("%(fact)s不晚于 %(value)s"), Op.GT: say("%(fact)s晚于 %(value)s"),
    Op.GE: say("%(fact)s不早于 %(value)s"), Op.EQ: say("%(fact)s是 %(value)s"), Op.NE: say("%(fact)s不是 %(value)s"),
}
_AMONG = {
    Op.IN: say("%(fact)s是%(values)s"), Op.NOT_IN: say("%(fact)s不是%(values)s"),
    Op.UNDER: say("%(fact)s属于%(values)s"), Op.NOT_UNDER: say("%(fact)s不属于%(values)s"),
}  # fmt: skip
_WITHIN = {Op.BETWEEN: say("%(fact)s在 %(low)s 到 %(high)s 之间"), Op.OUTSIDE: say("%(fact)s不在 %(low)s 到 %(high)s 之间")}


# —— conditions ——

def requirement(node: Condition, naming: Naming | None = None) -> Sentence:
    """What the condition asks; `naming` has the names of industries and places, which stand in it by their codes."""
    if isinstance(node, Within):
        return _test(node, naming)
    if isinstance(node, Compare):
        return _signed(number(node.left), node.op, number(node.right))
    if isinstance(node.said, Ratio):
        share = units.shown_share(node.said.share)
        part = say("%(part)s占%(whole)s的比例", part=number(node.said.part), whole=number(node.said.whole))
        return _signed(part, node.said.op, share)
    return node.said or _group(node)


def _group(node: AtLeast) -> Sentence:
    if node.k == len(node.parts):
        return say("下面每一条都满足")
    return say("满足下面任意一条") if node.k == 1 else say("满足下面至少 %(k)s 条", k=node.k)


def _signed(left: Words, op: Op, right: Words) -> Sentence:
    return say("%(left)s %(sign)s %(right)s", left=left, sign=_SIGNS[op], right=right)


def _test(node: Within, naming: Naming | None) -> Sentence:
    if node.op in _AMONG or node.op in _WITHIN:
        return tested(node.fact, node.op, [_value(node.fact, value, naming) for value in node.written])
    return _compared(node)


def _value(fact: Fact, value: Any, naming: Naming | None) -> Any:
    if fact.tree is None:
        return fact.say(value)
    return naming(fact, value) if naming else value


def tested(fact: Fact, op: Op, values: Sequence[Any]) -> Sentence:
    """A fact held against several values that are in words already: for rules as they are computed, and as they are written."""
    if op in _WITHIN:
        return say(_WITHIN[op].text, fact=fact.label, low=values[0], high=values[1])
    return say(_AMONG[op].text, fact=fact.label, values=either(values))


def flagged(fact: Fact, *, wanted: bool) -> Sentence:
    """A fact that must be so, or not."""
    return say("%(fact)s：%(value)s", fact=fact.label, value=fact.say(int(wanted)))


def _compared(node: Within) -> Sentence:
    fact, (value,) = node.fact, node.written
    if fact.kind is Kind.FLAG:
        return flagged(fact, wanted=bool(value) is (node.op is Op.EQ))
    if fact.kind is Kind.DATE:
        return say(_DATES[node.op].text, fact=fact.label, value=fact.say(value))
    return _signed(fact.label, node.op, fact.say(value))


def either(words: Sequence[Any]) -> Words:
    """甲、乙或丙"""
    *first, last = words
    if not first:
        return last if isinstance(last, Sentence | Named) else str(last)
    return say("%(first)s或%(last)s", first=listed(first), last=last)


def listed(words: Sequence[Any]) -> Any:
    """甲、乙、丙"""
    return reduce(lambda left, right: say("%(left)s、%(right)s", left=left, right=right), words)


# —— numbers ——

def number(node: Number) -> Words:
    """How the number is come by."""
    match node:
        case Known(value=value, dimension=unit):
            return units.shown(value, unit)
        case Value(fact=fact):
            return fact.label
        case Months(fact=fact):
            return say("从%(fact)s起的月数", fact=fact.label)
        case Difference(left=left, right=right):
            return say("（%(left)s − %(right)s）", left=number(left), right=number(right))
    return _of_several(node)


def _of_several(node: Number) -> Words:
    match node:
        case Sum(parts=parts):
            return say("（%(parts)s）", parts=_joined(parts, " + "))
        case Extreme(parts=parts, greatest=greatest):
            text = say("%(parts)s中最大的") if greatest else say("%(parts)s中最小的")
            return say(text.text, parts=listed([number(part) for part in parts]))
        case Product():
            return _product(node)
    return say("分档计算的数")


def _product(node: Product) -> Words:
    factors = _joined(node.parts, " × ")
    share = Fraction(node.times, node.over) * units.SHARE ** _shares(node)
    return factors if share == 1 else say("%(parts)s × %(share)s", parts=factors, share=units.shown_share(share))


def _shares(node: Product) -> int:
    """How many of the factors are rates, whose base units were divided out again."""
    return sum(1 for part in node.parts if isinstance(part, Value) and part.fact.dimension == "rate")


def _joined(parts: Sequence[Number], sign: str) -> Words:
    words = [number(part) for part in parts]
    return reduce(lambda left, right: say("%(left)s%(sign)s%(right)s", left=left, sign=sign, right=right), words)


def counted_in(node: Number) -> str:
    """The dimension of the number, as `language` has found it to be one."""
    match node:
        case Known(dimension=known):
            return known
        case Value(fact=fact):
            return fact.dimension
        case Months():
            return "months"
        case Case(branches=branches):
            return counted_in(branches[0][1] if branches else node.otherwise)
    found = [counted_in(child) for child in children(node) if isinstance(child, Number)]
    several = sorted({each for each in found if each not in ("plain", "rate")})
    return "money" if "money" in several or len(several) > 1 else next(iter(several), "plain")

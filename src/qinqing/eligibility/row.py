"""One enterprise against all policies: conditions and numbers as functions of its facts.

Truth is True, False or None for unknown, by Kleene: what is not known matters only where it could decide. The bulk engine
(`bulk`) and the SQL one (`sql`) must agree with this one on every rule; tests hold them together.
"""

from collections.abc import Callable
from math import prod
from typing import Any, NamedTuple

from . import days
from .facts import Facts
from .nodes import (
    HOLDS,
    Case,
    Compare,
    Condition,
    Difference,
    Extreme,
    Known,
    Months,
    Number,
    Product,
    Sum,
    Value,
    Within,
    rounded,
)
from .policies import Policy, Rulebook

Truth = bool | None
Asked = Callable[[Facts], Truth]
Counted = Callable[[Facts], int | None]


class Result(NamedTuple):
    """`amount` is in 分; None where it is not known, or the policy gives no sum."""

    policy: Policy
    truth: Truth
    amount: int | None


class Evaluator:
    """A rulebook made ready; equal conditions of several policies share one function."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._conditions: dict[Condition, Asked] = {}
        self._met: dict[int, tuple[Condition | Number, Any]] = {}  # by identity, since hashing a deep node takes longer
        self.rows = [(policy, self.condition(policy.where), _amount(self, policy)) for policy in book.policies]

    def match(self, facts: Facts) -> list[Result]:
        """Every policy's truth, and its amount where it is true."""
        results = []
        for policy, where, amount in self.rows:
            truth = where(facts)
            results.append(Result(policy, truth, amount(facts) if truth else None))
        return results

    def condition(self, node: Condition) -> Asked:
        met = self._met.get(id(node))
        if met is None:
            if node not in self._conditions:
                self._conditions[node] = self._compiled(node)
            met = self._met[id(node)] = node, self._conditions[node]
        found: Asked = met[1]
        return found

    def _compiled(self, node: Condition) -> Asked:
        if isinstance(node, Within):
            return _test(node)
        if isinstance(node, Compare):
            return _comparison(node, self)
        parts = tuple(self.condition(part) for part in node.parts)
        if node.k == len(parts):
            return _all(parts)
        return _any(parts) if node.k == 1 else _at_least(node.k, parts)

    def number(self, node: Number) -> Counted:
        met = self._met.get(id(node))
        if met is None:
            met = self._met[id(node)] = node, self._calculated(node)
        found: Counted = met[1]
        return found

    def _calculated(self, node: Number) -> Counted:
        match node:
            case Known(value=value):
                return lambda facts: value
            case Value(fact=fact):
                name = fact.name
                return lambda facts: facts.get(name)
            case Months(fact=fact, until=until):
                return _strict([self.number(Value(fact))], lambda values: days.months_between(values[0], until))
            case Case():
                return self._case(node)
        return _strict([self.number(part) for part in _operands(node)], _COMBINED[type(node)](node))

    def _case(self, node: Case) -> Counted:
        branches = [(self.condition(when), self.number(then)) for when, then in node.branches]
        otherwise = self.number(node.otherwise)

        def chosen(facts: Facts) -> int | None:
            for when, then in branches:
                truth = when(facts)
                if truth is None:
                    return None
                if truth:
                    return then(facts)
            return otherwise(facts)

        return chosen


def _amount(evaluator: Evaluator, policy: Policy) -> Counted:
    return evaluator.number(policy.amount) if policy.amount is not None else lambda facts: None


# —— conditions ——

def _test(node: Within) -> Asked:
    name, spans, vague = node.fact.name, node.spans, frozenset(node.vague)
    if len(spans) == 1 and not vague:
        return _in_span(name, *spans[0])

    def asked(facts: Facts) -> Truth:
        value = facts.get(name)
        if value is None or value in vague:
            return None
        for low, high in spans:  # noqa: SIM110 - a generator for any() takes twice as long
            if low <= value <= high:
                return True
        return False

    return asked


def _in_span(name: str, low: int, high: int) -> Asked:
    def asked(facts: Facts) -> Truth:
        value = facts.get(name)
        return None if value is None else low <= value <= high

    return asked


def _comparison(node: Compare, evaluator: Evaluator) -> Asked:
    left, right, holds = evaluator.number(node.left), evaluator.number(node.right), HOLDS[node.op]

    def asked(facts: Facts) -> Truth:
        first, second = left(facts), right(facts)
        return None if first is None or second is None else holds(first, second)

    return asked


def _all(parts: tuple[Asked, ...]) -> Asked:
    def asked(facts: Facts) -> Truth:
        truth: Truth = True
        for part in parts:
            found = part(facts)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return asked


def _any(parts: tuple[Asked, ...]) -> Asked:
    def asked(facts: Facts) -> Truth:
        truth: Truth = False
        for part in parts:
            found = part(facts)
            if found:
                return True
            if found is None:
                truth = None
        return truth

    return asked


def _at_least(k: int, parts: tuple[Asked, ...]) -> Asked:
    def asked(facts: Facts) -> Truth:
        truths = [part(facts) for part in parts]
        if truths.count(True) >= k:
            return True
        return False if len(truths) - truths.count(False) < k else None

    return asked


# —— numbers ——

def _strict(parts: list[Counted], combine: Callable[[list[int]], int]) -> Counted:
    """Unknown as soon as one part is."""
    def counted(facts: Facts) -> int | None:
        values: list[int] = []
        for part in parts:
            value = part(facts)
            if value is None:
                return None
            values.append(value)
        return combine(values)

    return counted


def _operands(node: Number) -> tuple[Number, ...]:
    return (node.left, node.right) if isinstance(node, Difference) else node.parts  # type: ignore[union-attr]  # the rest have parts


_COMBINED: dict[type, Callable[..., Callable[[list[int]], int]]] = {
    Sum: lambda _node: sum,
    Difference: lambda _node: lambda values: values[0] - values[1],
    Extreme: lambda node: max if node.greatest else min,
    Product: lambda node: lambda values: rounded(prod(values), node.times, node.over),
}

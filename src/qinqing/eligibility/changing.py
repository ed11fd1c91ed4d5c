"""What would make a policy true that is not: the fewest changes to facts that an enterprise can do something about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qinqing.base.words import Named

from . import units
from .catalogue import Fact, Kind
from .facts import Facts
from .nodes import AtLeast, Compare, Condition, Difference, Number, Op, Product, Sum, Value, Within
from .row import Evaluator

_AIM: dict[Op, Callable[[int], int]] = {
    Op.GE: lambda right: right, Op.LE: lambda right: right, Op.EQ: lambda right: right,
    Op.GT: lambda right: right + 1, Op.LT: lambda right: right - 1,
}


@dataclass(frozen=True)
class Change:
    """One fact, from what it is to the nearest number that will do."""

    fact: Fact
    have: int
    needed: int

    @property
    def distance(self) -> Named | None:
        """How much that is, where the fact is an amount."""
        return units.shown(abs(self.needed - self.have), self.fact.dimension) if self.fact.kind is Kind.NUMBER else None

    @property
    def effort(self) -> float:
        """How large beside what there is already: only for choosing among ways that take as many changes."""
        return abs(self.needed - self.have) / max(abs(self.have), abs(self.needed), 1)


Changes = tuple[Change, ...]


def remedy(evaluator: Evaluator, node: Condition, facts: Facts) -> Changes | None:
    """The fewest changes that make the false condition true, checked by making them; None where there are none.

    A fact that is not known is no obstacle to be changed: where one decides, nothing is promised.
    """
    found = _remedy(evaluator, node, facts)
    if found is None:
        return None
    then = {**facts, **{change.fact.name: change.needed for change in found}}
    return found if evaluator.condition(node)(then) else None


def _remedy(evaluator: Evaluator, node: Condition, facts: Facts) -> Changes | None:
    truth = evaluator.condition(node)(facts)
    if truth is not False:
        return () if truth else None
    if isinstance(node, Within):
        return _moved(node, facts)
    if isinstance(node, Compare):
        return _solved(evaluator, node, facts)
    return _group(evaluator, node, facts)


def _group(evaluator: Evaluator, node: AtLeast, facts: Facts) -> Changes | None:
    ways = [way for way in (_remedy(evaluator, part, facts) for part in node.parts) if way is not None]
    if len(ways) < node.k:
        return None
    easiest = sorted(ways, key=lambda way: (len(way), sum(change.effort for change in way)))[:node.k]
    return _together(change for way in ways if any(way is each for each in easiest) for change in way)


def _together(changes: Iterable[Change]) -> Changes:
    """Of two changes of a fact the larger one."""
    largest: dict[str, Change] = {}
    for change in changes:
        other = largest.get(change.fact.name)
        if other is None or abs(change.needed - change.have) > abs(other.needed - other.have):
            largest[change.fact.name] = change
    return tuple(largest.values())


def _moved(node: Within, facts: Facts) -> Changes | None:
    have = facts[node.fact.name]
    edges = [edge for span in node.spans for edge in span]
    return _change(node.fact, have, min(edges, key=lambda edge: abs(edge - have))) if edges else None


def _change(fact: Fact, have: int, needed: int) -> Changes | None:
    possible = fact.improvable and fact.low <= needed <= fact.high
    return (Change(fact, have, needed),) if possible else None


def _solved(evaluator: Evaluator, node: Compare, facts: Facts) -> Changes | None:
    """What the left side must come to, and the fact in it that can bring it there."""
    right = evaluator.number(node.right)(facts)
    if right is None or node.op not in _AIM:
        return None
    return _reached(evaluator, node.left, _AIM[node.op](right), facts, rising=node.op in (Op.GE, Op.GT))


def _reached(evaluator: Evaluator, node: Number, aim: int, facts: Facts, *, rising: bool) -> Changes | None:
    match node:
        case Value(fact=fact):
            return _change(fact, facts[fact.name], aim)
        case Product(parts=(part,), times=times, over=over) if times > 0:
            exact = -(-aim * over // times) if rising else aim * over // times
            return _reached(evaluator, part, exact, facts, rising=rising)
        case Difference(left=left, right=right):
            other = evaluator.number(right)(facts)
            return None if other is None else _reached(evaluator, left, aim + other, facts, rising=rising)
        case Sum(parts=parts):
            return _reached_by_one(evaluator, parts, aim, facts, rising=rising)
    return None


def _reached_by_one(evaluator: Evaluator, parts: Sequence[Number], aim: int, facts: Facts, *, rising: bool) -> Changes | None:
    values = [evaluator.number(part)(facts) for part in parts]
    for index, part in enumerate(parts):
        others = [value for place, value in enumerate(values) if place != index]
        if all(value is not None for value in others):
            found = _reached(evaluator, part, aim - sum(value or 0 for value in others), facts, rising=rising)
            if found is not None:
                return found
    return None

"""The same rules as SQL by Ibis, for data that lie in DuckDB, PostgreSQL or Spark.

Ibis writes the text from expressions; no rule's text gets into it. AND and OR of SQL already know three values; NOT, which Ibis
has got wrong for unknown ones, does not occur, since rules are read without it. The table of facts has `code` and a 64-bit
column for each fact, named like it, null where it is not known.
"""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import add, and_, mul, or_
from typing import Any

import ibis

from . import bounds
from .bulk import Interned
from .days import MONTH
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
    children,
    facts_in,
    negated,
)

TABLE, STAGE, CODE = "facts", "shared", "code"
DIALECTS = ("duckdb", "postgres", "pyspark")
EXACT = 2**53
Expression = Any  # an Ibis value; its classes are made at run time


def statement(rules: Interned, dialect: str, columns: set[str], *, table: str = TABLE) -> str:
    """One SELECT over the table of facts: `code`, and for policy n `truth_n` and `amount_n` (null unless true).

    `columns` are the facts the table has; of another one nothing is known. What several policies share is worked out once,
    in a column of its own: as one expression it would be written out each time.
    """
    facts = _Statement(columns, ibis.table(_schema(rules, columns), name=table))
    shared = {f"shared_{number}": facts.node(node) for number, node in enumerate(_shared(rules))}
    stage = facts.table.mutate(**shared)
    named = dict(zip(map(id, _shared(rules)), shared, strict=True))
    policies = _Statement(columns, ibis.table(stage.schema(), name=STAGE), named)
    answer = policies.table.select(CODE, **dict(policies.answers(rules)))
    return f"WITH {STAGE} AS ({ibis.to_sql(stage, dialect=dialect)}) {ibis.to_sql(answer, dialect=dialect)}"


def _schema(rules: Interned, columns: set[str]) -> dict[str, str]:
    names = {fact.name for pair in rules.policies for node in pair if node is not None for fact in facts_in(node)}
    return {CODE: "string", **dict.fromkeys(sorted(names & columns), "int64")}


def _shared(rules: Interned) -> list[Condition | Number]:
    """What is asked for more than once, and is more than a look at one fact."""
    asked: Counter[int] = Counter()
    nodes: dict[int, Condition | Number] = {}

    def ask(node: Condition | Number) -> None:
        asked[id(node)] += 1
        if nodes.setdefault(id(node), node) is node and asked[id(node)] == 1:
            for child in children(node):
                ask(child)

    for pair in rules.policies:
        for node in filter(None, pair):
            ask(node)
    return [node for key, node in nodes.items() if asked[key] > 1 and children(node)]


class _Statement:
    """Expressions over one table; `named` tells which nodes are columns of it already."""

    def __init__(self, columns: set[str], table: Expression, named: dict[int, str] | None = None) -> None:
        self.columns, self.table = columns, table
        self._made: dict[int, Expression] = {key: table[name] for key, name in (named or {}).items()}
        self._kept: list[Condition] = []  # what is found by identity has to stay

    def answers(self, rules: Interned) -> Iterator[tuple[str, Expression]]:
        for index, (where, amount) in enumerate(rules.policies):
            truth = self.condition(where)
            yield f"truth_{index}", truth
            if amount is not None:
                yield f"amount_{index}", _first((truth, self.number(amount)))

    def node(self, node: Condition | Number) -> Expression:
        return self.condition(node) if isinstance(node, Condition) else self.number(node)

    # —— conditions: null where unknown ——

    def condition(self, node: Condition) -> Expression:
        if id(node) not in self._made:
            self._made[id(node)] = self._condition(node)
        return self._made[id(node)]

    def _condition(self, node: Condition) -> Expression:
        if isinstance(node, Within):
            return self._test(node)
        if isinstance(node, Compare):
            return HOLDS[node.op](self.number(node.left), self.number(node.right))
        return _at_least(node.k, [self.condition(part) for part in node.parts])

    def _test(self, node: Within) -> Expression:
        value = self._column(node.fact.name)
        spans = node.spans or ((1, 0),)  # an interval that holds nothing
        found = reduce(or_, [value.between(low, high) for low, high in spans])
        return _first((value.isin(node.vague), ibis.null("boolean")), otherwise=found) if node.vague else found

    def _column(self, name: str) -> Expression:
        return self.table[name] if name in self.columns else ibis.null("int64")

    # —— numbers: null as soon as one part is ——

    def number(self, node: Number) -> Expression:
        if id(node) not in self._made:
            self._made[id(node)] = self._number(node)
        return self._made[id(node)]

    def _number(self, node: Number) -> Expression:
        match node:
            case Known(value=value):
                return _whole(value)
            case Value(fact=fact):
                return self._column(fact.name)
            case Months(fact=fact, until=until):
                return _floor_divided(_whole(until) - self._column(fact.name), MONTH, until)
            case Difference(left=left, right=right):
                return self.number(left) - self.number(right)
            case Case(branches=branches, otherwise=otherwise):
                return self._case(branches, otherwise)
        return self._combined(node)

    def _combined(self, node: Number) -> Expression:
        assert isinstance(node, Sum | Extreme | Product)
        parts = [self.number(part) for part in node.parts]
        if isinstance(node, Sum):
            return reduce(add, parts)
        if isinstance(node, Extreme):
            return self._extreme(node, parts) if len(parts) > 1 else parts[0]
        product = reduce(mul, parts) if parts else _whole(1)
        if node.over == 1:
            return product if node.times == 1 else product * node.times
        largest = max(map(abs, bounds.factor_bounds(node))) * 2 * node.times + node.over
        return _floor_divided(product * (2 * node.times) + node.over, 2 * node.over, largest)

    def _extreme(self, node: Extreme, parts: list[Expression]) -> Expression:
        """Engines leave nulls out when they choose; here one makes the whole unknown."""
        missing = [found.isnull() for part in node.parts for found in self._deciding(part)]
        chosen = (ibis.greatest if node.greatest else ibis.least)(*parts)
        return _first((reduce(or_, missing), ibis.null("int64")), otherwise=chosen) if missing else chosen

    def _deciding(self, node: Number) -> list[Expression]:
        """What must be known for the number to be: its facts, short to say; or itself where a case chooses among them."""
        if any(isinstance(part, Case) for part in _all_in(node)):
            return [self.number(node)]
        return [self._column(name) for name in sorted({fact.name for fact in facts_in(node)})]

    def _case(self, branches: tuple[tuple[Condition, Number], ...], otherwise: Number) -> Expression:
        """Each branch asks for what makes it true and what makes it false; Ibis writes IS NULL without brackets."""
        if not branches:
            return self.number(otherwise)
        (when, then), rest = branches[0], branches[1:]
        self._kept.append(opposite := negated(when))
        return _first((self.condition(when), self.number(then)), (self.condition(opposite), self._case(rest, otherwise)))


def _first(*branches: tuple[Expression, Expression], otherwise: Expression = None) -> Expression:
    """The value of the first branch that is true, null or `otherwise` where none is."""
    return ibis.cases(*branches, else_=otherwise)


def _at_least(k: int, parts: list[Expression]) -> Expression:
    if k <= 0 or k > len(parts):
        return ibis.literal(k <= 0)
    if k == len(parts):
        return reduce(and_, parts)
    if k == 1:
        return reduce(or_, parts)
    sure, possible = (reduce(add, [_one_where(part.fill_null(unknown)) for part in parts]) for unknown in (False, True))
    return _first((sure >= k, ibis.literal(True)), (possible < k, ibis.literal(False)))


def _one_where(condition: Expression) -> Expression:
    """1 or 0; PostgreSQL does not cast truth to a number."""
    return _first((condition, _whole(1)), otherwise=_whole(0))


def _whole(value: int) -> Expression:
    """Cast from text: a bare 600000 has 32 bits in most engines, and its product overflows."""
    return ibis.literal(str(value)).cast("int64")


def _all_in(node: Condition | Number) -> Iterator[Condition | Number]:
    yield node
    for child in children(node):
        yield from _all_in(child)


def _floor_divided(number: Expression, by: int, largest: int) -> Expression:
    """Exactly, though engines divide in floating point: from 53 bits on a second step mends what the first rounds."""
    near = (number / by).floor().cast("int64")
    return near if largest < EXACT else near + ((number - near * by) / by).floor().cast("int64")

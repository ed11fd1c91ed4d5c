"""All enterprises against all policies: truth as two bit planes, in chunks that stay in the cache.

A plane has one bit for each row: of a condition one says where it is true, one where it is false; where neither, it is
unknown. Equal conditions are worked out once for all policies. Amounts are worked out only where a policy is true.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .catalogue import Fact, Kind
from .columns import WORD, Bits, Column, Columns, packed, unpacked
from .days import MONTH
from .nodes import (
    HOLDS,
    AtLeast,
    Case,
    Compare,
    Condition,
    Difference,
    Extreme,
    Known,
    Months,
    Number,
    Product,
    Span,
    Sum,
    Value,
    Within,
)
from .policies import Rulebook

CHUNK = 262_144
WORKERS = os.cpu_count() or 1  # numpy lets go of the interpreter's lock while it counts
HALF = 32
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Planes:
    true: Bits
    false: Bits


@dataclass(frozen=True)
class Counted:
    """Numbers row by row; `known` is None where all are."""

    values: Any
    known: Flags | None


@dataclass(frozen=True)
class Total:
    """Of one policy: how many get it, of how many it cannot be said, and what the known amounts come to, in 分."""

    eligible: int
    unknown: int
    rows: int
    amount: int
    without_amount: int

    def __add__(self, other: "Total") -> "Total":
        return Total(self.eligible + other.eligible, self.unknown + other.unknown, self.rows + other.rows,
                     self.amount + other.amount, self.without_amount + other.without_amount)


@dataclass(frozen=True)
class Matches:
    """The eligible of one policy in one chunk: rows of the columns, and amounts; `known` is None where all are known."""

    policy: int
    rows: NDArray[np.int64]
    amounts: Integers | None
    known: Flags | None


class Interned:
    """The rulebook's nodes with equal ones made the same object, so that a chunk finds its results by identity."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self._known: dict[Any, Any] = {}
        self.policies = [
            (self.node(policy.where), None if policy.amount is None else self.node(policy.amount)) for policy in book.policies]

    def node(self, node: Any) -> Any:
        """The first of its equals, made of such nodes all the way down."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._rebuilt(node)
        return found

    def _rebuilt(self, node: Any) -> Any:
        match node:
            case AtLeast(k=k, parts=parts):
                return AtLeast(k, tuple(map(self.node, parts)))
            case Compare(left=left, op=op, right=right):
                return Compare(self.node(left), op, self.node(right))
            case Case(branches=branches, otherwise=otherwise):
                return Case(tuple((self.node(when), self.node(then)) for when, then in branches), self.node(otherwise))
            case Sum(parts=parts) | Extreme(parts=parts) | Product(parts=parts):
                return replace(node, parts=tuple(map(self.node, parts)))
            case Difference(left=left, right=right):
                return Difference(self.node(left), self.node(right))
        return node


def totals(columns: Columns, rules: Interned) -> list[Total]:
    """What each policy comes to, in the rulebook's order."""
    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(lambda chunk: [chunk.total(*policy) for policy in rules.policies], _chunks(columns)))
    return [reduce(add, (part[index] for part in parts), Total(0, 0, 0, 0, 0)) for index in range(len(rules.policies))]


def matches(columns: Columns, rules: Interned) -> Iterator[Matches]:
    """The eligible with their amounts, chunk by chunk; no more chunks are held than are worked on."""
    chunks = _chunks(columns)
    with ThreadPoolExecutor(WORKERS) as pool:
        while window := list(islice(chunks, WORKERS)):
            for found in pool.map(lambda chunk: list(_matched(chunk, rules)), window):
                yield from found


def _matched(chunk: "_Chunk", rules: Interned) -> Iterator[Matches]:
    for index, (where, amount) in enumerate(rules.policies):
        rows = chunk.positions(chunk.condition(where).true)
        if len(rows):
            found = None if amount is None else chunk.amounts(amount, rows)
            yield Matches(index, rows + chunk.start, *((None, None) if found is None else (found.values, found.known)))


def truths(columns: Columns, rules: Interned) -> Iterator[tuple[int, NDArray[np.int8]]]:
    """Policy by policy and chunk by chunk: 1 true, 0 false, −1 unknown. For comparing engines and for explaining changes."""
    for chunk in _chunks(columns):
        for index, (where, _amount) in enumerate(rules.policies):
            planes = chunk.condition(where)
            true, false = unpacked(planes.true, chunk.rows), unpacked(planes.false, chunk.rows)
            yield index, np.where(true, 1, np.where(false, 0, -1)).astype(np.int8)


def _sum(values: Integers) -> int:
    """In two halves: single amounts fit into 64 bits, their sum need not."""
    return (int((values >> HALF).sum()) << HALF) + int((values & ((1 << HALF) - 1)).sum())


def _count(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def _chunks(columns: Columns) -> Iterator["_Chunk"]:
    for start in range(0, columns.rows, CHUNK):
        yield _Chunk(columns, start, min(CHUNK, columns.rows - start))


class _Chunk:
    """Rows `start` … of the columns, and everything worked out about them."""

    def __init__(self, columns: Columns, start: int, rows: int) -> None:
        self.columns, self.start, self.rows = columns.columns, start, rows
        self.words = slice(start // WORD, -(-(start + rows) // WORD))
        self.everybody = packed(np.ones(rows, np.bool_))
        self.nobody = np.zeros_like(self.everybody)
        self._planes: dict[int, Planes] = {}
        self._numbers: dict[int, Counted] = {}
        self._spans: dict[tuple[str, Span], Bits] = {}
        self._positions: tuple[Bits, NDArray[np.int64]] | None = None

    # —— conditions ——

    def condition(self, node: Condition) -> Planes:
        found = self._planes.get(id(node))
        if found is None:
            found = self._planes[id(node)] = self._worked_out(node)
        return found

    def _worked_out(self, node: Condition) -> Planes:
        if isinstance(node, Within):
            return self._test(node)
        if isinstance(node, Compare):
            return self._comparison(node)
        parts = [self.condition(part) for part in node.parts]
        return Planes(self._at_least(node.k, [part.true for part in parts]),
                      self._at_least(len(parts) - node.k + 1, [part.false for part in parts]))

    def _at_least(self, k: int, planes: list[Bits]) -> Bits:
        """Where at least k of the planes have their bit."""
        if k <= 0:
            return self.everybody
        if k > len(planes):
            return self.nobody
        if k == len(planes):
            return reduce(np.bitwise_and, planes)
        if k == 1:
            return reduce(np.bitwise_or, planes)
        counts = [self.everybody, *([self.nobody] * k)]  # counts[n]: at least n so far
        for plane in planes:
            counts = [self.everybody, *(counts[n] | (counts[n - 1] & plane) for n in range(1, k + 1))]
        return counts[k]

    def _test(self, node: Within) -> Planes:
        column = self.columns.get(node.fact.name)
        if column is None:
            return Planes(self.nobody, self.nobody)
        if node.fact.kind is Kind.FLAG:
            return self._flag(node, column)
        known = self.known_bits(column)
        for number in node.vague:
            known = known & ~self._span(column, (number, number))
        return self._split(reduce(np.bitwise_or, [self._span(column, span) for span in node.spans], self.nobody), known)

    def _span(self, column: Column, span: Span) -> Bits:
        """Where the fact's number lies within; many tests of a fact are made of few spans."""
        key = column.fact.name, span
        if key not in self._spans:
            self._spans[key] = packed(_in_span(self.slice(column), *span, column.fact))
        return self._spans[key]

    def _flag(self, node: Within, column: Column) -> Planes:
        values, known = column.values[self.words], self.known_bits(column)
        asked = {number for low, high in node.spans for number in range(low, high + 1)}
        yes, no = (values if 1 in asked else self.nobody), (~values if 0 in asked else self.nobody)
        return self._split(np.bitwise_or(yes, no), known)

    def _comparison(self, node: Compare) -> Planes:
        left, right = self.number(node.left), self.number(node.right)
        holds = np.broadcast_to(HOLDS[node.op](left.values, right.values), (self.rows,))
        known = _both(left.known, right.known)
        return self._split(packed(holds), self.everybody if known is None else packed(known))

    @staticmethod
    def _split(holds: Bits, known: Bits) -> Planes:
        return Planes(holds & known, known & ~holds)

    def slice(self, column: Column) -> Any:
        return column.values[self.start:self.start + self.rows]

    def known_bits(self, column: Column) -> Bits:
        return self.everybody if column.known is None else column.known[self.words]

    # —— numbers ——

    def number(self, node: Number) -> Counted:
        """Of every row; kept, since policies share them."""
        found = self._numbers.get(id(node))
        if found is None:
            found = self._numbers[id(node)] = _Rows(self, None).number(node)
        return found

    def positions(self, plane: Bits) -> NDArray[np.int64]:
        """Where the plane has its bits."""
        if self._positions is None or self._positions[0] is not plane:
            self._positions = plane, np.flatnonzero(unpacked(plane, self.rows))
        return self._positions[1]

    def total(self, where: Condition, amount: Number | None) -> Total:
        planes = self.condition(where)
        eligible = _count(planes.true)
        unknown = self.rows - eligible - _count(planes.false)
        if amount is None or not eligible:
            return Total(eligible, unknown, self.rows, 0, 0)
        if isinstance(amount, Known):
            return Total(eligible, unknown, self.rows, eligible * amount.value, 0)
        found = self.amounts(amount, self.positions(planes.true))
        values = found.values if found.known is None else found.values[found.known]
        return Total(eligible, unknown, self.rows, _sum(values), eligible - len(values))

    def amounts(self, node: Number, rows: NDArray[np.int64]) -> Counted:
        found = _Rows(self, rows).number(node)
        known = None if found.known is None else np.broadcast_to(found.known, rows.shape)
        return Counted(np.broadcast_to(found.values, rows.shape), known)


class _Rows:
    """Numbers of some rows of a chunk, or of all of them."""

    def __init__(self, chunk: _Chunk, rows: NDArray[np.int64] | None) -> None:
        self.chunk, self.rows = chunk, rows

    def number(self, node: Number) -> Counted:
        match node:
            case Known(value=value):
                return Counted(np.int64(value), None)
            case Value(fact=fact):
                return self._column(fact.name)
            case Months(fact=fact, until=until):
                found = self._column(fact.name)
                return Counted((until - found.values) // MONTH, found.known)
            case Difference(left=left, right=right):
                first, second = self.number(left), self.number(right)
                return Counted(first.values - second.values, _both(first.known, second.known))
            case Case():
                return self._case(node)
        return self._combined(node)

    def _combined(self, node: Number) -> Counted:
        assert isinstance(node, Sum | Extreme | Product)
        parts = [self.number(part) for part in node.parts]
        values = [part.values for part in parts]
        known = reduce(_both, [part.known for part in parts], None)
        if isinstance(node, Sum):
            return Counted(reduce(np.add, values), known)
        if isinstance(node, Extreme):
            return Counted(reduce(np.maximum if node.greatest else np.minimum, values), known)
        return Counted(_fraction(reduce(np.multiply, values, np.int64(1)), node), known)

    def _column(self, name: str) -> Counted:
        column = self.chunk.columns.get(name)
        if column is None:
            return Counted(np.int64(0), np.zeros(self._shape, np.bool_))
        values = self._taken(self.chunk.slice(column)).astype(np.int64)
        known = None if column.known is None else self._taken(unpacked(self.chunk.known_bits(column), self.chunk.rows))
        return Counted(values, known)

    @property
    def _shape(self) -> int:
        return self.chunk.rows if self.rows is None else len(self.rows)

    def _taken(self, array: Any) -> Any:
        return array if self.rows is None else array.take(self.rows)

    def _case(self, node: Case) -> Counted:
        """From the last branch to the first: each takes its rows, and makes unknown those where it is unknown itself."""
        result = self.number(node.otherwise)
        for when, then in reversed(node.branches):
            planes, number = self.chunk.condition(when), self.number(then)
            true, false = (self._taken(unpacked(plane, self.chunk.rows)) for plane in (planes.true, planes.false))
            known = (true & _all(number.known)) | (false & _all(result.known))
            result = Counted(np.where(true, number.values, result.values), known)
        return result


def _in_span(values: Any, low: int, high: int, fact: Fact) -> Flags:
    """Compared with both ends only where the fact's range reaches past them."""
    if high < fact.low or low > fact.high:
        return np.zeros(len(values), np.bool_)
    if low == high:
        return np.asarray(values == low)
    if high >= fact.high:
        return np.asarray(values >= low)
    if low <= fact.low:
        return np.asarray(values <= high)
    return np.asarray((values >= low) & (values <= high))


def _fraction(product: Any, node: Product) -> Any:
    if node.over == 1:
        return product * node.times if node.times != 1 else product
    return (product * (2 * node.times) + node.over) // (2 * node.over)


def _both(left: Flags | None, right: Flags | None) -> Flags | None:
    if left is None:
        return right
    return left if right is None else left & right


def _all(known: Flags | None) -> Any:
    return True if known is None else known

"""What a rule would do to all enterprises: whom it reaches, what it costs, who gains and loses, and where a threshold bends it.

A simulation is for those who write a policy. It decides nothing and is not kept; it names no enterprise, and groups of fewer
than five are shown only together with others, so that they cannot be had by subtraction (M3-030).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qinqing.eligibility import bulk, catalogue, policies, units
from qinqing.eligibility.columns import Columns
from qinqing.eligibility.trees import INDUSTRY, SECTIONS

FEWEST = 5  # enterprises in a group that is shown by itself
STEPS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(5, 4), Fraction(3, 2), Fraction(2))
BOUNDS = ("ge", "gt", "le", "lt")
Truths = NDArray[np.int8]
Sums = NDArray[np.int64]


@dataclass(frozen=True)
class Outcome:
    """Of one rule, row by row: 1, 0 or −1 for unknown, and the amounts in 分 (0 where there is none)."""

    truths: Truths
    amounts: Sums

    @property
    def eligible(self) -> NDArray[np.bool_]:
        return np.asarray(self.truths == 1)

    @property
    def count(self) -> int:
        return int(self.eligible.sum())

    @property
    def is_few(self) -> bool:
        return 0 < self.count < FEWEST

    @property
    def unknown(self) -> int:
        return int((self.truths == -1).sum())

    @property
    def cost(self) -> int:
        return int(self.amounts.sum())


def outcomes(columns: Columns, rules: Mapping[str, Any], on: date) -> dict[str, Outcome]:
    """Several rules at once, so that what they share is worked out once."""
    book = policies.read([{"id": name, "title": name, **rule} for name, rule in rules.items()], catalogue.standard(), on)
    interned = bulk.Interned(book)
    truths = [np.zeros(columns.rows, np.int8) for _ in rules]
    amounts = [np.zeros(columns.rows, np.int64) for _ in rules]
    starts = [0] * len(rules)
    for index, found in bulk.truths(columns, interned):
        truths[index][starts[index]:starts[index] + len(found)] = found
        starts[index] += len(found)
    for match in bulk.matches(columns, interned):
        if match.amounts is not None:
            known = match.amounts if match.known is None else np.where(match.known, match.amounts, 0)
            amounts[match.policy][match.rows] = known
    return {name: Outcome(*pair) for name, pair in zip(rules, zip(truths, amounts, strict=True), strict=True)}


# —— who gains and who loses ——


@dataclass(frozen=True)
class Change:
    """One kind of change against the rule in force; `fen` is more or less money for all of them together."""

    key: str
    count: int
    fen: int

    @property
    def is_few(self) -> bool:
        return 0 < self.count < FEWEST


def changes(before: Outcome, after: Outcome) -> list[Change]:
    """New ones, those with more, the same, less, and those who lose it. Who is unknown in either is in none of them."""
    both, difference = before.eligible & after.eligible, after.amounts - before.amounts
    kinds = {
        "new": after.eligible & (before.truths == 0), "more": both & (difference > 0), "same": both & (difference == 0),
        "less": both & (difference < 0), "lost": before.eligible & (after.truths == 0),
    }  # fmt: skip
    return [Change(key, int(rows.sum()), int(difference[rows].sum())) for key, rows in kinds.items()]


# —— where it lands ——


@dataclass(frozen=True)
class Group:
    """One group of enterprises, or several that are shown together because they are few."""

    labels: tuple[Any, ...]
    count: int
    fen: int

    @property
    def is_few(self) -> bool:
        return 0 < self.count < FEWEST

    def __add__(self, other: "Group") -> "Group":
        return Group((*self.labels, *other.labels), self.count + other.count, self.fen + other.fen)


def grouped(outcome: Outcome, groups: Mapping[Any, NDArray[np.bool_]]) -> list[Group]:
    """How many of each group, and for how much; what is in no group comes last, without a label."""
    counted = [_group((label,), outcome, rows) for label, rows in groups.items()]
    rest = np.ones(len(outcome.truths), np.bool_)
    for rows in groups.values():
        rest &= ~rows
    return together([*counted, _group(("",), outcome, rest)])


def _group(labels: tuple[Any, ...], outcome: Outcome, rows: NDArray[np.bool_]) -> Group:
    return Group(labels, int((outcome.eligible & rows).sum()), int(outcome.amounts[rows].sum()))


def together(groups: Sequence[Group]) -> list[Group]:
    """Groups of fewer than five become one; if that has still too few, or stands for a single group, the next smallest joins."""
    shown = [group for group in groups if group.count >= FEWEST]
    few = [group for group in groups if 0 < group.count < FEWEST]
    if not few:
        return shown
    merged = sum(few[1:], few[0])
    while shown and (merged.count < FEWEST or len(merged.labels) == 1):
        smallest = min(shown, key=lambda group: group.count)
        shown.remove(smallest)
        merged += smallest
    return [*shown, merged]


def sections(columns: Columns) -> dict[str, NDArray[np.bool_]]:
    """GB/T 4754 门类."""
    return {letter: _under(columns, "industry", INDUSTRY.span(letter)) for letter in SECTIONS}


def places(columns: Columns, codes: Sequence[tuple[str, str]]) -> dict[str, NDArray[np.bool_]]:
    tree = catalogue.standard().facts["region"]
    return {name: _under(columns, "region", tree.span(code)) for code, name in codes}


def sizes(columns: Columns) -> dict[Any, NDArray[np.bool_]]:
    fact = catalogue.standard().facts["size"]
    return {choice.label: _under(columns, "size", (number, number)) for number, choice in enumerate(fact.choices)}


def _under(columns: Columns, name: str, span: tuple[int, int]) -> NDArray[np.bool_]:
    column = columns.columns.get(name)
    if column is None:
        return np.zeros(columns.rows, np.bool_)
    known = np.ones(columns.rows, np.bool_) if column.known is None else bulk.unpacked(column.known, columns.rows)
    return np.asarray((column.values >= span[0]) & (column.values <= span[1]) & known)


# —— one threshold ——


@dataclass(frozen=True)
class Threshold:
    """A number in a rule against which one fact is held: where it stands, and what it is now."""

    path: tuple[Any, ...]
    fact: catalogue.Fact
    operator: str
    number: int

    @property
    def key(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def shown(self) -> Any:
        return self.fact.say(self.number)


def thresholds(node: Any, path: tuple[Any, ...] = ()) -> Iterator[Threshold]:
    """Those that can be moved, in the order of the rule."""
    if isinstance(node, list):
        for index, part in enumerate(node):
            yield from thresholds(part, (*path, index))
    elif isinstance(node, dict):
        yield from _own(node, path)
        for key, part in node.items():
            yield from thresholds(part, (*path, key))


def _own(node: dict[str, Any], path: tuple[Any, ...]) -> Iterator[Threshold]:
    fact = catalogue.standard().facts.get(str(node.get("fact")))
    operator = next((key for key in BOUNDS if key in node), "")
    if fact is None or fact.kind is not catalogue.Kind.NUMBER or not operator or isinstance(node[operator], dict):
        return
    try:
        number = fact.read(node[operator])
    except units.Unreadable:
        return
    if number > 0:
        yield Threshold((*path, operator), fact, operator, number)


def moved(rule: Any, threshold: Threshold, number: int) -> Any:
    """The rule with another number there."""
    return _with(rule, threshold.path, number)


def _with(node: Any, path: tuple[Any, ...], number: int) -> Any:
    if not path:
        return number
    step, rest = path[0], path[1:]
    if isinstance(node, list):
        return [_with(part, rest, number) if index == step else part for index, part in enumerate(node)]
    return {key: _with(part, rest, number) if key == step else part for key, part in node.items()}


@dataclass(frozen=True)
class Point:
    """What the rule comes to with the threshold at `number`."""

    number: int
    shown: Any
    count: int
    fen: int
    is_now: bool = False
    is_wanted: bool = False

    @property
    def is_few(self) -> bool:
        return 0 < self.count < FEWEST


def numbers_around(threshold: Threshold, wanted: int | None = None) -> list[int]:
    """From a quarter of it to twice as much, within what the fact can be, rounded to two figures."""
    around = {_rounded(threshold.number * step) for step in STEPS} | {threshold.number} | ({wanted} if wanted else set())
    return sorted(number for number in around if max(1, threshold.fact.low) <= number <= threshold.fact.high)


def _rounded(number: Fraction) -> int:
    whole = int(number)
    unit = 10 ** max(0, len(str(whole)) - 2)
    return max(1, round(number / unit) * unit)


def curve(columns: Columns, rule: Any, threshold: Threshold, on: date, wanted: int | None = None) -> list[Point]:
    """All of the points in one pass over the columns."""
    numbers = numbers_around(threshold, wanted)
    book = [{"id": str(number), "title": "", **moved(rule, threshold, number)} for number in numbers]
    found = bulk.totals(columns, bulk.Interned(policies.read(book, catalogue.standard(), on)))
    return [Point(number, threshold.fact.say(number), total.eligible, total.amount, is_now=number == threshold.number,
                  is_wanted=number == wanted) for number, total in zip(numbers, found, strict=True)]


# —— all of it ——


@dataclass(frozen=True)
class Simulation:
    """`before` is the rule in force, None where there is none; `if_all_unknown` is how many more there could be."""

    after: Outcome
    before: Outcome | None
    changes: list[Change] = field(default_factory=list)
    by_place: list[Group] = field(default_factory=list)
    by_size: list[Group] = field(default_factory=list)
    by_section: list[Group] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.after.count - (self.before.count if self.before else 0)

    @property
    def more_fen(self) -> int:
        return self.after.cost - (self.before.cost if self.before else 0)

    @property
    def at_most(self) -> int:
        """The cost if everybody of whom it cannot be said were eligible, for the mean of those who are."""
        if not self.after.count:
            return self.after.cost
        return self.after.cost + self.after.cost * self.after.unknown // self.after.count


def simulate(columns: Columns, rule: Any, in_force: Any, on: date, counties: Sequence[tuple[str, str]]) -> Simulation:
    """The rule on all enterprises of the columns, beside the one in force; groups are those who would get it."""
    rules = {"after": rule} | ({"before": in_force} if in_force else {})
    found = outcomes(columns, rules, on)
    after, before = found["after"], found.get("before")
    return Simulation(
        after, before, changes(before, after) if before else [], grouped(after, places(columns, counties)),
        grouped(after, sizes(columns)), grouped(after, sections(columns)))

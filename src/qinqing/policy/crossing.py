"""County × size: how many get it and for how much, with the few hidden so that no total gives them away (M3-030).

Lines and columns are the groups of the single breakdowns: every total is shown there already and stands for five or more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .simulating import FEWEST, Group, Outcome, grouped

Masks = Mapping[Any, NDArray[np.bool_]]
Place = tuple[int, int]
Counts = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Cell:
    """Where a line meets a column; what is hidden says neither how many nor how much."""

    count: int
    fen: int
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One group down the side, with its total and a cell for each column."""

    group: Group
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Crossing:
    """`columns` are the groups along the top, with their totals; there are no lines where all together are few."""

    columns: Sequence[Group]
    lines: Sequence[Line]
    total: Group

    @property
    def hidden(self) -> int:
        return sum(cell.is_hidden for line in self.lines for cell in line.cells)


def crossed(outcome: Outcome, down: Masks, along: Masks) -> Crossing:
    """The two breakdowns of one outcome against each other."""
    total = Group((), outcome.count, outcome.cost)
    if outcome.count < FEWEST:
        return Crossing([], [], total)
    groups, columns = grouped(outcome, down), grouped(outcome, along)
    sides = [_rows(group, along, len(outcome.truths)) for group in columns]
    cells = [[_cell(outcome, _rows(group, down, len(outcome.truths)) & side) for side in sides] for group in groups]
    covered = hidden([[cell.count for cell in line] for line in cells])
    lines = [Line(group, [replace(cell, is_hidden=(row, column) in covered) for column, cell in enumerate(line)])
             for row, (group, line) in enumerate(zip(groups, cells, strict=True))]
    return Crossing(columns, lines, total)


def _rows(group: Group, masks: Masks, length: int) -> NDArray[np.bool_]:
    """The enterprises of a group; without a label are those in no other."""
    everywhere: NDArray[np.bool_] = reduce(np.logical_or, masks.values(), np.zeros(length, np.bool_))
    return reduce(np.logical_or, [masks.get(label, ~everywhere) for label in group.labels])


def _cell(outcome: Outcome, rows: NDArray[np.bool_]) -> Cell:
    return Cell(int((outcome.eligible & rows).sum()), int(outcome.amounts[rows].sum()))


# —— what must not be seen ——


def hidden(counts: Counts) -> set[Place]:
    """The few, and as many others as it takes: no hidden cell follows from the totals, and none of their sums is few.

    Each is hidden as the corner of a rectangle: adding one at two opposite corners and taking one at the other two leaves every
    total as it is, so that the reader cannot tell which of the two tables is true.
    """
    covered: set[Place] = set()
    wanted = [place for place in _places(counts) if 0 < _at(counts, place) < FEWEST]
    while wanted:
        for place in wanted:
            if place not in covered:
                covered |= min(_rectangles(counts, place), key=lambda corners: _cost(counts, corners - covered))
        wanted = list(_more(counts, covered))
    return covered


def _places(counts: Counts) -> Iterator[Place]:
    return product(range(len(counts)), range(len(counts[0]) if counts else 0))


def _at(counts: Counts, place: Place) -> int:
    return counts[place[0]][place[1]]


def _rectangles(counts: Counts, place: Place) -> Iterator[set[Place]]:
    """Those with the place as a corner in which one enterprise could stand elsewhere."""
    row, column = place
    for other_row, other_column in _places(counts):
        beside, below, across = (row, other_column), (other_row, column), (other_row, other_column)
        could = all(_at(counts, one) for one in (beside, below)) or all(_at(counts, one) for one in (place, across))
        if other_row != row and other_column != column and could:
            yield {place, beside, below, across}


def _cost(counts: Counts, corners: Iterable[Place]) -> int:
    """What the reader loses; of an empty cell as much as of one enterprise."""
    return sum(max(1, _at(counts, place)) for place in corners)


def _more(counts: Counts, covered: set[Place]) -> Iterator[Place]:
    """Of each line and column whose hidden cells come to few, the smallest that is still shown."""
    for line in _lines(counts):
        if 0 < sum(_at(counts, place) for place in line if place in covered) < FEWEST:
            yield min((_at(counts, place), place) for place in line if place not in covered and _at(counts, place))[1]


def _lines(counts: Counts) -> Iterator[list[Place]]:
    places = list(_places(counts))
    for way in (0, 1):
        for number in sorted({place[way] for place in places}):
            yield [place for place in places if place[way] == number]

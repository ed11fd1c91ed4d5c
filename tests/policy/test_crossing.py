"""County × size: the cells are a plain recount, and no hidden cell can be had from what is shown."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinqing.eligibility import catalogue, columns, facts
from qinqing.policy import crossing, simulating

DAY = date(2026, 3, 2)
COUNTIES = [("510802", "东区"), ("510811", "西区"), ("510812", "南区")]
RULE = {"where": {"all": [{"fact": "employees", "ge": "10人"}]}, "amount": {"mul": ["employees", "100元"]}}
SIZES = ("大型", "中型", "小型", "微型")


def held(firms):
    """Enterprises as (county, size, employees)."""
    said = [{name: value for name, value in zip(("region", "size", "employees"), firm, strict=True) if value} for firm in firms]
    rows = [(f"{place:018d}", facts.read(one, catalogue.standard())) for place, one in enumerate(said)]
    return columns.gathered(rows, catalogue.standard(), DAY)


def crossed(firms):
    of = held(firms)
    found = simulating.outcomes(of, {"one": RULE}, DAY)["one"]
    return crossing.crossed(found, simulating.places(of, COUNTIES), simulating.sizes(of))


def firms(count, seed=3):
    rng = Random(seed)
    counties = [code for code, _ in COUNTIES]
    return [(rng.choice([*counties, ""]), rng.choice([*SIZES, ""]), f"{rng.randrange(40)}人") for _ in range(count)]


@pytest.mark.req("M3-030")
def test_it_agrees_with_a_plain_recount():
    listed = firms(2_000)
    names = dict(COUNTIES)
    plain = Counter((names.get(county, ""), size) for county, size, count in listed if int(count[:-1]) >= 10)
    money = Counter()
    for county, size, count in listed:
        money[names.get(county, ""), size] += int(count[:-1]) * 10_000 if int(count[:-1]) >= 10 else 0
    table = crossed(listed)
    for line in table.lines:
        for column, cell in zip(table.columns, line.cells, strict=True):
            places = [(row, size) for row in line.group.labels for size in map(str, column.labels)]
            assert (cell.count, cell.fen) == (sum(plain[place] for place in places), sum(money[place] for place in places))
    assert sum(line.group.count for line in table.lines) == sum(group.count for group in table.columns) == table.total.count


def test_lines_and_columns_are_the_single_breakdowns():
    listed = firms(90)
    of, table = held(listed), crossed(listed)
    found = simulating.outcomes(of, {"one": RULE}, DAY)["one"]
    assert [line.group for line in table.lines] == simulating.grouped(found, simulating.places(of, COUNTIES))
    assert table.columns == simulating.grouped(found, simulating.sizes(of))
    assert all(group.count >= simulating.FEWEST for group in table.columns)


def test_few_in_all_have_no_table():
    assert crossed([("510802", "小型", "20人")] * 4).lines == []


def shown(counts):
    covered = crossing.hidden(counts)
    return [[None if (row, column) in covered else cell for column, cell in enumerate(line)] for row, line in enumerate(counts)]


@pytest.mark.parametrize(("counts", "left"), [
    ([[9, 7], [8, 6]], [[9, 7], [8, 6]]),
    ([[9, 2], [8, 6]], [[None, None], [None, None]]),  # one alone, or two in a line, follows from the totals
    ([[5, 3], [7, 0], [0, 9]], [[None, None], [None, None], [None, None]]),  # and so it does where an empty cell is shown
    ([[9, 2, 30], [8, 6, 40], [9, 9, 9]], [[None, None, 30], [None, None, 40], [9, 9, 9]]),
    ([[1, 1, 30], [1, 1, 40], [30, 40, 90]], [[None, None, None], [None, None, None], [None, None, 90]]),  # no sum is few
    ([[9, 0], [0, 8]], [[9, 0], [0, 8]]),
])
def test_what_is_hidden(counts, left):
    assert shown(counts) == left


tables = st.integers(2, 4).flatmap(lambda width: st.lists(
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 8, 30]), min_size=width, max_size=width), min_size=2, max_size=4))


def lines_of(counts):
    return [*([(row, column) for column in range(len(counts[0]))] for row in range(len(counts))),
            *([(row, column) for row in range(len(counts))] for column in range(len(counts[0])))]


def tells(counts):
    """Every total stands for five or more, as the groups of a crossing do."""
    return all(sum(counts[row][column] for row, column in line) >= simulating.FEWEST for line in lines_of(counts))


def others(counts, covered, place):
    """Whether another table, with the same totals and the same shown cells, has another number there.

    It has where there is a way round through hidden cells on which one enterprise is moved, never out of an empty cell.
    """
    row, column = place
    return (_reaches(counts, covered - {place}, ("column", column), ("row", row))
            or (counts[row][column] > 0 and _reaches(counts, covered - {place}, ("row", row), ("column", column))))


def _reaches(counts, cells, start, end):
    """One more in a cell leads from its row to its column; one less, where there is one, back."""
    seen, open_ends = {start}, [start]
    while open_ends:
        kind, index = open_ends.pop()
        for row, column in cells:
            onward = (("column", column) if kind == "row" and row == index
                      else ("row", row) if kind == "column" and column == index and counts[row][column] else None)
            if onward and onward not in seen:
                seen.add(onward)
                open_ends.append(onward)
    return end in seen


@pytest.mark.req("M3-030")
@settings(max_examples=400, deadline=None)
@given(tables.filter(tells))
def test_no_hidden_cell_follows_from_what_is_shown(counts):
    covered = crossing.hidden(counts)
    few = {(row, column) for row, line in enumerate(counts) for column, cell in enumerate(line) if 0 < cell < simulating.FEWEST}
    assert few <= covered
    assert all(others(counts, covered, place) for place in covered)
    for line in lines_of(counts):
        together = [counts[row][column] for row, column in line if (row, column) in covered]
        assert not together or sum(together) >= simulating.FEWEST

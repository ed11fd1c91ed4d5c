"""When a line was first reached."""

from decimal import Decimal

import pytest

from qinqing.yearbook.rules import first_reached, plain

GDP = [(2019, Decimal("941.85")), (2020, Decimal("1008.01"))]


@pytest.mark.parametrize(("values", "line", "year"), [
    (GDP, Decimal(1000), 2020),
    (reversed(GDP), Decimal(1000), 2020),
    ([*GDP, (2021, Decimal(990)), (2022, Decimal(1100))], Decimal(1000), 2020),
    (GDP, Decimal("1008.01"), 2020),
    (GDP, Decimal(2000), None),
    (GDP, None, None),
    (GDP[1:], Decimal(1000), None),  # whether 2019 had reached it, nobody said
    ([], Decimal(1000), None),
])
def test_the_first_year_that_reached_the_line(values, line, year):
    assert first_reached(values, line) == year


@pytest.mark.parametrize(("value", "said"), [
    ("3.00", "3"), ("49.10", "49.1"), ("1008.01", "1008.01"), ("1000.00", "1000"), ("0.00", "0"),
])
def test_no_noughts_that_nobody_published(value, said):
    assert str(plain(Decimal(value))) == said

"""Numbers and money: exact, in the unit that people use."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qinqing.ui import figures


@pytest.mark.parametrize(("value", "shown"), [(1286, "1,286"), (0, "0"), (-41, "-41"), (Decimal("6.20"), "6.20")])
def test_number(value, shown):
    assert figures.number(value) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(467, 500), "93.4%"),
        (Decimal("0.934"), "93.4%"),
        (Fraction(1), "100%"),
        (Fraction(0), "0%"),
        (Fraction(9996, 10000), "99.9%"),
        (Fraction(99999, 100000), "99.9%"),
        (Fraction(1, 100000), "0.1%"),
        (Fraction(1, 2), "50.0%"),
    ],
)
def test_percent_never_claims_all_or_nothing(share, shown):
    assert figures.percent(share) == shown


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (150_000, "1,500 元", "CNY 1,500"),
        (38_600_000, "38.6 万元", "CNY 386,000"),
        (38_600_100, "386,001 元", "CNY 386,001"),
        (1_250, "12.50 元", "CNY 12.50"),
        (1_234_567_89, "1,234,567.89 元", "CNY 1,234,567.89"),
        (1_000_000, "1 万元", "CNY 10,000"),
        (268_500_000, "268.5 万元", "CNY 2,685,000"),
        (15_000_000_000, "1.5 亿元", "CNY 150,000,000"),
        (0, "0 元", "CNY 0"),
        (-38_600_000, "-38.6 万元", "CNY -386,000"),
        (Decimal("1000000.00"), "100 万元", "CNY 1,000,000"),
    ],
)
def test_amount(value, chinese, english):
    with translation.override("zh-hans"):
        assert figures.amount(value) == chinese
    with translation.override("en"):
        assert figures.amount(value) == english


@given(st.integers(min_value=0, max_value=10**15))
def test_an_amount_can_be_read_back(fen):
    with translation.override("zh-hans"):
        digits, unit = figures.amount(fen).replace(",", "").split(" ")
    assert Decimal(digits) * {"元": 1, "万元": 10**4, "亿元": 10**8}[unit] * 100 == fen


# —— files ——

@pytest.mark.parametrize(("size", "shown"), [
    (20, "不到 1 KB"), (1023, "不到 1 KB"), (1024, "1 KB"), (1025, "2 KB"), (312 * 1024, "312 KB"), (1023 * 1024, "1023 KB"),
    (1023 * 1024 + 1, "1 MB"), (1024 * 1024, "1 MB"), (1024 * 1024 + 1, "1.1 MB"), (20 * 1024 * 1024, "20 MB"),
])
def test_how_large_a_file_is(size, shown):
    assert figures.file_size(size) == shown

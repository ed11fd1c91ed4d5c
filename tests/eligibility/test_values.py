"""Amounts, days and codes as whole numbers: read exactly, said without rounding."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.eligibility import days, units
from qinqing.eligibility.trees import INDUSTRY, PLACE
from qinqing.eligibility.units import Unreadable


@pytest.mark.parametrize(("text", "dimension", "number"), [
    ("50万元", "money", 50_000_000), ("0.01元", "money", 1), ("1,000.5 元", "money", 100_050),
    ("\uff10\uff0e\uff15元", "money", 50),
    ("-3元", "money", -300), ("2亿元", "money", 20_000_000_000), ("5.5%", "rate", 550), ("-20\uff05", "rate", -2_000),
    ("12个月", "months", 12), ("12", "months", 12), ("0", "money", 0), ("2019年", "calendar_years", 2019),
    ("2019", "calendar_years", 2019), ("3万千瓦时", "energy", 30_000), ("7度", "energy", 7),
    ("3000万美元", "dollars", 3_000_000_000),
])
def test_a_literal_is_so_many_base_units(text, dimension, number):
    assert units.whole(units.parse(text), dimension, text) == number


@pytest.mark.parametrize(("text", "dimension", "words"), [
    ("5人", "money", "这里要的是金额（元），“5人”是人数"),
    ("5", "money", "要写单位"),
    ("0.001元", "money", "比最小单位还细"),
    ("0.001%", "rate", "比最小单位还细"),
    ("五万元", "money", "不是数量"),
    ("5斤", "weight", "单位“斤”不认识"),
    ("1e9元", "money", "不认识"),
    ("", "money", "不是数量"),
])
def test_what_is_no_such_amount_is_refused_with_the_reason(text, dimension, words):
    with pytest.raises(Unreadable) as refused:
        units.whole(units.parse(text), dimension, text)
    assert words in str(refused.value.sentence)


@pytest.mark.parametrize(("number", "dimension", "chinese", "english"), [
    (320_000_000, "money", "320 万元", "CNY 3,200,000"),
    (12_666_667, "money", "126,666.67 元", "CNY 126,666.67"),
    (123_500_000_000, "money", "12.35 亿元", "CNY 1,235,000,000"),
    (1, "money", "1 分", "CNY 0.01"), (0, "money", "0 元", "CNY 0"), (550, "rate", "5.5%", "5.5%"),
    (-2_000, "rate", "−20%", "−20%"), (3, "people", "3 人", "3 people"), (1, "people", "1 人", "1 person"),
    (1, "months", "1 个月", "1 month"), (1, "years", "1 年", "1 year"), (2019, "calendar_years", "2019 年", "2019"),
    (15_000, "energy", "1.5 万千瓦时", "1.5 × 10⁴ kWh"),
])
def test_an_amount_is_said_exactly(number, dimension, chinese, english):
    said = units.shown(number, dimension)
    assert (said.zh, said.en) == (chinese, english)


@given(st.integers(-10**15, 10**15), st.sampled_from(sorted(units.NAMES.keys() - {"plain"})))
def test_what_is_said_is_read_back_as_it_was(number, dimension):
    said = units.shown(number, dimension).zh.replace("−", "-").replace(" ", "")
    assert units.whole(units.parse(said), dimension, said) == number


DAYS = st.dates(days.FIRST, days.LAST)


@given(DAYS, DAYS)
def test_numbers_of_days_keep_their_order(first, second):
    assert (days.number(first) < days.number(second)) == (first < second)
    assert days.day(days.number(first)) == first


@given(DAYS, DAYS)
def test_full_months_are_counted_as_the_civil_code_does(since, until):
    """The month's corresponding day, or its last where it has none (民法典 202)."""
    months = days.months_between(days.number(since), days.counted_to(until))
    index = until.year * 12 + until.month - since.year * 12 - since.month
    last_of_month = (until + timedelta(1)).month != until.month
    assert months == index - (0 if until.day >= since.day or last_of_month else 1)


@pytest.mark.parametrize(("since", "until", "months"), [
    ("2025-11-23", "2026-11-23", 12), ("2025-11-24", "2026-11-23", 11), ("2026-01-31", "2026-02-28", 1),
    ("2024-02-29", "2025-02-28", 12), ("2026-12-01", "2026-11-23", -1),
])
def test_months_by_example(since, until, months):
    assert days.months_between(days.number(date.fromisoformat(since)), days.counted_to(date.fromisoformat(until))) == months


@pytest.mark.parametrize(("tree", "above", "below", "apart"), [
    (INDUSTRY, "C", ["C13", "C1521", "C43", "35"], ["B12", "D44", "A0313"]),
    (INDUSTRY, "35", ["C35", "C351", "C3599"], ["C34", "C3499", "C36"]),
    (INDUSTRY, "T", ["T97", "T9700"], ["S96"]),
    (PLACE, "510800", ["510802", "510802001", "510824999999"], ["510700", "510900", "51"]),
    (PLACE, "510802", ["510802001"], ["510811", "510800"]),
])
def test_what_lies_below_a_node_is_one_interval(tree, above, below, apart):
    low, high = tree.span(above)
    assert all(low <= tree.span(code)[0] <= tree.span(code)[1] <= high for code in below)
    assert not any(low <= tree.span(code)[0] <= high for code in apart)


@pytest.mark.parametrize(("tree", "code"), [
    (INDUSTRY, "A"), (INDUSTRY, "C15"), (INDUSTRY, "A011"), (INDUSTRY, "T9700"),
    (PLACE, "510000"), (PLACE, "510800"), (PLACE, "510802"), (PLACE, "510802001"), (PLACE, "510802001203"),
])
def test_a_node_is_said_by_its_code(tree, code):
    assert tree.code(tree.span(code)[0]) == code


@pytest.mark.parametrize(("tree", "code"), [
    (INDUSTRY, "X1"), (INDUSTRY, "C99"), (INDUSTRY, "B13"), (INDUSTRY, "C1"), (INDUSTRY, "C15211"), (INDUSTRY, ""),
    (INDUSTRY, "98"),
    (PLACE, "5"), (PLACE, "51080"), (PLACE, "abcdef"), (PLACE, "000000"), (PLACE, ""),
])
def test_what_is_no_code_is_refused(tree, code):
    with pytest.raises(Unreadable):
        tree.span(code)

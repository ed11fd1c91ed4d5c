"""统计上大中小微型企业划分办法（2017）: the worked vectors, every border, and what is not known."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinqing import base
from qinqing.parties import size

VECTORS = list(csv.DictReader(Path(__file__).with_name("size_class_vectors.csv").read_text(encoding="utf-8").splitlines()))
ORDER = ["micro", "small", "medium", "large"]
FIRST_CODES = [(rule, rule.codes[0]) for rule in size.table()]


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: "-".join(row.values()))
def test_vectors(row):
    answer = size.classify(
        row["industry"],
        employees=int(row["employees"]),
        revenue=Decimal(row["revenue_wan"]),
        assets=Decimal(row["assets_wan"]),
    )
    assert answer.size == row["expected"]


@pytest.mark.parametrize("rule_and_code", FIRST_CODES, ids=lambda pair: pair[1])
@pytest.mark.parametrize("grade", size.GRADES)
def test_at_every_border(rule_and_code, grade):
    rule, code = rule_and_code
    at = {line.indicator: line.limits[grade] for line in rule.lines}
    assert size.classify(code, **at).size == grade
    for line in rule.lines:
        below = {**at, line.indicator: at[line.indicator] - 1}
        assert ORDER.index(size.classify(code, **below).size) < ORDER.index(grade)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "unknown"),
        ({"employees": 1000}, "unknown"),
        ({"employees": 19}, "micro"),
        ({"revenue": Decimal(299)}, "micro"),
        ({"revenue": Decimal(5000), "assets": Decimal(1)}, "unknown"),
    ],
)
def test_what_is_missing_matters_only_where_it_decides(known, expected):
    assert size.classify("C1521", **known).size == expected


def test_why():
    fell = size.classify("1521", employees=1000, revenue=Decimal(39999))
    assert str(fell.why) == "工业：营业收入 39999 万元，低于大型下限 40000 万元，划为中型。"
    assert str(size.classify("C1521").why) == "工业：还缺从业人员、营业收入。"
    assert "16" not in str(size.classify("J6621").why)


def test_a_code_too_coarse_to_tell():
    for code in ("F", "G", "K", "K70", "Q", "G59", "I"):
        assert size.classify(code, employees=5).size == "unknown", code
    assert size.classify("C", employees=5).size == "micro"


@pytest.mark.parametrize("code", ["", "X1", "C9", "C99", "C15211", "C1999", "Z0000"])
def test_no_such_industry(code):
    with pytest.raises(base.Refused, match="没有行业代码"):
        size.classify(code, employees=5)


def test_negative_numbers_are_refused():
    with pytest.raises(base.Refused, match="负数"):
        size.classify("C1521", employees=-1)


numbers = st.one_of(st.none(), st.integers(0, 300_000))


@settings(deadline=None)
@given(st.sampled_from(FIRST_CODES), numbers, numbers, numbers)
def test_growing_never_lowers_the_class(rule_and_code, employees, revenue, assets):
    _, code = rule_and_code
    known = {"employees": employees or 0, "revenue": Decimal(revenue or 0), "assets": Decimal(assets or 0)}
    grown = {name: value + 1 for name, value in known.items()}
    assert ORDER.index(size.classify(code, **known).size) <= ORDER.index(size.classify(code, **grown).size)


@settings(deadline=None)
@given(st.sampled_from(FIRST_CODES), numbers, numbers)
def test_an_answer_without_a_value_holds_for_every_value(rule_and_code, employees, other):
    _, code = rule_and_code
    partial = size.classify(code, employees=employees).size
    if partial != "unknown":
        full = size.classify(code, employees=employees, revenue=Decimal(other or 0), assets=Decimal(other or 0))
        assert full.size == partial

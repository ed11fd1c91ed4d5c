"""A rule as a form and back, what is wrong in it and where, and how it reads."""

from datetime import date

import pytest

from qinqing.policy import building, reading

DAY = date(2026, 3, 2)
EXAMPLES = [
    {"where": {"all": [{"fact": "size", "in": ["微型", "小型"]}, {"fact": "blacklisted", "is": False}]}, "amount": "3万元"},
    {"where": {"any": [{"ratio": ["rd_exp", "revenue"], "ge": "3%"}, {"all": [{"fact": "employees", "ge": "10人"}]}]}},
    {"where": {"all": [{"at_least": 1, "of": [{"fact": "hightech", "is": True}, {"not": {"fact": "zombie", "is": True}}]}]},
     "amount": {"min": ["si_paid", {"mul": ["hired_grads", "6000元"]}]}},
    {"where": {"all": [{"fact": "founded", "since": "2026-01-01"}, {"fact": "region", "under": ["510800", "5107"]}]}},
    {"where": {"all": [{"fact": "employees", "between": ["10人", "30人"]}]},
     "exceptions": [{"title": "除外", "when": {"fact": "zombie", "is": True}}]},
]  # fmt: skip


def posted(rule):
    """What a browser sends for the form of a rule."""
    sent = {"amount": building.amount_text(rule)}
    for row in building.rows(rule).all():
        sent |= {f"{row.at}.kind": row.kind, f"{row.at}.fact": row.fact, f"{row.at}.operator": row.operator,
                 f"{row.at}.value": row.value, f"{row.at}.whole": row.whole, f"{row.at}.text": row.text,
                 f"{row.at}.k": str(row.k), f"{row.at}.count": str(len(row.rows))}
    return sent


@pytest.mark.parametrize("rule", EXAMPLES, ids=range(len(EXAMPLES)))
def test_what_the_form_shows_comes_back_as_it_was(rule):
    assert building.from_form(posted(rule), rule) == building.grouped(rule)


def checked(*conditions, amount=None):
    rule = {"where": {"all": list(conditions)}} | ({"amount": amount} if amount else {})
    return building.check(rule, code="P1-1", title="试", on=DAY)


def test_an_unknown_fact_is_told_at_its_row_with_the_one_that_was_meant():
    found = checked({"fact": "employees", "ge": "1人"}, {"fact": "hired_grad", "ge": "1人"})
    ((row, sentence),) = found.faults
    assert (row.number, row.at, row.nearest) == ("2", "w.1", "hired_grads")
    assert "hired_grads" in str(sentence)


def test_a_wrong_unit_inside_a_group_is_told_at_the_inner_row():
    found = checked({"any": [{"fact": "employees", "ge": "1人"}, {"fact": "revenue", "ge": "5人"}]})
    assert [(row.number, row.at) for row, _ in found.faults] == [("1b", "w.0.1")]


def test_an_empty_row_a_wrong_amount_and_rule_text_that_is_none_are_each_told():
    assert checked({"fact": "", "ge": ""}).count == 1
    assert checked({"fact": "employees", "ge": "1人"}, amount="6000").amount
    assert checked("{nonsense").faults[0][0].kind == "text"


def test_contradiction_and_naming_nothing_are_warned_but_do_not_stop():
    found = checked({"fact": "employees", "ge": "10人"}, {"fact": "employees", "le": "5人"})
    assert found.is_sound
    assert found.warnings


@pytest.mark.parametrize(("press", "where"), [
    ("add:w:fact", {"all": [{"fact": "employees", "ge": "1人"}, {"fact": "", "ge": ""}]}),
    ("add:w:any", {"all": [{"fact": "employees", "ge": "1人"}, {"any": [{"fact": "", "ge": ""}]}]}),
    ("remove:w.0", {"all": []}),
    ("rename:w.0:patents", {"all": [{"fact": "patents", "ge": "1人"}]}),
    ("remove:w.7", {"all": [{"fact": "employees", "ge": "1人"}]}),
    ("add:w.0.3:fact", {"all": [{"fact": "employees", "ge": "1人"}]}),
    ("nonsense", {"all": [{"fact": "employees", "ge": "1人"}]}),
])
def test_a_button_changes_one_thing(press, where):
    assert building.changed({"where": {"all": [{"fact": "employees", "ge": "1人"}]}}, press)["where"] == where


def test_a_row_inside_a_group_can_be_added_and_removed():
    rule = {"where": {"all": [{"any": [{"fact": "patents", "ge": "1件"}]}]}}
    more = building.changed(rule, "add:w.0:fact")
    assert len(more["where"]["all"][0]["any"]) == 2
    assert building.changed(more, "remove:w.0.1") == rule


def test_it_reads_aloud_with_or_and_marks_what_cannot_be_read():
    either = {"any": [{"fact": "ui_months", "ge": "3个月"}, {"fact": "founded", "since": "2026-01-01"}]}
    root = checked({"fact": "size", "in": ["微型", "小型"]}, either, {"fact": "revenue", "ge": "5人"}).root
    lines = reading.read_aloud(root, lambda _fact, code: code)
    assert [str(line.text) for line in lines] == [
        "企业规模是微型或小型", "失业保险连续缴费月数不少于3 个月", "成立日期不早于2026-01-01",
        "（第 3 条有错，读不出来）"]
    assert [line.is_or for line in lines] == [False, False, True, False]
    assert lines[-1].is_wrong


def test_text_nested_beyond_all_sense_stays_text():
    deep = '{"all":[' * 500 + "1" + "]}" * 500
    assert building.parsed(deep) == deep
    assert checked(deep).count == 1

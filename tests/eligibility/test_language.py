"""The rule language: what each form means, with facts unknown, and how each mistake is told."""

import json
from importlib import resources

import jsonschema
import pytest

from .rules import asked, faults, policy, truth

EXPORTS = {"fact": "export_growth", "le": "-20%"}
HIGHTECH = {"fact": "hightech", "is": True}
PATENTS = {"fact": "patents", "ge": "2件"}
LISTED = {"fact": "blacklisted", "is": False}


@pytest.mark.parametrize(("where", "facts", "expected"), [
    ({"fact": "revenue", "ge": "500万元"}, {"revenue": "500万元"}, True),
    ({"fact": "revenue", "gt": "500万元"}, {"revenue": "500万元"}, False),
    ({"fact": "revenue", "ne": "500万元"}, {"revenue": 500_000_000}, False),
    ({"fact": "revenue", "between": ["1元", "2元"]}, {"revenue": "2元"}, True),
    ({"fact": "revenue", "ge": "1元"}, {}, None),
    (EXPORTS, {"export_growth": "-20%"}, True),
    (EXPORTS, {"export_growth": "-19.99%"}, False),
    ({"fact": "size", "in": ["微型", "small"]}, {"size": "小型"}, True),
    ({"fact": "size", "not_in": ["large"]}, {"size": "大型"}, False),
    ({"fact": "size", "le": "small"}, {"size": "medium"}, False),
    ({"fact": "credit", "ge": "M"}, {"credit": "B"}, True),
    ({"fact": "industry", "under": ["C", "I65"]}, {"industry": "I6513"}, True),
    ({"fact": "industry", "not_under": ["C"]}, {"industry": "C1521"}, False),
    ({"fact": "industry", "under": ["C1521"]}, {"industry": "C15"}, None),  # a class below C15, and nobody knows which
    ({"fact": "industry", "not_under": ["C1521"]}, {"industry": "C15"}, None),
    ({"fact": "industry", "under": ["C"]}, {"industry": "C15"}, True),
    ({"fact": "hightech_date", "since": "2026-01-01"}, {"hightech_date": "2026-01-01"}, True),
    ({"fact": "hightech_date", "after": "2026-01-01"}, {"hightech_date": "2026-01-01"}, False),
    ({"fact": "hightech_date", "before": "2026-01-01"}, {"hightech_date": "2025-12-31"}, True),
    ({"fact": "hightech_date", "until": "2026-01-01"}, {"hightech_date": "2026-01-02"}, False),
    ({"num": {"months_since": "founded"}, "ge": "12个月"}, {"founded": "2025-11-23"}, True),
    ({"num": {"months_since": "founded"}, "ge": "12个月"}, {"founded": "2025-11-24"}, False),
    ({"ratio": ["layoffs", "ui_insured"], "le": "5.5%"}, {"layoffs": 11, "ui_insured": 200}, True),
    ({"ratio": ["layoffs", "ui_insured"], "le": "5.5%"}, {"layoffs": 12, "ui_insured": 218}, False),
    ({"ratio": ["layoffs", "ui_insured"], "le": "5.5%"}, {"layoffs": 0, "ui_insured": 0}, False),
    ({"ratio": ["layoffs", "ui_insured"], "le": "5.5%"}, {"ui_insured": 0}, False),
    ({"not": {"ratio": ["layoffs", "ui_insured"], "le": "5.5%"}}, {"ui_insured": 0}, True),
    ({"not": {"all": [LISTED, HIGHTECH]}}, {"blacklisted": True}, True),
    ({"not": {"any": [LISTED, HIGHTECH]}}, {"blacklisted": True}, None),
    ({"all": [LISTED, HIGHTECH]}, {"blacklisted": True}, False),
    ({"all": [LISTED, HIGHTECH]}, {"blacklisted": False}, None),
    ({"any": [LISTED, HIGHTECH]}, {"hightech": True}, True),
    ({"at_least": 2, "of": [LISTED, HIGHTECH, PATENTS]}, {"blacklisted": False, "patents": 2}, True),
    ({"at_least": 2, "of": [LISTED, HIGHTECH, PATENTS]}, {"blacklisted": True, "patents": 1}, False),
    ({"at_least": 2, "of": [LISTED, HIGHTECH, PATENTS]}, {"blacklisted": True}, None),
    ({"num": {"sub": ["kwh", "kwh_prev"]}, "gt": "0度"}, {"kwh": 2, "kwh_prev": 1}, True),
])
def test_what_a_condition_means(where, facts, expected):
    assert truth(where, **facts) is expected


@pytest.mark.parametrize(("amount", "facts", "expected"), [
    ("20万元", {}, 20_000_000),
    ("ui_paid", {"ui_paid": "1.5万元"}, 1_500_000),
    ({"mul": ["60%", "ui_paid"]}, {"ui_paid": 1}, 1),  # 0.6 分
    ({"mul": ["50%", "ui_paid"]}, {"ui_paid": 1}, 1),  # the half rounds up
    ({"mul": ["33.3333%", "ui_paid"]}, {"ui_paid": 3}, 1),
    ({"mul": ["hired_grads", "6000元"]}, {"hired_grads": 3}, 1_800_000),
    ({"mul": ["new_base", "300元/亩"]}, {"new_base": 200}, 6_000_000),
    ({"min": ["50万元", {"mul": ["30%", "loan_interest"]}]}, {"loan_interest": "100万元"}, 30_000_000),
    ({"min": ["50万元", {"mul": ["30%", "loan_interest"]}]}, {}, None),
    ({"max": ["1元", "ui_paid"]}, {"ui_paid": 0}, 100),
    ({"add": ["1元", "ui_paid", "2元"]}, {"ui_paid": 5}, 305),
    ({"case": [{"when": HIGHTECH, "then": "50万元"}, {"else": "20万元"}]}, {"hightech": False}, 20_000_000),
    ({"case": [{"when": HIGHTECH, "then": "50万元"}, {"else": "20万元"}]}, {}, None),
])
def test_what_an_amount_comes_to(amount, facts, expected):
    assert asked(policy(LISTED, amount), blacklisted=False, **facts) == [(True, expected)]


@pytest.mark.parametrize(("where", "path", "words"), [
    ({"fact": "hired_grad", "ge": "1人"}, "", "没有这个事实“hired_grad”，是不是“hired_grads”（本年新招用高校毕业生）？"),
    ({"fact": "营业收人", "ge": "1元"}, "", "是不是“revenue”（营业收入）？"),
    ({"fact": "revenue", "ge": "5人"}, ".ge", "这里要的是金额（元），“5人”是人数"),
    ({"fact": "revenue", "gee": "5元"}, "", "营业收入不能用“gee”，是不是“ge”？"),
    ({"fact": "revenue", "is": "5元"}, "", "营业收入不能用“is”"),
    ({"fact": "revenue", "ge": 5.5}, ".ge", "应写成整数（最小单位）或带单位的文字"),
    ({"fact": "revenue", "ge": "10001亿元元"}, ".ge", "不认识"),
    ({"fact": "revenue", "ge": "10001亿元"}, ".ge", "不在营业收入的范围里"),
    ({"fact": "revenue", "ge": "5元", "le": "6元"}, "", "要写一个、也只能写一个比较"),
    ({"fact": "revenue", "between": ["2元", "1元"]}, ".between", "前一个数不能比后一个大"),
    ({"fact": "size", "in": ["smal"]}, ".in", "没有“smal”，是不是“small”？"),
    ({"fact": "size", "in": "small"}, ".in", "要写成列表"),
    ({"fact": "hightech", "is": "true"}, ".is", "只能是 true 或 false"),
    ({"fact": "industry", "under": ["C99"]}, ".under", "“C99”不是国民经济行业代码"),
    ({"fact": "founded", "since": "2026-2-30"}, ".since", "不是日期"),
    ({"fact": "survey_output", "ge": "1元"}, "", "依法只能用于统计"),
    ({"ratio": ["rd_exp", "employees"], "ge": "3%"}, "", "单位不同，不能放在一起：金额（元）和人数"),
    ({"ratio": ["rd_exp", "revenue"], "ge": "3元"}, ".ge", "这里要的是百分比，“3元”不是"),
    ({"ratio": ["rd_exp"], "ge": "3%"}, "", "ratio 要写两个数"),
    ({"num": {"mul": ["revenue", "assets"]}, "ge": "1元"}, ".num", "这些单位不能相乘"),
    ({"num": {"mul": ["revenue", "100000个月"]}, "ge": "1元"}, ".num", "会大到算不下"),
    ({"num": "size", "ge": 1}, ".num", "企业规模不是数"),
    ({"num": {"months_since": "revenue"}, "ge": "1个月"}, ".num", "营业收入不是日期"),
    ({"num": {"mull": ["revenue"]}, "ge": "1元"}, ".num", "是不是“mul”？"),
    ({"all": []}, "", "至少一条"),
    ({"alll": [HIGHTECH]}, "", "不认识“alll”，是不是“all”？"),
    ({"all": [HIGHTECH], "any": [LISTED]}, "", "all、any 不能写在一起"),
    ({"all": [HIGHTECH], "note": "x"}, "", "多了不认识的 note"),
    ({"at_least": 3, "of": [HIGHTECH]}, "", "at_least 应在 1 到 1 之间"),
    ({"policy": "nobody"}, ".policy", "没有政策“nobody”"),
    ({"fact": "revenue", "ge": {"param": "nothing"}}, ".ge", "没有这个参数“nothing”"),
    ("revenue > 5", "", "应写成 {…}"),
    ({"all": [HIGHTECH, {"not": {"any": [LISTED, {"fact": "x y", "is": True}]}}]}, ".all[1].not.any[1]", "没有这个事实“x y”"),
])
def test_each_mistake_is_told_at_its_place(where, path, words):
    (found_path, sentence), *rest = faults(policy(where))
    assert (found_path, rest) == (f"policies[0](p).where{path}", [])
    assert words in sentence


@pytest.mark.parametrize(("amount", "words"), [
    ({"mul": ["employees", "2"]}, "单位不同"),
    ("5人", "这里要的是金额"),
    ({"mul": ["employees", "revenue"]}, "会大到算不下"),
    ({"case": [{"when": HIGHTECH, "then": "1元"}]}, "case 的最后一行要写 else"),
    ({"mul": ["0.00001%", "revenue"]}, "小数位太多"),
    (True, "数要写成整数"),
])
def test_an_amount_that_is_no_money_is_refused(amount, words):
    assert [words in sentence for _, sentence in faults(policy(HIGHTECH, amount))] == [True]


@pytest.mark.parametrize(("where", "path", "words"), [
    ({"fact": "revenue", "ge": "0元"}, ".where", "总是成立"),
    ({"fact": "employees", "lt": "0人"}, ".where", "永远不能成立"),
    ({"all": [{"fact": "revenue", "ge": "5元"}, {"fact": "revenue", "lt": "3元"}]}, ".where", "永远不能成立"),
    ({"all": [HIGHTECH, {"any": [{"fact": "revenue", "ge": "5元"}, {"fact": "revenue", "lt": "5元"}]}]},
     ".where.all[1]", "总是成立"),
    ({"all": [HIGHTECH, {"not": HIGHTECH}]}, ".where", "永远不能成立"),
    ({"num": {"add": ["revenue", "1元"]}, "gt": "0元"}, ".where", "总是成立"),
    ({"ratio": ["revenue", {"sub": ["0元", "revenue"]}], "ge": "1%"}, ".where.ratio[1]", "永远算不出"),
])
def test_a_condition_that_decides_nothing_is_warned_about(where, path, words):
    assert any(found == f"policies[0](p){path}" and words in sentence for found, sentence in faults(policy(where)))


def test_the_same_condition_twice_is_no_tautology():
    assert faults(policy({"all": [PATENTS, PATENTS]})) == []


def test_an_amount_below_zero_is_warned_about():
    (found,) = faults(policy(HIGHTECH, {"sub": ["ui_paid", "1元"]}))
    assert found == ("policies[0](p).amount", "金额可能是负数，最低到 −1 元")


def test_all_mistakes_are_told_at_once():
    assert len(faults(policy({"all": [{"fact": "x", "is": True}, {"fact": "revenue", "ge": "5人"}]}, "5人"))) == 3


def test_nesting_has_an_end():
    where = HIGHTECH
    for _ in range(60):
        where = {"not": where}
    assert "套得太深" in faults(policy(where))[0][1]


SCHEMA = json.loads(resources.files("qinqing.eligibility").joinpath("data/policies.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("where", [
    {"all": []}, {"alll": [HIGHTECH]}, {"all": [HIGHTECH], "any": [LISTED]}, {"fact": "revenue"},
    {"fact": "revenue", "gee": "5元"}, {"at_least": 0, "of": [HIGHTECH]}, {"ratio": ["rd_exp"], "ge": "3%"}, "revenue > 5",
    {"num": "revenue", "is": "5元"},
])
def test_the_schema_refuses_what_has_no_form(where):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([policy(where)], SCHEMA)
    assert faults(policy(where))

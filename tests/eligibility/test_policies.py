"""A set of policies on a day: parameters in force, exceptions, stacking; and the ten examples."""

import json
from datetime import date
from importlib import resources
from pathlib import Path
from random import Random

import jsonschema
import pytest

from qinqing.eligibility import policies
from qinqing.eligibility.faults import Broken

from .random_rules import Maker
from .rules import ON, STANDARD, asked, book, faults, known, policy, truth

HERE = Path(__file__).parent
EXAMPLES = json.loads((HERE / "examples.json").read_text("utf-8"))
SCHEMA = json.loads(resources.files("qinqing.eligibility").joinpath("data/policies.schema.json").read_text("utf-8"))
HIGHTECH, ZJTX, GIANT = ({"fact": name, "is": True} for name in ("hightech", "zjtx", "giant"))

# —— the examples ——

LOCAL = {"region": "510802", "blacklisted": False}
KEPT = {"zombie": False, "size": "小型"}


@pytest.mark.req("M3-030")
@pytest.mark.parametrize(("name", "facts", "expected"), [
    ("wengang", {**KEPT, "ui_months": 12, "layoffs": 11, "ui_insured": 200, "ui_paid": "10万元"}, (True, 6_000_000)),
    ("wengang", {**KEPT, "ui_months": 12, "layoffs": 6, "ui_insured": 30, "ui_paid": "10万元"}, (True, 6_000_000)),
    ("wengang", {**KEPT, "ui_months": 12, "layoffs": 7, "ui_insured": 31, "ui_paid": "10万元"}, (False, None)),
    ("wengang", {**KEPT, "ui_months": 11}, (False, None)),
    ("wengang", {**KEPT, "ui_months": 12, "layoffs": 0}, (None, None)),
    ("gaoqi", {"hightech": True, "hightech_date": "2026-01-01"}, (True, 20_000_000)),
    ("gaoqi", {"hightech": True, "hightech_date": "2025-12-31"}, (False, None)),
    ("shebao", {"size": "微型", "hired_grads": 3, "si_paid": "5万元"}, (True, 1_800_000)),
    ("shebao", {"size": "微型", "hired_grads": 3, "si_paid": "1万元"}, (True, 1_000_000)),
    ("shebao", {"size": "微型", "hired_grads": 3}, (True, None)),
    ("ruku", {"industry": "C1521", "above_scale": True, "scale_date": "2026-03-01", "revenue": "2000万元"}, (True, 10_000_000)),
    ("ruku", {"industry": "F5211", "above_scale": True, "scale_date": "2026-03-01", "revenue": "2000万元"}, (False, None)),
    ("tiexi", {"credit": "M", "size": "中型", "loan_interest": "200万元"}, (True, 50_000_000)),
    ("tiexi", {"credit": "C", "size": "中型", "loan_interest": "200万元"}, (False, None)),
    ("shoutaitao", {"industry": "C3511", "first_set": True, "revenue": "1亿元"}, (True, 300_000_000)),
    ("shoutaitao", {"industry": "C3711", "first_set": True, "revenue": "1亿元"}, (False, None)),
    ("zjtx", {"zjtx": True, "giant": False}, (True, 20_000_000)),
    ("zjtx", {"zjtx": True}, (True, None)),
    ("zjtx", {"giant": True}, (True, 50_000_000)),
    ("yongdian", {"industry": "C", "kwh": 105, "kwh_prev": 100, "env_penalty": False, "elec_fee": "1000元"}, (True, 3_000)),
    ("yongdian", {"industry": "C", "kwh": 104, "kwh_prev": 100, "env_penalty": False}, (False, None)),
    ("yongdian", {"industry": "C", "kwh": 104, "kwh_prev": 0, "env_penalty": False}, (False, None)),
    ("yanfa", {"rd_exp": "30万元", "revenue": "1000万元", "hightech": True, "patents": 2}, (True, 3_000_000)),
    ("yanfa", {"rd_exp": "28万元", "revenue": "1000万元", "hightech": True, "patents": 2}, (False, None)),
    ("jigai", {"industry": "C1521", "founded": "2025-11-23", "equip_inv": "500万元"}, (True, 40_000_000)),
    ("jigai", {"industry": "C1521", "founded": "2025-11-24", "equip_inv": "500万元"}, (False, None)),
])
def test_the_examples(name, facts, expected):
    (rule,) = [raw for raw in EXAMPLES if raw["id"] == name]
    assert asked(rule, **LOCAL, **facts) == [expected]


def test_the_examples_have_no_faults_and_fit_the_schema():
    assert faults(*EXAMPLES) == []
    jsonschema.validate(EXAMPLES, SCHEMA)


def test_whatever_loads_fits_the_schema():
    for seed in range(20):
        jsonschema.validate({"policies": Maker(Random(seed)).policies(30)}, SCHEMA)


# —— parameters ——

SUBSIDY = {"subsidy": {"title": "补贴标准", "values": [
    {"from": "2020-01-01", "value": "1000元", "document": "川人社发〔2020〕1号"},
    {"from": "2026-07-01", "value": "1500元", "document": "川人社发〔2026〕9号"},
]}}
PER_HEAD = policy({"fact": "hired_grads", "ge": "1人"}, {"mul": ["hired_grads", {"param": "subsidy"}]})


@pytest.mark.parametrize(("day", "amount"), [("2020-01-01", 100_000), ("2026-06-30", 100_000), ("2026-07-01", 150_000)])
def test_a_parameter_has_the_value_of_its_day(day, amount):
    rules = book(PER_HEAD, parameters=SUBSIDY, on=date.fromisoformat(day))
    assert asked(rules, hired_grads=1) == [(True, amount)]


def test_a_parameter_without_a_value_yet_is_told():
    (found,) = faults(PER_HEAD, parameters=SUBSIDY, on=date(2019, 12, 31))
    assert found == ("policies[0](p).amount.mul[1]", "参数“subsidy”在 2019-12-31 还没有值")


@pytest.mark.parametrize(("values", "path", "words"), [
    ([], "parameters.subsidy", "缺少 values"),
    ([{"from": "2020-01-01", "value": "1元"}], "parameters.subsidy.values[0]", "document（依据的文件）"),
    ([{"from": "2020-1-1", "value": "1元", "document": "x"}], "parameters.subsidy.values[0].from", "不是日期"),
    ([{"from": "2021-01-01", "value": "1元", "document": "x"}, {"from": "2020-01-01", "value": "1元", "document": "x"}],
     "parameters.subsidy.values", "从早到晚"),
])
def test_a_parameter_needs_its_date_and_its_document(values, path, words):
    told = faults(PER_HEAD, parameters={"subsidy": {"values": values}})
    assert any(found == path and words in sentence for found, sentence in told)


# —— exceptions ——

def excepted(*exceptions):
    return policy({"fact": "layoff_rate", "le": "5.5%"}, exceptions=list(exceptions))


SMALL = {"title": "30 人以下", "when": {"fact": "employees", "le": "30人"}, "where": {"fact": "layoff_rate", "le": "20%"}}
LISTED = {"title": "失信企业", "when": {"fact": "blacklisted", "is": True}}


@pytest.mark.parametrize(("facts", "expected"), [
    ({"layoff_rate": "15%", "employees": 28, "blacklisted": False}, True),
    ({"layoff_rate": "15%", "employees": 31, "blacklisted": False}, False),
    ({"layoff_rate": "5%", "employees": 31, "blacklisted": False}, True),
    ({"layoff_rate": "5%", "employees": 28, "blacklisted": True}, False),
    ({"layoff_rate": "15%", "blacklisted": False}, None),
    ({"layoff_rate": "21%", "blacklisted": False}, False),
    ({"layoff_rate": "5%", "employees": 31}, None),
])
def test_an_exception_takes_the_place_of_the_rule_or_takes_out(facts, expected):
    assert asked(excepted(SMALL, LISTED), **facts)[0][0] is expected


def test_a_policy_may_refer_to_another_in_any_order():
    first = {"id": "a", "title": "甲", "where": {"not": {"policy": "b"}}}
    second = {"id": "b", "title": "乙", "where": HIGHTECH}
    assert asked(book(first, second), hightech=True) == [(False, None), (True, None)]


def test_a_circle_of_exceptions_is_told_once_with_its_path():
    circle = [{"id": name, "title": name, "where": ZJTX, "exceptions": [{"title": "x", "when": {"policy": other}}]}
              for name, other in (("a", "b"), ("b", "c"), ("c", "a"))]
    assert faults(*circle) == [("policies[2](c).exceptions[0].when.policy", "例外绕成了圈：a → b → c → a")]


# —— stacking ——

def group(pays, *names):
    return {"title": "专精特新奖励", "of": list(names), "pays": pays, "document": "广府办发〔2026〕3号"}


REWARDS = [
    {"id": "a", "title": "省级", "where": ZJTX, "amount": "20万元"},
    {"id": "b", "title": "国家级", "where": GIANT, "amount": "50万元"},
    {"id": "c", "title": "研发", "where": {"fact": "patents", "ge": "1件"}, "amount": {"mul": ["patents", "10万元"]}},
]


@pytest.mark.parametrize(("facts", "paid"), [
    ({"zjtx": True, "giant": False, "patents": 1}, [True, False, False]),
    ({"zjtx": True, "giant": True, "patents": 1}, [False, True, False]),
    ({"zjtx": True, "giant": True, "patents": 9}, [False, False, True]),
    ({"zjtx": True, "giant": True, "patents": 5}, [False, True, False]),  # of equals the earlier one
    ({"zjtx": True, "giant": False}, [None, False, None]),
    ({"zjtx": False, "giant": False}, [False, False, None]),
])
def test_of_a_group_only_the_highest_is_paid(facts, paid):
    rules = book(*REWARDS, stacking=[group("highest", "a", "b", "c")])
    assert [truth for truth, _ in asked(rules, **facts)] == paid


@pytest.mark.parametrize(("facts", "paid"), [
    ({"zjtx": True, "giant": True}, [False, True, None]),
    ({"zjtx": True, "giant": False}, [True, False, None]),
    ({"zjtx": True}, [None, None, None]),
])
def test_of_a_group_only_the_first_is_paid(facts, paid):
    rules = book(*REWARDS, stacking=[group("first", "b", "a")])
    assert [truth for truth, _ in asked(rules, **facts)] == paid


@pytest.mark.parametrize(("stacking", "path", "words"), [
    ([group("most", "a", "b")], "stacking[0]", "highest 或 first"),
    ([group("highest", "a", "z")], "stacking[0].of", "没有政策“z”"),
    ([group("highest", "a", "a")], "stacking[0].of", "不能重复"),
    ([group("highest", "a", "d")], "stacking[0].of", "没有金额"),
])
def test_a_group_that_makes_no_sense_is_told(stacking, path, words):
    ((found, sentence),) = faults(*REWARDS, {"id": "d", "title": "资质", "where": HIGHTECH}, stacking=stacking)
    assert found == path
    assert words in sentence


# —— the file ——

@pytest.mark.parametrize(("raw", "path", "words"), [
    ("x", "policies[0]", "要写成“名称: 值”"),
    ({"id": "a", "title": "x"}, "policies[0]", "缺少 where"),
    ({"id": "a b", "title": "x", "where": HIGHTECH}, "policies[0]", "id 只能用"),
    ({"id": "a", "title": "x", "where": HIGHTECH, "limit": 1}, "policies[0]", "不认识的 limit"),
    ({"id": "a", "title": "x", "where": HIGHTECH, "exceptions": {}}, "policies[0](a).exceptions", "要写成列表"),
    ({"id": "a", "title": "x", "where": HIGHTECH, "exceptions": [{"when": ZJTX}]},
     "policies[0](a).exceptions[0]", "title 和 when"),
])
def test_a_policy_that_has_no_form_is_told(raw, path, words):
    ((found, sentence),) = faults(raw)
    assert found == path
    assert words in sentence


def test_an_id_is_used_once():
    assert faults(policy(HIGHTECH), policy(HIGHTECH)) == [("policies[1](p).id", "编号“p”用了两次")]


def test_a_policy_for_nobody_and_one_for_everybody_are_warned_about():
    less = {"any": [{"fact": "revenue", "lt": "3元"}, {"fact": "revenue", "lt": "4元"}]}
    nobody = {"all": [{"fact": "revenue", "ge": "5元"}, less]}
    assert ("policies[0](p).where", "条件互相矛盾，谁都不可能符合") in faults(policy(nobody))
    assert ("policies[0](p).where", "谁都符合，等于没有条件") in faults(policy({"not": {"fact": "revenue", "lt": "0元"}}))


@pytest.mark.parametrize(("name", "text", "words"), [
    ("a.json", "[{]", "第 1 行不是正确的 JSON"),
    ("a.json", '[{"id": "a", "id": "b"}]', "“id”在同一个 {…} 里写了两次"),
    ("a.yaml", "a: [", "不是正确的 YAML"),
    ("a.json", "3", "文件应是政策的列表"),
    ("a.json", '{"policies": [], "policys": []}', "文件应是政策的列表"),
])
def test_a_file_that_cannot_be_read_is_told(tmp_path, name, text, words):
    (tmp_path / name).write_text(text)
    with pytest.raises(Broken) as broken:
        policies.load(tmp_path / name, STANDARD, ON)
    assert [words in str(fault) for fault in broken.value.faults] == [True]


def test_a_fact_may_be_called_like_a_word_of_sql():
    """No rule becomes text, so nothing has to be forbidden."""
    from qinqing.eligibility import bulk, catalogue, row, sql

    flags = {"kind": "flag", "label": ["x"], "source": "s"}
    odd = catalogue.read({"sources": {"s": ["x"]}, "facts": {"updated_at": flags, "drop": flags, "select": flags}})
    rules = policies.read([policy({"all": [{"fact": "updated_at", "is": True}, {"fact": "drop", "is": False}]})], odd, ON)
    assert row.Evaluator(rules).match({"updated_at": 1, "drop": 0})[0].truth is True
    assert '"updated_at"' in sql.statement(bulk.Interned(rules), "duckdb", {"updated_at", "drop"})


def test_what_is_known_is_read_with_every_fault():
    with pytest.raises(Broken) as broken:
        known(revenue="5人", hired_grad=3, size="巨型", blacklisted=None)
    assert [fault.path for fault in broken.value.faults] == ["revenue", "hired_grad", "size"]


def test_what_is_null_is_not_known():
    assert known(revenue=None) == {}
    assert truth({"fact": "revenue", "ge": "1元"}, revenue=None) is None

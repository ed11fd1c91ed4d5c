"""Why, by how much, what is missing, what would do: by example, and held against the engines for random rules."""

from datetime import date
from random import Random

import pytest

from qinqing.eligibility import bulk, columns, explaining, policies, row

from .random_rules import USABLE, Maker
from .rules import ON, STANDARD, book, known, policy
from .test_policies import EXAMPLES, LOCAL

HIGHTECH = {"fact": "hightech", "is": True}


def explained(*raw, **facts):
    return explaining.explain(row.Evaluator(book(*raw)), known(**facts))


def example(name, **facts):
    (found,) = explained(*(raw for raw in EXAMPLES if raw["id"] == name), **LOCAL, **facts)
    return found


def failing(found):
    return [(str(each.requirement), str(each.have), str(each.distance)) for each in found.conditions if each.truth is False]


@pytest.mark.req("M3-030")
@pytest.mark.parametrize(("name", "facts", "headline", "lines", "then"), [
    ("jigai", {"industry": "C1521", "founded": "2020-01-01", "equip_inv": "320万元"}, "还差 180 万元",
     [("设备投资 ≥ 500 万元", "320 万元", "差 180 万元")], 40_000_000),
    ("yanfa", {"rd_exp": "186万元", "revenue": "6640万元", "hightech": True, "patents": 2}, "还差 13.2 万元",
     [("研发费用占营业收入的比例 ≥ 3%", "2.8%", "差 13.2 万元")], 19_920_000),
    ("shebao", {"size": "小型", "hired_grads": 0, "si_paid": "9万元"}, "还差 1 人",
     [("本年新招用高校毕业生 ≥ 1 人", "0 人", "差 1 人")], 600_000),
    ("yongdian", {"industry": "C1521", "kwh": 1_030_000, "kwh_prev": 1_000_000, "env_penalty": False, "elec_fee": "7万元"},
     "还差 2 万千瓦时", [("（本年用电量 − 上年用电量）占上年用电量的比例 ≥ 5%", "3%", "差 2 万千瓦时")], 210_000),
    ("shebao", {"size": "大型", "hired_grads": 5}, "不符合", [("企业规模是微型或小型", "大型", "None")], None),
    ("jigai", {"industry": "C1521", "founded": "2026-01-24", "equip_inv": "500万元"}, "不符合",
     [("从成立日期起的月数 ≥ 12 个月", "9 个月", "差 3 个月")], None),
    ("yanfa", {"rd_exp": 2_999_999, "revenue": "100万元", "hightech": True, "patents": 2}, "还差 1 分",
     [("研发费用占营业收入的比例 ≥ 3%", "2.99%", "差 1 分")], 300_000),
])
def test_how_far_it_is(name, facts, headline, lines, then):
    found = example(name, **facts)
    assert found.truth is False
    assert (str(found.headline), failing(found), found.amount_then) == (headline, lines, then)


def test_several_changes_are_named():
    rule = policy({"all": [{"fact": "patents", "ge": "2件"}, {"fact": "hired_grads", "ge": "3人"}]})
    (found,) = explained(rule, patents=0, hired_grads=1)
    assert str(found.headline) == "还差 2 项：有效发明专利、本年新招用高校毕业生"
    changes = [(change.fact.name, change.have, change.needed) for change in found.changes]
    assert changes == [("patents", 0, 2), ("hired_grads", 1, 3)]


def test_of_two_ways_the_shorter_is_told():
    both = {"all": [{"fact": "patents", "ge": "2件"}, {"fact": "apprentices", "ge": "5人"}]}
    (found,) = explained(policy({"any": [both, {"fact": "hired_grads", "ge": "9人"}]}), patents=0, apprentices=0, hired_grads=0)
    assert str(found.headline) == "还差 9 人"


def test_what_an_enterprise_cannot_do_is_not_asked_of_it():
    (found,) = explained(policy({"fact": "layoffs", "le": "0人"}), layoffs=3)
    assert (str(found.headline), found.changes) == ("不符合", None)
    assert failing(found) == [("上年裁员人数 ≤ 0 人", "3 人", "超出 3 人")]


@pytest.mark.parametrize(("facts", "missing", "ask"), [
    ({"hightech": True}, ["zjtx", "patents"], ["zjtx"]),
    ({}, ["hightech", "zjtx", "patents"], ["hightech", "zjtx"]),
    ({"hightech": False}, ["zjtx", "patents"], ["zjtx", "patents"]),
])
def test_what_is_missing_and_the_fewest_to_ask(facts, missing, ask):
    two_of_three = {"at_least": 2, "of": [HIGHTECH, {"fact": "zjtx", "is": True}, {"fact": "patents", "ge": "2件"}]}
    (found,) = explained(policy(two_of_three), **facts)
    assert ([fact.name for fact in found.missing], [fact.name for fact in found.ask]) == (missing, ask)


def test_what_is_settled_is_not_asked_for():
    either = {"any": [{"all": [HIGHTECH, {"fact": "zjtx", "is": True}]}, {"fact": "giant", "is": True}]}
    (found,) = explained(policy(either), hightech=False)
    assert [fact.name for fact in found.missing] == ["giant"]


def test_who_holds_what_is_missing_is_named():
    found = example("gaoqi", hightech=True)
    assert str(found.headline) == "还缺 1 个数据：高新技术企业认定日期"
    assert [str(fact.source) for fact in found.missing] == ["科技部门"]


def test_an_amount_that_is_not_known_is_missing_its_fact():
    found = example("shebao", size="微型", hired_grads=2)
    assert (str(found.headline), found.amount, [fact.name for fact in found.missing]) == ("符合", None, ["si_paid"])


def test_a_code_too_short_to_tell_is_missing():
    (found,) = explained(policy({"fact": "industry", "under": ["C1521"]}), industry="C15")
    assert ([fact.name for fact in found.missing], str(found.conditions[0].have)) == (["industry"], "C15")


def test_the_next_questions_settle_most_policies():
    rules = [{"id": name, "title": name, "where": {"all": [{"fact": fact, "is": True} for fact in needed]}}
             for name, needed in (("a", ["exporter"]), ("b", ["exporter", "first_loan"]), ("c", ["zjtx", "giant", "hightech"]))]
    questions = explaining.questions(explained(*rules))
    assert [(question.fact.name, question.decided) for question in questions[:2]] == [("exporter", 1), ("first_loan", 2)]
    assert questions[-1].decided == 3


def test_stacking_is_said_as_a_condition():
    rules = book({"id": "a", "title": "省级奖励", "where": HIGHTECH, "amount": "20万元"},
                 {"id": "b", "title": "国家级奖励", "where": {"fact": "giant", "is": True}, "amount": "50万元"},
                 stacking=[{"title": "奖励", "of": ["a", "b"], "pays": "highest", "document": "广府办发〔2026〕3号"}])
    found = explaining.explain(row.Evaluator(rules), known(hightech=True, giant=True))[0]
    assert [str(each.requirement) for each in found.conditions if each.truth is False] == ["不与“国家级奖励”重复享受"]


# —— held against the engines ——

def cases(seed, missing):
    maker = Maker(Random(seed))
    rules = policies.read(maker.policies(40), STANDARD, ON)
    for _ in range(6):
        facts = maker.facts(missing=missing)
        yield maker, rules, facts, explaining.explain(row.Evaluator(rules), facts)


def truth_by_bulk(rules, index, facts):
    table = columns.gathered([("x", facts)], STANDARD, date(2026, 11, 23))
    (found,) = [truths[0] for number, truths in bulk.truths(table, bulk.Interned(rules)) if number == index]
    return {1: True, 0: False, -1: None}[int(found)]


@pytest.mark.parametrize("seed", range(6))
def test_what_would_do_does(seed):
    told = 0
    for _, rules, facts, explanations in cases(seed, missing=0):
        for index, each in enumerate(explanations):
            if each.changes:
                told += 1
                assert truth_by_bulk(rules, index, facts | {change.fact.name: change.needed for change in each.changes}) is True
    assert told


@pytest.mark.parametrize("seed", range(6))
def test_what_is_missing_decides_and_nothing_else_does(seed):
    for maker, rules, facts, explanations in cases(seed, missing=0.4):
        evaluator = row.Evaluator(rules)
        for each in explanations:
            if each.truth is None:
                names = [fact.name for fact in each.missing]
                for _ in range(5):
                    answers = {name: maker.value(STANDARD.facts[name]) for name in names}
                    settled = evaluator.condition(each.policy.where)(facts | answers)
                    assert settled is not None or set(names) & {"region", "industry"}  # a code may be too short again
                others = {name: maker.value(STANDARD.facts[name]) for name in USABLE if name not in names and name not in facts}
                assert evaluator.condition(each.policy.where)(facts | others) is None
                assert {fact.name for fact in each.ask} <= set(names)

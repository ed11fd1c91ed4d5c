"""What holds on a day, what stops publishing, what reads wrong."""

from datetime import date

import pytest

from qinqing.policy import rules
from qinqing.policy.terms import Gate, Standing, Status
from qinqing.texts import numerals

BEGINS, ENDS = date(2026, 3, 1), date(2026, 12, 31)


@pytest.mark.parametrize(("status", "day", "expected"), [
    (Status.DRAFT, date(2026, 5, 1), Standing.DRAFT),
    (Status.PUBLISHED, date(2026, 2, 28), Standing.UPCOMING),
    (Status.PUBLISHED, BEGINS, Standing.IN_FORCE),
    (Status.PUBLISHED, ENDS, Standing.IN_FORCE),
    (Status.PUBLISHED, date(2027, 1, 1), Standing.EXPIRED),
    (Status.REPEALED, date(2026, 5, 1), Standing.REPEALED),
])
def test_standing(status, day, expected):
    assert rules.standing(status, BEGINS, ENDS, day) == expected


def test_without_a_last_day_it_holds_on():
    assert rules.standing(Status.PUBLISHED, BEGINS, None, date(2099, 1, 1)) == Standing.IN_FORCE


@pytest.mark.parametrize(("reviews", "says"), [
    ({}, "还没有登记"), ({Gate.FAIR_COMPETITION: True}, "还没有登记"),
    ({Gate.FAIR_COMPETITION: True, Gate.LEGALITY: False}, "没有通过"), ({Gate.FAIR_COMPETITION: True, Gate.LEGALITY: True}, ""),
])
def test_both_gates_must_be_passed(reviews, says):
    sentence = rules.missing_gate(reviews)
    assert (says in sentence.text) if says else sentence is None


@pytest.mark.parametrize(("rule", "words", "codes"), [
    ({"where": {"all": [{"fact": "size", "is": "小型"}]}}, ["小型企业"], []),
    ({"where": {"any": [{"not": {"fact": "region", "under": ["510800"]}}]}}, [], ["local_registration"]),
    ({"where": {"fact": "registered_local", "is": True}}, ["注册地在本市"], ["local_registration"]),
    ({"where": {"fact": "size", "is": "小型"}}, ["支持广元演示新材料有限公司扩大生产"], ["names_firm"]),
    ({"where": {"fact": "size", "is": "小型"}}, ["支持 91510802MA6ABC122B 扩产"], ["names_firm"]),
])
def test_a_rule_for_one_firm_or_one_place_is_flagged(rule, words, codes):
    assert [finding.code for finding in rules.findings_of_rule("项", rule, words)] == codes


@pytest.mark.parametrize(("original", "plain", "codes"), [
    ("当年新增就业人员不少于十人", "今年新招满10人", []),
    ("当年新增就业人员不少于十人", "今年新招满 12 人", ["number_added", "number_left_out"]),
    ("设备投资五百万元以上的，补助百分之五", "投资500万元以上，补5%", []),
    ("设备投资五百万元以上的，补助百分之五", "投资500万元以上有补助", ["number_left_out"]),
    ("依法登记的企业", "", ["not_explained"]),
    ("依据第三条给予一次性奖励", "一次给清", []),
])
def test_plain_words_say_the_numbers_of_their_clause(original, plain, codes):
    assert [finding.code for finding in rules.findings_of_clause("第三条", original, plain)] == codes


@pytest.mark.parametrize(("basis", "said", "codes"), [
    (None, "奖励3万元", ["no_clause"]), ("奖励三万元", "奖励3万元", []), ("奖励三万元", "奖励5万元", ["number_added"]),
])
def test_what_an_item_promises_stands_in_its_clause(basis, said, codes):
    assert [finding.code for finding in rules.findings_of_item("奖励", basis, said)] == codes


@pytest.mark.parametrize(("text", "numbers"), [
    ("第三条 新招满十人，每人补1,500元，不超过百分之五", {"10", "1500", "5%"}),
    ("3.2万元", {"32000"}), ("十五万元", {"150000"}), ("三千二百户", {"3200"}), ("两年", {"2"}), ("2亿元", {"200000000"}),
    ("一次性奖励", set()), ("万一出现", set()), ("5.5%", {"5.5%"}), ("一百零五人", {"105"}), ("十二个月", {"12"}), ("", set()),
])
def test_numbers_of_a_text(text, numbers):
    assert numerals.numbers(text) == numbers

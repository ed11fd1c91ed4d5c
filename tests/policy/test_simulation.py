"""What a rule would do: counts and money against a plain recount, few are never shown alone, thresholds move by themselves."""

from datetime import date
from random import Random

import pytest

from qinqing.eligibility import catalogue, columns, facts
from qinqing.policy import simulating
from qinqing.policy.simulating import Group

DAY = date(2026, 3, 2)
BEFORE = {"where": {"all": [{"fact": "employees", "ge": "10人"}]}, "amount": {"mul": ["employees", "100元"]}}
AFTER = {"where": {"all": [{"fact": "employees", "ge": "6人"}]}, "amount": {"min": ["2000元", {"mul": ["employees", "100元"]}]}}
COUNTIES = [("510802", "东区"), ("510811", "西区")]


def held(*employees, **more):
    rows = [(f"{place:018d}", facts.read({} if count is None else {"employees": f"{count}人"} | more, catalogue.standard()))
            for place, count in enumerate(employees)]
    return columns.gathered(rows, catalogue.standard(), DAY)


def simulated(of):
    return simulating.simulate(of, AFTER, BEFORE, DAY, COUNTIES)


def test_new_more_same_less_and_unknown_are_counted():
    found = simulated(held(5, 6, 7, 12, 15, 30, None))
    assert {change.key: (change.count, change.fen) for change in found.changes} == {
        "new": (2, 130_000), "more": (0, 0), "same": (2, 0), "less": (1, -100_000), "lost": (0, 0)}
    assert (found.after.count, found.after.unknown, found.after.cost) == (5, 1, 60_000 + 70_000 + 120_000 + 150_000 + 200_000)
    assert (found.more, found.more_fen) == (2, 30_000)
    assert found.at_most == found.after.cost * 6 // 5


@pytest.mark.req("M3-030")
def test_it_agrees_with_a_plain_recount():
    rng = Random(7)
    counts = [rng.choice([None, *range(40)]) for _ in range(700)]
    found = simulated(held(*counts))
    known = [count for count in counts if count is not None]
    assert found.after.count == sum(count >= 6 for count in known)
    assert found.after.cost == sum(min(200_000, count * 10_000) for count in known if count >= 6)
    assert found.before.cost == sum(count * 10_000 for count in known if count >= 10)
    assert found.after.unknown == counts.count(None)


def test_without_a_rule_in_force_nobody_loses():
    found = simulating.simulate(held(7, 8), AFTER, None, DAY, COUNTIES)
    assert (found.changes, found.more) == ([], 2)


@pytest.mark.parametrize(("counts", "shown"), [
    ([9, 8, 7], [("a", 9), ("b", 8), ("c", 7)]),
    ([9, 3, 7], [("a", 9), ("bc", 10)]),  # one alone would follow from the total
    ([9, 3, 4], [("a", 9), ("bc", 7)]),
    ([9, 1, 1], [("bca", 11)]),
    ([9, 0, 7], [("a", 9), ("c", 7)]),
    ([2, 0, 0], [("a", 2)]),
])
def test_few_are_shown_only_with_others(counts, shown):
    groups = [Group((label,), count, 0) for label, count in zip("abc", counts, strict=True)]
    assert [("".join(group.labels), group.count) for group in simulating.together(groups)] == shown


def test_groups_by_place_size_and_section_add_up():
    of = held(*range(20), region="510802", size="小型", industry="C1521")
    found = simulated(of)
    for groups in (found.by_place, found.by_size, found.by_section):
        assert sum(group.count for group in groups) == found.after.count
        assert sum(group.fen for group in groups) == found.after.cost
    assert [group.labels for group in found.by_place] == [("东区",)]
    assert [group.labels for group in found.by_section] == [("C",)]


def test_who_is_nowhere_stands_in_a_group_without_a_name():
    assert [group.labels for group in simulated(held(*range(20))).by_place] == [("",)]


def test_thresholds_are_numbers_against_one_fact():
    either = {"any": [{"fact": "revenue", "le": "50万元"}, {"fact": "zombie", "is": False}]}
    rule = {"where": {"all": [{"fact": "employees", "ge": "10人"}, either, {"fact": "patents", "ge": {"param": "x"}},
                              {"fact": "employees", "gt": "多"}]}}
    assert [(one.key, one.number) for one in simulating.thresholds(rule)] == [
        ("where.all.0.ge", 10), ("where.all.1.any.0.le", 50_000_000)]


def test_the_curve_counts_what_each_number_would_reach():
    of, (threshold,) = held(*range(40)), simulating.thresholds(BEFORE)
    points = simulating.curve(of, BEFORE, threshold, DAY, wanted=6)
    assert [(point.number, point.count) for point in points] == [
        (number, 40 - number) for number in (2, 5, 6, 8, 10, 12, 15, 20)]
    assert [point.number for point in points if point.is_now] == [10]
    assert [point.number for point in points if point.is_wanted] == [6]
    assert simulating.moved(BEFORE, threshold, 6)["where"] == {"all": [{"fact": "employees", "ge": 6}]}

"""Whom a rule shuts out by county and size alone: what is kept with an item says the same as the rule itself."""

from itertools import product
from random import Random

import pytest

from qinqing.eligibility import catalogue, policies
from qinqing.eligibility.row import Evaluator
from qinqing.policy import actions, reaching
from qinqing.policy.models import PolicyItem, Reach
from qinqing.policy.queries import benefit_invariants, library
from tests import characters
from tests.eligibility.random_rules import ON, Maker
from tests.policy import road

PLACES = ["", "51", "510800", "510802", "510802001", "510811", "510812", "440300"]
SIZES = ["", *(choice.code for choice in catalogue.standard().facts["size"].choices)]
ENTERPRISES = list(product(PLACES, SIZES))
SMALL_IN_THE_EAST = {"where": {"all": [
    {"fact": "region", "under": ["510802"]}, {"fact": "size", "in": ["small", "micro"]}, {"fact": "employees", "ge": "10人"}]}}
SHARE = {"num": {"case": [{"when": {"fact": "size", "in": ["micro"]}, "then": "5人"}, {"else": "50人"}]}, "ge": "10人"}


def shut_out(rules):
    """By enterprise: the rules that are false for it when nothing else is known."""
    evaluator = Evaluator(policies.read(rules, catalogue.standard(), ON))
    facts = catalogue.standard().facts
    for place, size in ENTERPRISES:
        known = {name: facts[name].read(value) for name, value in (("region", place), ("size", size)) if value}
        yield (place, size), {result.policy.id for result in evaluator.match(known) if result.truth is False}


def is_in(reached, place, size):
    return any(low <= reaching.place(place) <= high and number in (reaching.ANY_SIZE, reaching.size(size))
               for number, low, high in reached)


def kept_out(rules):
    by_rule = {rule["id"]: reaching.reached({key: rule[key] for key in rule.keys() - {"id", "title"}}, ON) for rule in rules}
    return {one: {name for name, reached in by_rule.items() if not is_in(reached, *one)} for one in ENTERPRISES}


@pytest.mark.req("M3-026")
@pytest.mark.parametrize("seed", range(6))
def test_no_policy_that_the_rule_would_match_is_left_out_and_no_other_is_shown(seed):
    rules = [{key: value for key, value in rule.items() if key != "amount"} for rule in Maker(Random(seed)).policies(60)]
    assert kept_out(rules) == dict(shut_out(rules))


@pytest.mark.parametrize("rule", [SMALL_IN_THE_EAST["where"], {"not": SMALL_IN_THE_EAST["where"]}, SHARE, {"not": SHARE}])
def test_sizes_within_numbers_and_opposites_count(rule):
    rules = [{"id": "one", "title": "", "where": rule}]
    assert kept_out(rules) == dict(shut_out(rules))


def test_without_a_rule_nobody_is_shut_out():
    (everybody,) = reaching.reached({}, ON)
    assert all(is_in([everybody], *one) for one in ENTERPRISES)


@pytest.fixture
def town(db):
    town = characters.make_town()
    road.published(town, road.leader(town), rule=SMALL_IN_THE_EAST)
    return town


def numbers(county="", size=""):
    return [policy.number for policy in library.found(library.Wanted(county=county, size=size), road.MONDAY)]


def item():
    return PolicyItem.objects.current().get(code="P1-1")


@pytest.mark.req("M3-026")
def test_the_library_asks_what_is_kept(town, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert (numbers("510802", "small"), numbers("510802")) == (["P1"], ["P1"])
        assert (numbers(size="large"), numbers("510811")) == ([], [])


def test_a_version_takes_the_place_of_the_one_before(town):
    everybody = {"where": {"fact": "employees", "ge": "10人"}}
    actions.change_item(actor=town.ban, item=item(), reason="放宽", rule=everybody)
    assert numbers("510811", "large") == ["P1"]
    assert set(Reach.objects.values_list("item__version", flat=True)) == {2}
    assert list(benefit_invariants.broken()) == []


def test_check_finds_what_is_not_the_rules_any_more(town):
    Reach.objects.filter(size=reaching.size("small")).delete()
    assert [subject for subject, _ in benefit_invariants.broken()] == ["P1-1:1"]

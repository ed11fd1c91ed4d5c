"""Timelines and the feed: as many queries for thirty entries as for one."""

import pytest

from qinqing.ledger import actions as ledger
from qinqing.ledger import queries

from .makers import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 30])
def test_a_timeline(django_assert_num_queries, count):
    for n in range(count):
        make(number=1, facts={"n": n})
        make(number=2)
    ledger.seal()
    make(number=1, verb="thing.changed")
    with django_assert_num_queries(2):
        timeline = queries.entries_of("thing:1")
    assert [entry.facts.get("n") for entry in timeline] == [*range(count), None]
    assert [entry.number for entry in timeline] == [*range(1, 2 * count, 2), None]
    assert (timeline[-1].label, timeline[-1].actor, timeline[-1].acting_as) == ("修改", "account:17", "post:12")


def test_one_timeline_of_several_subjects():
    for number in (1, 2, 3):
        make(number=number)
    assert [entry.subject for entry in queries.entries_of("thing:3", "thing:1")] == ["thing:1", "thing:3"]


def test_the_first_entry_of_a_verb():
    first = make(number=1)
    make(number=1)
    assert queries.entry_of("thing:1", "thing.made") == first
    assert queries.entry_of("thing:1", "thing.ended") is None


@pytest.mark.parametrize("count", [1, 30])
def test_the_feed_follows_the_numbers(django_assert_num_queries, count):
    for number in range(40):
        make(number=number)
    ledger.seal()
    with django_assert_num_queries(2):
        feed = queries.sealed_after(5, count)
    assert [entry.number for entry in feed] == list(range(6, 6 + count))
    assert feed[0].subject == "thing:5"
    assert queries.sealed_after(40, 10) == []


def test_a_receipt_asks_little(home, django_assert_num_queries):
    entry = make()
    for number in range(600):
        make(number=number)
    ledger.seal()
    ledger.checkpoint()
    with django_assert_num_queries(7):
        queries.receipt(entry, {})

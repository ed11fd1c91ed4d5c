"""One verb, one transaction, one entry; and the same key twice is the same entry."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger.actions import acts
from qinqing.ledger.models import Entry, Pending
from qinqing.ledger.rules import entries

from .makers import CHEN, make

pytestmark = pytest.mark.django_db


def test_an_entry_holds_references_and_both_times():
    with base.clock_at(datetime(2020, 4, 26, 9)):
        entry = make(facts={"amount_fen": 100, "due_on": date(2020, 5, 7), "rate": Decimal("3.10")})
    entry.refresh_from_db()
    assert (entry.actor, entry.acting_as, entry.subject) == ("account:17", "post:12", "thing:1")
    assert entry.facts == '{"amount_fen":100,"due_on":"2020-05-07","rate":"3.10"}'
    assert entry.happened_at.isoformat() == "2020-04-26T01:00:00+00:00"
    assert (base.machine_now() - entry.recorded_at).total_seconds() < 60
    assert "陈" not in json.dumps([str(value) for value in vars(entry).values()], ensure_ascii=False)
    assert Pending.objects.filter(entry=entry.pk).exists()


def test_a_verb_within_a_verb_shares_the_act():
    with ledger.act() as act_id:
        first, second = make(number=1), make(number=2)
    assert first.act == second.act == act_id
    assert make(number=3).act != act_id


@ledger.act
def make_and_refuse(*, number=1):
    make(number=number)
    raise base.Refused("不行")


def test_a_refused_act_leaves_nothing():
    with pytest.raises(base.Refused):
        make_and_refuse()
    assert not Entry.objects.exists()


def test_a_refused_verb_within_a_verb_leaves_nothing_of_its_own():
    with ledger.act():
        make(number=1)
        with pytest.raises(base.Refused):
            make_and_refuse(number=2)
    assert [entry.subject for entry in Entry.objects.all()] == ["thing:1"]


def test_there_is_no_entry_outside_an_act():
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside an act"):
        ledger.record("thing.made", CHEN, "thing:1", {})


def test_an_unregistered_verb_is_refused():
    with ledger.act(), pytest.raises(LookupError, match=r"thing\.lost"):
        ledger.record("thing.lost", CHEN, "thing:1", {})


@pytest.mark.parametrize("facts", [{"rate": 0.1}, {"at": datetime(2020, 1, 1)}, {"n": 2**53}, {"name": "广元"}, {"姓名": 1}])
def test_facts_that_would_not_last_are_refused(facts):
    with pytest.raises((TypeError, ValueError)):
        make(facts=facts)


def test_the_same_key_and_body_give_the_first_entry_again():
    first = make(once="api:3:k1", body={"title": "缺地"})
    assert make(number=2, once="api:3:k1", body={"title": "缺地"}) == first
    assert ledger.replay("api:3:k1", {"title": "缺地"}) == first
    assert ledger.replay("api:3:k2") is None
    assert Entry.objects.count() == 1


def test_a_key_found_free_is_not_looked_up_again(django_assert_num_queries):
    with ledger.act():
        assert ledger.replay("api:3:k1", "body") is None
        with django_assert_num_queries(2):  # the entry, and that it waits for its position
            first = ledger.record("thing.made", CHEN, "thing:1", {}, once="api:3:k1", body="body")
        assert ledger.record("thing.made", CHEN, "thing:2", {}, once="api:3:k1", body="body") == first


def test_of_a_body_nothing_is_kept_that_would_confirm_a_guess_of_it():
    """Its words may have been erased since, while its key stands in the ledger for ever."""
    assert make(once="api:3:k1", body="缺地").once_body != entries.body_hash("api:3:k1", "缺地")


def test_what_former_versions_kept_of_a_body_is_still_known(monkeypatch):
    with monkeypatch.context() as former:
        former.setattr(acts, "_body_hash", entries.body_hash)
        first = make(once="api:3:k1", body="缺地")
    assert ledger.replay("api:3:k1", "缺地") == first
    with pytest.raises(base.Stale):
        ledger.replay("api:3:k1", "缺水")


def test_the_same_key_with_another_body_is_stale():
    make(once="api:3:k1", body=b"one")
    with pytest.raises(base.Stale, match="另一份内容"):
        make(once="api:3:k1", body=b"two")


@pytest.mark.parametrize("key", ["", " ", "钥匙", "a\nb", "x" * 201])
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(base.Refused, match="幂等键"):
        ledger.replay(key)

"""What happens after something happened: once, in order, each on its own."""

from datetime import timedelta

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger import queries, reactions, verbs
from qinqing.ledger.apps import reactions_follow_known_verbs
from qinqing.ledger.models import Cursor, Entry

from .makers import VERBS, make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _none_registered(monkeypatch):
    monkeypatch.setattr(reactions, "_reactions", {})


def seen_by(name, *verbs_, fail_at=None):
    seen = []

    @reactions.on(*verbs_, name=name)
    def run(happening):
        if happening.subject == fail_at:
            raise base.Refused("现在不行")
        seen.append((happening.number, happening.subject))
        make(verb="thing.ended", number=happening.id)

    return seen


def test_a_reaction_sees_its_verbs_in_order():
    seen = seen_by("end", "thing.made", "thing.changed")
    make(number=1)
    make(number=2, verb="thing.ended")
    make(number=3, verb="thing.changed")
    assert reactions.drain() == 2
    assert seen == [(1, "thing:1"), (3, "thing:3")]
    assert reactions.drain() == 0


def test_a_reaction_to_a_reaction_runs_in_the_same_drain():
    seen_by("end", "thing.made")
    seen = []
    reactions.on("thing.ended", name="after the end")(lambda happening: seen.append(happening.verb))
    make()
    assert reactions.drain() == 2
    assert seen == ["thing.ended"]


def test_each_reacts_in_an_act_of_its_own_under_its_own_key():
    seen_by("end", "thing.made")
    made = make()
    reactions.drain()
    ended = Entry.objects.get(verb="thing.ended")
    assert ended.once == "reaction:end:0"
    assert ended.act != made.act


def test_a_place_set_back_does_nothing_twice():
    seen = seen_by("end", "thing.made")
    make()
    reactions.drain()
    Cursor.objects.filter(name="reaction:end").update(leaf=0)
    reactions.drain()
    assert seen == [(1, "thing:1")]
    assert Entry.objects.filter(verb="thing.ended").count() == 1


def test_a_failing_reaction_waits_and_stops_no_other():
    failing = seen_by("fails", "thing.made", fail_at="thing:2")
    fine = seen_by("fine", "thing.made")
    for number in (1, 2, 3):
        make(number=number)
    reactions.drain()
    assert [number for number, _subject in failing] == [1]
    assert [number for number, _subject in fine] == [1, 2, 3]
    (stuck,) = queries.failing_reactions()
    assert (stuck.name, stuck.number, stuck.failures, stuck.error) == ("fails", 2, 1, "Refused: 现在不行")
    assert timedelta(seconds=3) < stuck.retry_at - base.machine_now() <= timedelta(seconds=5)
    assert reactions.drain() == 0


def test_it_is_tried_again_later_and_then_longer_apart():
    seen_by("fails", "thing.made", fail_at="thing:1")
    make(number=1)
    for failures in (1, 2, 3):
        Cursor.objects.update(retry_at=None)
        reactions.drain()
        (stuck,) = queries.failing_reactions()
        assert stuck.failures == failures
    assert timedelta(seconds=15) < stuck.retry_at - base.machine_now() <= timedelta(seconds=20)
    Cursor.objects.update(failures=60, retry_at=None)
    reactions.drain()
    (stuck,) = queries.failing_reactions()
    assert timedelta(minutes=59) < stuck.retry_at - base.machine_now() <= timedelta(hours=1)


def test_a_mended_reaction_goes_on_where_it_stood():
    seen_by("fails", "thing.made", fail_at="thing:1")
    make(number=1)
    reactions.drain()
    reactions._reactions.clear()
    seen = seen_by("fails", "thing.made")
    Cursor.objects.update(retry_at=base.machine_now())
    assert reactions.drain() == 1
    assert seen == [(1, "thing:1")]
    assert queries.failing_reactions() == []


def test_what_a_failed_reaction_wrote_goes_back():
    @reactions.on("thing.made", name="half")
    def half(happening):
        make(verb="thing.ended")
        raise RuntimeError("half way")

    make()
    reactions.drain()
    assert not Entry.objects.filter(verb="thing.ended").exists()


def test_a_load_hears_of_the_first_failure():
    seen_by("fails", "thing.made", fail_at="thing:1")
    make(number=1)
    with pytest.raises(base.Refused):
        reactions.drain(raising=True)


def test_a_new_reaction_does_not_relive_the_past():
    seen_by("old", "thing.made")
    make(number=1)
    reactions.drain()
    new = seen_by("new", "thing.made")
    make(number=2)
    reactions.drain()
    assert [subject for _number, subject in new] == ["thing:2"]


def test_an_idle_drain_asks_little(django_assert_num_queries):
    seen_by("end", "thing.made")
    make()
    reactions.drain()
    with django_assert_num_queries(4):
        reactions.drain()


def test_a_reaction_to_an_unknown_verb_stops_the_start():
    seen_by("lost", "thing.never")
    with pytest.raises(ImproperlyConfigured, match=r"lost: thing\.never"):
        reactions.check_registered()
    with pytest.raises(ImproperlyConfigured):
        reactions.drain()
    assert [message.id for message in reactions_follow_known_verbs()] == ["ledger.E001"]
    assert reactions_follow_known_verbs in checks.registry.registry.get_checks()


def test_two_reactions_have_two_names():
    seen_by("end", "thing.made")
    with pytest.raises(ValueError, match="two reactions called 'end'"):
        seen_by("end", "thing.made")


def test_a_verb_is_registered_once_and_has_a_form():
    verbs.register(VERBS)
    with pytest.raises(ValueError, match="twice"):
        verbs.register({"thing.made": "做"})
    with pytest.raises(ValueError, match="is not a verb"):
        verbs.register({"Made": "做"})
    assert verbs.label("thing.made") == "制作"
    assert verbs.label("thing.forgotten") == "thing.forgotten"
    with ledger.act(), pytest.raises(LookupError):
        ledger.record("thing.forgotten", base.SYSTEM, "thing:1", {})

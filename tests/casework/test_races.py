"""Two at once over one matter: one is done, the other is told why it was not, and the ledger has one entry."""

import time
from collections import Counter
from typing import NamedTuple

import pytest

from qinqing import base
from qinqing.casework import actions
from qinqing.casework.actions import merging
from qinqing.casework.models import Assignment, Confirmation
from qinqing.casework.terms import Outcome, Part, State
from qinqing.ledger.models import Entry
from tests import characters, shared_database
from tests.casework.road import at, dispatched, fresh, handling, replied, submitted
from tests.ledger.makers import at_once


@pytest.fixture
def town(transactional_db):
    return characters.make_town()


@pytest.fixture
def raced(tmp_path):
    """`raced(matter, *acts)`: what became of each, and what stands in the database after."""

    def race(matter, *acts):
        before = Entry.objects.filter(subject=f"matter:{matter.pk}").count()
        database = shared_database.copied(tmp_path)
        answers = at_once([lambda act=act: _told(act) for act in acts], database)
        return answers, shared_database.asked(database, lambda: _after(matter, before))

    return race


class After(NamedTuple):
    """`said` counts the ledger's new entries by verb."""

    state: str
    said: Counter
    leads: int
    confirmations: int


def _told(act) -> str:
    """By its name, what became of it; anything else than done or refused fails the test that looks."""
    try:
        with at(12):
            act()
    except (base.Refused, base.Stale, base.Denied) as refusal:
        return type(refusal).__name__
    return "done"


def _after(matter, before):
    entries = Entry.objects.filter(subject=f"matter:{matter.pk}").order_by("id").values_list("verb", flat=True)[before:]
    leads = Assignment.objects.filter(matter=matter.pk, part=Part.LEAD, ended_at__isnull=True)
    return After(fresh(matter).state, Counter(entries), leads.count(), Confirmation.objects.filter(matter=matter.pk).count())


def test_two_dispatchers(town, raced):
    matter = submitted(town)
    answers, after = raced(
        matter, lambda: actions.dispatch(actor=town.ban, matter=matter, lead=town.land),
        lambda: actions.dispatch(actor=town.bai, matter=matter, lead=town.power))
    assert sorted(answers) == ["Refused", "done"]
    assert (after.state, after.said) == (State.DISPATCHED, {"matter.dispatched": 1})


def test_two_signers(town, raced):
    matter = dispatched(town)
    other = characters.in_post("lu", "陆", town.land, base.Role.LIAISON)
    answers, after = raced(matter, *(lambda who=who: actions.sign(actor=who, matter=matter) for who in (town.luo, other)))
    assert sorted(answers) == ["Refused", "done"]
    assert (after.state, after.said) == (State.HANDLING, {"matter.signed": 1})


def test_two_of_the_helpers_unit_sign_its_part(town, raced):
    matter = handling(town)
    other = characters.in_post("lu", "陆", town.power, base.Role.LIAISON)
    answers, after = raced(
        matter, *(lambda who=who: actions.sign_as_helper(actor=who, matter=matter) for who in (town.wei, other)))
    assert sorted(answers) == ["Refused", "done"]
    assert after.said == {"matter.signed": 1}


def test_solved_and_not_solved(town, raced):
    matter = replied(town)
    answers, after = raced(
        matter, lambda: actions.confirm(actor=town.lin, matter=matter),
        lambda: actions.reject(actor=town.lin, matter=matter, text="地没有交"))
    assert sorted(answers) == ["Refused", "done"]
    expected = {State.CONFIRMED: "matter.confirmed", State.HANDLING: "matter.rejected"}
    assert after.said == {expected[State(after.state)]: 1}


def test_confirmed_twice_from_two_pages(town, raced):
    matter = replied(town)
    answers, after = raced(matter, *[lambda: actions.confirm(actor=town.lin, matter=matter, satisfaction=5)] * 2)
    assert sorted(answers) == ["Refused", "done"]
    assert (after.state, after.said) == (State.CONFIRMED, {"matter.confirmed": 1})
    assert after.confirmations == 1


def test_two_merged_crosswise(town, raced, monkeypatch):
    """Neither waits for what the other holds: one is merged, the other is told that there is nothing to join any more."""
    one, other = submitted(town), submitted(town)
    may_take_in = merging._may_take_in

    def slowly(*asked):
        time.sleep(0.2)  # both have taken their own by now, if they can
        return may_take_in(*asked)

    monkeypatch.setattr(merging, "_may_take_in", slowly)
    answers, after = raced(
        one, lambda: actions.merge(actor=town.ban, matter=one, into=other),
        lambda: actions.merge(actor=town.bai, matter=other, into=one))
    assert sorted(answers) == ["Refused", "done"]
    assert (after.state == State.MERGED) is (answers[0] == "done")


def test_struck_off_and_reopened_from_the_same_page(town, raced):
    """Both saw the same version: whoever comes second is told that somebody was first, and looks again."""
    matter = replied(town)
    with at(11):
        matter = actions.confirm(actor=town.lin, matter=matter)
    answers, after = raced(
        matter, lambda: actions.close(actor=town.bai, matter=matter, version=matter.version),
        lambda: actions.reopen(actor=town.ban, matter=matter, reason="依据不足", version=matter.version))
    assert sorted(answers) == ["Stale", "done"]
    expected = {State.CLOSED: "matter.closed", State.HANDLING: "matter.reopened"}
    assert after.said == {expected[State(after.state)]: 1}


def test_answered_and_handed_on_from_the_same_page(town, raced):
    matter = handling(town)
    answers, after = raced(
        matter,
        lambda: actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书",
                              version=matter.version),
        lambda: actions.transfer(actor=town.luo, matter=matter, to=town.power, reason="主要是供电", version=matter.version))
    assert sorted(answers) in (["Stale", "done"], ["Denied", "done"])  # whose part has ended does not see it any more
    assert after.state in (State.REPLIED, State.DISPATCHED)
    assert ("matter.transferred" in after.said) is (after.state == State.DISPATCHED)
    assert after.leads == 1

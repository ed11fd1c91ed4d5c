"""Silence: who is asked and does not answer is reminded in time, and ended when the time is over; the money is for others."""

from datetime import date

import pytest

from qinqing import base
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice
from qinqing.policy import actions, lateness
from qinqing.policy.models import Cycle, Entitlement
from qinqing.policy.rules import cycles as rules
from qinqing.policy.terms.cycles import State
from qinqing.workdays import queries as workdays

from . import cycle_road as road
from .cycle_road import at, balance, of, states
from .test_cycle_pages import OWN, read

pytestmark = pytest.mark.django_db
LAST, REMINDED = date(2026, 4, 3), date(2026, 3, 27)  # fifteen working days after the thirteenth of March, five before


@pytest.fixture
def asked(town, noticed):
    """Lin and Qiu are asked; the two others had agreed beforehand."""
    return road.asked(town, noticed)


def looked(day: int, month: int) -> None:
    with at(day, month=month):
        lateness.look()


def told(template: str) -> int:
    return Notice.objects.filter(template=template).count()


def test_the_last_day_is_counted_in_working_days_and_stands_on_the_page(town, asked):
    assert of(asked, town.enterprise).answer_by == LAST
    with at(14):
        assert "请在 4 月 3 日" in read(town.lin, OWN).replace("（星期五）", "")
        assert "前答复" in read(town.lin, "/benefits/")


@pytest.mark.parametrize(("today", "is_time"), [
    (date(2026, 3, 26), False), (REMINDED, True), (LAST, True), (date(2026, 4, 20), True),
])
def test_a_reminder_comes_in_the_last_five_working_days(db, today, is_time):
    assert rules.is_time_to_remind(LAST, today, workdays.calendar()) is is_time


@pytest.mark.req("M3-031")
def test_who_does_not_answer_is_reminded_once_and_ended_after_the_last_day(town, asked):
    looked(26, 3)
    assert told("benefit.remind") == 0
    looked(27, 3)
    looked(28, 3)
    assert told("benefit.remind") == 2
    looked(3, 4)
    assert states(asked)[State.CONFIRMING] == 2
    looked(4, 4)
    assert states(asked) == {State.LAPSED: 2, State.CONFIRMED: 2}
    assert of(asked, town.enterprise).reason == "到 2026-04-03 没有确认收款账户，也没有放弃"
    assert told("benefit.lapsed") == 2
    assert [Entry.objects.filter(verb=verb).count() for verb in ("cycle.reminded", "cycle.lapsed")] == [1, 1]
    with at(5, month=4):
        assert "已经结束：到 2026-04-03 没有确认收款账户" in read(town.lin, OWN)
        assert "确认收款账户</a>" not in read(town.lin, OWN)


def test_the_account_still_adds_up_and_the_cycle_ends_without_the_silent(town, leader, asked):
    looked(27, 3)
    looked(4, 4)
    assert balance(asked).adds_up
    assert (balance(asked).lapsed.count, balance(asked).remaining.count) == (2, 2)
    road.funded(town, asked)
    road.settled(town, road.ordered(town, leader, asked))
    assert Cycle.objects.get(pk=asked.pk).finished_at is not None


def test_who_answers_in_time_is_neither_reminded_nor_ended(town, asked):
    with at(14):
        actions.decline(actor=town.lin, entitlement=of(asked, town.enterprise))
        actions.confirm(actor=town.qiu, entitlement=of(asked, town.other), **road.ACCOUNT | {"payee": town.other.name})
    looked(27, 3)
    looked(4, 4)
    assert told("benefit.remind") == told("benefit.lapsed") == 0
    assert State.LAPSED not in states(asked)


def test_nobody_is_ended_who_was_not_reminded(town, asked):
    looked(20, 4)
    assert states(asked)[State.CONFIRMING] == 2
    assert of(asked, town.enterprise).answer_by == date(2026, 4, 27)
    looked(27, 4)
    assert states(asked)[State.CONFIRMING] == 2
    looked(28, 4)
    assert states(asked)[State.LAPSED] == 2


def test_an_open_objection_stops_the_time(town, asked):
    Entitlement.objects.filter(enterprise=town.enterprise).update(held=True)
    looked(27, 3)
    looked(4, 4)
    assert of(asked, town.enterprise).state == State.CONFIRMING
    assert of(asked, town.other).state == State.LAPSED


def test_a_stranger_ends_nothing_and_an_empty_round_is_no_act(town, asked):
    with at(27), pytest.raises(base.Denied):
        actions.remind_to_answer(actor=town.lin, cycle=asked)
    with at(27), pytest.raises(base.Denied):
        actions.lapse_unanswered(actor=town.wei, cycle=asked)
    with at(20), pytest.raises(base.Stale):
        actions.remind_to_answer(actor=town.chen, cycle=asked)
    with at(20), pytest.raises(base.Stale):
        actions.lapse_unanswered(actor=town.chen, cycle=asked)

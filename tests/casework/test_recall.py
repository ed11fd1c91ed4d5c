"""收回另办: the office takes a matter out of the hands of a unit that cannot or does not, and gives it to another."""

import json
from datetime import date

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Clock, Matter
from qinqing.casework.terms import Outcome, State, Timer
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice
from tests.casework.pages import text
from tests.casework.road import at, dispatched, handling

pytestmark = pytest.mark.django_db


def test_what_no_unit_moves_comes_back_and_goes_to_another_in_the_same_time(town):
    matter = handling(town)
    due = matter.clocks.get(timer=Timer.SOLUTION).due_at
    with at(5):
        matter = actions.recall(actor=town.ban, matter=matter, reason="三天没有动")
        assert (matter.state, matter.unit, matter.handler) == (State.ACCEPTED, None, None)
        assert not Matter.objects.visible_to(town.chen).exists()
        assert not Matter.objects.visible_to(town.wei).exists()
        matter = actions.dispatch(actor=town.ban, matter=matter, lead=town.power)
    assert matter.unit == town.power
    assert matter.clocks.get(timer=Timer.SOLUTION).due_at == due
    assert matter.clocks.filter(stopped_at=None, timer=Timer.SIGN).count() == 1
    entry = Entry.objects.get(verb="matter.recalled")
    assert json.loads(entry.facts)["units"] == ["land", "power"]
    assert Notice.objects.filter(template="matter.recalled", recipient=town.luo.account_id).exists()


@pytest.mark.parametrize("who", ["luo", "chen", "lin", "xian", "hao"])
def test_only_the_city_office_recalls(town, who):
    with at(3), pytest.raises(base.Denied):
        actions.recall(actor=getattr(town, who), matter=dispatched(town), reason="不办了")


def test_not_while_something_else_is_agreed(town):
    waiting, promised, shelved = handling(town), handling(town), handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=waiting, question="缺图纸")
        actions.reply(actor=town.chen, matter=promised, text="月底办", outcome=Outcome.SOLVED, promised_on=date(2026, 3, 31))
        actions.reply(actor=town.chen, matter=shelved, text="没有指标", outcome=Outcome.NOT_YET, review_on=date(2026, 6, 30))
    for matter, why in ((waiting, "等企业补充"), (promised, "答应了办成的日期"), (shelved, "哪天复核")):
        with at(5), pytest.raises(base.Refused, match=why):
            actions.recall(actor=town.ban, matter=Matter.objects.get(pk=matter.pk), reason="收回")


def test_the_enterprise_reads_it_in_the_course(town, signed_in):
    matter = handling(town)
    with at(5):
        actions.recall(actor=town.ban, matter=matter, reason="三天没有动")
        page = text(signed_in(town.lin).get(f"/matters/{matter.number}/"))
        desk = text(signed_in(town.ban).get(f"/desk/matters/{matter.number}/"))
    assert "营商环境办收回，另行交办" in page
    assert "三天没有动" not in page
    assert "三天没有动" in desk
    assert Clock.objects.filter(matter=matter, stopped_at=None, timer=Timer.ACCEPT).count() == 1
    assert queries.find(town.ban, matter.number).state == State.ACCEPTED

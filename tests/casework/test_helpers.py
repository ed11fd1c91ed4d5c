"""协办: a helper gives the lead its opinion within a limit of its own, whatever the lead's clock says."""

from datetime import date

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Clock
from qinqing.casework.terms import Outcome
from tests.casework.road import at, dispatched, fresh, handling

pytestmark = pytest.mark.django_db


def of_helper(town, matter) -> Clock:
    return matter.clocks.filter(unit=town.power, timer="helper").latest("id")


def day_of(clock: Clock) -> date:
    assert clock.due_at is not None
    return clock.due_at.astimezone(base.TZ).date()


def answered(town, matter):
    actions.sign_as_helper(actor=town.wei, matter=matter)
    return actions.answer_as_helper(actor=town.wei, matter=matter, text="变压器已够")


def test_it_runs_from_the_dispatch_and_stops_with_the_answer(town):
    matter = handling(town)
    assert (day_of(of_helper(town, matter)), of_helper(town, matter).stopped_at) == (date(2026, 3, 9), None)
    with at(5):
        answered(town, matter)
    clock = of_helper(town, matter)
    assert (clock.stopped_at.astimezone(base.TZ).date(), clock.late) == (date(2026, 3, 5), False)
    assert not matter.clocks.filter(unit=town.power, stopped_at=None).exists()


def test_it_is_late_when_it_is_late_though_the_lead_is_not(town):
    matter = handling(town)
    with at(11):
        answered(town, matter)
    assert of_helper(town, matter).late
    assert not fresh(matter).clocks.get(timer="solution").stopped_at


def test_it_stands_still_while_the_enterprise_is_asked(town):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
    assert of_helper(town, matter).due_at is None
    with at(6):
        actions.supplement(actor=town.lin, matter=matter, text="坐标见附件")
    assert day_of(of_helper(town, matter)) == date(2026, 3, 12)


def test_it_ends_with_the_answer_of_the_lead_and_begins_again_with_a_new_round(town):
    matter = handling(town)
    with at(5):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    assert of_helper(town, matter).stopped_at
    with at(6):
        actions.reject(actor=town.lin, matter=fresh(matter), text="没有电")
    assert (day_of(of_helper(town, matter)), of_helper(town, matter).stopped_at) == (date(2026, 3, 13), None)


def test_it_ends_when_the_part_does(town):
    objected, handed_on = dispatched(town), handling(town)
    with at(3):
        actions.object_to_dispatch(actor=town.luo, matter=objected, reason="不属本局")
        actions.decide_objection(actor=town.ban, matter=objected, upheld=True, reason="不属用地")
        actions.transfer(actor=town.luo, matter=handed_on, to=town.power, reason="主要是供电")
    assert not objected.clocks.filter(timer__in=["sign", "helper"], stopped_at=None).exists()
    assert not handed_on.clocks.filter(timer="helper", stopped_at=None).exists()


def test_it_is_nobody_elses_clock(town):
    """The matter's own due date is the lead's; only the helper's page shows the helper's."""
    matter = handling(town)
    assert fresh(matter).timer == "response"
    assert "helper" not in [clock.timer for clock in queries.clocks_of(fresh(matter), town.luo)]
    assert "helper" in [clock.timer for clock in queries.clocks_of(fresh(matter), town.wei)]
    assert list(queries.broken()) == []

"""协办: a helper gives the lead its opinion within a limit of its own, whatever the lead's clock says."""

from datetime import date

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Clock, Matter
from qinqing.casework.terms import Outcome
from tests.casework.pages import page_of, text
from tests.casework.road import at, dispatched, fresh, handling

pytestmark = pytest.mark.django_db


def of_helper(town, matter) -> Clock:
    return matter.clocks.filter(unit=town.power, timer="helper").latest("id")


def day_of(dated: Clock | Matter) -> date:
    assert dated.due_at is not None
    return dated.due_at.astimezone(base.TZ).date()


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


def test_who_has_not_signed_does_not_answer_and_nobody_answers_twice(town):
    matter = handling(town)
    with at(4):
        with pytest.raises(base.Refused, match="签收以后"):
            actions.answer_as_helper(actor=town.wei, matter=matter, text="变压器已够")
        answered(town, matter)
        with pytest.raises(base.Refused, match="已经给过"):
            actions.answer_as_helper(actor=town.wei, matter=matter, text="再说一遍")
    assert matter.statements.filter(speech="progress").count() == 1


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


# —— the list of the helper's unit ——

def listed(actor, tab="running"):
    return [row for group in queries.worklist(actor, queries.Filter(tab=tab)).groups for row in group.rows]


def test_the_list_shows_each_side_its_own_due_date_and_light(town):
    matter = handling(town)
    with at(3):
        actions.sign_as_helper(actor=town.wei, matter=matter)
        actions.report_progress(actor=town.chen, matter=matter, text="已实地核对")  # the lead has until the 23rd
    with at(10):
        (of_the_helper,), (of_the_lead,) = listed(town.wei), listed(town.luo)
        lights = [queries.light(row).level for row in (of_the_helper, of_the_lead)]
    assert (day_of(of_the_helper), day_of(of_the_lead)) == (date(2026, 3, 9), date(2026, 3, 23))
    assert lights == ["over", "ok"]


def test_overdue_and_due_soon_are_the_readers(town):
    matter = handling(town)
    with at(3):
        actions.sign_as_helper(actor=town.wei, matter=matter)
        actions.report_progress(actor=town.chen, matter=matter, text="已实地核对")
    for day, tab in ((9, "soon"), (10, "overdue")):
        with at(day):
            assert (len(listed(town.wei, tab)), len(listed(town.luo, tab))) == (1, 0)
    with at(24):
        answered_late = actions.answer_as_helper(actor=town.wei, matter=matter, text="变压器已够")
        assert answered_late.pk
        assert (len(listed(town.wei, "overdue")), len(listed(town.luo, "overdue"))) == (0, 1)


def test_what_it_has_not_signed_waits_for_its_signature_whatever_the_lead_did(town):
    matter = handling(town)
    with at(3):
        assert (len(listed(town.wei, "to_sign")), len(listed(town.wei, "handling"))) == (1, 0)
        assert listed(town.luo, "to_sign") == []
        actions.sign_as_helper(actor=town.wei, matter=matter)
        assert (len(listed(town.wei, "to_sign")), len(listed(town.wei, "handling"))) == (0, 1)


def test_who_has_answered_waits_for_the_lead(town):
    matter = handling(town)
    with at(5):
        answered(town, matter)
        (row,) = listed(town.wei)
        assert row.due_at is None
        assert str(queries.light(row).text) == "等主办单位"
        assert not queries.awaits(town.wei, row)
        assert queries.awaits(town.luo, listed(town.luo)[0])


def test_a_page_goes_on_after_the_helpers_own_due_date(town):
    matters = [handling(town) for _ in range(3)]
    with at(3):
        for matter in matters:
            actions.sign_as_helper(actor=town.wei, matter=matter)
    with at(3, 11):
        handed_on = handling(town)
    with at(4):
        actions.transfer(actor=town.luo, matter=handed_on, to=town.power, reason="主要是供电")  # leads one of four
        seen, after = [], ""
        for _ in range(4):
            page = queries.worklist(town.wei, queries.Filter(tab="running"), after=after, size=1)
            seen += [row.pk for group in page.groups for row in group.rows]
            after = page.after
    assert sorted(seen) == sorted(matter.pk for matter in [*matters, handed_on])
    assert after == ""


def test_the_page_says_what_the_helper_owes(town, signed_in):
    matter = handling(town)
    helper, lead = signed_in(town.wei), signed_in(town.luo)
    for day, words in ((4, "协办意见在3 月 9 日 周一前给主办单位。"), (10, "协办意见应在3 月 9 日 周一前给主办单位，已经超期。")):
        with at(day):
            assert words in text(page_of(helper, matter))
            assert "本单位协办" not in text(page_of(lead, matter))


@pytest.mark.parametrize("done", ["nothing", "signed", "answered"])
def test_a_part_that_was_not_done_ends_with_the_matter_and_comes_back_with_it(town, signed_in, done):
    matter = handling(town)
    with at(5):
        if done != "nothing":
            actions.sign_as_helper(actor=town.wei, matter=matter)
        if done == "answered":
            actions.answer_as_helper(actor=town.wei, matter=matter, text="变压器已够")
        actions.reply(actor=town.chen, matter=matter, text="已办成", outcome=Outcome.SOLVED, evidence="交地确认书")
    with at(6):
        actions.confirm(actor=town.lin, matter=matter)
        actions.close(actor=town.bai, matter=matter)
        assert ("协办 市供电公司" in text(page_of(signed_in(town.ban), matter))) is (done == "answered")
        actions.reopen(actor=town.ban, matter=matter, reason="没有办到位")
        assert "协办 市供电公司" in text(page_of(signed_in(town.ban), matter))
        assert day_of(of_helper(town, matter)) == date(2026, 3, 13)
        assert matter.assignments.filter(unit=town.power, ended_at=None).count() == 1

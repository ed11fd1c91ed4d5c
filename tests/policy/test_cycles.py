"""A benefit paid unasked, verb by verb: one entry each, two persons where money or names go out, nobody twice."""

from datetime import date

import pytest

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.casework.terms import State as MatterState
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice
from qinqing.policy import actions
from qinqing.policy.models import Cycle, Entitlement
from qinqing.policy.rules.cycles import Sum
from qinqing.policy.terms.cycles import State, Step
from tests import characters

from . import cycle_road as road
from .cycle_road import ACCOUNT, FEN, at, balance, of, states

pytestmark = pytest.mark.django_db


# —— matching ——


@pytest.mark.req("M3-031")
def test_everybody_whom_the_rule_reaches_is_in_with_the_facts_it_rests_on(town, item):
    road.known(town, town.enterprise)
    road.known(town, town.other, employees=9)
    road.firms(town, 3)
    characters.make_enterprise("91510802MA6ABC999X", "广元演示缺数据公司", town.county)
    cycle = road.opened(town, item)
    assert (cycle.number, cycle.enterprises, cycle.unknown, cycle.entitlements.count()) == ("P1-1-2026-1", 6, 1, 4)
    used = {fact["name"]: (fact["value"], fact["source"], fact["as_of"]) for fact in of(cycle, town.enterprise).facts}
    assert used == {"employees": (12, "land", "2026-02-28"), "blacklisted": (False, "land", "2026-02-28")}
    assert balance(cycle).matched == Sum(4, 4 * FEN)


def test_a_cycle_is_opened_by_the_unit_that_owns_the_benefit_and_only_for_an_automatic_one(town, item):
    road.known(town, town.enterprise)
    with pytest.raises(base.Denied):
        actions.open_cycle(actor=town.wei, item=item, name="x", funder=town.power, budget_fen=1, **road.BUDGET)
    with at(3):
        applied = actions.change_item(actor=town.chen, item=item, reason="改为申报", mode="application")
        with pytest.raises(base.Refused, match="免申即享事项"):
            road.opened(town, applied)


def test_nobody_found_is_said_with_how_many_were_looked_at(town, item):
    with pytest.raises(base.Refused, match="看了 2 户，其中 2 户缺数据"):
        road.opened(town, item)


def test_the_ledger_holds_codes_and_sums_and_no_name(town, cycle):
    opened = Entry.objects.get(verb="cycle.opened")
    assert f'"sum":{4 * FEN}' in opened.facts
    assert all(entry.facts.isascii() for entry in Entry.objects.all())


# —— check and notice ——


def test_the_department_answers_for_every_one_and_who_is_out_hears_why(town, cycle):
    road.checked(town, cycle, **{town.enterprise.code: "上年裁员率超过上限"})
    out = of(cycle, town.enterprise)
    assert (out.state, out.left_at, out.reason) == (State.EXCLUDED, Step.CHECK, "上年裁员率超过上限")
    assert states(cycle) == {State.EXCLUDED: 1, State.CHECKED: 3}
    assert balance(cycle).checked_out == Sum(1, FEN)
    assert Notice.objects.get(template="benefit.excluded").recipient_id == town.lin.account_id


@pytest.mark.parametrize(("change", "sentence"), [
    (lambda rows: rows[:-1], "还有 1 户没有核查结果"),
    (lambda rows: [*rows, actions.Checked("91X", "fits")], "91X 不在这一批的名单里"),
])
def test_a_check_of_another_list_is_refused_whole(town, cycle, change, sentence):
    rows = [actions.Checked(code, "fits") for code in cycle.entitlements.values_list("enterprise__code", flat=True)]
    with at(4), pytest.raises(base.Refused, match=sentence):
        actions.check(actor=town.chen, cycle=cycle, rows=change(rows), responsible="陈")
    assert states(cycle) == {State.MATCHED: 4}


def test_a_list_is_public_for_five_working_days_and_put_up_by_a_second_person(town, leader, cycle):
    with at(4), pytest.raises(base.Refused, match="还没有核查"):
        actions.publish_list(actor=leader, cycle=cycle)
    road.checked(town, cycle)
    with at(5), pytest.raises(base.Denied, match="负责人"):
        actions.publish_list(actor=town.chen, cycle=cycle)
    assert road.noticed(leader, cycle).notice_until == date(2026, 3, 12)
    with at(12), pytest.raises(base.Refused, match="公示期满的下一天"):
        actions.ask_consent(actor=town.chen, cycle=cycle)


# —— objections ——


def objected(noticed, actor, about):
    with at(6):
        return actions.object_to(actor=actor, cycle=noticed, about=about, text="上年裁员 9 人没有报。")


def decided(town, leader, objection, **proposal):
    with at(9):
        actions.propose_decision(actor=town.chen, objection=objection, **proposal)
        return actions.decide_objection(actor=leader, objection=objection, agreed=True)


def test_an_objection_is_a_matter_with_the_paying_unit_and_holds_up_only_whom_it_is_about(town, noticed):
    objection = objected(noticed, town.qiu, town.enterprise)
    assert (objection.matter.kind, objection.matter.unit, objection.matter.state) == (
        "benefit_objection", town.land, MatterState.DISPATCHED)
    road.asked(town, noticed)
    assert states(noticed) == {State.NOTICED: 1, State.CONFIRMING: 1, State.CONFIRMED: 2}
    assert balance(noticed).held == Sum(1, FEN)


def test_upheld_about_another_it_takes_them_off_with_the_reason(town, leader, noticed):
    decided(town, leader, objected(noticed, town.qiu, town.enterprise), upheld=True, reason="核实属实，不符合")
    out = of(noticed, town.enterprise)
    assert (out.state, out.left_at, out.held, out.reason) == (State.EXCLUDED, Step.OBJECTION, False, "核实属实，不符合")
    assert Matter.objects.get(kind="benefit_objection").state == MatterState.REPLIED
    assert balance(noticed).objected_out == Sum(1, FEN)


def test_rejected_it_lets_them_go_on(town, leader, noticed):
    objection = objected(noticed, town.qiu, town.enterprise)
    road.asked(town, noticed)
    decided(town, leader, objection, upheld=False, reason="经核实没有裁员")
    assert (of(noticed, town.enterprise).state, of(noticed, town.enterprise).held) == (State.CONFIRMING, False)


def test_upheld_about_oneself_it_corrects_the_amount_or_adds_who_was_left_out(town, leader, noticed):
    decided(town, leader, objected(noticed, town.lin, town.enterprise), upheld=True, reason="少算 4 个月", amount_fen=FEN + 500)
    outside = characters.make_enterprise("91510802MA6ABC888Y", "广元演示漏列公司", town.county)
    wang = characters.of_enterprise("wang", "王", outside)
    decided(town, leader, objected(noticed, wang, outside), upheld=True, reason="应列未列", amount_fen=700)
    assert of(noticed, town.enterprise).amount_fen == FEN + 500
    assert (of(noticed, outside).added, of(noticed, outside).state) == (True, State.NOTICED)
    found = balance(noticed)
    assert (found.added, found.corrected, found.remaining) == (Sum(1, 700), 500, Sum(5, 4 * FEN + 1200))


def test_two_persons_decide_and_the_second_may_send_it_back(town, leader, noticed):
    objection = objected(noticed, town.qiu, town.enterprise)
    with at(9):
        with pytest.raises(base.Refused, match="还没有人提出处理意见"):
            actions.decide_objection(actor=leader, objection=objection, agreed=True)
        actions.propose_decision(actor=leader, objection=objection, upheld=True, reason="属实")
        with pytest.raises(base.Denied, match="另一人"):
            actions.decide_objection(actor=leader, objection=objection, agreed=True)
        sent_back = actions.decide_objection(actor=road.second(town), objection=objection, agreed=False)
    assert (sent_back.decided_at, sent_back.proposed_at) == (None, None)
    assert of(noticed, town.enterprise).held


def test_others_may_be_objected_to_only_during_the_notice_oneself_later_too(town, leader, noticed):
    with at(13):
        with pytest.raises(base.Refused, match="只在公示期内"):
            actions.object_to(actor=town.qiu, cycle=noticed, about=town.enterprise, text="有线索")
        assert actions.object_to(actor=town.lin, cycle=noticed, about=town.enterprise, text="请人复核")
        with pytest.raises(base.Refused, match="已经提出过"):
            actions.object_to(actor=town.lin, cycle=noticed, about=town.enterprise, text="请人复核")


# —— consent ——


def test_standing_consent_counts_and_the_others_are_asked(town, noticed):
    road.asked(town, noticed)
    assert states(noticed) == {State.CONFIRMED: 2, State.CONFIRMING: 2}
    assert set(Notice.objects.filter(template="benefit.asked").values_list("recipient_id", flat=True)) == {
        town.lin.account_id, town.qiu.account_id}


def test_only_the_enterprise_itself_says_yes_and_to_an_account_of_its_own_name(town, noticed):
    road.asked(town, noticed)
    row = of(noticed, town.enterprise)
    with pytest.raises(base.Denied):
        actions.confirm(actor=town.qiu, entitlement=row, **ACCOUNT)
    with pytest.raises(base.Refused, match="户名要和企业名称一致") as refused:
        actions.confirm(actor=town.lin, entitlement=row, **ACCOUNT | {"payee": "别人"})
    assert refused.value.field == "payee"
    with pytest.raises(base.Refused, match="8 到 32 位数字"):
        actions.confirm(actor=town.lin, entitlement=row, **ACCOUNT | {"number": "123"})
    actions.confirm(actor=town.lin, entitlement=row, **ACCOUNT)
    assert (of(noticed, town.enterprise).state, of(noticed, town.enterprise).account) == (State.CONFIRMED, "6222000011112222")


def test_nothing_is_forced_upon_anybody(town, noticed):
    road.asked(town, noticed)
    actions.decline(actor=town.lin, entitlement=of(noticed, town.enterprise), reason="不需要")
    assert balance(noticed).declined == Sum(1, FEN)
    with pytest.raises(base.Stale):
        actions.confirm(actor=town.lin, entitlement=of(noticed, town.enterprise), **ACCOUNT)


# —— who sees it ——


def test_a_stranger_sees_no_cycle_and_an_enterprise_its_own_entitlement_alone(town, cycle):
    seen = {name: Cycle.objects.visible_to(getattr(town, name)).count() for name in ("chen", "wei", "ban", "hao", "lin", "xian")}
    assert seen == {"chen": 1, "wei": 1, "ban": 1, "hao": 1, "lin": 0, "xian": 0}
    assert list(Entitlement.objects.visible_to(town.lin)) == [of(cycle, town.enterprise)]
    assert Entitlement.objects.visible_to(base.PUBLIC).count() == 0

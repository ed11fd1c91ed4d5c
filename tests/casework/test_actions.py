"""The verbs on a real database: state, clocks, words, notices and the ledger together."""

from datetime import date, datetime

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Matter
from qinqing.casework.terms import Ground, Level, Outcome, State
from qinqing.consultation import actions as consultation
from qinqing.ledger.models import Entry
from tests.casework.road import at, dispatched, fresh, handling, replied, submitted

pytestmark = pytest.mark.django_db


def verbs(matter: Matter) -> list[str]:
    return list(Entry.objects.filter(subject=f"matter:{matter.pk}").order_by("id").values_list("verb", flat=True))


@pytest.mark.req("M1-036")
def test_the_whole_road(town):
    matter = replied(town)
    assert matter.state == State.REPLIED
    assert matter.due_at is None
    with at(11):
        actions.confirm(actor=town.lin, matter=matter, satisfaction=5)
    with at(12):
        matter = actions.close(actor=town.bai, matter=matter)
    assert (matter.state, matter.outcome, matter.ground, matter.is_open) == (
        State.CLOSED, Outcome.SOLVED, Ground.ENTERPRISE, False)
    assert verbs(matter) == ["matter.opened", "difficulty.submitted", "matter.dispatched", "matter.signed",
                             "matter.evidence_filed", "matter.replied", "matter.confirmed", "matter.closed"]
    assert not matter.clocks.filter(stopped_at__isnull=True).exists()


def test_the_clocks_of_a_new_matter(town):
    matter = submitted(town)
    due = {clock.timer: clock.due_at.astimezone(base.TZ).date().isoformat() for clock in matter.clocks.all()}
    assert due == {"accept": "2026-03-03", "response": "2026-03-09", "solution": "2026-03-23"}
    assert matter.timer == "accept"


def test_received_at_starts_the_clock_for_what_staff_enter(town):
    with at(4):
        matter = consultation.submit(
            actor=town.operator, title="停电", text="停了三天", topic="utilities", enterprise=town.enterprise,
            route="hotline", received_at=datetime(2026, 3, 2, 9, tzinfo=base.TZ)).matter
    assert matter.clocks.get(timer="accept").due_at.astimezone(base.TZ).date().isoformat() == "2026-03-03"
    assert matter.channel == "online"
    assert matter.registered_by_id == town.operator.account_id


def test_a_future_receipt_is_refused_beside_its_field(town):
    with at(4), pytest.raises(base.Refused) as refusal:
        consultation.submit(actor=town.operator, title="停电", text="停了", topic="utilities", enterprise=town.enterprise,
                            route="hotline", received_at=datetime(2026, 3, 5, 9, tzinfo=base.TZ))
    assert refusal.value.field == "received_at"
    assert not Matter.objects.exists()


def test_an_answer_while_paused_waits_and_the_date_moves(town):
    matter = handling(town)
    before = matter.clocks.get(timer="solution").due_at
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
    paused = fresh(matter)
    assert paused.due_at is None
    assert queries.status(paused).label == "待企业补充"
    with at(4), pytest.raises(base.Refused):
        actions.reply(actor=town.chen, matter=paused, text="办好了", outcome=Outcome.SOLVED)
    with at(9):
        actions.supplement(actor=town.lin, matter=paused, text="坐标见附件")
    after = matter.clocks.get(timer="solution").due_at
    assert after > before
    assert fresh(matter).paused_at is None


def test_a_question_is_no_first_answer(town):
    """First contact is what tells the enterprise something; asking for material only stops the counting."""
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
    response = matter.clocks.get(timer="response")
    assert (response.stopped_at, response.due_at) == (None, None)
    with at(6):
        actions.supplement(actor=town.lin, matter=matter, text="坐标见附件")
    response.refresh_from_db()
    assert response.due_at.astimezone(base.TZ).date().isoformat() == "2026-03-12"  # the three days of waiting, both ends included
    with at(9):
        actions.report_progress(actor=town.chen, matter=matter, text="已实地核对坐标")
    response.refresh_from_db()
    assert response.stopped_at is not None


def test_a_promise_asks_nothing_until_its_evidence_is_filed(town):
    matter = handling(town)
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="四月十日前交地", outcome=Outcome.SOLVED,
                      promised_on=datetime(2026, 4, 10).date())
    matter = fresh(matter)
    assert matter.state == State.HANDLING
    assert matter.due_at.astimezone(base.TZ).date().isoformat() == "2026-04-10"
    with at(11), pytest.raises(base.Refused):
        actions.confirm(actor=town.lin, matter=matter)
    with at(8, month=4):
        actions.fulfil(actor=town.chen, matter=matter, text="交地确认书已签")
    assert fresh(matter).state == State.REPLIED
    with at(9, month=4):
        actions.confirm(actor=town.lin, matter=matter)
        assert actions.close(actor=town.ban, matter=matter).state == State.CLOSED


def test_not_yet_needs_a_review_date_which_becomes_the_clock(town):
    matter = handling(town)
    with at(10), pytest.raises(base.Refused) as refusal:
        actions.reply(actor=town.chen, matter=matter, text="指标已用完", outcome=Outcome.NOT_YET)
    assert refusal.value.field == "review_on"
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="指标已用完", outcome=Outcome.NOT_YET,
                      review_on=datetime(2026, 7, 1).date())
    assert fresh(matter).timer == "review"


def test_objection_upheld_comes_back_to_the_office_and_its_time_does_not_count(town):
    matter = dispatched(town)
    with at(3, 9):
        actions.object_to_dispatch(actor=town.luo, matter=matter, reason="属供电公司职责")
    assert queries.status(fresh(matter)).label == "派单异议"
    with at(3, 9), pytest.raises(base.Refused):
        actions.sign(actor=town.luo, matter=fresh(matter))
    with at(4, 9):
        actions.decide_objection(actor=town.ban, matter=matter, upheld=True, reason="派单目录写明由供电公司办")
    matter = fresh(matter)
    assert (matter.state, matter.unit_id) == (State.ACCEPTED, None)
    with at(4, 10):
        matter = actions.dispatch(actor=town.ban, matter=matter, lead=town.power)
    assert matter.first_receiver_id == town.land.pk


def test_a_second_objection_is_refused(town):
    matter = dispatched(town)
    with at(3, 9):
        actions.object_to_dispatch(actor=town.luo, matter=matter, reason="不属本局")
    with at(3, 10):
        actions.decide_objection(actor=town.ban, matter=matter, upheld=False, reason="属用地")
    with at(3, 11), pytest.raises(base.Refused):
        actions.object_to_dispatch(actor=town.luo, matter=fresh(matter), reason="还是不属本局")


def test_extension_once_within_the_cap_by_the_office(town):
    matter = handling(town)
    with at(10):
        with pytest.raises(base.Refused):
            actions.request_extension(actor=town.chen, matter=matter, limit="16wd", reason="要现场勘测")
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")
        with pytest.raises(base.Denied):
            actions.decide_extension(actor=town.luo, matter=matter, granted=True)
        actions.decide_extension(actor=town.ban, matter=matter, granted=True, reason="同意")
    assert matter.clocks.get(timer="solution").due_at.astimezone(base.TZ).date().isoformat() == "2026-03-30"
    with at(11), pytest.raises(base.Refused):
        actions.request_extension(actor=town.chen, matter=fresh(matter), limit="1wd", reason="再延一天")


def test_unsolved_reopens_and_goes_up_then_the_office_decides(town):
    matter = replied(town)
    with at(11):
        matter = actions.reject(actor=town.lin, matter=matter, text="地没有交")
    assert (matter.state, matter.level, matter.round) == (State.HANDLING, Level.OFFICE, 2)
    with at(16):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    with at(17):
        matter = actions.reject(actor=town.lin, matter=fresh(matter), text="还是不满意")
    assert matter.state == State.REPLIED
    assert queries.status(matter).label == "待裁定"
    with at(17), pytest.raises(base.Refused):
        actions.confirm(actor=town.lin, matter=matter)
    with at(18):
        actions.propose_reasonable(actor=town.ban, matter=matter, reason="地已交，其余要求没有依据")
        with pytest.raises(base.Denied):
            actions.judge_reasonable(actor=town.ban, matter=fresh(matter), reason="同意")
        matter = actions.judge_reasonable(actor=town.bai, matter=matter, reason="同意")
    assert (matter.state, matter.ground) == (State.CONFIRMED, Ground.REASONABLE)


def test_reasonable_is_proposed_after_five_working_days_of_silence(town):
    matter = replied(town)
    with at(16), pytest.raises(base.Refused, match="先等企业表态"):
        actions.propose_reasonable(actor=town.ban, matter=matter, reason="地已交，其余要求没有依据")
    with at(17):
        actions.propose_reasonable(actor=town.ban, matter=matter, reason="地已交，其余要求没有依据")
    assert fresh(matter).proposed_by_id == town.ban.account_id


def test_three_attempts_on_different_days_by_two_means_stand_for_the_word(town):
    matter = replied(town)
    for day, means in ((11, "phone"), (12, "phone")):
        with at(day):
            actions.contact(actor=town.ban, matter=matter, means=means, reached=False, text="没人接")
    with at(12), pytest.raises(base.Refused):
        actions.judge_unreached(actor=town.ban, matter=matter, reason="联系不上")
    with at(13):
        actions.contact(actor=town.bai, matter=matter, means="visit", reached=False, text="门关着")
        matter = actions.judge_unreached(actor=town.ban, matter=matter, reason="三次联系不上")
    assert matter.ground == Ground.UNREACHED


def test_nobody_puts_a_matter_off_for_longer_than_two_years(town):
    matter = handling(town)
    with at(4), pytest.raises(base.Refused, match="两年以内"):
        actions.reply(actor=town.chen, matter=matter, text="还早", outcome=Outcome.NOT_YET, review_on=date(2099, 1, 4))


def test_who_was_reached_is_not_out_of_reach(town):
    matter = replied(town)
    for day, means, reached in ((11, "phone", False), (12, "message", False), (13, "visit", False), (13, "phone", True)):
        with at(day):
            actions.contact(actor=town.bai, matter=matter, means=means, reached=reached, text="企业说没解决")
    with at(13), pytest.raises(base.Refused, match="联系上过"):
        actions.judge_unreached(actor=town.ban, matter=matter, reason="三次联系不上")


def test_nobody_closes_what_they_answered(town):
    matter = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=matter)
    matter.replies.update(answered_by=town.ban.account_id)
    with at(12), pytest.raises(base.Denied):
        actions.close(actor=town.ban, matter=matter)


def test_a_complaint_is_hidden_from_the_unit_it_is_about_and_never_goes_there(town):
    matter = submitted(town, about_unit=town.land, track="complaint")
    with at(2), pytest.raises(base.Refused):
        actions.dispatch(actor=town.ban, matter=matter, lead=town.land)
    with at(2):
        actions.dispatch(actor=town.ban, matter=matter, lead=town.power)
    assert queries.find(town.luo, matter.number) is None
    assert queries.find(town.wei, matter.number) == matter


def test_strangers_find_nothing(town):
    matter = handling(town)
    for actor in (town.qiu, base.PUBLIC, base.Actor(account_id=99, role="system_admin", unit_id=1, unit_ids=frozenset({1}))):
        assert queries.find(actor, matter.number) is None
    assert queries.find(town.xian, matter.number) == matter


def test_a_hidden_name_is_hidden_from_the_unit_in_page_and_search(town):
    matter = handling(town, anonymity="from_unit")
    assert "演示" not in queries.shown_enterprise(town.luo, matter)
    assert queries.shown_enterprise(town.ban, matter) == town.enterprise.name
    named = queries.Filter(tab="running", query="演示新材料")
    with at(3):
        assert queries.worklist(town.luo, named).total == 0
        assert queries.worklist(town.ban, named).total == 1


def test_hidden_from_the_handler_only(town):
    matter = handling(town, anonymity="from_handler")
    assert "演示" not in queries.shown_enterprise(town.chen, matter)
    assert queries.shown_enterprise(town.luo, matter) == town.enterprise.name


def test_a_stale_page_is_told_and_changes_nothing(town):
    matter = submitted(town)
    with at(2):
        actions.accept(actor=town.ban, matter=matter, version=matter.version)
        with pytest.raises(base.Stale):
            actions.dispatch(actor=town.bai, matter=matter, lead=town.land, version=matter.version)
    assert fresh(matter).state == State.ACCEPTED


def test_transfers_are_counted_and_the_third_goes_up(town):
    matter = handling(town)
    units = [town.power, town.land, town.power]
    for day, unit in enumerate(units, start=4):
        with at(day):
            liaison = town.luo if fresh(matter).unit_id == town.land.pk else town.wei
            matter = actions.transfer(actor=liaison, matter=matter, to=unit, reason="职责在对方")
            receiver = town.wei if unit == town.power else town.luo
            matter = actions.sign(actor=receiver, matter=matter)
    assert (matter.transfers, matter.level, matter.first_receiver_id) == (3, Level.OFFICE, town.land.pk)


def test_merged_keeps_both_texts_and_counts_once(town):
    first, second = submitted(town), submitted(town)
    with at(2):
        actions.merge(actor=town.ban, matter=second, into=first, reason="同一件事")
    second = fresh(second)
    assert (second.state, second.merged_into_id) == (State.MERGED, first.pk)
    assert second.statements.filter(speech="original").exists()


def test_remind_once_a_day(town):
    matter = dispatched(town)
    with at(3):
        actions.remind(actor=town.lin, matter=matter)
        with pytest.raises(base.Refused):
            actions.remind(actor=town.lin, matter=matter)
    with at(4):
        actions.remind(actor=town.lin, matter=matter)


def test_withdrawn_is_not_deleted(town):
    matter = handling(town)
    with at(4):
        matter = actions.withdraw(actor=town.lin, matter=matter, reason="已自行解决")
    assert (matter.state, matter.outcome) == (State.WITHDRAWN, Outcome.WITHDRAWN)
    assert queries.find(town.lin, matter.number)


def test_helpers_sign_and_answer_on_their_own_clock(town):
    matter = handling(town)
    with at(3):
        actions.sign_as_helper(actor=town.wei, matter=matter)
        actions.answer_as_helper(actor=town.wei, matter=matter, text="变压器已够")
        with pytest.raises(base.Denied):
            actions.reply(actor=town.wei, matter=matter, text="办好了", outcome=Outcome.SOLVED)
    assert not matter.clocks.filter(timer="sign", unit=town.power, stopped_at__isnull=True).exists()


@pytest.mark.req("M1-014")
def test_what_was_said_is_kept_word_for_word_and_committed(town):
    from qinqing.ledger import actions as ledger

    matter = submitted(town)
    original = matter.statements.get(speech="original")
    entry = Entry.objects.get(pk=original.entry)
    assert ledger.commitment(original.salt, "设备12月底到厂，地还没交。") in entry.facts
    assert "设备" not in entry.facts
    assert "演示" not in entry.facts


def test_numbers_of_a_day(town):
    assert [submitted(town).number[-9:] for _ in range(2)] == ["0302-0001", "0302-0002"]


def test_light_turns_with_time(town):
    matter = handling(town)
    shown = [queries.light(fresh(matter), datetime(2026, 3, day, 12, tzinfo=base.TZ)).level for day in (3, 6, 10)]
    assert shown == ["ok", "soon", "over"]

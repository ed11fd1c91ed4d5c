"""A matter that comes back begins a new round: nothing of the one before it counts for it."""

from datetime import date, datetime

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Reply
from qinqing.casework.terms import Level, Outcome, State
from qinqing.notices.models import Notice
from tests.casework.road import at, fresh, handling, replied

pytestmark = pytest.mark.django_db


def told(actor, template: str) -> list[Notice]:
    return list(Notice.objects.filter(recipient=actor.account_id, template=template).order_by("id"))


def promise(town, matter, day: int, until: date):
    with at(day):
        actions.reply(actor=town.chen, matter=matter, text="到时交地", outcome=Outcome.SOLVED, promised_on=until)


@pytest.mark.req("M1-036")
def test_evidence_of_an_earlier_round_answers_nothing_in_the_next(town):
    matter = replied(town)
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="地没有交")
    with at(16), pytest.raises(base.Refused) as refusal:
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED)
    assert refusal.value.field == "evidence"
    with at(16):
        actions.file_evidence(actor=town.chen, matter=matter, text="新的交地确认书")
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED)
    with at(17):
        actions.confirm(actor=town.lin, matter=matter)
    with at(18):
        assert actions.close(actor=town.bai, matter=matter).state == State.CLOSED


def test_a_helper_gives_its_part_anew(town):
    matter = handling(town)
    with at(3):
        actions.sign_as_helper(actor=town.wei, matter=matter)
        actions.answer_as_helper(actor=town.wei, matter=matter, text="变压器已够")
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="没有电")
    assert matter.assignments.get(unit=town.power).answered_at is None


def test_a_request_for_more_time_lapses_with_the_answer(town):
    matter = handling(town)
    with at(9):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="地没有交")
    with at(12), pytest.raises(base.Refused):
        actions.decide_extension(actor=town.ban, matter=matter, granted=True)
    with at(12):
        actions.request_extension(actor=town.chen, matter=matter, limit="3wd", reason="要重新勘测")


def test_a_request_of_one_unit_is_not_granted_to_the_next(town):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")
        actions.transfer(actor=town.luo, matter=matter, to=town.power, reason="职责在对方")
        actions.sign(actor=town.wei, matter=matter)
        with pytest.raises(base.Refused):
            actions.decide_extension(actor=town.ban, matter=matter, granted=True)


def test_more_time_is_asked_for_before_the_limit_is_over(town):
    matter = handling(town)
    with at(24), pytest.raises(base.Refused, match="已经超期"):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")


def test_the_enterprise_hears_the_new_day_of_the_solution_not_of_another_clock(town):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")
        actions.decide_extension(actor=town.ban, matter=matter, granted=True)
    assert [notice.params["due"] for notice in told(town.lin, "matter.redated")] == ["2026-03-30"]


def test_a_promise_put_off_goes_up_a_level_and_is_never_counted_as_kept(town):
    matter = handling(town)
    promise(town, matter, 10, date(2026, 4, 10))
    promise(town, matter, 20, date(2026, 5, 10))
    assert fresh(matter).level == Level.OFFICE
    with at(8, month=5):
        actions.fulfil(actor=town.chen, matter=matter, text="交地确认书已签")
    kept = Reply.objects.filter(matter=matter, fulfilled_at__isnull=False).values_list("promised_on", flat=True)
    assert list(kept) == [date(2026, 5, 10)]


@pytest.mark.parametrize(("month", "day", "broken"), [(3, 20, 0), (4, 13, 1)])
def test_a_promise_that_cannot_be_kept_is_answered_anew_and_counted_when_its_day_has_passed(town, month, day, broken):
    matter = handling(town)
    promise(town, matter, 10, date(2026, 4, 10))
    with at(day, month=month):
        with pytest.raises(base.Refused, match="承诺已办成") as refusal:
            actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
        actions.reply(actor=town.chen, matter=matter, text="地块划入生态红线，不能供地", outcome=Outcome.EXPLAINED,
                      basis="生态保护红线管理办法第四条")
        figures = queries.year_figures("difficulty", 2026)
    matter = fresh(matter)
    assert refusal.value.field == "outcome"
    assert (matter.state, matter.promised_on, matter.level) == (State.REPLIED, None, Level.OFFICE)
    assert not matter.clocks.filter(timer="promise", stopped_at=None).exists()
    assert [notice.params["due"] for notice in told(town.lin, "matter.promise_replaced")] == ["2026-04-10"]
    assert queries.timeline(town.lin, matter)[0].facts["replaces"] == "2026-04-10"
    assert (figures.promises, figures.broken) == (1, broken)


def test_a_promise_nobody_speaks_of_any_more_is_broken_on_the_day_after(town):
    promise(town, handling(town), 10, date(2026, 4, 10))
    for day, broken in ((10, 0), (11, 1)):
        with at(day, month=4):
            assert queries.year_figures("difficulty", 2026).broken == broken


def test_only_not_yet_has_a_day_of_review(town):
    matter = handling(town)
    with at(10), pytest.raises(base.Refused) as refusal:
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, review_on=date(2026, 5, 1))
    assert refusal.value.field == "review_on"


def test_who_disputes_is_not_unreached(town):
    matter = replied(town)
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="地没有交")
    with at(16):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    for day, means in ((17, "phone"), (18, "phone"), (19, "visit")):
        with at(day):
            actions.contact(actor=town.ban, matter=matter, means=means, reached=False, text="没人接")
    with at(20):
        actions.reject(actor=town.lin, matter=matter, text="还是没有交")
        with pytest.raises(base.Refused, match="正在裁定"):
            actions.judge_unreached(actor=town.ban, matter=matter, reason="三次联系不上")


def test_the_enterprise_hears_what_was_decided(town):
    matter = replied(town)
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="地没有交")
    with at(16):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    with at(17):
        actions.reject(actor=town.lin, matter=matter, text="还是没有交")
    with at(18):
        actions.order_rework(actor=town.ban, matter=matter, reason="地确实没交")
    assert len(told(town.lin, "matter.decided")) == 1
    assert not told(town.ban, "matter.decided")
    with at(19):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
        actions.confirm(actor=town.lin, matter=matter)
    with at(20):
        actions.close(actor=town.bai, matter=matter)
    with at(23):
        matter = actions.reopen(actor=town.bai, matter=matter, reason="抽查发现没有交地")
    assert (matter.state, matter.outcome, matter.ground, matter.closed_at) == (State.HANDLING, "", "", None)
    assert len(told(town.lin, "matter.decided")) == 2


def test_an_ended_matter_waits_for_nobody(town):
    matter = handling(town)
    with at(4):
        actions.supervise(actor=town.hao, matter=matter, reason="一周没有动")
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
        matter = actions.withdraw(actor=town.lin, matter=matter, reason="已自行解决")
    assert (matter.paused_at, matter.supervised_at, matter.due_at) == (None, None, None)
    assert not matter.supervisions.filter(lifted_at__isnull=True).exists()
    assert not matter.pauses.filter(ended_at__isnull=True).exists()


def test_a_supervision_wants_a_day_to_come(town):
    matter = handling(town)
    with at(4), pytest.raises(base.Refused) as refusal:
        actions.supervise(actor=town.hao, matter=matter, reason="一周没有动", due_on=datetime(2026, 3, 3).date())
    assert refusal.value.field == "due_on"


def test_nothing_said_leaves_no_words(town):
    matter = handling(town)
    with at(4):
        actions.remind(actor=town.lin, matter=matter)
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")
        actions.decide_extension(actor=town.ban, matter=matter, granted=True, reason=" ")
    assert not matter.statements.filter(text="").exists()


def test_who_was_struck_off_wrongly_can_ask_the_city(town):
    matter = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=matter)
    with at(12):
        actions.close(actor=town.bai, matter=matter)
    with at(16):
        matter = actions.appeal(actor=town.lin, matter=matter, text="又不让用了")
        assert (matter.state, matter.is_open) == (State.CLOSED, False)
        assert actions.reopen(actor=town.ban, matter=matter, reason="企业反映属实").state == State.HANDLING

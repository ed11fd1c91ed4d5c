"""What the course of a matter says to the enterprise, and what is still to come."""

from datetime import date, datetime

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.terms import Outcome
from qinqing.casework.views import timeline
from qinqing.consultation import actions as consultation
from tests.casework.road import at, dispatched, fresh, handling, replied, submitted

pytestmark = pytest.mark.django_db


def course(actor, matter) -> list[tuple[str, str]]:
    """(headline, line below) of what happened, newest first."""
    matter = fresh(matter)
    rows = timeline.items(actor, matter, queries.clocks_of(matter))
    return [(str(row.title), str(row.text)) for row in rows if row.state != "todo"]


def ahead(actor, matter) -> list[tuple[str, str]]:
    matter = fresh(matter)
    rows = timeline.items(actor, matter, queries.clocks_of(matter))
    return [(str(row.title), str(row.when)) for row in rows if row.state == "todo"]


def test_the_whole_road_reads_as_a_story(town):
    matter = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=matter, comment="谢谢")
    with at(12):
        actions.close(actor=town.bai, matter=matter)
        assert course(town.lin, matter) == [
            ("营商环境办核查依据后销号", ""), ("您确认已经解决", ""), ("市自然资源局答复：解决", ""),
            ("市自然资源局提交办结依据", ""), ("市自然资源局签收", ""), ("交给市自然资源局主办", "市供电公司协办。"),
            ("您提交诉求", "")]


def test_words_stand_under_their_headline_and_the_first_answer_says_how_long_it_took(town):
    matter = replied(town)
    rows = timeline.items(town.lin, matter, queries.clocks_of(matter))
    by_title = {str(row.title): row for row in rows}
    assert by_title["市自然资源局答复：解决"].quote == "东片区15亩已定，本月交地。"
    assert by_title["市自然资源局提交办结依据"].quote == "交地确认书"
    assert str(by_title["市自然资源局答复：解决"].note) == "首次答复，用了 6 个工作日"


def test_what_came_by_phone_says_so_and_from_when_it_counts(town):
    with at(4, 15):
        matter = consultation.submit(
            actor=town.operator, title="停电", text="停了三天", topic="utilities", enterprise=town.enterprise,
            route="hotline", received_at=datetime(2026, 3, 3, 9, 5, tzinfo=base.TZ)).matter
        (title, text), = course(town.lin, matter)
    assert title == "12345 代您登记"
    assert text == "收到时间：3 月 3 日 周二 09:05，期限从这时起算"


def test_a_question_waits_until_it_is_answered(town):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
        assert course(town.lin, matter)[0] == ("等您补充", "市自然资源局请您补充，补充以前暂停计时。")
        assert ahead(town.lin, matter)[-1] == ("答复您，由您确认是否解决", "暂停计时，日期待定")
    with at(9):
        actions.supplement(actor=town.lin, matter=matter, text="见附件")
        assert course(town.lin, matter)[:2] == [
            ("您补充了情况", "接着计时。"), ("请您补充", "市自然资源局请您补充，补充以前暂停计时。")]


def test_an_extension_tells_the_new_day_of_the_solution_whatever_runs_out_first(town):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要勘测")
        actions.decide_extension(actor=town.ban, matter=matter, granted=True, reason="同意")
        told = course(town.lin, matter)[:2]
    due = matter.clocks.get(timer="solution").due_at.astimezone(base.TZ).date()
    assert due == date(2026, 3, 30)
    assert told == [("营商环境办同意延期", "现在应在3 月 30 日 周一前办结。"), ("市自然资源局申请延期 5 个工作日", "")]


def test_a_refused_extension_leaves_the_day(town):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要勘测")
        actions.decide_extension(actor=town.ban, matter=matter, granted=False, reason="理由不足")
        assert course(town.lin, matter)[0] == ("营商环境办没有同意延期", "办结期限不变。")


def test_a_transfer_names_both_units(town):
    matter = handling(town)
    with at(4):
        actions.transfer(actor=town.luo, matter=matter, to=town.power, reason="属供电")
        assert course(town.lin, matter)[0] == ("转给市供电公司主办", "由市自然资源局转来，办结期限不变。")


@pytest.mark.parametrize(("reply", "title", "text", "step"), [
    ({"outcome": Outcome.SOLVED, "promised_on": date(2026, 3, 20)}, "市自然资源局答复：3 月 20 日 周五前办成",
     "办成以后再请您确认。", ("办成并提交依据，由您确认", "最晚 3 月 20 日 周五")),
    ({"outcome": Outcome.NOT_YET, "review_on": date(2026, 6, 1)}, "市自然资源局答复：暂不具备条件",
     "6 月 1 日 周一复核。", ("复核条件，再答复您", "最晚 6 月 1 日 周一")),
])
def test_a_reply_that_is_not_the_end_says_the_day(town, reply, title, text, step):
    matter = handling(town)
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="……", **reply)
        assert course(town.lin, matter)[0] == (title, text)
        assert step in ahead(town.lin, matter)


def test_not_solved_goes_up_and_the_second_time_is_decided(town):
    matter = replied(town)
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="没交地")
        assert course(town.lin, matter)[0] == ("您认为还没解决", "重新办理，由营商环境办盯着。")
    with at(12):
        actions.reply(actor=town.chen, matter=fresh(matter), text="已交", outcome=Outcome.SOLVED, evidence="确认书")
        actions.reject(actor=town.lin, matter=fresh(matter), text="还是没交")
        assert course(town.lin, matter)[0] == ("您再次认为没解决", "由营商环境办裁定。")
        assert ahead(town.lin, matter)[-1][0] == "营商环境办裁定"


def test_ends_other_than_striking_off(town):
    first, second, third = submitted(town), submitted(town), submitted(town)
    with at(3):
        actions.merge(actor=town.ban, matter=second, into=first)
        actions.withdraw(actor=town.lin, matter=third, reason="已解决")
        assert course(town.lin, second)[0] == ("已并件，一并办理", f"和 {first.number} 是同一件事。")
        assert course(town.lin, third)[0] == ("您已撤回", "")
        assert ahead(town.lin, second) == ahead(town.lin, third) == []
    assert str(queries.ending(fresh(second))) == f"一并办理的那件是 {first.number}，现在待受理。结果会同时告诉您。"


def test_supervision_and_moved_dates(town):
    matter = handling(town)
    with at(5):
        actions.appeal(actor=town.lin, matter=matter, text="没有消息")
        actions.supervise(actor=town.hao, matter=matter, reason="限期", due_on=date(2026, 3, 20))
        told = course(town.lin, matter)[:2]
    assert told == [("市里督办", "要求3 月 20 日 周五前办好。"), ("您请市里过问", "")]


def test_ones_own_words_are_read_whomever_they_were_for(town):
    matter = handling(town)
    with at(5):
        actions.appeal(actor=town.lin, matter=matter, text="没有消息")
    assert "没有消息" in [row.quote for row in timeline.items(town.lin, fresh(matter), [])]
    assert "没有消息" not in [said.text for said in queries.statements(town.chen, fresh(matter))]


def test_what_is_to_come_says_by_when(town):
    matter = submitted(town)
    assert ahead(town.lin, matter) == [
        ("核查依据，销号", "您确认后 3 个工作日内"), ("答复您，由您确认是否解决", "最晚 3 月 23 日 周一"),
        ("承办单位签收", "交办后 1 个工作日内"), ("交给承办单位", "最晚 3 月 3 日 周二")]
    titles = [title for title, _ in ahead(town.lin, dispatched(town))]
    assert titles == ["核查依据，销号", "答复您，由您确认是否解决", "承办单位签收"]


def test_lateness_is_said_with_the_clock_that_ran_out(town):
    matter = handling(town)
    with at(12):
        told = queries.whereabouts(fresh(matter))
        assert str(told.title) == "市自然资源局正在办，还没有答复"
        assert str(told.text).startswith("首次答复应在3 月 9 日 周一前完成，已经超期。")


def test_the_bar_counts_what_was_counted_and_goes_on_when_it_is_late(town):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补坐标")
        assert queries.solution_days(matter, queries.clocks_of(matter)) is None
    with at(6):
        actions.supplement(actor=town.lin, matter=matter, text="见附件")
    with at(11):
        used, total = queries.solution_days(matter, queries.clocks_of(matter))
    assert total == 15
    assert used == 4  # of the working days 3 to 11 March, the three of the pause are not counted
    with at(1, month=4):
        used, total = queries.solution_days(matter, queries.clocks_of(matter))
    assert used > total

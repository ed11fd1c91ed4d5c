"""What is put off is not called met, a promise is kept by one verb, and an extension is decided by who sees what it means."""

from datetime import date

import pytest

from qinqing import base
from qinqing.casework import actions
from qinqing.casework.terms import Outcome
from tests.casework.pages import page_of, says, text
from tests.casework.road import at, fresh, handling

pytestmark = pytest.mark.django_db


def promised(town):
    matter = handling(town)
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="到时交地", outcome=Outcome.SOLVED, promised_on=date(2026, 4, 10))
    return fresh(matter)


def on_both_sides(town, signed_in, matter):
    return (text(page_of(signed_in(town.chen), matter)), text(signed_in(town.lin).get(f"/matters/{matter.number}/")))


# —— what is put off ——

@pytest.mark.req("M1-036")
def test_a_deadline_that_a_promise_replaced_is_not_called_met(town, signed_in):
    matter = promised(town)
    with at(11):
        for page in on_both_sides(town, signed_in, matter):
            assert "办结 3 月 23 日 周一 ，为什么是这一天 改为答应4 月 10 日 周五前办成" in page
            assert "首次答复 3 月 9 日 周一 ，为什么是这一天 超期完成" in page


def test_a_review_says_its_day_and_what_is_done_is_in_time(town, signed_in):
    matter = handling(town)
    with at(5):
        actions.reply(actor=town.chen, matter=matter, text="指标未到", outcome=Outcome.NOT_YET, review_on=date(2026, 3, 20))
    with at(19):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="交地确认书")
        for page in on_both_sides(town, signed_in, matter):
            assert "办结 3 月 23 日 周一 ，为什么是这一天 改为3 月 20 日 周五复核" in page
            assert "条件复核 3 月 20 日 周五 ，为什么是这一天 按时完成" in page


# —— a promise is kept by one verb ——

def test_while_a_promise_stands_its_evidence_comes_with_the_word_that_it_is_kept(town, signed_in):
    matter = promised(town)
    with at(11):
        with pytest.raises(base.Refused, match="企业才会收到确认"):
            actions.file_evidence(actor=town.chen, matter=matter, text="发票已送达")
        chen = signed_in(town.chen)
        reason = "上次答复承诺了办成日期：办成了用“承诺已办成”提交依据，企业才会收到确认。"
        assert f"提交办结依据 {reason}" in text(page_of(chen, matter))
        assert says(chen, matter, "fulfil", {"text": "发票已送达"}).status_code == 303
        assert text(signed_in(town.lin).get(f"/matters/{matter.number}/")).count("办结依据 发票已送达") == 1
        actions.file_evidence(actor=town.chen, matter=matter, text="补一张发票照片")


# —— an extension ——

def test_who_decides_an_extension_sees_days_reason_and_the_new_date(town, signed_in):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="等省厅批复")
        page = text(page_of(signed_in(town.ban), matter))
        assert ("申请延长 5 个工作日 延期原因 等省厅批复 现在的办结期限 3 月 23 日 周一 同意以后 3 月 30 日 周一") in page
        actions.decide_extension(actor=town.ban, matter=matter, granted=True)
        assert "办结 3 月 30 日 周一" in text(page_of(signed_in(town.ban), matter))


def test_while_the_clocks_stand_the_new_date_is_open(town, signed_in):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="等省厅批复")
        actions.ask(actor=town.chen, matter=matter, question="请补坐标")
        assert "现在的办结期限 暂停，待定 同意以后 暂停，待定" in text(page_of(signed_in(town.ban), matter))

"""A matter's page on the workbench: what it shows to whom, what it offers, its files and the contact."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing.base import Role
from qinqing.casework import actions
from qinqing.casework.models import Statement
from qinqing.casework.terms import Outcome
from qinqing.documents.models import Attachment
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account, ContactReveal
from tests import characters
from tests.casework.pages import links, page_of, says, source, text
from tests.casework.road import at, dispatched, fresh, handling, replied, submitted

pytestmark = pytest.mark.django_db
QUERIES = 27
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


# —— the page ——

def test_the_page_says_who_has_it_and_until_when(town, signed_in):
    matter = handling(town)
    with at(4):
        page = text(page_of(signed_in(town.chen), matter))
    assert "市自然资源局在办，3 月 9 日 周一前首次答复" in page
    assert "设备12月底到厂，地还没交。" in page
    assert "主办 市自然资源局，已签收" in page
    assert "协办 市供电公司，待签收" in page
    assert "办结 3 月 23 日 周一 ，为什么是这一天" in page


def test_the_course_names_unit_and_person_and_never_the_enterprises_people(town, signed_in):
    matter = replied(town)
    with at(11):
        page = text(page_of(signed_in(town.ban), matter))
    assert "答复：解决 3 月 10 日 周二 10:00 市自然资源局 陈 东片区15亩已定，本月交地。" in page
    assert "交办 3 月 2 日 周一 15:00 市营商环境办 班：市自然资源局主办，市供电公司协办" in page
    assert "收到 3 月 2 日 周一 09:20 企业" in page


@pytest.mark.parametrize(("said", "title"), [
    ({"outcome": Outcome.SOLVED, "promised_on": date(2026, 3, 20)}, "答复：解决，答应3 月 20 日 周五前办成 3 月 10 日"),
    ({"outcome": Outcome.NOT_YET, "review_on": date(2026, 4, 1)}, "答复：暂不具备条件，4 月 1 日 周三复核 3 月 10 日"),
])
def test_a_reply_that_promises_or_puts_off_is_told_with_its_day(town, signed_in, said, title):
    matter = handling(town)
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="写明日期", **said)
        assert title in text(page_of(signed_in(town.ban), matter))


@pytest.mark.parametrize(("who", "status"), [
    ("ban", 200), ("luo", 200), ("chen", 200), ("wei", 200), ("xian", 200), ("hao", 200), ("operator", 404), ("lin", 404),
    ("qiu", 404),
])
def test_who_may_open_it(town, signed_in, who, status):
    matter = handling(town)
    with at(4):
        assert page_of(signed_in(getattr(town, who)), matter).status_code == status


def test_what_the_office_says_among_itself_stays_there(town, signed_in):
    matter = handling(town)
    with at(5):
        actions.appeal(actor=town.lin, matter=matter, text="局里一直不见人")
        assert "局里一直不见人" in text(page_of(signed_in(town.ban), matter))
        theirs = text(page_of(signed_in(town.luo), matter))
        assert "局里一直不见人" not in theirs
        assert "企业3 月 5 日 周四请市里过问，等营商环境办在3 月 6 日 周五前答复企业。" in theirs


def test_a_hidden_enterprise_has_neither_name_nor_contact_nor_history(town, signed_in):
    submitted(town)
    matter = handling(town, anonymity="from_unit")
    with at(4):
        page = text(page_of(signed_in(town.luo), matter))
    assert "企业要求不公开名称。" in page
    assert "演示新材料" not in page
    assert "查看联系方式" not in page
    assert "以前" not in page


def test_what_was_before_and_what_is_alike(town, signed_in):
    earlier = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=earlier)
    with at(12):
        actions.close(actor=town.bai, matter=earlier, text="核查属实")
    matter = submitted(town)
    with at(13):
        answer = page_of(signed_in(town.ban), matter)
    assert f"/desk/matters/{earlier.number}/" in links(answer)
    assert "类似的已办结事项" in text(answer)
    assert "可能：近一年办过 1 件同类" in text(answer)


# —— what can be done ——

def test_the_next_decision_stands_there_with_its_form(town, signed_in):
    matter = dispatched(town)
    with at(2, 16):
        luo, chen, ban = (page_of(signed_in(actor), matter) for actor in (town.luo, town.chen, town.ban))
    assert f'action="/desk/matters/{matter.number}/sign/"' in source(luo)
    assert "现在不用您办 等市自然资源局签收，3 月 3 日 周二前" in text(chen)
    assert "现在不用您办" in text(ban)


def test_what_is_not_possible_is_greyed_with_its_reason(town, signed_in):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补规划许可")
        answer = page_of(signed_in(town.chen), matter)
    shown = source(answer)
    assert 'aria-disabled="true" aria-describedby="shut-reply"' in shown
    assert 'id="shut-reply">正在等企业补充，补充后再答复。<' in shown
    assert f'href="/desk/matters/{matter.number}/reply/"' not in shown


def test_a_suggestion_says_on_how_many_it_rests_and_a_person_decides(town, signed_in):
    for _ in range(5):
        matter = replied(town)
        with at(11):
            actions.confirm(actor=town.lin, matter=matter)
        with at(12):
            actions.close(actor=town.bai, matter=matter, text="核查属实")
    matter = submitted(town)
    with at(13):
        ban = signed_in(town.ban)
        assert "市自然资源局 较有把握：近一年办过 5 件同类" in text(page_of(ban, matter))
        says(ban, matter, "dispatch", {"suggested": "land", "helpers": ["power"]})
    assert fresh(matter).unit == town.land
    other = submitted(town)
    with at(13):
        says(ban, other, "dispatch", {"suggested": "other", "lead": "power"})
    assert fresh(other).unit == town.power


def test_the_unit_it_complains_about_is_neither_suggested_nor_offered(town, signed_in):
    matter = submitted(town, about_unit=town.land, track="complaint")
    with at(2):
        shown = source(page_of(signed_in(town.ban), matter))
        assert "市供电公司</option>" in shown
        assert "市自然资源局</option>" not in shown
        assert says(signed_in(town.ban), matter, "dispatch", {"lead": "land"}).status_code == 422


# —— files ——

def test_files_come_with_what_was_said(town, signed_in):
    matter = handling(town)
    with at(4):
        chen = signed_in(town.chen)
        says(chen, matter, "progress", {"text": "见附件", "files": [upload("比选表.pdf"), upload("现场.pdf", b"2")]})
        page = page_of(chen, matter)
    said = Statement.objects.get(text="见附件")
    assert list(Attachment.objects.filter(statement=said.pk).values_list("name", flat=True)) == ["比选表.pdf", "现场.pdf"]
    assert "比选表.pdf" in text(page)
    assert links(page, "/files/")


def test_a_refused_file_refuses_the_verb(town, signed_in):
    matter = handling(town)
    with at(4):
        answer = says(signed_in(town.chen), matter, "progress", {"text": "见附件", "files": [upload("程序.exe", b"MZ")]})
    assert answer.status_code == 422
    assert 'id="verb_files_error"' in source(answer)
    assert "见附件" in source(answer)
    assert not Statement.objects.filter(text="见附件").exists()
    assert not Attachment.objects.exists()


def upload(name, end=b""):
    return SimpleUploadedFile(name, (PDF if name.endswith(".pdf") else b"") + end)


# —— the contact ——

@pytest.fixture
def reachable(town):
    Account.objects.filter(pk=town.lin.account_id).update(name="林演示", phone="13908390001")
    return handling(town)


def test_the_contact_is_masked_until_a_purpose_is_given(town, signed_in, reachable):
    address, luo = f"/desk/matters/{reachable.number}/contact-details/", signed_in(town.luo)
    with at(4):
        page = text(page_of(luo, reachable))
        refused, shown = luo.post(address, {"purpose": "看"}), luo.post(address, {"purpose": "核对交地时间"})
    assert "林×× 139****0001" in page
    assert "13908390001" not in page
    assert refused.status_code == 422
    assert "请写明查看联系方式的用途，至少 4 个字。" in text(refused)
    assert "13908390001" in text(shown)
    assert ContactReveal.objects.get().purpose == "核对交地时间"
    assert Entry.objects.filter(verb="contact.revealed").count() == 1


def test_the_contact_alone_is_a_part_of_the_page(town, signed_in, reachable):
    with at(4):
        part = signed_in(town.luo).post(f"/desk/matters/{reachable.number}/contact-details/", {"purpose": "核对交地时间"},
                                        headers={"HX-Request": "true", "HX-Target": "div#contact"})
    assert "13908390001" in text(part)
    assert "<html" not in source(part)


def test_a_hidden_contact_is_not_revealed(town, signed_in):
    matter = handling(town, anonymity="from_unit")
    with at(4):
        answer = signed_in(town.luo).post(f"/desk/matters/{matter.number}/contact-details/", {"purpose": "核对交地时间"})
    assert answer.status_code == 403
    assert not ContactReveal.objects.exists()


# —— sections ——

def test_who_works_in_a_section_gets_it_and_answers_for_the_unit(town, signed_in):
    section = characters.make_unit("land-use", "用地科", "section", town.land)
    li = characters.in_post("li", "李", section, Role.HANDLER)
    matter = dispatched(town)
    with at(3):
        luo = signed_in(town.luo)
        assert "李（用地科）" in text(page_of(luo, matter))
        says(luo, matter, "sign", {"handler": li.account_id})
        assert "主办 市自然资源局，用地科·李，已签收" in text(page_of(luo, matter))
        assert says(signed_in(li), matter, "progress", {"text": "已看现场"}).status_code == 303


def test_people_of_other_units_cannot_be_named(town, signed_in):
    matter = dispatched(town)
    with at(3):
        assert says(signed_in(town.luo), matter, "sign", {"handler": town.wei.account_id}).status_code == 422


def test_a_long_course_asks_no_more_of_the_database_than_a_short_one(town, signed_in):
    matter, client, counts = handling(town), signed_in(town.chen), []
    for times in (1, 12):
        with at(4):
            for n in range(times):
                actions.report_progress(actor=town.chen, matter=matter, text=f"第{n}次")
            client.get("/desk/")
            with CaptureQueriesContext(connection) as asked:
                page_of(client, matter)
        counts.append(len(asked))
    assert counts == [QUERIES, QUERIES]


def test_what_an_enterprise_brought_before_leaves_out_what_it_brought_unnamed(town, signed_in):
    hidden, shown = dispatched(town, anonymity="from_unit"), dispatched(town)
    former = dispatched(town)
    with at(3):
        page = source(signed_in(town.luo).get(f"/desk/matters/{shown.number}/"))
    assert former.number in page
    assert hidden.number not in page


# —— lateness ——

def test_a_day_that_has_passed_is_not_told_as_one_to_come(town, signed_in):
    matter = handling(town)
    with at(26):
        assert "市自然资源局在办，应在3 月 9 日 周一前首次答复，已经超期" in text(page_of(signed_in(town.ban), matter))
        hao = signed_in(town.hao)
        says(hao, matter, "supervise", {"reason": "企业等了很久"})
        page = text(page_of(hao, matter))
    assert "已督办。首次答复应在3 月 9 日 周一前完成，已经超期。" in page
    assert "下一个期限" not in page


@pytest.mark.parametrize(("road", "sentence"), [
    (submitted, "营商环境办应在3 月 3 日 周二前受理交办，已经超期"),
    (dispatched, "市自然资源局应在3 月 3 日 周二前签收，已经超期"),
    (replied, "已答复，等企业确认"),
])
def test_each_says_what_should_have_been_done(town, signed_in, road, sentence):
    matter = road(town)
    with at(26):
        assert sentence in text(page_of(signed_in(town.ban), matter))

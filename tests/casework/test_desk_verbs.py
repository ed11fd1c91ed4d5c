"""Every verb of staff, said through its form: taken, refused with all that was typed, or too late."""

import re
from datetime import date

import pytest

from qinqing.casework import actions
from qinqing.casework.terms import Outcome, State
from qinqing.casework.views import verbs
from tests.casework.pages import page_of, says, source, text
from tests.casework.road import at, dispatched, fresh, handling, replied, submitted

pytestmark = pytest.mark.django_db


# —— matters as far as these verbs need them ——

def closed(town):
    matter = confirmed(town)
    with at(12):
        return actions.close(actor=town.bai, matter=matter, text="核查属实")


def confirmed(town):
    matter = replied(town)
    with at(11):
        return actions.confirm(actor=town.lin, matter=matter)


def objected(town):
    matter = dispatched(town)
    with at(3, 9):
        return actions.object_to_dispatch(actor=town.luo, matter=matter, reason="属供电公司")


def extending(town):
    matter = handling(town)
    with at(10):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="要现场勘测")
    return matter


def promised(town):
    matter = handling(town)
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="四月交地", outcome=Outcome.SOLVED, promised_on=date(2026, 4, 8))
    return matter


def disputed(town):
    matter = replied(town)
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="地没有交")
    with at(12):
        actions.reply(actor=town.chen, matter=fresh(matter), text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
    with at(12, 15):
        return actions.reject(actor=town.lin, matter=fresh(matter), text="还是不行")


def proposed(town):
    matter = disputed(town)
    with at(13, 9):
        return actions.propose_reasonable(actor=town.ban, matter=matter, reason="地已交")


@pytest.mark.parametrize(("who", "stage", "verb"), [("ban", submitted, "dispatch"), ("chen", handling, "reply")])
def test_what_another_answer_makes_necessary_is_not_called_optional(town, signed_in, who, stage, verb):
    with at(4):
        page = source(page_of(signed_in(getattr(town, who)), stage(town), f"{verb}/"))
    optional = re.findall(r'(?s)<label class="label"[^>]*>([^<]+) <span class="opt">', page)
    assert optional == {"dispatch": ["协办单位"], "reply": ["承诺办成的日期", "附件"]}[verb]


def unreachable(town):
    matter = replied(town)
    for day, means in ((11, "phone"), (12, "phone"), (13, "visit")):
        with at(day, 9):
            actions.contact(actor=town.ban, matter=matter, means=means, reached=False, text="没人接")
    return matter


def signed_by_helper(town):
    matter = handling(town)
    with at(3, 11):
        actions.sign_as_helper(actor=town.wei, matter=matter)
    return matter


def supervised(town):
    matter = handling(town)
    with at(4):
        actions.supervise(actor=town.hao, matter=matter, reason="久拖不决")
    return matter


def turned_back(town):
    matter = replied(town)
    with at(11):
        return actions.reject(actor=town.lin, matter=matter, text="还差5亩")


def merged(town):
    matter = submitted(town)
    with at(2, 16):
        return actions.merge(actor=town.ban, matter=matter, into=submitted(town), reason="同一件事")


# —— every verb, said through its form ——

WORDS = {"text": "写明情况", "reason": "写明理由"}
SAID = [
    ("ban", submitted, "accept", {}, State.ACCEPTED),
    ("ban", submitted, "dispatch", {"lead": "land", "helpers": ["power"]}, State.DISPATCHED),
    ("ban", submitted, "ask", {"question": "请补规划许可"}, State.SUBMITTED),
    ("ban", submitted, "merge", {"into": "another"}, State.MERGED),
    ("ban", merged, "separate", WORDS, State.SUBMITTED),
    ("luo", dispatched, "sign", {}, State.HANDLING),
    ("luo", dispatched, "object", WORDS, State.DISPATCHED),
    ("wei", dispatched, "sign_as_helper", {}, State.DISPATCHED),
    ("wei", signed_by_helper, "answer_as_helper", WORDS, State.HANDLING),
    ("ban", objected, "decide_objection", WORDS | {"upheld": "yes"}, State.ACCEPTED),
    ("ban", objected, "decide_objection", WORDS | {"upheld": "no"}, State.DISPATCHED),
    ("luo", handling, "assign", {}, State.HANDLING),
    ("luo", handling, "transfer", WORDS | {"to": "power"}, State.DISPATCHED),
    ("chen", handling, "progress", WORDS, State.HANDLING),
    ("chen", handling, "request_extension", WORDS | {"days": "5"}, State.HANDLING),
    ("ban", extending, "decide_extension", WORDS | {"granted": "yes"}, State.HANDLING),
    ("chen", handling, "reply", {"outcome": "solved", "text": "已交地", "evidence": "确认书"}, State.REPLIED),
    ("chen", handling, "reply", {"outcome": "not_yet", "text": "没有指标", "review_on": "2026-07-01"}, State.HANDLING),
    ("chen", handling, "file_evidence", WORDS, State.HANDLING),
    ("chen", promised, "fulfil", WORDS, State.REPLIED),
    ("ban", replied, "contact", WORDS | {"means": "phone", "reached": "no"}, State.REPLIED),
    ("ban", unreachable, "judge_unreached", WORDS, State.CONFIRMED),
    ("ban", disputed, "order_rework", WORDS, State.HANDLING),
    ("ban", disputed, "propose_reasonable", WORDS, State.REPLIED),
    ("bai", proposed, "judge_reasonable", WORDS, State.CONFIRMED),
    ("bai", confirmed, "close", WORDS, State.CLOSED),
    ("bai", closed, "reopen", WORDS, State.HANDLING),
    ("ban", handling, "recall", WORDS, State.ACCEPTED),
    ("hao", handling, "supervise", WORDS | {"due_on": "2026-03-20"}, State.HANDLING),
    ("hao", supervised, "lift_supervision", WORDS, State.HANDLING),
    ("ban", handling, "supplement", WORDS, State.HANDLING),
    ("ban", turned_back, "see_to", WORDS, State.HANDLING),
    ("luo", handling, "note", WORDS, State.HANDLING),
]


@pytest.mark.req("M1-004", "M1-036")
@pytest.mark.parametrize("row", SAID, ids=lambda row: f"{row[2]}-{row[4]}")
def test_every_verb_is_offered_said_and_answered(town, signed_in, row):
    who, begun, verb, data, state = row
    data = data | ({"into": submitted(town).number} if "into" in data else {})
    matter, client = begun(town), signed_in(getattr(town, who))
    with at(13, 16) if begun not in (submitted, dispatched, objected) else at(3, 9, 30):
        assert f"/desk/matters/{matter.number}/{verb}/" in source(page_of(client, matter))
        assert page_of(client, matter, f"{verb}/").status_code == 200
        answer = says(client, matter, verb, data)
    page = "/desk/" if verb == "transfer" else f"/desk/matters/{matter.number}/"  # who hands it on reads it no more
    assert (answer.status_code, answer["Location"]) == (303, page)
    assert fresh(matter).state == state
    with at(13, 17):
        assert 'class="messages"' in source(client.get(answer["Location"]))


def test_no_verb_is_left_out():
    assert {row[2] for row in SAID} | {"attach"} == set(verbs.VERBS)  # that one in test_attaching


@pytest.mark.parametrize(("who", "verb", "status"), [
    ("chen", "dispatch", 403), ("ban", "reply", 403), ("wei", "reply", 403), ("chen", "sign", 403), ("ban", "unheard_of", 404),
    ("operator", "note", 404), ("qiu", "withdraw", 404),
])
def test_what_is_not_ones_own_is_refused(town, signed_in, who, verb, status):
    matter = handling(town)
    with at(4):
        data = WORDS | {"lead": "power", "outcome": "solved"}
        assert says(signed_in(getattr(town, who)), matter, verb, data).status_code == status
        assert page_of(signed_in(getattr(town, who)), matter, f"{verb}/").status_code == 404
    assert fresh(matter).state == State.HANDLING


def test_a_refused_form_comes_back_with_all_that_was_typed(town, signed_in):
    matter = handling(town)
    with at(4):
        answer = says(signed_in(town.chen), matter, "reply", {"outcome": "explained", "text": "按政策不能办，请理解。"})
    assert answer.status_code == 422
    assert text(answer).count("解释说明要写清政策依据（文件和条款）。") == 2  # on top and beside the field
    assert "按政策不能办，请理解。" in source(answer)
    assert 'value="explained" checked' in source(answer).replace(' id="verb_outcome_2"', "").replace(" required", "")
    assert "有错误：" in source(answer)


def test_a_refusal_of_the_action_stands_beside_its_field(town, signed_in):
    matter = handling(town)
    with at(4):
        answer = says(signed_in(town.chen), matter, "request_extension", WORDS | {"days": "16"})
    assert answer.status_code == 422
    assert 'id="verb_days_error"' in source(answer)
    assert text(answer).count("最多延 15 个工作日，和原来的期限一样长。") == 2


def test_what_is_no_longer_possible_is_refused_and_the_words_are_kept(town, signed_in):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补规划许可")
        answer = says(signed_in(town.chen), matter, "reply", {"outcome": "solved", "text": "已经办好。"})
    assert answer.status_code == 422
    assert "正在等企业补充，补充后再答复。" in text(answer)
    assert "已经办好。" in source(answer)


def test_a_stale_page_keeps_what_was_typed_over_the_matter_as_it_is_now(town, signed_in):
    matter = handling(town)
    seen = matter.version
    with at(4):
        actions.report_progress(actor=town.luo, matter=matter, text="已约园区")
        chen = signed_in(town.chen)
        answer = chen.post(f"/desk/matters/{matter.number}/progress/", {"version": seen, "text": "我写了很久的进展"})
        assert answer.status_code == 409
        assert "刚刚有了新的变化" in text(answer)
        assert "我写了很久的进展" in source(answer)
        assert "已约园区" in text(answer)
        now = fresh(matter).version
        assert f'name="version" value="{now}"' in source(answer)
        again = chen.post(f"/desk/matters/{matter.number}/progress/", {"version": now, "text": "我写了很久的进展"})
    assert again.status_code == 303
    assert matter.statements.filter(text="我写了很久的进展").count() == 1


# —— a part of the page ——

def test_the_region_alone_is_the_region_of_the_whole_page(town, signed_in):
    matter, client = handling(town), signed_in(town.chen)
    part_of = {"HX-Request": "true", "HX-Target": "section#acting"}
    with at(4):
        for verb in ("", "progress/", "note/"):
            page, part = page_of(client, matter, verb), page_of(client, matter, verb, **part_of)
            assert source(part) in source(page)
            assert "<html" not in source(part)
        wrong, page = says(client, matter, "progress", {}, **part_of), says(client, matter, "progress", {})
    assert (wrong.status_code, page.status_code) == (422, 422)
    assert source(wrong) in source(page)


def test_a_script_is_sent_on_to_the_whole_page(town, signed_in):
    matter = handling(town)
    with at(4):
        answer = says(signed_in(town.chen), matter, "progress", WORDS | {"next": "/desk/?tab=handling"},
                      **{"HX-Request": "true", "HX-Target": "section#acting"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/desk/?tab=handling")


def test_the_way_back_leads_to_this_site_only(town, signed_in):
    matter = handling(town)
    with at(4):
        answer = says(signed_in(town.chen), matter, "progress", WORDS | {"next": "//evil.example/desk/"})
    assert answer["Location"] == f"/desk/matters/{matter.number}/"


def test_merging_needs_a_number_one_may_know_of(town, signed_in):
    matter = submitted(town)
    with at(2):
        answer = says(signed_in(town.ban), matter, "merge", {"into": "GY-2020-0101-0001"})
    assert answer.status_code == 422
    assert text(answer).count("没有找到编号 GY-2020-0101-0001，请核对。") == 2

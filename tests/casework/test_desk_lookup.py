"""The hotline looks up any matter by its number and what the caller knows; state, holder and day, and nothing else."""

import pytest

from qinqing.casework import actions
from qinqing.ledger.models import Entry
from qinqing.parties.models import Enterprise
from tests.casework.pages import text
from tests.casework.road import at, dispatched, handling, replied, submitted

pytestmark = pytest.mark.django_db
CODE = "91510802MA6ABC122B"
UNKNOWN = "没有找到。请核对编号，和来电人说的电话或信用代码：两样都要对得上。"


def asks(client, number, caller):
    return client.post("/desk/lookup/", {"number": number, "caller": caller})


@pytest.mark.parametrize("caller", [CODE, CODE.lower(), "0839-3260001", "0839 3260001", "08393260001"])
def test_who_knows_number_and_phone_or_code_hears_how_far_it_is(town, signed_in, caller):
    Enterprise.objects.filter(pk=town.enterprise.pk).update(contact_phone="0839-3260001")
    matter = handling(town)
    with at(4):
        answer = asks(signed_in(town.operator), f" {matter.number.lower()} ", caller)
    assert answer.status_code == 200
    assert f"{matter.number} 状态 办理中 现在在谁手里 市自然资源局 最晚" in text(answer)
    for hidden in (matter.title, "演示新材料", "地还没交", "用地"):
        assert hidden not in text(answer)


@pytest.mark.parametrize(("stage", "holder", "day"), [
    (submitted, "营商环境办", "3 月 3 日 周二"), (dispatched, "市自然资源局", "3 月 3 日 周二"),
    (replied, "企业", "等企业确认，不计时"),
])
def test_it_is_told_whose_turn_it_is(town, signed_in, stage, holder, day):
    matter = stage(town)
    with at(10):
        assert f"现在在谁手里 {holder} 最晚 {day}" in text(asks(signed_in(town.operator), matter.number, CODE))


@pytest.mark.parametrize(("number", "caller"), [
    ("GY-2026-0302-9999", CODE), ("", "91330100799655058B"), ("", "13800000000"), ("", "0839-0000000"),
])
def test_what_does_not_agree_is_not_found_and_stays_in_the_form(town, signed_in, number, caller):
    number = number or submitted(town).number
    with at(2):
        answer = asks(signed_in(town.operator), number, caller)
    assert answer.status_code == 404
    assert UNKNOWN in text(answer)
    assert f'value="{caller}"' in answer.content.decode()


def test_every_look_is_on_record_without_what_was_said(town, signed_in):
    matter = submitted(town)
    with at(2):
        for caller in (CODE, "13800000000"):
            asks(signed_in(town.operator), matter.number, caller)
    entries = Entry.objects.filter(verb="matter.looked_up").order_by("pk")
    assert [(entry.actor, entry.subject, entry.facts) for entry in entries] == [
        (town.operator.ref, f"matter:{matter.pk}", '{"found":true}'), (town.operator.ref, town.operator.ref, '{"found":false}')]


def test_nobody_else_looks_up(town, signed_in):
    for who in (town.ban, town.luo, town.hao):
        assert signed_in(who).get("/desk/lookup/").status_code == 403
    assert signed_in(town.lin).get("/desk/lookup/").status_code == 404


def test_a_look_is_no_step_of_the_course(town, signed_in):
    matter = submitted(town)
    with at(2):
        actions.look_up(actor=town.operator, number=matter.number, caller=CODE)
        assert "查进度" not in text(signed_in(town.ban).get(f"/desk/matters/{matter.number}/"))
        assert "查进度" not in text(signed_in(town.lin).get(f"/matters/{matter.number}/"))

"""Erasure by law reaches every copy of what a person wrote."""

import pytest

from qinqing.casework import actions, queries
from qinqing.casework.models import Extension, Reply, SupervisionOrder
from qinqing.casework.terms import Outcome
from qinqing.consultation import actions as consultation
from qinqing.consultation.models import Difficulty
from qinqing.notices.models import Notice
from qinqing.parties.models import Account
from tests.casework.road import at, handling, submitted

pytestmark = pytest.mark.django_db


def account_of(actor) -> Account:
    return Account.objects.get(pk=actor.account_id)


def test_the_wish_and_the_title_in_other_peoples_notices(town):
    matter = submitted(town, wish="请王总12月前办好")
    actions.erase(account_of(town.lin))
    consultation.erase(account_of(town.lin))
    assert Difficulty.objects.get(matter=matter).wish == ""
    titles = [notice.params["title"] for notice in Notice.objects.filter(about=f"matter:{matter.pk}") if "title" in notice.params]
    assert titles
    assert set(titles) == {"已依法删除"}


def test_what_was_entered_on_behalf_of_the_person(town):
    with at(2):
        matter = consultation.submit(
            actor=town.operator, title="王总停电", text="王总说停了三天", topic="utilities", route="hotline",
            enterprise=town.enterprise, contact_id=town.lin.account_id, wish="早点来电").matter
    actions.erase(account_of(town.lin))
    matter.refresh_from_db()
    assert matter.title == "已依法删除"
    assert matter.statements.get().text == ""
    assert Difficulty.objects.get(matter=matter).wish == "早点来电"
    consultation.erase(account_of(town.lin))
    assert Difficulty.objects.get(matter=matter).wish == ""


def test_the_copies_of_what_staff_wrote(town):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="王工请假")
        actions.supervise(actor=town.hao, matter=matter, reason="王工没有动")
        actions.reply(actor=town.chen, matter=matter, text="解释", outcome=Outcome.EXPLAINED, basis="王工说的办法")
    for who in (town.chen, town.hao):
        actions.erase(account_of(who))
    assert (Extension.objects.get().reason, SupervisionOrder.objects.get().reason, Reply.objects.get().basis) == ("", "", "")


def test_a_receipt_lays_open_only_what_is_still_there(town):
    matter = submitted(town)
    assert set(queries.receipt_of(matter)["disclosures"]) == {"title", "text"}
    actions.erase(account_of(town.lin))
    matter.refresh_from_db()
    receipt = queries.receipt_of(matter)
    assert receipt["disclosures"] == {}
    assert receipt["entry"]["facts"]["text"]

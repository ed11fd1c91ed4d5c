"""Erasure by law reaches every copy of what a person wrote."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Extension, Reply, SupervisionOrder
from qinqing.casework.terms import Outcome, Route
from qinqing.consultation import actions as consultation
from qinqing.consultation.models import Difficulty, Draft
from qinqing.consultation.rules import files_subject
from qinqing.consultation.terms import ANONYMOUS_DRAFT_DAYS
from qinqing.documents import actions as documents
from qinqing.documents import intake, vault
from qinqing.documents.models import Attachment
from qinqing.notices.models import Notice
from qinqing.parties.models import Account
from tests.casework.road import at, handling, submitted
from tests.documents import samples

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


# —— who has no account ——

PHONE = "13900000007"
LEFT_BY_A_GUEST = {
    "title": "羊岭村羽毛球馆停电", "text": "我是钟离，馆里停了三天", "wish": "请在初九前来电", "enterprise_name": "钟离羽毛球馆",
    "contact_name": "钟离", "phone": PHONE,
}


def still_there(words: str) -> list[str]:
    """The tables of the database in which these words stand, wherever."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if not table.startswith("casework_search_")]
        found = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(words in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


@pytest.fixture
def vault_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def photo(name):
    return intake.receive(SimpleUploadedFile(name, samples.picture()))


def test_nothing_is_left_of_a_guest_who_has_an_account_by_now(town, vault_root, django_capture_on_commit_callbacks):
    difficulty, _code = consultation.submit_as_guest(
        actor=base.PUBLIC, key="k1", route=Route.EMBED, topic="utilities", code="91510802MA6ABC122B", **LEFT_BY_A_GUEST)
    matter = difficulty.matter
    original = matter.statements.get()
    documents.store(actor=base.PUBLIC, upload=photo("钟离的馆.jpg"), subject=f"matter:{matter.pk}", statement=original.pk)
    with at(3):
        actions.supplement(actor=town.ban, matter=matter, text="来电说钟离的电话改了")
    content = Attachment.objects.get().sha256
    assert vault.holds(content)
    guest = Account.objects.create(username="zhongli", name="某人", phone=PHONE, created_at=base.now(), salt="0" * 64)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(guest)
        consultation.erase(guest)
    Account.objects.filter(pk=guest.pk).update(phone="")
    left = {words: still_there(words) for words in (*LEFT_BY_A_GUEST.values(), "钟离")}
    assert {words: tables for words, tables in left.items() if tables} == {}
    assert not vault.holds(content)
    assert queries.worklist(town.ban, queries.Filter(tab="running", query="羽毛球馆")).total == 0
    assert matter.number in {row.number for row in queries.erased()}


def test_a_draft_that_nobody_signed_in_for_is_forgotten_with_its_files(town, vault_root, django_capture_on_commit_callbacks):
    written = datetime(2026, 3, 2, 10)
    with base.clock_at(written):
        consultation.save_draft(key="nobody", actor=base.PUBLIC, fields={"title": "羊岭村羽毛球馆停电"})
        documents.store(actor=base.PUBLIC, upload=photo("钟离的馆.jpg"), subject=files_subject("nobody"))
        consultation.save_draft(key="mine", actor=town.lin, fields={"title": "缺地"})
    with base.clock_at(written + timedelta(days=ANONYMOUS_DRAFT_DAYS)):
        assert consultation.forget_drafts() == 0
    with base.clock_at(written + timedelta(days=ANONYMOUS_DRAFT_DAYS, minutes=1)):
        assert consultation.forget_drafts() == 1
        assert consultation.forget_drafts() == 0
    assert [draft.key for draft in Draft.objects.all()] == ["mine"]
    assert (still_there("羊岭村"), still_there("钟离")) == ([], [])

"""Attachments are recorded after they are safe, moved with their draft, and erased with their person."""

import os
import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from qinqing import base
from qinqing.base import PUBLIC, Actor
from qinqing.documents import actions, intake, queries, vault
from qinqing.documents.models import Attachment
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from tests import shared_database
from tests.documents import samples
from tests.documents.conftest import contents, stored, upload
from tests.ledger.makers import at_once

pytestmark = pytest.mark.usefixtures("vault_root")


@pytest.mark.req("M1-014")
def test_an_upload_is_kept_with_its_hash_and_committed_to(lin):
    with base.clock_at(datetime(2020, 4, 26, 9)):
        attachment = actions.store(actor=lin, upload=upload(), subject="draft:12")
    assert (attachment.name, attachment.kind, attachment.size) == ("合同.pdf", "pdf", len(samples.PDF))
    assert stored(attachment.sha256) == samples.PDF
    assert (attachment.uploaded_by_id, attachment.uploaded_as) == (lin.account_id, "mandate:3")
    entry = Entry.objects.get(verb="document.stored")
    assert (entry.subject, entry.actor) == ("draft:12", lin.ref)
    assert "合同" not in entry.facts
    assert ledger.commitment(attachment.salt, "合同.pdf") in entry.facts
    assert ledger.commitment(attachment.salt, attachment.sha256) in entry.facts


@pytest.mark.req("M1-014")
def test_the_hash_is_of_what_is_stored_and_the_row_says_so(lin):
    sent = samples.picture(exif=samples.place_and_device())
    attachment = actions.store(actor=lin, upload=upload("现场.jpg", sent), subject="draft:12")
    assert attachment.stripped
    assert b"phone" not in stored(attachment.sha256)
    assert queries.damaged() == []
    untouched = actions.store(actor=lin, upload=upload("现场.jpg", samples.picture()), subject="draft:12")
    assert not untouched.stripped


@pytest.mark.usefixtures("committed")
def test_the_content_is_on_the_disk_before_the_transaction(vault_root, lin, monkeypatch):
    open_transactions, keep = [], vault.keep

    def kept(content):
        open_transactions.append(connection.in_atomic_block)
        return keep(content)

    monkeypatch.setattr(vault, "keep", kept)
    actions.store(actor=lin, upload=upload(), subject="draft:12")
    assert open_transactions == [False]


def test_what_was_received_before_joins_the_callers_act(lin):
    received = intake.receive(upload())
    with ledger.act():
        attachment = actions.store(actor=lin, upload=received, subject="matter:149", statement=5)
    assert Attachment.objects.get(subject="matter:149", statement=5) == attachment


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("合同.pdf", samples.EXE, "没传上：“合同.pdf”的内容不是 PDF。请传原文件，或导出为 PDF 再传"),
        ("照片.jpg", samples.HTML, "没传上：“照片.jpg”的内容不是 JPEG 图片。请传原文件，或导出为 PDF 再传"),
        ("合同.pdf", b"", "没传上：文件是空的。请检查后重新选择"),
        ("合同.pdf", b"%PDF-1.7" + bytes(21 * 1024 * 1024), "没传上：文件 21.1 MB，超过 20 MB 上限。可导出为 PDF 再传"),
    ],
)
def test_a_refused_file_leaves_nothing(vault_root, lin, name, content, said):
    with pytest.raises(base.Refused) as refused:
        actions.store(actor=lin, upload=upload(name, content), subject="draft:12")
    assert str(refused.value) == said
    assert contents(vault_root) == []
    assert not Attachment.objects.exists()
    assert not Entry.objects.exists()


def test_a_size_that_lies_does_not_help(vault_root, lin):
    file = upload(content=b"%PDF-1.7" + bytes(20 * 1024 * 1024))
    file.size = 10
    with pytest.raises(base.Refused, match="超过 20 MB 上限"):
        actions.store(actor=lin, upload=file, subject="draft:12")
    assert contents(vault_root) == []


def test_the_tenth_file_is_refused(lin):
    for n in range(9):
        actions.store(actor=lin, upload=upload(f"{n}.pdf"), subject="draft:12")
    with pytest.raises(base.Refused, match="最多 9 个附件"):
        actions.store(actor=lin, upload=upload(), subject="draft:12")
    actions.store(actor=lin, upload=upload(), subject="draft:13")


def test_the_same_file_twice_is_two_rows_and_one_content(vault_root, lin, qiu):
    mine = actions.store(actor=lin, upload=upload("甲.pdf"), subject="draft:12")
    theirs = actions.store(actor=qiu, upload=upload("乙.pdf"), subject="draft:13")
    assert mine.sha256 == theirs.sha256
    assert mine.salt != theirs.salt
    assert len(contents(vault_root)) == 1


def test_a_draft_becomes_a_matter(lin, qiu):
    for name in ("甲.pdf", "乙.pdf"):
        actions.store(actor=lin, upload=upload(name), subject="draft:12")
    actions.store(actor=qiu, upload=upload("别人.pdf"), subject="draft:12")
    attached = actions.attach(actor=lin, draft="draft:12", subject="matter:149", statement=5)
    assert [a.name for a in attached] == ["甲.pdf", "乙.pdf"]
    assert list(Attachment.objects.of("matter:149").values_list("name", "statement")) == [("甲.pdf", 5), ("乙.pdf", 5)]
    assert [a.name for a in Attachment.objects.of("draft:12")] == ["别人.pdf"]
    assert Entry.objects.get(verb="document.attached").subject == "matter:149"
    assert actions.attach(actor=lin, draft="draft:12", subject="matter:149", statement=5) == []


def test_what_the_public_gives_has_no_person(db):
    attachment = actions.store(actor=PUBLIC, upload=upload(), subject="draft:a8f3")
    assert attachment.uploaded_by is None


# —— erasing ——


def erase(actor):
    with ledger.act():
        return actions.erase(Account.objects.get(pk=actor.account_id))


@pytest.mark.usefixtures("committed")
def test_erasing_a_person_takes_names_hashes_salts_and_contents(vault_root, lin, qiu, chen):
    mine = actions.store(actor=lin, upload=upload("我的.pdf", samples.PDF + b"1"), subject="matter:1")
    shared = actions.store(actor=lin, upload=upload("共有.pdf", samples.PDF + b"2"), subject="matter:1")
    theirs = actions.store(actor=qiu, upload=upload("共有.pdf", samples.PDF + b"2"), subject="matter:2")
    assert erase(lin) == 2
    assert not vault.holds(mine.sha256)
    assert vault.holds(shared.sha256)
    for attachment in Attachment.objects.of("matter:1"):
        assert (attachment.name, attachment.sha256, attachment.salt) == ("", "", "")
        assert attachment.erased_at is not None
    assert [line.name for line in queries.lines(Attachment.objects.of("matter:1"))] == ["已依法删除"] * 2
    assert erase(qiu) == 1
    assert not vault.holds(theirs.sha256)
    assert contents(vault_root) == []


def test_who_erases_a_person_erases_what_was_uploaded(lin):
    actions.store(actor=lin, upload=upload(), subject="matter:1")
    security = Actor(account_id=lin.account_id + 1, role="security_admin", name="安")
    parties.erase_person(actor=security, account=Account.objects.get(pk=lin.account_id))
    assert Attachment.objects.get().erased_at is not None
    assert '"documents":1' in Entry.objects.get(verb="person.erased").facts


@pytest.mark.usefixtures("committed")
def test_what_was_filed_in_a_post_belongs_to_the_unit(chen):
    filed = actions.store(actor=chen, upload=upload("批复.pdf"), subject="matter:1")
    assert erase(chen) == 0
    assert vault.holds(filed.sha256)


@pytest.mark.usefixtures("committed")
def test_an_erasure_that_is_taken_back_keeps_the_content(lin):
    attachment = actions.store(actor=lin, upload=upload(), subject="matter:1")
    with transaction.atomic():
        erase(lin)
        transaction.set_rollback(True)
    assert vault.holds(attachment.sha256)
    assert Attachment.objects.get(pk=attachment.pk).name == "合同.pdf"


@pytest.mark.usefixtures("committed")
def test_a_content_that_is_erased_meanwhile_must_be_sent_again(lin, qiu):
    received = intake.receive(upload())
    actions.store(actor=lin, upload=received, subject="matter:1")
    erase(lin)
    with pytest.raises(base.Refused, match="请重新选择文件再传"):
        actions.store(actor=qiu, upload=received, subject="matter:2")
    assert not Attachment.objects.of("matter:2").exists()


@pytest.mark.usefixtures("committed")
def test_an_erasure_waits_for_a_store_under_way(lin, qiu, tmp_path):
    """The other person's row is written but not committed when the erasure asks whether anybody names the content."""
    received = intake.receive(upload())
    actions.store(actor=lin, upload=received, subject="matter:1")
    waiting, erased = threading.Event(), threading.Event()

    def storing():
        with transaction.atomic():
            actions.store(actor=qiu, upload=received, subject="matter:2")
            waiting.set()
            return erased.wait(0.5)

    def erasing():
        assert waiting.wait(10)
        erase(lin)
        erased.set()

    database = shared_database.copied(tmp_path)
    assert at_once([storing, erasing], database) == [False, None]
    assert erased.is_set()
    assert vault.holds(received.sha256)
    assert shared_database.asked(database, lambda: Attachment.objects.kept().count()) == 1


@pytest.mark.usefixtures("committed")
def test_a_sweep_removes_only_what_no_row_names_for_a_day(vault_root, lin):
    named = actions.store(actor=lin, upload=upload("甲.pdf", samples.PDF + b"1"), subject="matter:1").sha256
    left, fresh = vault.keep(samples.PDF + b"2"), vault.keep(samples.PDF + b"3")
    for sha256 in (named, left):
        os.utime(vault_root / sha256[:2] / sha256[2:4] / sha256, (0, 0))
    assert actions.sweep() == 1
    assert [vault.holds(sha256) for sha256 in (named, left, fresh)] == [True, False, True]


def test_a_damaged_content_is_named(vault_root, lin):
    good = actions.store(actor=lin, upload=upload("甲.pdf", samples.PDF + b"1"), subject="matter:1")
    bad = actions.store(actor=lin, upload=upload("乙.pdf", samples.PDF + b"2"), subject="matter:1")
    assert queries.damaged() == []
    (vault_root / bad.sha256[:2] / bad.sha256[2:4] / bad.sha256).write_bytes(b"tampered")
    assert queries.damaged() == [bad]
    assert good not in queries.damaged()

"""What an enterprise holds in its hand: the words, the files and the promised days, and nothing that is not proved."""

import hashlib
import json
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.casework import queries
from qinqing.casework.terms import Route
from qinqing.consultation import actions as consultation
from qinqing.consultation.rules import files_subject
from qinqing.documents import actions as documents
from qinqing.documents import intake
from qinqing.documents.models import Attachment
from qinqing.ledger.rules import receipts
from qinqing.parties.models import Account
from tests.casework.road import at, fresh, submitted
from tests.characters import MONDAY
from tests.documents.samples import PDF

WORDS = {"title": "缺用地", "text": "缺15亩", "topic": "land"}
WORDS_OPENED = {"title": WORDS["title"], "text": WORDS["text"]}
OTHER = PDF + b"2"
GUEST = {"code": "91510802MA6ABC122B", "enterprise_name": "某店", "contact_name": "王", "phone": "100-1234-5678"}


@pytest.fixture(autouse=True)
def vault_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def file(name, content=PDF):
    return intake.receive(SimpleUploadedFile(name, content))


def from_a_draft(town):
    with base.clock_at(MONDAY):
        for name, content in (("一.pdf", PDF), ("二.pdf", OTHER)):
            documents.store(actor=town.lin, upload=file(name, content), subject=files_subject("d1"))
        return consultation.submit_draft(actor=town.lin, key="d1", **WORDS).matter


def from_a_guest(town):
    return consultation.submit_as_guest(actor=base.PUBLIC, key="k1", files=[file("一.pdf"), file("二.pdf", OTHER)],
                                        **GUEST, **WORDS)[0].matter


def entered_by_staff(town):
    return consultation.register(actor=town.ban, enterprise=town.enterprise, enterprise_name="", route=Route.DEPARTMENT_VISIT,
                                 files=[file("一.pdf"), file("二.pdf", OTHER)], **WORDS)[0].matter


def said(receipt) -> list[str]:
    report = receipts.check_receipt(json.loads(json.dumps(receipt)))
    assert report.ok
    return [str(point.sentence) for point in report.points]


@pytest.mark.parametrize("brought", [from_a_draft, from_a_guest, entered_by_staff])
def test_the_files_that_came_along_are_in_the_fingerprint(town, brought):
    matter = brought(town)
    receipt = queries.receipt_of(matter)
    opened = {path: part["value"] for path, part in receipt["disclosures"].items()}
    assert opened == WORDS_OPENED | {f"files.{n}": hashlib.sha256(content).hexdigest() for n, content in enumerate([PDF, OTHER])}
    assert said(receipt)[0] == "标题、原文、附件 1、附件 2与指纹一致"
    assert Attachment.objects.filter(subject=f"matter:{matter.pk}", statement=queries.original_of(matter).pk).count() == 2
    receipt["disclosures"]["files.1"]["value"] = hashlib.sha256(PDF).hexdigest()
    report = receipts.check_receipt(receipt)
    assert [str(point.sentence) for point in report.points if not point.ok] == ["附件 2与指纹对不上：内容被改过"]





def test_the_same_guest_again_brings_the_files_once(town):
    from_a_guest(town)
    from_a_guest(town)
    assert Attachment.objects.count() == 2


def test_an_erased_file_leaves_its_place_and_the_receipt_good(town):
    matter = from_a_draft(town)
    first = Attachment.objects.earliest("pk")
    Attachment.objects.filter(pk=first.pk).update(name="", sha256="", salt="", erased_at=base.now())
    receipt = queries.receipt_of(matter)
    assert sorted(receipt["disclosures"]) == ["files.1", "text", "title"]
    assert said(receipt)[0] == "标题、原文、附件 2与指纹一致"


def test_without_files_nothing_is_said_of_files(town):
    assert said(queries.receipt_of(submitted(town)))[0] == "标题、原文与指纹一致"


def page(town, number, kind="receipt") -> str:
    browser = Client()
    browser.force_login(Account.objects.get(pk=town.lin.account_id))
    return browser.get(f"/matters/{number}/{kind}/").content.decode()


def test_the_paper_names_the_files(town):
    paper = page(town, from_a_draft(town).number, "slip")
    assert [name for name in ("一.pdf", "二.pdf") if name not in paper] == []


def test_the_day_at_the_top_is_the_one_in_the_fingerprint(town):
    matter = submitted(town)
    promised = queries.receipt_of(matter)["entry"]["facts"]["deadlines"]["solution"]
    assert datetime.fromisoformat(promised) == matter.clocks.get(timer="solution").due_at
    with at(3):
        assert "收到了，3 月 23 日 周一前办结" in page(town, matter.number)
        matter.clocks.filter(timer="solution").update(due_at=datetime(2026, 4, 1, 23, 59, 59, tzinfo=base.TZ))
        moved = page(town, fresh(matter).number)
    assert "收到了，3 月 23 日 周一前办结" in moved
    assert "现在是 4 月 1 日 周三" in moved


def test_commands_are_for_technicians_and_come_after_the_check_in_the_browser(town):
    html = page(town, submitted(town).number)
    assert html.index("核对这张凭证") < html.index("给技术人员") < html.index("qinqing ledger check-receipt")
    assert html.count("qinqing ledger") == 1

"""The official text of a policy as a file: who attaches it, who may have it, what is taken."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.documents.models import Attachment
from qinqing.ledger.models import Entry
from qinqing.policy import actions
from tests import characters
from tests.documents import samples

from . import road
from .test_pages import as_, text

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _monday():
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture
def leader(town):
    return road.leader(town)


def attach(client, name="办法.pdf", content=PDF, number="P1"):
    return client.post(f"/desk/policies/{number}/original/", {"files": [SimpleUploadedFile(name, content)]})


@pytest.mark.req("M3-012")
def test_the_issuer_attaches_the_official_text_and_everybody_saves_it(town, leader):
    road.published(town, leader)
    assert attach(as_(town.chen)).status_code == 302
    page = Client().get("/policies/P1/")
    assert "原文附件" in text(page)
    file = Attachment.objects.get()
    assert f"/files/{file.public_id}/" in page.content.decode()
    saved = Client().get(f"/files/{file.public_id}/")
    assert b"".join(saved.streaming_content) == PDF
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(verb="policy.original_attached", subject="policy:P1").count() == 1


def test_without_an_original_the_page_has_no_empty_heading(town, leader):
    road.published(town, leader)
    assert "原文附件" not in text(Client().get("/policies/P1/"))


def test_the_file_of_a_draft_and_of_what_is_withheld_is_not_public(town, leader):
    road.drafted(town)
    attach(as_(town.chen))
    file = f"/files/{Attachment.objects.get().public_id}/"
    assert Client().get(file).status_code == 404
    assert as_(town.qiu).get(file).status_code == 404
    assert b"".join(as_(town.chen).get(file).streaming_content) == PDF


@pytest.mark.parametrize(("name", "content", "said"), [
    ("办法.jpg", samples.picture(), "原文附件只收这几种"),
    ("办法.pdf", b"MZ no paper", "内容不是 PDF"),
    ("办法.exe", b"MZ", "不收 .exe 文件"),
    ("办法.pdf", b"", "空"),
])
def test_what_is_no_official_text_is_refused_beside_the_field(town, name, content, said):
    road.drafted(town)
    answer = attach(as_(town.chen), name, content)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Attachment.objects.exists()


def test_nothing_chosen_is_said_so(town):
    road.drafted(town)
    assert "请选择文件" in text(as_(town.chen).post("/desk/policies/P1/original/", {}))


def test_strangers_neither_attach_nor_take_off(town, leader):
    policy = road.drafted(town)
    attach(as_(town.chen))
    file = Attachment.objects.get()
    assert attach(as_(town.lin)).status_code == 404
    assert as_(town.lin).post(f"/desk/policies/P1/originals/{file.public_id}/").status_code == 404
    with pytest.raises(base.Denied):
        actions.take_off_original(actor=town.lin, policy=policy, public_id=file.public_id)


def test_a_wrong_file_is_taken_off_and_the_ledger_remembers_it(town, leader):
    road.published(town, leader)
    attach(as_(town.chen))
    file = Attachment.objects.get()
    client = as_(town.chen)
    assert "撤下" in text(client.get("/desk/policies/P1/"))
    assert client.post(f"/desk/policies/P1/originals/{file.public_id}/").status_code == 302
    assert not Attachment.objects.exists()
    assert Entry.objects.filter(verb="document.taken_off", subject="policy:P1").exists()
    with pytest.raises(base.Stale):
        actions.take_off_original(actor=town.chen, policy=road.Policy.objects.get(), public_id=file.public_id)


def test_a_repealed_policy_is_left_as_it_was(town, leader):
    policy = road.published(town, leader)
    actions.repeal(actor=leader, policy=policy, reason="到期")
    with pytest.raises(base.Refused):
        actions.attach_originals(actor=town.chen, policy=policy, files=[])

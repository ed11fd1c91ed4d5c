"""The portal's own pages."""

import json
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.casework import queries as casework
from qinqing.consultation import actions as consultation
from qinqing.ledger import actions as ledger
from tests import characters

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt():
    town = characters.make_town()
    with base.clock_at(datetime(2026, 3, 2, 9)):
        matter = consultation.submit(actor=town.lin, title="缺用地", text="缺用地", topic="land",
                                     enterprise=town.enterprise).matter
    ledger.seal()
    ledger.checkpoint()
    return casework.receipt_of(matter)


def brought(receipt) -> str:
    file = SimpleUploadedFile("receipt.json", receipt if isinstance(receipt, bytes) else json.dumps(receipt).encode())
    return Client().post("/ledger/", {"receipt": file}).content.decode()


@pytest.mark.req("M0-001")
def test_anybody_can_check_a_receipt(receipt):
    assert "核对过，没有被改" in brought(receipt)


def test_a_changed_word_shows(receipt):
    receipt["disclosures"]["text"]["value"] = "不缺用地"
    assert "对不上" in brought(receipt)


@pytest.mark.parametrize("file", [b"", b"\xff\xfe", b"[1]", b'{"format": "other"}', b"nonsense"])
def test_what_is_no_receipt_is_told(receipt, file):
    assert "这不是本平台的凭证文件" in brought(file) or "请选择凭证文件" in brought(file)


@pytest.mark.req("M0-003")
def test_the_front_page_shows_six_mechanisms_and_says_what_is_not_there_yet(db):
    page = Client().get("/").content.decode()
    assert page.count('class="ring"') == 6
    assert page.count("本版还没有开通") == 5


def test_chinese_first_whatever_the_browser_prefers(db):
    client = Client(headers={"Accept-Language": "en-US,en"})
    assert '<html lang="zh-CN"' in client.get("/").content.decode()
    client.cookies["lang"] = "en"
    assert '<html lang="en"' in client.get("/").content.decode()

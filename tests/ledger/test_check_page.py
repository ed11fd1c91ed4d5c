"""The box on the page, in Chromium, from a plain-HTTP host that has no WebCrypto: the words a visitor reads."""

import json
from pathlib import Path

import pytest
from django.template import engines

from qinqing.ledger import actions as ledger
from qinqing.ledger import queries

from .makers import change, make, receipt_for, written

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

SCRIPT = (Path(queries.__file__).parents[1] / "static" / "ledger" / "check.js").read_text()
HOST = "http://intranet.test"


@pytest.fixture
def receipt(home):
    entry, disclosures = written()
    ledger.seal()
    ledger.checkpoint()
    make()
    ledger.seal()
    ledger.checkpoint()
    return receipt_for(entry, disclosures)


@pytest.fixture
def read(browser):
    """Open the box for a receipt (None: there is none) and give its title, lines and look."""
    box = engines["django"].from_string('{% load ledger %}{% receipt_check "/receipt.json" %}').render()
    html = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><script src="/check.js" defer></script>{box}</html>'

    def opened(receipt):
        page = browser.new_page()
        page.route(f"{HOST}/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.route(f"{HOST}/check.js", lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
        page.route(f"{HOST}/receipt.json", lambda route: route.fulfill(
            body=json.dumps(receipt), content_type="application/json", status=200 if receipt else 404))
        with page.expect_response(f"{HOST}/receipt.json"):
            page.goto(f"{HOST}/")
        page.wait_for_function("document.querySelector('h2').textContent.trim() !== '核对这张凭证'")
        section = page.locator("section")
        lines = [line.strip() for line in section.locator("li").all_inner_texts()]
        seen = section.locator("h2").inner_text().strip(), lines, section.get_attribute("class")
        page.close()
        return seen

    return opened


def test_a_proof_is_told_in_words(read, receipt):
    title, lines, look = read(receipt)
    assert (title, look) == ("刚刚在您的浏览器里核对过，没有被改", "checked")
    assert lines == [
        "标题、附件 1与指纹一致", "登记的时间、对象和事项与指纹一致", "这个浏览器不能核对签名，可到“核验凭证”页核对",
        "这一条在存证账本里，是第 1 条", "这个浏览器不能核对签名，可到“核验凭证”页核对",
        "从第 1 号检查点到第 2 号检查点，账本只加不改", "这个浏览器不能核对签名，可到“核验凭证”页核对",
    ]


def test_a_change_is_told_in_words(read, receipt):
    title, lines, look = read(change(receipt, "disclosures/title/value", "别的"))
    assert title.startswith("对不上")
    assert lines[0] == "标题与指纹对不上：内容被改过"
    assert look == "checked checked--bad"


def test_a_promise_is_told_in_words(read, home):
    title, lines, _look = read(receipt_for(*written()))
    assert title == "刚刚核对过：平台已签名收件，稍后封存"
    assert len(lines) == 3


def test_a_receipt_that_does_not_come_is_told(read):
    assert read(None)[0] == "没有读到凭证。请保存凭证文件后核对"

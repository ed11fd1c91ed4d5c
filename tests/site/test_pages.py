"""The portal's own pages."""

import json
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.base import Role
from qinqing.casework import queries as casework
from qinqing.casework.models import LimitRule
from qinqing.consultation import actions as consultation
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Account
from qinqing.site.views import publishing
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
    assert page.count("本版还没有开通") == 4


def test_chinese_first_whatever_the_browser_prefers(db):
    client = Client(headers={"Accept-Language": "en-US,en"})
    assert '<html lang="zh-CN"' in client.get("/").content.decode()
    client.cookies["lang"] = "en"
    assert '<html lang="en"' in client.get("/").content.decode()


# —— what the portal promises, and counts ——

SATURDAY, MONDAY, TUESDAY = datetime(2026, 3, 7, 10), "3 月 9 日 周一", "3 月 10 日 周二"


def limit_to_accept(limit):
    LimitRule.objects.update_or_create(kind="difficulty", track="standard", timer="accept",
                                       defaults={"limit": limit, "basis": "某办法"})


@pytest.mark.parametrize("address", ["/", "/submit/"])
@pytest.mark.parametrize(("limit", "said", "day"), [
    ("1wd", "1 个工作日内", MONDAY), ("2wd", "2 个工作日内", TUESDAY), ("4wh", "4 个工作小时内", f"{MONDAY} 15:00"),
])
def test_the_promise_is_the_limit_in_force_counted_from_now(db, address, limit, said, day):
    limit_to_accept(limit)
    with base.clock_at(SATURDAY):
        page = Client().get(address).content.decode()
    assert said in page
    assert f"现在提交，{day}前" in page


def test_every_figure_of_the_front_page_says_its_year_or_its_moment(receipt):
    publishing.forget()
    with base.clock_at(datetime(2026, 3, 20, 9, 30)):
        live = Client().get("/").content.decode().partition('class="live"')[2].partition("</section>")[0]
    year, now = live.split("现在，3 月 20 日 周五 09:30")
    assert "2026 年收到的，全市" in year
    assert "正在超期" not in year
    assert "<b>1<small>件</small></b><span>正在超期，不分哪年收到" in now


# —— refusals ——

@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_an_administrator_who_is_refused_goes_back_to_the_administration(db, role):
    admin = characters.in_post("admin", "管", characters.make_unit("it", "某市信息中心"), role)
    client = Client()
    client.force_login(Account.objects.get(pk=admin.account_id))
    refused = client.get("/desk/")
    assert refused.status_code == 403
    assert re.search(r'class="btn btn--primary" href="([^"]+)"', refused.content.decode())[1] == "/after-login/"
    assert client.get("/after-login/").status_code == 302
    assert client.get("/after-login/", follow=True).status_code == 200

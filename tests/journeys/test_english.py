"""An owner who reads English: every page of theirs, without a Chinese word or mark that is not somebody's own."""

import re
from datetime import datetime

import pytest
from django.test import Client

from qinqing import base
from qinqing.casework import actions
from qinqing.casework.models import Matter, Statement
from qinqing.casework.terms import Outcome
from qinqing.parties.models import Account, Division, Enterprise, Unit
from qinqing.ui.punctuation import normalise
from tests.casework.road import at, fresh, handling, replied, submitted

pytestmark = pytest.mark.django_db

CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
OWN = re.compile(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>|<blockquote.*?</blockquote>|<(script|style)\b.*?</\2>', re.DOTALL)


def data() -> list[str]:
    """What people and places are called, and what was said: longest first."""
    found = {*Account.objects.values_list("name", flat=True), *Unit.objects.values_list("name", flat=True),
             *Enterprise.objects.values_list("name", flat=True), *Division.objects.values_list("name", flat=True)}
    said = {*Matter.objects.values_list("title", flat=True), *Statement.objects.values_list("text", flat=True)}
    return sorted({*found, *said, *map(normalise, said), "××"}, key=len, reverse=True)


def leftovers(page: str) -> set[str]:
    page = OWN.sub("", page)
    for name in data():
        page = page.replace(name, "")
    return set(CHINESE.findall(page))


@pytest.fixture
def english(town):
    browser = Client()
    browser.cookies["lang"] = "en"
    browser.force_login(Account.objects.get(pk=town.lin.account_id))
    return browser


@pytest.mark.parametrize("address", [
    "/", "/submit/", "/matters/", "/notices/", "/me/", "/figures/", "/ledger/", "/help/submit/", "/help/limits/",
    "/help/privacy/", "/help/accessibility/", "/embed/submit", "/embed/track", "/logout/", "/login/",
])
def test_the_pages_of_the_portal(town, english, address):
    with at(11):
        answer = english.get(address, follow=True)
    assert answer.status_code == 200
    assert leftovers(answer.content.decode()) == set()


STAGES = {
    "new": submitted, "handled": handling, "answered": replied,
}


@pytest.mark.parametrize("page", ["", "receipt/", "slip/", "why/solution/", "supplement/", "remind/", "appeal/", "withdraw/"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_matter_on_its_way(town, english, stage, page):
    matter = STAGES[stage](town)
    with at(10):
        answer = english.get(f"/matters/{matter.number}/{page}")
    assert answer.status_code == 200
    assert leftovers(answer.content.decode()) == set()


def test_what_was_said_and_done_is_told_in_english(town, english):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补照片")
        english.get("/notices/")
        actions.supplement(actor=town.lin, matter=fresh(matter), text="补上了")
        actions.remind(actor=town.lin, matter=fresh(matter))
        actions.report_progress(actor=town.chen, matter=fresh(matter), text="在办")
    with at(5):
        actions.reply(actor=town.chen, matter=fresh(matter), text="办了", outcome=Outcome.SOLVED, evidence="交地确认书")
        actions.reject(actor=town.lin, matter=fresh(matter), text="没办好")
        pages = [english.get(address).content.decode() for address in (f"/matters/{matter.number}/", "/notices/", "/matters/")]
    assert [leftovers(page) for page in pages] == [set()] * len(pages)


def test_a_mistake_is_said_in_english(town, english):
    with base.clock_at(datetime(2026, 3, 11, 9)):
        pages = [english.post("/submit/", {"text": "字" * 5001}), english.post("/embed/submit", {"code": "1"}),
                 english.post("/embed/track", {"number": "x", "query_code": "y"}), english.post("/ledger/", {"x": "1"})]
    assert [page.status_code for page in pages] == [422] * len(pages)
    said = [page.content.decode().replace("字", "") for page in pages]
    assert [leftovers(page) for page in said] == [set()] * len(pages)

"""Without an account: the collection page, number and query code, and the status they open."""

import re
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from qinqing import base
from qinqing.casework import actions as casework
from qinqing.casework.models import Matter
from qinqing.consultation import queries
from qinqing.consultation.models import Guest
from qinqing.ledger.models import Entry
from tests.casework.road import fresh

pytestmark = pytest.mark.django_db

WORDS = {"title": "停电三天", "topic": "utilities", "text": "停电三天，窑炉停了。", "reply_by": "phone", "anonymity": "open",
         "enterprise_name": "广元演示陶瓷有限公司", "code": "91510802MA6ABC122B", "contact_name": "王", "phone": "100-1234-5678",
         "key": "a-key-of-the-form"}


@pytest.fixture(autouse=True)
def no_limit_left_over():
    cache.clear()


def told(answer) -> tuple[str, str]:
    page = answer.content.decode()
    return re.search(r"编号 ([\w-]+)", page)[1], re.search(r'<b class="mono">(\w{8})</b>', page)[1]


@pytest.mark.req("M1-016")
def test_submitted_from_another_page_and_looked_up_by_number_and_code(town):
    guest = Client(enforce_csrf_checks=True)
    with base.clock_at(datetime(2026, 3, 2, 9)):
        number, code = told(guest.post("/embed/submit", WORDS))
        found = guest.post("/embed/track", {"number": number, "query_code": code.lower()})
    assert "已收到" in found.content.decode()
    assert "停电三天" not in found.content.decode()
    assert not guest.cookies
    matter = Matter.objects.get(number=number)
    assert (matter.route, matter.channel, matter.county) == ("embed", "online", town.county)
    assert matter.enterprise is None, "a credit code is public and proves nothing"
    assert matter.enterprise_name == WORDS["enterprise_name"]
    assert code not in str(Guest.objects.values().get())


def test_number_and_code_open_the_whole_course_but_no_texts(town):
    guest = Client()
    with base.clock_at(datetime(2026, 3, 2, 9)):
        number, code = told(guest.post("/embed/submit", WORDS))
    matter = Matter.objects.get(number=number)
    with base.clock_at(datetime(2026, 3, 3, 10)):
        casework.dispatch(actor=town.ban, matter=matter, lead=town.land)
    with base.clock_at(datetime(2026, 3, 4, 10)):
        casework.sign(actor=town.luo, matter=fresh(matter))
        casework.report_progress(actor=town.chen, matter=fresh(matter), text="工程队今天到厂。")
    with base.clock_at(datetime(2026, 3, 5, 10)):
        page = guest.post("/embed/track", {"number": number, "query_code": code}).content.decode()
    for said in ("您提交诉求", "交给市自然资源局主办", "市自然资源局签收", "市自然资源局告诉您进展", "现在轮到", "最晚"):
        assert said in page
    assert not [words for words in ("停电三天", "工程队", WORDS["enterprise_name"]) if words in page]
    assert 'href="/matters/' not in page, "what needs an account is not offered"


def test_the_query_code_is_told_once_and_can_be_copied(town):
    page = Client().post("/embed/submit", WORDS).content.decode()
    code = re.search(r'<b class="mono">(\w{8})</b>', page)[1]
    assert "只显示这一次" in page
    assert f'data-copy="{code}"' in page


def test_other_words_in_the_same_form_are_another_difficulty(town):
    first = told(Client().post("/embed/submit", WORDS))
    other = {"title": "又停水", "text": "水也停了。", "contact_name": "李", "phone": "100-8765-4321", "enterprise_name": "另一厂"}
    second = told(Client().post("/embed/submit", WORDS | other))
    assert [(matter.title, matter.enterprise_name) for matter in Matter.objects.order_by("pk")] == [
        ("停电三天", WORDS["enterprise_name"]), ("又停水", "另一厂")]
    assert [guest.name for guest in Guest.objects.order_by("pk")] == ["王", "李"]
    assert [queries.looked_up(*one).number for one in (first, second)] == [first[0], second[0]]


def test_the_same_form_sent_twice_changes_nothing_and_is_told_the_same(town):
    first = told(Client().post("/embed/submit", WORDS))
    before = list(Guest.objects.values()), Entry.objects.count()
    assert told(Client().post("/embed/submit", WORDS)) == first
    assert (list(Guest.objects.values()), Entry.objects.count()) == before
    assert Matter.objects.count() == 1


def test_a_form_whose_guest_was_erased_is_told_no_code(town):
    Client().post("/embed/submit", WORDS)
    Guest.objects.update(name="", phone="", code="", salt="", query_hash="")
    page = Client().post("/embed/submit", WORDS).content.decode()
    assert "查询码当时已经告诉过您" in page
    assert "只显示这一次" not in page


def test_the_secret_of_the_form_is_not_in_the_ledger(town):
    Client().post("/embed/submit", WORDS)
    assert not Entry.objects.filter(once__contains=WORDS["key"]).exists()


def test_a_wrong_code_opens_nothing(town):
    number, _ = told(Client().post("/embed/submit", WORDS))
    answer = Client().post("/embed/track", {"number": number, "query_code": "AAAAAAAA"})
    assert answer.status_code == 422
    assert "对不上" in answer.content.decode()


@pytest.mark.parametrize(("code", "said"), [
    ("91510802MI6ABC122B", "I"), ("91510802MA6ABC1220", "校验"), ("91510802MA6ABC122", "17"), ("", "请写统一社会信用代码"),
])
def test_a_wrong_credit_code_says_what_is_wrong(town, code, said):
    answer = Client().post("/embed/submit", WORDS | {"code": code})
    assert answer.status_code == 422
    assert said in re.search(r'id="id_code_error">.*?</p>', answer.content.decode(), re.DOTALL)[0]
    assert "停电三天，窑炉停了。" in answer.content.decode()


def test_an_unknown_enterprise_is_kept_by_the_name_it_gave(town):
    Client().post("/embed/submit", WORDS | {"code": "11510800008480010M", "enterprise_name": "某演示商行"})
    matter = Matter.objects.get()
    assert (matter.enterprise, matter.enterprise_name) == (None, "某演示商行")


def test_robots_and_floods_are_stopped(town):
    assert Client().post("/embed/submit", WORDS | {"website": "spam"}).status_code == 422
    codes = [Client().post("/embed/submit", WORDS | {"key": f"key-{n}"}).status_code for n in range(25)]
    assert 422 in codes
    assert codes[0] == 200


def test_the_frame_is_allowed_for_the_named_pages_only(town):
    answer = Client().get("/embed/submit")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'none'" in Client().get("/")["Content-Security-Policy"]

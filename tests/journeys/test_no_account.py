"""Who has no account finds the form that needs none, and the look-up, from every page they may start on."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing.casework.models import Matter
from qinqing.parties.models import Account
from tests.casework.pages import links, text

pytestmark = [pytest.mark.django_db, pytest.mark.req("M1-016")]
WORDS = {"title": "停电三天", "topic": "utilities", "text": "停电三天，窑炉停了。", "wish": "本周修好", "reply_by": "phone",
         "anonymity": "from_unit", "may_publish": "on", "draft": "a-key-of-the-form"}


@pytest.fixture(autouse=True)
def no_limit_left_over():
    cache.clear()


@pytest.mark.parametrize("address", ["/", "/submit/", "/login/", "/help/submit/"])
def test_both_ways_stand_where_a_guest_begins(town, address):
    there = links(Client().get(address))
    assert "/embed/submit" in there
    assert "/embed/track" in there


@pytest.mark.parametrize("address", ["/", "/submit/"])
def test_who_is_signed_in_is_not_sent_there(town, address):
    lin = Client()
    lin.force_login(Account.objects.get(pk=town.lin.account_id))
    assert not links(lin.get(address), "/embed/")


def test_the_way_back_to_the_portal(town):
    for address in ("/embed/submit", "/embed/track"):
        assert "/" in links(Client().get(address))


def test_words_written_on_the_portal_go_along(town):
    guest = Client()
    assert re.search(r'name="begin"[^>]*formaction="/embed/submit"', guest.get("/submit/").content.decode())
    page = guest.post("/embed/submit", {**WORDS, "begin": "yes", "about_unit": town.land.pk})
    said = page.content.decode()
    assert page.status_code == 200
    assert "还差" not in text(page)
    assert all(words in said for words in ("停电三天，窑炉停了。", 'value="停电三天"', 'value="本周修好"'))
    assert re.search(r'value="from_unit"[^>]* checked', said)
    assert re.search(rf'<option value="{town.land.pk}" selected', said)
    assert not Matter.objects.exists()


def test_files_chosen_there_are_said_to_stay_behind(town):
    guest, file = Client(), SimpleUploadedFile("备案表.pdf", b"%PDF-1.4\ntrailer<<>>\n%%EOF")
    page = guest.post("/embed/submit", {**WORDS, "begin": "yes", "files": file})
    assert "刚才选的 1 个附件浏览器没有留下，请重新选。" in text(page)


def test_files_of_a_refused_form_are_said_to_be_gone(town):
    file = SimpleUploadedFile("备案表.pdf", b"%PDF-1.4\ntrailer<<>>\n%%EOF")
    page = Client().post("/embed/submit", {**WORDS, "files": file})
    assert page.status_code == 422
    assert "刚才选的 1 个附件浏览器没有留下，请重新选。" in text(page)

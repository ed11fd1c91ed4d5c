"""Reading preferences, the menu without JavaScript, the gallery, and the pages for what went wrong."""

import re
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from qinqing import base
from qinqing.ui import views

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)=|<style|<script(?![^>]*src=)")


def test_a_preference_is_kept_and_the_reader_goes_back(client):
    answer = client.post("/ui/preference/", {"size": "large", "next": "/_design/"})
    assert (answer.status_code, answer["Location"]) == (302, "/_design/")
    assert answer.cookies["size"].value == "large"
    assert 'data-size="large"' in client.get("/_design/").content.decode()


def test_the_button_offers_the_way_back(client):
    client.cookies["theme"] = "dark"
    page = client.get("/_design/").content.decode()
    assert 'data-theme="dark"' in page
    assert re.search(r'name="theme" value="light"', page)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil.example"])
def test_nobody_is_sent_elsewhere(client, address):
    assert client.post("/ui/preference/", {"theme": "dark", "next": address})["Location"] == "/"


def test_only_what_is_known_is_remembered(client):
    assert not client.post("/ui/preference/", {"size": "huge", "sessionid": "x"}).cookies


def test_a_link_cannot_change_anything(client):
    assert client.get("/ui/preference/?size=large").status_code == 405


def test_language_goes_by_post_and_the_page_says_its_language(client):
    client.post("/ui/language/", {"language": "en", "next": "/_design/"})
    assert '<html lang="en"' in client.get("/_design/").content.decode()
    client.post("/ui/language/", {"language": "zh-hans", "next": "/_design/"})
    assert '<html lang="zh-CN"' in client.get("/_design/").content.decode()


def test_the_menu_is_a_page_too(client):
    page = client.get("/ui/menu/").content.decode()
    assert page.count('class="sheet-l"') == 1
    assert "<dialog" not in page


@pytest.mark.parametrize("part", views.GALLERY)
def test_the_gallery_has_no_inline_style_or_script_and_one_heading(client, part):
    html = client.get("/_design/" if part == "parts" else f"/_design/{part}/").content.decode()
    assert not INLINE.search(html)
    assert html.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def shell(name, actor):
    request = RequestFactory().get("/x/")
    request.session = SessionStore()
    request.actor = actor
    return render_to_string(name, {"actor": actor}, request)


LIN = base.Actor(account_id=1, role="enterprise", name="林演示", enterprise_id=3)
BAN = base.Actor(account_id=2, role="environment_office", name="班演示", unit_id=1)


def test_who_is_signed_in_stands_at_the_top():
    assert "林演示" in shell("ui/_identity.html", LIN)
    assert reverse("desk") not in shell("ui/_identity.html", LIN)
    assert reverse("desk") in shell("ui/_identity.html", BAN)
    assert reverse("account_login") in shell("ui/_identity.html", base.PUBLIC)


@pytest.mark.parametrize("name", ["ui/_identity.html", "ui/_menu.html"])
def test_notices_ones_account_and_the_way_out_are_for_who_is_signed_in(name):
    ways = [reverse("inbox"), reverse("me"), reverse("account_logout")]
    assert [way for way in ways if f'href="{way}"' not in shell(name, LIN)] == []
    assert [way for way in ways if f'href="{way}"' in shell(name, base.PUBLIC)] == []


def test_the_end_of_a_session_is_announced_to_those_who_have_one():
    assert 'data-session-minutes="30" hidden' in shell("ui/_session_note.html", LIN)
    assert shell("ui/_session_note.html", base.PUBLIC).strip() == ""


def test_no_such_page_in_the_gallery(client):
    assert client.get("/_design/none/").status_code == 404


def test_the_gallery_uses_every_component():
    folder = Path(views.__file__).parent / "templates" / "ui"
    shells = ["base", "portal", "desk", "_menu", "_menu_sheet", "_field", "_days"]
    drawn = "".join((folder / f"{name}.html").read_text() for name in shells)
    drawn += "".join(file.read_text() for file in folder.glob("*gallery*.html"))
    drawn += "ui/_field.html ui/_days.html ui/_error_summary.html"  # drawn by tags of the same names
    parts = {file.name for file in folder.glob("_*.html")} - {"_field_notes.html", "_optional.html", "_upload.html"}
    known = drawn + "".join((folder / name).read_text() for name in parts)
    assert {name for name in parts if f"ui/{name}" not in known} == set()


def test_a_refusal_says_its_sentence_and_leads_back():
    said = {"heading": "没有办成", "sentence": "企业还没有确认，现在不能销号"}
    posted = RequestFactory().post("/x/", HTTP_REFERER="/back/")
    page = render_to_string("site/refusal.html", said, posted)
    assert "<h1>没有办成</h1>" in page
    assert "企业还没有确认，现在不能销号" in page
    assert 'href="/back/"' in page
    assert 'href="/back/"' not in render_to_string("site/refusal.html", said, RequestFactory().get("/x/"))


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_from_its_request(name):
    page = render_to_string(name)
    assert page.count("<h1") == 1
    assert 'href="/"' in page


def test_the_platform_is_named_in_both_languages_the_readers_first(client):
    name = re.compile(r'<span>(\S+) <span class="logo-en" lang="([\w-]+)">(\S+)</span>\s*<small>')
    for language, expected in (("zh-hans", ("亲清通", "en", "Qinqing")), ("en", ("Qinqing", "zh-CN", "亲清通"))):
        client.post("/ui/language/", {"language": language, "next": "/_design/"})
        assert name.search(client.get("/_design/").content.decode()).groups() == expected

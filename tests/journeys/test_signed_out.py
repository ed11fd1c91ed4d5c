"""A session that ends while one writes: the way back leads to the page, and nothing typed is lost."""

import pytest
from django.test import Client

from qinqing.casework.models import Statement
from qinqing.parties.models import Account
from tests import characters
from tests.casework import road
from tests.casework.pages import text

pytestmark = pytest.mark.django_db
WORDS = "补充一句：设备十二月到厂，" * 20


@pytest.fixture
def town():
    return characters.make_town()


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def test_the_address_in_a_message_asks_a_visitor_to_sign_in_whether_there_is_such_a_matter_or_not(town):
    number = road.submitted(town).number
    for address in (f"/matters/{number}/", "/matters/QQ-2026-0101-9999/"):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={address}")


def test_what_was_written_after_the_session_ended_is_shown_and_sent_after_signing_in(town):
    matter, client = road.submitted(town), Client()
    sent = {"text": WORDS, "version": str(matter.version)}
    address = f"/matters/{matter.number}/supplement/"
    assert client.post(address, sent).status_code == 302
    signed_in(client, town.lin)
    page = client.get(address)
    assert "您写的还在" in text(page)
    assert WORDS[:20] in text(page)
    assert not Statement.objects.filter(text=WORDS).exists()
    assert "您写的还在" not in text(client.get(address))


def test_on_the_desk_too_and_a_password_is_never_kept(town):
    matter, client = road.submitted(town), Client()
    address = f"/desk/matters/{matter.number}/note/"
    assert client.post(address, {"text": WORDS, "password": "geheim-geheim-geheim"}).status_code == 303
    signed_in(client, town.ban)
    page = client.get(address).content.decode()
    assert WORDS[:20] in page
    assert "geheim" not in page

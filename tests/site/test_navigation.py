"""The staff navigation: each role finds what it may open, and everything it names opens."""

import pytest
from django.test import Client, RequestFactory

from qinqing import base
from qinqing.base import Role
from qinqing.notices import actions as notices
from qinqing.parties.models import Account
from qinqing.site import navigation
from tests import characters
from tests.casework.pages import links

pytestmark = pytest.mark.django_db
STAFF = [role for role in Role if role != Role.ENTERPRISE]


def groups(actor, path="/desk/"):
    request = RequestFactory().get(path)
    request.actor = actor
    return navigation.desk(request)


def labels(actor):
    return [str(entry.label) for group in groups(actor) for entry in group.entries]


@pytest.fixture
def town():
    return characters.make_town()


@pytest.mark.parametrize("role", STAFF)
def test_whatever_is_named_opens(town, role):
    who = characters.in_post("who", "某", town.office, role)
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id))
    addresses = [entry.url for group in groups(who) for entry in group.entries]
    assert addresses
    assert {address: client.get(address, follow=True).status_code for address in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("role", STAFF)
def test_every_link_of_the_first_pages_opens(town, role):
    """The page where work begins and the front page: no way leads to a closed door."""
    who = characters.in_post("who", "某", town.office, role)
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id))
    for page in (navigation.start(who), "/"):
        answer = client.get(page, follow=True)
        addresses = {address for address in links(answer) if address.startswith("/") and not address.startswith("/static/")}
        refused = {address for address in addresses - {"/logout/"} if client.get(address, follow=True).status_code >= 400}
        assert (answer.status_code, refused) == (200, set()), page


def test_staff_are_not_led_to_what_enterprises_follow(town):
    client = Client()
    of_enterprise = ["/", "/submit/", "/matters/", "/policies/", "/benefits/", "/figures/"]
    for who, expected in ((town.ban, ["/", "/policies/", "/figures/"]), (town.lin, of_enterprise)):
        client.force_login(Account.objects.get(pk=who.account_id))
        nav = client.get("/").context["nav"]
        assert [entry.url for entry in nav] == expected


def test_nobody_else_has_one(town):
    assert groups(town.lin) == []
    assert groups(base.PUBLIC) == []


def test_the_first_entry_is_ones_work(town):
    assert labels(town.ban)[:3] == ["工作台", "登记", "通知"]
    assert "登记" not in labels(town.hao)
    admin = characters.in_post("admin", "管", town.office, Role.SYSTEM_ADMIN)
    assert labels(admin)[0] == "通知"
    assert labels(town.hao)[:3] == ["总览", "事项", "通知"]
    assert "单位与人员" in labels(admin)


@pytest.mark.parametrize(("path", "label"), [
    ("/desk/", "工作台"), ("/desk/matters/GY-2026-0302-0001/", "工作台"), ("/desk/register/", "登记"), ("/notices/", "通知"),
    ("/desk/outbox", "发件箱"), ("/me/", None),
])
def test_one_entry_is_here(town, path, label):
    here = [str(entry.label) for group in groups(town.ban, path) for entry in group.entries if entry.current]
    assert here == ([label] if label else [])


def test_unread_notices_are_counted(town):
    notices.notify(actor=base.SYSTEM, template="matter.office", about="matter:1", to=[town.ban.account_id], url="/desk/",
                   number="GY-1", what="督办", title="某事")
    counts = {str(entry.label): entry.count for group in groups(town.ban) for entry in group.entries}
    assert counts["通知"] == 1

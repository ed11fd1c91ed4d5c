"""Beside the province's platform: what a city switches off is not shown as if it were done here, and the way there is."""

from datetime import datetime

import pytest
from django.test import Client

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.parties import actions as parties
from qinqing.parties import queries
from qinqing.policy import actions, rematching, snapshots
from qinqing.policy.models import Match
from tests import characters

from . import road
from .test_pages import as_, know, text

pytestmark = pytest.mark.django_db
PLATFORM = {"province_platform": "某省政务服务网", "province_platform_en": "Province Online", "province_address": "https://a.example"}
WAY = 'href="https://a.example"'


@pytest.fixture(autouse=True)
def _monday():
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield
    queries.forget_city()


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture
def leader(town):
    return road.leader(town)


def switch(**said):
    parties.describe_city(
        actor=SYSTEM, name="某市", name_en="", platform="亲清通", platform_en="", number_prefix="QQ", division="", hotline="",
        shifts=[["09:00", "12:00"]], **PLATFORM | said)


def applied_for(town, leader):
    policy = road.approved(town, leader)
    actions.change_item(actor=town.chen, item=policy.items.get(), reason="", mode="fast", takes_applications=True)
    return actions.publish(actor=leader, policy=policy)


@pytest.mark.req("M3-030")
def test_where_no_applications_are_taken_the_page_leads_to_the_provinces_platform(town, leader):
    applied_for(town, leader)
    assert "在本平台申请" in text(Client().get("/policies/P1/"))
    switch(takes_applications=False)
    page = Client().get("/policies/P1/")
    assert "在本平台申请" not in text(page)
    assert "到某省政务服务网或政务大厅窗口申请" in text(page)
    assert WAY in page.content.decode()


def test_where_none_are_taken_no_item_can_say_that_they_are(town):
    road.drafted(town)
    address = "/desk/policies/P1/items/P1-1/"
    assert "takes_applications" in as_(town.chen).get(address).context["form"].fields
    switch(takes_applications=False)
    assert "takes_applications" not in as_(town.chen).get(address).context["form"].fields


def test_where_nothing_is_matched_no_page_pretends_to(town, leader):
    road.published(town, leader)
    know(town, employees="12人", blacklisted=False)
    lin = as_(town.lin)
    assert "看本企业够哪些政策" in text(lin.get("/policies/"))
    switch(matches_policies=False)
    for client, address in ((lin, "/policies/P1/"), (lin, "/policies/mine/"), (Client(), "/policies/P1/")):
        page = client.get(address)
        assert "本市不在这里比对企业符不符合，请到某省政务服务网查看和申请。" in text(page)
        assert WAY in page.content.decode()
        assert "如果变成这样" not in text(page)
        assert "登录看看" not in text(page)
        assert "够条件或有变化时告诉我" not in text(page)
    assert "看本企业够哪些政策" not in text(lin.get("/policies/"))


def test_where_nothing_is_matched_the_worker_matches_nothing(town, leader):
    road.published(town, leader)
    know(town, employees="12人", blacklisted=False)
    snapshots.renew()
    switch(matches_policies=False)
    rematching.renew_when_due()
    assert not Match.objects.exists()
    switch()
    rematching.renew_when_due()
    assert Match.objects.exists()

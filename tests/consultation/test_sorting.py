"""A person corrects the topic; the former one stays on record."""

import pytest
from django.test import Client

from qinqing import base
from qinqing.base import Role
from qinqing.casework import actions as casework
from qinqing.consultation import actions
from qinqing.consultation.models import Difficulty
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from tests import characters
from tests.casework.pages import source, text
from tests.characters import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def difficulty(town):
    with base.clock_at(MONDAY):
        return actions.submit(actor=town.lin, title="停电", text="停了三天", topic="land", enterprise=town.enterprise)


def page(actor, difficulty, method="get", at="", data=None):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    with base.clock_at(MONDAY):
        return getattr(client, method)(f"/desk/matters/{difficulty.matter.number}/{at}", data or {}, follow=True)


@pytest.mark.req("M1-013")
def test_the_office_corrects_the_topic_and_the_former_one_stays_on_record(town, difficulty):
    assert "调整分类" in text(page(town.ban, difficulty))
    shown = text(page(town.ban, difficulty, "post", "sort/", {"topic": "utilities", "scope": "common"}))
    assert "分类已改，原来的分类留在办理记录里。" in shown
    assert "水电气讯" in shown
    assert "范围 共性问题" in shown
    difficulty = Difficulty.objects.get()
    assert (difficulty.topic, difficulty.matter.topic, difficulty.scope) == ("utilities", "utilities", "common")
    assert '"before":"land"' in Entry.objects.get(verb="difficulty.sorted").facts


def test_a_made_up_topic_changes_nothing(town, difficulty):
    assert "没有这个分类" in text(page(town.ban, difficulty, "post", "sort/", {"topic": "x"}))
    assert Difficulty.objects.get().topic == "land"


def test_who_dispatches_in_a_county_sorts_there(town, difficulty):
    assert "调整分类" in text(page(town.xian, difficulty))
    assert "分类已改" in text(page(town.xian, difficulty, "post", "sort/", {"topic": "utilities"}))
    assert Difficulty.objects.get().topic == "utilities"


def test_others_do_not_sort(town, difficulty):
    elsewhere = characters.in_post("elsewhere", "某", characters.make_unit("west", "西区营商环境办", "county_office", town.city,
                                                                          town.elsewhere), Role.COUNTY_OFFICE)
    for actor, status in ((town.hao, 403), (town.luo, 404), (elsewhere, 404)):
        assert page(actor, difficulty, "post", "sort/", {"topic": "utilities"}).status_code == status
    assert "改分类" not in source(page(town.hao, difficulty))
    with pytest.raises(base.Denied):
        actions.sort(actor=elsewhere, matter=difficulty.matter, topic="utilities")
    assert Difficulty.objects.get().topic == "land"


def test_what_has_ended_stays_where_it_was_counted(town, difficulty):
    with base.clock_at(MONDAY):
        casework.withdraw(actor=town.lin, matter=difficulty.matter, reason="来电了")
    assert page(town.ban, difficulty, "post", "sort/", {"topic": "utilities"}).status_code == 422
    assert (Difficulty.objects.get().topic, Difficulty.objects.get().matter.topic) == ("land", "land")
    assert not Entry.objects.filter(verb="difficulty.sorted").exists()


def test_who_has_the_page_open_is_told_that_something_changed(town, difficulty):
    version = difficulty.matter.version
    with base.clock_at(MONDAY):
        actions.sort(actor=town.ban, matter=difficulty.matter, topic="utilities")
        with pytest.raises(base.Stale):
            casework.dispatch(actor=town.bai, matter=difficulty.matter, lead=town.land, version=version)

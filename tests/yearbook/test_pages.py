"""Published figures: cited with their source, corrected in the open, never mixed with what is computed."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from qinqing import base
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from qinqing.yearbook import actions
from qinqing.yearbook.models import Value
from tests import characters

pytestmark = pytest.mark.django_db
ENTERED = {"year": "2020", "value": "1008.01", "source": "统计公报"}


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture
def gdp(town):
    return actions.add_measure(actor=town.ban, code="gdp", name="地区生产总值", unit="亿元", line=Decimal(1000))


def as_(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.mark.req("M0-004", "M0-005")
def test_what_is_entered_stands_on_the_public_page_as_external(town, gdp):
    office = as_(town.ban)
    before = {"measure": gdp.pk, "year": "2019", "value": "941.85", "source": "公报"}
    assert office.post("/desk/reported/", before).status_code == 302
    assert office.post("/desk/reported/", {"measure": gdp.pk, **ENTERED}).status_code == 302
    page = Client().get("/figures/reported/").content.decode()
    assert "1,008.01" in page
    assert "统计公报" in page
    assert page.count("首次达到") == 1
    assert "不是本系统算出来的" in page
    with base.clock_at(datetime(2020, 12, 31, 9)):
        assert "外部统计，来源：统计公报" in Client().get("/figures/?year=2020").content.decode()
    assert Entry.objects.filter(verb="yearbook.entered").count() == 2


def test_a_correction_needs_a_reason_and_both_values_stay(town, gdp):
    office = as_(town.ban)
    office.post("/desk/reported/", {"measure": gdp.pk, **ENTERED})
    refused = office.post("/desk/reported/", {"measure": gdp.pk, **ENTERED, "value": "1009"})
    assert refused.status_code == 422
    assert refused.content.decode().count("要更正请写明原因") == 2  # beside the field and in the summary
    assert office.post("/desk/reported/", {"measure": gdp.pk, **ENTERED, "value": "1009", "reason": "笔误"}).status_code == 302
    page = Client().get("/figures/reported/").content.decode()
    assert "原录入 1,008.01，更正原因：笔误" in page
    assert [value.value for value in Value.objects.filter(replaced_at=None)] == [Decimal(1009)]
    assert Entry.objects.filter(verb="yearbook.corrected").count() == 1


@pytest.mark.parametrize(("change", "sentence"), [
    ({"value": "一千亿"}, "请填数字，最多两位小数。"), ({"source": ""}, "请写明来源。"), ({"year": ""}, "请填年份。"),
    ({"published_on": "2100-01-01"}, "发布日期还没有到。"), ({"measure": ""}, "请选择指标。"),
])
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(town, gdp, change, sentence):
    answer = as_(town.ban).post("/desk/reported/", {"measure": gdp.pk, **ENTERED, **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Value.objects.exists()
    assert all(value in answer.content.decode() for name, value in ENTERED.items() if name not in change)


def test_the_same_measure_is_not_added_twice(town, gdp):
    answer = as_(town.ban).post("/desk/reported/measures/", {"name": "总产值", "unit": "亿元", "code": "gdp"})
    assert answer.status_code == 422
    assert "已经有“gdp”了" in answer.content.decode()


def test_only_the_city_s_offices_enter(town, gdp):
    assert as_(town.chen).get("/desk/reported/").status_code == 404
    with pytest.raises(base.Denied):
        actions.enter(actor=town.chen, measure=gdp, year=2020, value=Decimal(1), source="x")


@pytest.mark.req("M3-035")
def test_a_rank_that_the_province_published_is_shown_as_external_with_its_source(town):
    rank = actions.add_measure(actor=town.ban, code="rank", name="民营经济增加值增速在全省的位次", unit="位", line=None)
    actions.enter(actor=town.ban, measure=rank, year=2020, value=Decimal(3), source="省统计公报")
    page = Client().get("/figures/reported/").content.decode()
    assert "民营经济增加值增速在全省的位次" in page
    assert "<b>3</b>" in page
    assert "省统计公报" in page
    assert "首次达到" not in page

"""The demands that a policy answers: cited by number, opened from the policy, counted in a report."""

from datetime import datetime

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.consultation import actions as consultation
from qinqing.ledger.models import Entry
from qinqing.policy import actions
from qinqing.policy.models import Demand
from tests import characters

from . import road
from .test_pages import as_, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture
def leader(town):
    return road.leader(town)


def demand(town):
    return consultation.submit(actor=town.lin, title="扩建缺地", text="缺地", topic="land", enterprise=town.enterprise).matter


def cite(client, *numbers):
    return client.post("/desk/policies/P1/demands/", {"matters": "\n".join(numbers)})


@pytest.mark.req("M0-006")
def test_a_measure_names_the_demands_it_answers_and_the_report_counts_them(town, leader):
    road.published(town, leader)
    office, matters = as_(town.ban), [demand(town) for _ in range(2)]
    assert cite(office, matters[0].number.lower(), f"{matters[1].number}，{matters[0].number}").status_code == 302
    page = office.get("/desk/policies/P1/").content.decode()
    assert all(f"/desk/matters/{matter.number}/" in page for matter in matters)
    assert [row.answered for row in office.get("/desk/policies/demands/").context["rows"]] == [2]
    public = text(Client().get("/policies/P1/"))
    assert "回应了 2 件企业诉求" in public
    assert matters[0].number not in public
    assert cite(office, matters[1].number).status_code == 302
    assert list(Demand.objects.values_list("matter", flat=True)) == [matters[1].pk]
    assert Entry.objects.filter(verb="policy.demands_cited", subject="policy:P1").count() == 2


def test_a_number_that_is_not_there_or_not_ones_own_is_refused_and_nothing_is_lost(town, leader):
    road.published(town, leader)
    foreign = demand(town)  # in no unit's hands
    sent = cite(as_(leader), foreign.number, "QQ-NONE")
    assert sent.status_code == 422
    assert f"没有找到这些编号，或者您看不到：{foreign.number}、QQ-NONE" in text(sent)
    assert "QQ-NONE" in sent.content.decode()
    assert not Demand.objects.exists()


def test_a_unit_changes_only_what_it_sees(town, leader):
    policy, foreign = road.published(town, leader), demand(town)
    actions.cite_demands(actor=town.ban, policy=policy, matters=[foreign])
    assert cite(as_(leader)).status_code == 302
    assert Demand.objects.get().matter == foreign
    page = text(as_(leader).get("/desk/policies/P1/"))
    assert foreign.number not in page
    assert "还有 1 件由别的单位办理" in page


@pytest.mark.req("M0-002")
def test_no_record_can_lose_the_demand_it_came_from():
    """Whatever points at a matter from another package keeps it from being deleted, or goes with it as its own part."""
    pointing = [field for model in apps.get_models() for field in model._meta.fields if field.related_model is Matter]
    outside = [field for field in pointing if field.model._meta.app_label != "casework"]
    assert {field.model._meta.label for field in outside} >= {
        "policy.Correction", "policy.Objection", "policy.Demand", "consultation.Difficulty"}
    for field in outside:
        is_part = field.primary_key and field.remote_field.on_delete is models.CASCADE
        assert field.remote_field.on_delete is models.PROTECT or is_part, field
        assert not field.null or field.name == "late_matter", field

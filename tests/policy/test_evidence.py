"""What proves each thing that a benefit asks for: on the form, on the policy's page, and what is warned of."""

from datetime import datetime

import pytest
from django.test import Client

from qinqing import base
from qinqing.eligibility import catalogue
from qinqing.policy import actions
from qinqing.policy.models import PolicyItem
from qinqing.policy.queries import documents
from qinqing.policy.rules import evidence
from qinqing.policy.rules.evidence import Proof
from tests import characters

from . import road
from .test_pages import as_, text

FACTS = catalogue.standard().facts
WRITTEN = {
    "employees": {"stands": True, "material": ""}, "blacklisted": {"stands": False, "material": "信用报告"},
}  # fmt: skip


@pytest.mark.parametrize(("rule", "names"), [
    (road.RULE, ["employees", "blacklisted"]),
    ({"where": {"fact": "size", "in": ["micro"]}, "amount": {"mul": ["apprentices", "5000元"]}}, ["size", "apprentices"]),
    ({"where": {"ratio": ["rd_exp", "revenue"], "ge": "3%"}}, ["rd_exp", "revenue"]),
    ({"where": {"not": {"any": [{"fact": "size", "is": "large"}, {"fact": "size", "is": "medium"}]}}}, ["size"]),
    ({}, []),
])
def test_the_facts_of_a_rule_are_those_it_asks_for_and_counts_with(rule, names):
    assert evidence.facts_of(rule, FACTS) == names


def test_where_the_data_stand_no_paper_is_asked_for():
    proofs = [Proof("employees", stands=True, material="花名册"), Proof("size", material="划型表"), Proof("industry")]
    assert evidence.kept(proofs) == {
        "employees": {"stands": True, "material": ""}, "size": {"stands": False, "material": "划型表"}}


def codes(said, mode="automatic"):
    return [finding.code for finding in evidence.findings_of_evidence("办法", mode, [(proof, proof.fact) for proof in said])]


def test_what_is_unproved_and_what_asks_for_paper_unasked_is_warned_of():
    stands, paper, open_ = Proof("a", stands=True), Proof("b", material="表"), Proof("c")
    assert codes([stands]) == []
    assert codes([stands, paper]) == ["paper_for_automatic"]
    assert codes([stands, paper], mode="fast") == []
    assert codes([open_, stands]) == ["no_evidence"]


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture(autouse=True)
def _monday():
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield


@pytest.mark.req("M3-030", "M3-031")
def test_the_page_says_of_each_condition_whether_data_stand_for_it_or_a_paper_is_needed(town):
    leader = road.leader(town)
    policy = road.approved(town, leader)
    actions.change_item(actor=town.chen, item=policy.items.get(), reason="", evidence=WRITTEN)
    actions.publish(actor=leader, policy=policy)
    page = text(Client().get("/policies/P1/"))
    assert "凭什么证明" in page
    assert "从业人数 以人社部门的数据为准，不用交材料" in page
    assert "要交：信用报告" in page


def test_what_nobody_wrote_down_is_not_shown_but_warned_of_on_the_desk(town):
    road.published(town, road.leader(town))
    assert "凭什么证明" not in text(Client().get("/policies/P1/"))
    assert "没有写明凭什么证明：从业人数、列入失信名单" in text(as_(town.chen).get("/desk/policies/P1/"))


def test_the_form_of_an_item_asks_for_each_fact_of_its_rule_and_keeps_a_version(town):
    road.drafted(town)
    client = as_(town.chen)
    address = "/desk/policies/P1/items/P1-1/"
    page = client.get(address)
    assert 'name="valid_from" value="2026-03-02"' in page.content.decode()
    form = page.context["form"]
    values = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value is not False}
    said = {"stands_employees": "on", "material_blacklisted": "信用报告", "reason": "写明材料"}
    assert client.post(address, values | said).status_code == 302
    item = PolicyItem.objects.current().get()
    assert (item.version, item.evidence) == (2, WRITTEN)
    assert [proof.is_written for proof, _fact in documents.evidence_of(item).proofs] == [True, True]
    assert "部门数据" in text(client.get(f"{address}versions/"))


def test_what_the_rule_has_left_behind_is_left_out(town):
    policy = road.drafted(town)
    changed = actions.change_item(
        actor=town.chen, item=policy.items.get(), reason="", evidence=WRITTEN, rule={"where": {"fact": "employees", "ge": "5人"}})
    assert [proof.fact for proof, _fact in documents.evidence_of(changed).proofs] == ["employees"]

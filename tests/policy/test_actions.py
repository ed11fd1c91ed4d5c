"""Writing and publishing a policy: one entry per verb, gates that refuse with a sentence, versions that stay."""

from datetime import date, datetime

import pytest

from qinqing import base
from qinqing.ledger.models import Entry
from qinqing.policy import actions
from qinqing.policy.models import Following, Policy, PolicyItem
from tests import characters

from . import road

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


def verbs():
    return list(Entry.objects.filter(verb__regex="^(policy|clause|item)").order_by("id").values_list("verb", flat=True))


@pytest.mark.req("M3-012")
def test_the_whole_way_is_one_entry_for_each_verb(town, leader):
    policy = road.published(town, leader)
    assert policy.status == "published"
    assert verbs() == [
        "policy.registered", "clause.added", "item.added", "clause.approved", "policy.reviewed", "policy.reviewed",
        "policy.published",
    ]
    assert [(row.piece, row.channel, row.published_on) for row in policy.publications.all()] == [("text", "web", road.MONDAY)]


@pytest.mark.parametrize("number", ["P1", "mine", "new"])
def test_a_number_that_is_taken_is_refused(town, number):
    road.drafted(town)
    with pytest.raises(base.Refused, match="已经用过") as refusal:
        road.drafted(town, number)
    assert refusal.value.field == "number"


def test_no_word_of_a_policy_enters_the_ledger(town, leader):
    road.published(town, leader)
    assert all(entry.facts.isascii() for entry in Entry.objects.all())


@pytest.mark.parametrize(("missing", "sentence"), [
    ("approval", "还有 1 条通俗解读没有核定"), ("review", "还没有登记公平竞争审查"), ("failed", "合法性审核没有通过"),
])
def test_a_gate_refuses_with_one_sentence(town, leader, missing, sentence):
    policy = road.drafted(town) if missing != "failed" else road.approved(town, leader)
    if missing == "review":
        actions.approve_plain(actor=leader, clause=policy.clauses.get())
    if missing == "failed":
        actions.record_review(actor=town.chen, policy=policy, gate="legality", reviewer=town.office, reviewed_on=road.MONDAY,
                              document_number="审〔2026〕2号", passed=False)
    with pytest.raises(base.Refused, match=sentence):
        actions.publish(actor=leader, policy=policy)
    assert Policy.objects.get().status == "draft"


def test_only_the_issuers_leader_or_a_city_office_publishes(town, leader):
    policy = road.approved(town, leader)
    for stranger in (town.chen, town.wei, town.xian, town.lin):
        with pytest.raises(base.Denied):
            actions.publish(actor=stranger, policy=policy)
    assert actions.publish(actor=town.ban, policy=policy).status == "published"


def test_plain_words_are_approved_by_the_issuer_and_nobody_else(town, leader):
    clause = road.drafted(town).clauses.get()
    for other in (town.chen, town.ban, town.wei):
        with pytest.raises(base.Denied):
            actions.approve_plain(actor=other, clause=clause)
    assert actions.approve_plain(actor=leader, clause=clause).approved_by_id == leader.account_id


def test_other_plain_words_wait_for_approval_anew(town, leader):
    clause = road.published(town, leader).clauses.get()
    changed = actions.explain_clause(actor=town.chen, clause=clause, plain="满10个人，给3万元。")
    assert changed.approved_at is None


def test_a_published_document_is_not_rewritten_but_superseded(town, leader):
    old = road.published(town, leader)
    with pytest.raises(base.Refused, match="已经发布的政策不能再改"):
        actions.change_policy(actor=town.chen, policy=old, title="另一个名称")
    road.published(town, leader, "P2", supersedes=old)
    old.refresh_from_db()
    assert (old.status, old.repealed_on, old.repealed_reason) == ("repealed", road.MONDAY, "由P2取代")


@pytest.mark.parametrize(("rule", "sentence"), [
    ({"where": {"fact": "hired_grad", "ge": "1人"}}, "hired_grads"),
    ({"where": {"fact": "employees", "ge": "5万元"}}, "employees|人数"),
    ({"where": {"fact": "survey_output", "ge": "1万元"}}, "统计"),
    ({"amount": "1元"}, "where"),
    ("eval(1)", "规则有误"),
])
def test_a_rule_that_cannot_be_read_is_refused_with_its_place(town, rule, sentence):
    policy = road.drafted(town)
    with pytest.raises(base.Refused, match=sentence) as refusal:
        actions.change_item(actor=town.chen, item=policy.items.get(), reason="改", rule=rule)
    assert refusal.value.field == "rule"
    assert PolicyItem.objects.get().version == 1


def test_a_changed_item_is_a_further_version_and_the_former_stays(town, leader):
    first = road.published(town, leader).items.get()
    rule = {**road.RULE, "amount": "5万元"}
    with pytest.raises(base.Refused, match="为什么改"):
        actions.change_item(actor=town.chen, item=first, reason=" ", rule=rule)
    second = actions.change_item(actor=town.chen, item=first, reason="提高标准", rule=rule)
    first.refresh_from_db()
    assert (first.rule["amount"], second.rule["amount"], second.version) == ("3万元", "5万元", 2)
    assert first.replaced_at is not None
    assert list(PolicyItem.objects.current()) == [second]
    with pytest.raises(base.Stale):
        actions.change_item(actor=town.chen, item=first, reason="再改", rule=rule)


@pytest.mark.req("M3-027")
def test_not_public_only_with_a_ground_and_an_approver(town, leader):
    policy = road.published(town, leader)
    for ground, approver, field in ((" ", "王主任", "ground"), ("保密法第十三条", " ", "approver")):
        with pytest.raises(base.Refused) as refusal:
            actions.withhold(actor=leader, policy=policy, ground=ground, approver=approver)
        assert refusal.value.field == field
    assert Policy.objects.visible_to(base.PUBLIC).exists()
    actions.withhold(actor=leader, policy=policy, ground="保密法第十三条", approver="王主任")
    assert not Policy.objects.visible_to(base.PUBLIC).exists()
    assert not Policy.objects.visible_to(town.lin).exists()
    assert Policy.objects.visible_to(town.chen).exists()
    actions.disclose(actor=leader, policy=policy)
    assert Policy.objects.visible_to(base.PUBLIC).exists()


def test_a_draft_is_seen_by_its_issuer_and_the_city_offices_only(town):
    road.drafted(town)
    actors = ("chen", "ban", "wei", "lin", "xian", "hao")
    sees = {name: Policy.objects.visible_to(getattr(town, name)).exists() for name in actors}
    assert sees == {"chen": True, "ban": True, "wei": False, "lin": False, "xian": False, "hao": True}


@pytest.mark.parametrize(("day", "field", "sentence"), [
    (date(2026, 3, 3), "published_on", "将来"), (date(2026, 3, 1), "published_on", "早于印发"),
])
def test_a_channel_has_a_day_that_can_be(town, leader, day, field, sentence):
    policy = road.published(town, leader)
    with pytest.raises(base.Refused, match=sentence) as refusal:
        actions.record_channel(actor=town.chen, policy=policy, piece="list", channel="hall", published_on=day)
    assert refusal.value.field == field


@pytest.mark.req("M3-014")
def test_one_follows_once_and_may_stop(town, leader):
    policy = road.published(town, leader)
    for wanted in (policy, None):
        actions.follow(actor=town.lin, policy=wanted)
        with pytest.raises(base.Stale):
            actions.follow(actor=town.lin, policy=wanted)
        actions.unfollow(actor=town.lin, policy=wanted)
        with pytest.raises(base.Stale):
            actions.unfollow(actor=town.lin, policy=wanted)
    assert not Following.objects.exists()
    with pytest.raises(base.Denied):
        actions.follow(actor=town.ban, policy=policy)

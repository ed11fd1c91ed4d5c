"""A policy on its way to the public: written by the land office, reviewed, approved by its leader, published."""

from datetime import date

from qinqing import base
from qinqing.base import Role
from qinqing.policy import actions
from qinqing.policy.models import Policy
from tests import characters

MONDAY = date(2026, 3, 2)
RULE = {"where": {"all": [{"fact": "employees", "ge": "10人"}, {"fact": "blacklisted", "is": False}]}, "amount": "3万元"}
CLAUSE = {"number": "第三条", "original": "职工不少于十人的企业，一次性奖励3万元。", "plain": "职工满10人，奖3万元。"}


def leader(town):
    """Who stands by what the land office issues."""
    return characters.in_post("leader", "梁", town.land, Role.UNIT_LEADER)


def drafted(town, number: str = "P1", *, rule: dict | None = None, **fields) -> Policy:
    values = {
        "title": "企业稳岗奖励办法", "summary": "职工满10人的企业奖励3万元", "issuer": town.land,
        "issued_on": MONDAY, "effective_from": MONDAY, "effective_to": date(2026, 12, 31),
    } | fields  # fmt: skip
    policy = actions.register(actor=town.chen, number=number, **values)
    clause = actions.add_clause(actor=town.chen, policy=policy, **CLAUSE)
    actions.add_item(
        actor=town.chen, policy=policy, code=f"{number}-1", title=values["title"], benefit_class="grant", mode="automatic",
        conditions="职工满10人，未列入失信名单", benefit="一次性奖励3万元", rule=rule or RULE, basis=clause)
    return policy


def approved(town, leader, number: str = "P1", **fields) -> Policy:
    policy = drafted(town, number, **fields)
    for clause in policy.clauses.all():
        actions.approve_plain(actor=leader, clause=clause)
    for gate in ("fair_competition", "legality"):
        actions.record_review(
            actor=town.chen, policy=policy, gate=gate, reviewer=town.office, reviewed_on=base.today(),
            document_number="审〔2026〕1号", passed=True)
    return policy


def published(town, leader, number: str = "P1", **fields) -> Policy:
    return actions.publish(actor=leader, policy=approved(town, leader, number, **fields))

"""A policy's text: registering the document, its clauses, what they mean in plain words."""

from datetime import date
from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Unit

from .. import access, search, terms
from ..models import Clause, Policy

FIELDS = (
    "document_number", "title", "title_en", "summary", "summary_en", "level", "issued_on", "effective_from", "effective_to",
    "supersedes",
)  # fmt: skip


@ledger.act
def register(*, actor: Actor, number: str, title: str, summary: str, issuer: Unit, issued_on: date, effective_from: date,
             effective_to: date | None = None, **more: Any) -> Policy:
    """A document enters the register as a draft. `more`: the other fields of `FIELDS`, and `simulated`."""
    base.require(access.may_edit(actor, issuer.pk))
    _require_period(issued_on, effective_from, effective_to)
    if number in terms.TAKEN_NUMBERS or Policy.objects.filter(number=number).exists():
        raise base.Refused(say("编号“%(number)s”已经用过，请换一个。", number=number), field="number")
    policy = Policy.objects.create(
        number=number, title=title, summary=summary, issuer=issuer, issued_on=issued_on, effective_from=effective_from,
        effective_to=effective_to, registered_by_id=actor.account_id, registered_at=base.now(), **more)
    ledger.record("policy.registered", actor, f"policy:{number}", _facts(policy))
    return policy


@ledger.act
def change_policy(*, actor: Actor, policy: Policy, **fields: Any) -> Policy:
    """What stands about the document; a published one keeps its days, for what holds is changed by another document."""
    policy = take(actor, policy)
    _require_known(fields)
    for name, value in fields.items():
        setattr(policy, name, value)
    _require_period(policy.issued_on, policy.effective_from, policy.effective_to)
    policy.save(update_fields=list(fields))
    ledger.record("policy.changed", actor, f"policy:{policy.number}", _facts(policy) | {"fields": sorted(fields)})
    return policy


def take(actor: Actor, policy: Policy) -> Policy:
    """The policy to be written on, locked; once published it is not written on any more."""
    policy = Policy.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=policy.pk)
    base.require(access.may_edit(actor, policy.issuer_id))
    if policy.status != terms.Status.DRAFT:
        raise base.Refused(say("已经发布的政策不能再改；内容有变，请登记新的文件并写明取代哪一份。"))
    return policy


def _require_known(fields: dict[str, Any]) -> None:
    if strange := set(fields) - set(FIELDS):
        raise TypeError(f"a policy has no {sorted(strange)}")


def _require_period(issued_on: date, begins: date, ends: date | None) -> None:
    if issued_on > base.today():
        raise base.Refused(say("印发日期还没有到。"), field="issued_on")
    if ends is not None and ends < begins:
        raise base.Refused(say("失效日期不能早于施行日期。"), field="effective_to")


def _facts(policy: Policy) -> dict[str, Any]:
    return {
        "issuer": policy.issuer.code, "issued_on": policy.issued_on, "effective_from": policy.effective_from,
        "effective_to": policy.effective_to,
    }  # fmt: skip


# —— clauses ——


@ledger.act
def add_clause(*, actor: Actor, policy: Policy, number: str, original: str, plain: str = "") -> Clause:
    """One clause as it was issued; with its meaning, if that is written already."""
    policy = take(actor, policy)
    if policy.clauses.filter(number=number).exists():
        raise base.Refused(say("已经登记过%(number)s。", number=number), field="number")
    clause = Clause.objects.create(
        policy=policy, position=policy.clauses.count() + 1, number=number, original=original.strip(), plain=plain.strip(),
        plain_by_id=actor.account_id if plain.strip() else None)
    ledger.record("clause.added", actor, f"policy:{policy.number}", {"clause": clause.pk})
    return clause


@ledger.act
def explain_clause(*, actor: Actor, clause: Clause, plain: str) -> Clause:
    """Other plain words; they wait for approval anew, the former ones are shown no more."""
    clause = _take_clause(clause)
    base.require(access.may_edit(actor, clause.policy.issuer_id))
    clause.plain, clause.plain_by_id = plain.strip(), actor.account_id
    clause.approved_by, clause.approved_at = None, None
    clause.save(update_fields=["plain", "plain_by", "approved_by", "approved_at"])
    ledger.record("clause.explained", actor, f"policy:{clause.policy.number}", {"clause": clause.pk})
    return clause


@ledger.act
def approve_plain(*, actor: Actor, clause: Clause) -> Clause:
    """The issuer stands by these words."""
    clause = _take_clause(clause)
    base.require(access.may_approve(actor, clause.policy.issuer_id))
    if not clause.plain:
        raise base.Refused(say("%(number)s还没有通俗解读，没有可核定的。", number=clause.number))
    clause.approved_by_id, clause.approved_at = actor.account_id, base.now()
    clause.save(update_fields=["approved_by", "approved_at"])
    if clause.policy.status != terms.Status.DRAFT:
        search.index(clause.policy)
    ledger.record("clause.approved", actor, f"policy:{clause.policy.number}", {"clause": clause.pk})
    return clause


def _take_clause(clause: Clause) -> Clause:
    return Clause.objects.select_for_update(of=("self",)).select_related("policy").get(pk=clause.pk)

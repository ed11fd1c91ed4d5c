"""The issuer's side: drafts that wait, lists that are owed, versions of a benefit beside one another."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES
from qinqing.workdays import queries as workdays

from .. import terms
from ..models import Policy, PolicyItem, PolicyQuerySet
from . import documents, library


@dataclass(frozen=True)
class Kept:
    """One policy of the register."""

    policy: Policy
    standing: terms.Standing
    items: int
    unapproved: int


@dataclass(frozen=True)
class Duty:
    """What must be public until a day, and who answers for it."""

    policy: Policy
    due_on: date
    missing: Sequence[terms.Piece]
    is_late: bool


@dataclass(frozen=True)
class Register:
    rows: Sequence[Kept]
    duties: Sequence[Duty]


def register(actor: Actor, day: date) -> Register:
    """The policies that the actor keeps, drafts first, and what is owed of them; the same queries however many."""
    policies = list(_counted(kept_by(actor)))
    rows = [Kept(policy, library.standing_of(policy, day), policy.item_count, policy.unapproved) for policy in policies]
    return Register(sorted(rows, key=lambda row: row.standing != terms.Standing.DRAFT), _duties(policies, day))


def kept_by(actor: Actor) -> PolicyQuerySet:
    """Of the own units, or all for a city office."""
    rows = Policy.objects.visible_to(actor)
    return rows if actor.role in CITY_OFFICES else rows.filter(issuer__in=actor.unit_ids)


def _counted(rows: PolicyQuerySet) -> Any:
    return rows.select_related("issuer").prefetch_related("publications").annotate(
        item_count=Count("items", filter=Q(items__replaced_at=None), distinct=True),
        unapproved=Count("clauses", filter=Q(clauses__approved_at=None) & ~Q(clauses__plain=""), distinct=True),
    ).order_by("-issued_on", "number")


def _duties(policies: Sequence[Policy], day: date) -> list[Duty]:
    """Lists, manuals and guides that are not public yet, what is due first first."""
    calendar = workdays.calendar()
    duties = []
    for policy in policies:
        made = {publication.piece for publication in policy.publications.all()}
        missing = [piece for piece in terms.OWED if piece not in made]
        if missing and policy.status == terms.Status.PUBLISHED and not policy.withheld_ground:
            due = documents.list_due_on(policy, calendar)
            duties.append(Duty(policy, due, missing, day > due))
    return sorted(duties, key=lambda duty: duty.due_on)


def list_rows(actor: Actor) -> list[dict[str, Any]]:
    """Every current benefit of the policies that the actor keeps, by the names of the sheet's columns."""
    kept = PolicyItem.objects.current().filter(policy__in=kept_by(actor).values("pk"))
    rows = kept.select_related("policy__issuer", "owner").order_by("policy__issued_on", "policy__number", "code")
    return [_listed(item) for item in rows]


def _listed(item: PolicyItem) -> dict[str, Any]:
    policy = item.policy
    return {
        "number": policy.number, "document_number": policy.document_number, "policy": policy.title, "summary": policy.summary,
        "issuer": policy.issuer.code, "issued_on": policy.issued_on, "effective_from": policy.effective_from,
        "effective_to": policy.effective_to or "", "code": item.code, "title": item.title,
        "benefit_class": terms.BenefitClass(item.benefit_class).label, "mode": terms.Mode(item.mode).label,
        "conditions": item.conditions, "benefit": item.benefit, "owner": item.owner.code,
        "limit_days": item.limit.removesuffix("wd"), "window_from": item.window_from or "", "window_to": item.window_to or "",
        "rule": json.dumps(item.rule, ensure_ascii=False) if item.rule else "",
    }  # fmt: skip


# —— versions ——


@dataclass(frozen=True)
class Change:
    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    item: PolicyItem
    changes: Sequence[Change]


def versions(policy: Policy, code: str, labels: Mapping[str, Any]) -> list[Version]:
    """The newest first, each with what it made otherwise than the one before it; `labels` name the fields to compare."""
    items = list(policy.items.filter(code=code).select_related("written_by", "owner", "basis").order_by("version"))
    pairs = zip([None, *items], items, strict=False)
    return [Version(item, _changes(before, item, labels) if before else []) for before, item in pairs][::-1]


def _changes(before: PolicyItem, after: PolicyItem, labels: Mapping[str, Any]) -> list[Change]:
    said = [(label, _said(before, name), _said(after, name)) for name, label in labels.items()]
    return [Change(label, old, new) for label, old, new in said if old != new]


def _proved(item: PolicyItem) -> str:
    said = [(fact.label, proof) for proof, fact in documents.evidence_of(item).proofs if proof.is_written]
    return "\n".join(f"{label}：{_('部门数据') if proof.stands else proof.material}" for label, proof in said)


def _said(item: PolicyItem, name: str) -> str:
    shown = getattr(item, f"get_{name}_display", None)
    value = _proved(item) if name == "evidence" else shown() if shown else getattr(item, name)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return "" if value is None else str(value)

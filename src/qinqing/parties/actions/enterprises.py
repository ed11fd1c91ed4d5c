"""Enterprises one by one: registered once per code, renamed, moved, and what is known of them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger
from qinqing.ledger.rules import entries

from .. import access, industry, queries, terms, uscc
from ..models import Division, Enterprise, EnterpriseName, Fact, Unit


@ledger.act
def register_enterprise(
    *,
    actor: base.Actor,
    code: str,
    name: str,
    kind: str = terms.EnterpriseKind.COMPANY,
    division: Division | None = None,
    industry_code: str = "",
    registered_on: date | None = None,
    address: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    contact_email: str = "",
) -> Enterprise:
    """Once for each credit code; one that is there already is refused, never overwritten."""
    base.require(access.may_register_enterprise(actor))
    code = uscc.sound(code)
    if Enterprise.objects.filter(code=code).exists():
        raise base.Refused(say("%(code)s 已经登记，不用再登记。", code=code), field="code")
    enterprise = Enterprise.objects.create(
        code=code, name=name.strip(), kind=kind, division=division, county=queries.county_of(division),
        industry_code=known_industry(industry_code), registered_on=registered_on, address=address.strip(),
        contact_name=contact_name.strip(), contact_phone=contact_phone.strip(), contact_email=contact_email.strip(),
        salt=ledger.new_salt(),
    )  # fmt: skip
    named = new_name(enterprise, registered_on or base.today())
    named.save()
    facts = {"code": code, "kind": str(kind), "name": ledger.commitment(named.salt, named.name)}
    ledger.record("enterprise.registered", actor, f"enterprise:{enterprise.id}", facts)
    return enterprise


def known_industry(code: str) -> str:
    """The normalised industry code; empty stays empty."""
    if not code.strip():
        return ""
    found = industry.find(code)
    if found is None:
        raise base.Refused(say("GB/T 4754-2017 里没有行业代码“%(code)s”。", code=code), field="industry_code")
    return found.code


def new_name(enterprise: Enterprise, day: date) -> EnterpriseName:
    return EnterpriseName(enterprise=enterprise, name=enterprise.name, salt=ledger.new_salt(), valid_from=day)


@ledger.act
def rename_enterprise(*, actor: base.Actor, enterprise: Enterprise, name: str, on: date | None = None) -> None:
    """The code stays, the old name stays findable."""
    base.require(access.may_change_enterprise(actor, enterprise.county_id))
    named = take_name(enterprise, name, on or base.today())
    facts = {"on": named.valid_from, "name": ledger.commitment(named.salt, named.name)}
    ledger.record("enterprise.renamed", actor, f"enterprise:{enterprise.id}", facts)


def take_name(enterprise: Enterprise, name: str, day: date) -> EnterpriseName:
    """End the name in force and begin the next."""
    current = enterprise.names.filter(valid_to=None).first()
    if current and day < current.valid_from:
        raise base.Refused(say("更名日期不能早于现用名称的起始日 %(day)s。", day=current.valid_from), field="on")
    enterprise.names.filter(valid_to=None).update(valid_to=day)
    enterprise.name = name.strip()
    enterprise.save(update_fields=["name"])
    named = new_name(enterprise, day)
    named.save()
    return named


@ledger.act
def move_enterprise(*, actor: base.Actor, enterprise: Enterprise, division: Division, address: str = "") -> None:
    """To another county or town; what was done in the old one stays there."""
    base.require(access.may_change_enterprise(actor, enterprise.county_id))
    old = enterprise.division
    enterprise.division, enterprise.county = division, queries.county_of(division)
    enterprise.address = address.strip() or enterprise.address
    enterprise.save(update_fields=["division", "county", "address"])
    facts = {"from": old.code if old else "", "to": division.code}
    ledger.record("enterprise.moved", actor, f"enterprise:{enterprise.id}", facts)


@ledger.act
def record_fact(
    *,
    actor: base.Actor,
    enterprise: Enterprise,
    name: str,
    value: Any,
    as_of: date,
    source: Unit | None = None,
    permitted_use: str = terms.PermittedUse.SERVICE,
) -> Fact:
    """What a unit, or the enterprise itself, says is so for a day; said again for the same day it is corrected."""
    base.require(access.may_record_fact(actor, enterprise.id, source.id if source else None))
    values = {
        "value": value, "permitted_use": permitted_use, "salt": ledger.new_salt(), "recorded_at": base.now(),
    }  # fmt: skip
    fact, _ = Fact.objects.update_or_create(enterprise=enterprise, name=name, as_of=as_of, source=source, defaults=values)
    if name == terms.SIZE_CLASS:
        keep_size_classes([enterprise.id])
        enterprise.refresh_from_db(fields=["size_class", "size_class_on"])
    facts = {
        "enterprise": enterprise.code, "name": name, "as_of": as_of, "source": source.code if source else "",
        "use": str(permitted_use), "value": fact_commitment(fact),
    }  # fmt: skip
    ledger.record("fact.recorded", actor, f"enterprise:{enterprise.id}", facts)
    return fact


def fact_commitment(fact: Fact) -> str:
    return ledger.commitment(fact.salt, entries.canonical(fact.value))


def keep_size_classes(enterprise_ids: Collection[int]) -> None:
    """The enterprises' own rows show their latest class; those of one class and day are written at once."""
    facts = Fact.objects.filter(name=terms.SIZE_CLASS, enterprise_id__in=enterprise_ids).order_by("as_of", "id")
    latest = {
        enterprise_id: (value, as_of) for enterprise_id, value, as_of in facts.values_list("enterprise_id", "value", "as_of")
    }
    alike: dict[tuple[str, date], list[int]] = defaultdict(list)
    for enterprise_id, held in latest.items():
        alike[held].append(enterprise_id)
    for (size_class, day), ids in alike.items():
        Enterprise.objects.filter(id__in=ids).update(size_class=size_class, size_class_on=day)

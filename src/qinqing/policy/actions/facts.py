"""The enterprise and its facts: allowing them to be matched, saying them itself, disputing them; the unit's answer (M3-030)."""

from datetime import date
from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.casework import actions as casework
from qinqing.casework.terms import Route
from qinqing.eligibility import catalogue
from qinqing.eligibility.units import Unreadable
from qinqing.ledger import actions as ledger
from qinqing.parties import actions as parties
from qinqing.parties.models import Enterprise, Fact
from qinqing.parties.terms import PermittedUse

from .. import access, building, terms
from ..models import Consent, Correction


@ledger.act
def give_consent(*, actor: Actor) -> Consent:
    """What was given to serve the enterprise may be matched from now on."""
    base.require(access.may_speak_for_itself(actor))
    consent, new = Consent.objects.get_or_create(
        enterprise=_own(actor), withdrawn_at=None, defaults={"account_id": actor.account_id or 0, "given_at": base.now()})
    if not new:
        raise base.Stale(say("已经同意过了。"))
    ledger.record("consent.given", actor, f"enterprise:{actor.enterprise_id}", {"consent": consent.pk})
    return consent


@ledger.act
def withdraw_consent(*, actor: Actor) -> None:
    """From the next snapshot on it is matched no more; what was paid stays."""
    base.require(access.may_speak_for_itself(actor))
    given = Consent.objects.filter(enterprise=actor.enterprise_id, withdrawn_at=None)
    if not given.update(withdrawn_at=base.now()):
        raise base.Stale(say("没有同意过，不用收回。"))
    ledger.record("consent.withdrawn", actor, f"enterprise:{actor.enterprise_id}", {})


@ledger.act
def declare(*, actor: Actor, name: str, value: str, as_of: date) -> Fact:
    """What the enterprise says of itself, to be matched with policies; a unit checks it before anything is paid."""
    base.require(access.may_speak_for_itself(actor))
    fact = known_fact(name)
    said = readable(fact, value)
    _require_past(as_of)
    kept = parties.record_fact(
        actor=actor, enterprise=_own(actor), name=fact.name, value=said, as_of=as_of,
        permitted_use=PermittedUse.MATCHING)
    ledger.record("fact.declared", actor, f"enterprise:{actor.enterprise_id}", {"name": fact.name, "as_of": as_of})
    return kept


def _own(actor: Actor) -> Enterprise:
    return Enterprise.objects.get(pk=actor.enterprise_id or 0)


def known_fact(name: str) -> catalogue.Fact:
    """By its name or label; refused with the one that was meant."""
    try:
        fact = catalogue.standard().find(building.named(name))
    except Unreadable as unreadable:
        raise base.Refused(unreadable.sentence, field="name") from unreadable
    if fact.use == catalogue.NOT_FOR_MATCHING:
        raise base.Refused(say("%(fact)s只用于统计，不在这里填。", fact=fact.label), field="name")
    return fact


def readable(fact: catalogue.Fact, value: str) -> Any:
    """As it is kept: a flag as true or false, anything else as written."""
    said: Any = value.strip()
    if fact.kind is catalogue.Kind.FLAG:
        said = building.YES_NO.get(said.lower(), said)
        if not isinstance(said, bool):
            raise base.Refused(say("%(fact)s只能填“是”或“否”。", fact=fact.label), field="value")
    try:
        fact.read(said)
    except Unreadable as unreadable:
        raise base.Refused(unreadable.sentence, field="value") from unreadable
    return said


def _require_past(day: date) -> None:
    if day > base.today():
        raise base.Refused(say("日期不能在将来。"), field="as_of")


@ledger.act
def dispute(*, actor: Actor, fact: Fact, wanted: str, text: str) -> Correction:
    """A matter straight to the unit that said it; the fact stays as it is until that has answered."""
    base.require(access.may_speak_for_itself(actor))
    if fact.enterprise_id != actor.enterprise_id or fact.source is None:
        raise base.Denied(say("只能对本企业的、单位提供的数据提出更正。"))
    said = {"name": fact.name, "said_on": fact.as_of, "unit": fact.source}
    if Correction.objects.filter(enterprise=actor.enterprise_id, decided_at=None, **said).exists():
        raise base.Stale(say("已经提出过，正在等单位答复。"))
    known = catalogue.standard().facts.get(fact.name)
    title = say("更正企业数据：%(fact)s", fact=known.label if known else fact.name)
    matter = casework.open_matter(
        actor=actor, kind=terms.CORRECTION.key, track="standard", title=str(title), text=text, route=Route.PORTAL,
        enterprise=fact.enterprise, contact_id=actor.account_id, county=fact.enterprise.county, lead=fact.source)
    correction = Correction.objects.create(
        matter=matter, enterprise=fact.enterprise, said=fact.value, wanted=wanted.strip(), **said)
    facts = {"name": fact.name, "as_of": fact.as_of, "source": fact.source.code}
    ledger.record("correction.asked", actor, f"matter:{matter.pk}", facts)
    return correction


@ledger.act
def decide_correction(*, actor: Actor, correction: Correction, value: str = "", as_of: date | None = None) -> Correction:
    """With a value: a new fact of a later day, the old one stays on record. Without one: what was said stands."""
    correction = Correction.objects.select_for_update(of=("self",)).select_related("unit", "enterprise").get(pk=correction.pk)
    base.require(access.may_decide_correction(actor, correction.unit_id))
    if correction.decided_at is not None:
        raise base.Stale(say("已经答复过了。"))
    corrected = bool(value.strip())
    if corrected:
        _write_anew(actor, correction, value, as_of or base.today())
    correction.decided_at, correction.decided_by_id, correction.corrected = base.now(), actor.account_id, corrected
    correction.save(update_fields=["decided_at", "decided_by", "corrected"])
    facts = {"name": correction.name, "as_of": correction.said_on, "corrected": corrected}
    ledger.record("correction.decided", actor, f"matter:{correction.matter_id}", facts)
    return correction


def _write_anew(actor: Actor, correction: Correction, value: str, as_of: date) -> None:
    """For the same use as the fact that was wrong."""
    _require_past(as_of)
    if as_of <= correction.said_on:
        raise base.Refused(say("更正要用比 %(day)s 晚的日期，原来的数据留着备查。", day=correction.said_on), field="as_of")
    said = Fact.objects.filter(enterprise=correction.enterprise, name=correction.name, source=correction.unit)
    before = said.filter(as_of=correction.said_on).first()
    known = catalogue.standard().facts.get(correction.name)
    parties.record_fact(
        actor=actor, enterprise=correction.enterprise, name=correction.name, source=correction.unit, as_of=as_of,
        value=readable(known, value) if known else value.strip(),
        permitted_use=before.permitted_use if before else PermittedUse.MATCHING)

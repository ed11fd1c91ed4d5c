"""From draft to public: reviews, publishing, channels, repeal, and what the law keeps back (M3-012, M3-027)."""

from datetime import date
from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Unit

from .. import access, rules, search, terms
from ..models import GateReview, Policy, Publication


@ledger.act
def record_review(*, actor: Actor, policy: Policy, gate: str, reviewer: Unit, reviewed_on: date, document_number: str,
                  passed: bool, remark: str = "") -> GateReview:
    """What a review found, and in which paper; a later one of the same gate counts instead."""
    policy = _take(policy)
    base.require(access.may_edit(actor, policy.issuer_id))
    _require_past(reviewed_on, "reviewed_on")
    review = GateReview.objects.create(
        policy=policy, gate=gate, reviewer=reviewer, reviewed_on=reviewed_on, document_number=document_number, passed=passed,
        remark=remark, recorded_by_id=actor.account_id, recorded_at=base.now())
    facts = {"gate": gate, "reviewer": reviewer.code, "on": reviewed_on, "passed": passed}
    ledger.record("policy.reviewed", actor, f"policy:{policy.number}", facts)
    return review


@ledger.act
def publish(*, actor: Actor, policy: Policy) -> Policy:
    """Everybody reads it from now on, here; what it takes the place of is repealed with it."""
    policy = _take(policy)
    base.require(access.may_publish(actor, policy.issuer_id))
    if policy.status != terms.Status.DRAFT:
        raise base.Stale(say("这份政策已经发布。"))
    _require_ready(policy)
    policy.status, policy.published_at = terms.Status.PUBLISHED, base.now()
    policy.save(update_fields=["status", "published_at"])
    _publication(actor, policy, piece=terms.Piece.TEXT, channel=terms.Channel.WEB, published_on=base.today())
    ledger.record("policy.published", actor, f"policy:{policy.number}", {"issued_on": policy.issued_on})
    search.index(policy)
    if policy.supersedes and policy.supersedes.status == terms.Status.PUBLISHED:
        repeal(actor=actor, policy=policy.supersedes, reason=str(say("由%(number)s取代", number=policy.number)))
    return policy


def _require_ready(policy: Policy) -> None:
    clauses = list(policy.clauses.all())
    unapproved = sum(1 for clause in clauses if clause.plain and clause.approved_at is None)
    latest = dict(policy.reviews.order_by("reviewed_on", "id").values_list("gate", "passed"))
    wrong = rules.unfit(len(clauses), unapproved, policy.items.current().count()) or rules.missing_gate(latest)
    if wrong:
        raise base.Refused(wrong)


@ledger.act
def repeal(*, actor: Actor, policy: Policy, reason: str) -> Policy:
    """It holds no longer; it stays readable, marked so."""
    policy = _take(policy)
    base.require(access.may_publish(actor, policy.issuer_id))
    if policy.status != terms.Status.PUBLISHED:
        raise base.Refused(say("只有已发布的政策才能废止。"))
    if not reason.strip():
        raise base.Refused(say("请写明废止的依据。"), field="reason")
    policy.status, policy.repealed_on, policy.repealed_reason = terms.Status.REPEALED, base.today(), reason.strip()
    policy.save(update_fields=["status", "repealed_on", "repealed_reason"])
    ledger.record("policy.repealed", actor, f"policy:{policy.number}", {"on": policy.repealed_on})
    return policy


@ledger.act
def withhold(*, actor: Actor, policy: Policy, ground: str, approver: str) -> Policy:
    """Not public, only on a legal ground and with the name of who approved it; the number of such is public."""
    policy = _take(policy)
    base.require(access.may_publish(actor, policy.issuer_id))
    if not ground.strip():
        raise base.Refused(say("不公开要写明法律依据，例如《保守国家秘密法》第几条。"), field="ground")
    if not approver.strip():
        raise base.Refused(say("不公开要写明由谁批准。"), field="approver")
    policy.withheld_ground, policy.withheld_approver = ground.strip(), approver.strip()
    policy.save(update_fields=["withheld_ground", "withheld_approver"])
    ledger.record("policy.withheld", actor, f"policy:{policy.number}", {})
    return policy


@ledger.act
def disclose(*, actor: Actor, policy: Policy) -> Policy:
    """The ground is gone: everybody reads it again."""
    policy = _take(policy)
    base.require(access.may_publish(actor, policy.issuer_id))
    if not policy.withheld_ground:
        raise base.Stale(say("这份政策本来就是公开的。"))
    policy.withheld_ground = policy.withheld_approver = ""
    policy.save(update_fields=["withheld_ground", "withheld_approver"])
    ledger.record("policy.disclosed", actor, f"policy:{policy.number}", {})
    return policy


@ledger.act
def record_channel(*, actor: Actor, policy: Policy, piece: str, channel: str, published_on: date, place: str = "") -> Publication:
    """One piece of it went out through one channel on one day."""
    policy = _take(policy)
    base.require(access.may_edit(actor, policy.issuer_id))
    _require_past(published_on, "published_on")
    if policy.withheld_ground:
        raise base.Refused(say("这份政策依法不公开。"))
    if published_on < policy.issued_on:
        raise base.Refused(say("公开日期不能早于印发日期。"), field="published_on")
    if policy.publications.filter(piece=piece, channel=channel, place=place.strip()).exists():
        raise base.Refused(say("这一处已经登记过。"), field="place")
    publication = _publication(
        actor, policy, piece=piece, channel=channel, published_on=published_on, place=place.strip())
    facts = {"piece": piece, "channel": channel, "on": published_on}
    ledger.record("policy.channel_recorded", actor, f"policy:{policy.number}", facts)
    return publication


def _publication(actor: Actor, policy: Policy, **values: Any) -> Publication:
    return Publication.objects.create(policy=policy, recorded_by_id=actor.account_id, recorded_at=base.now(), **values)


def _take(policy: Policy) -> Policy:
    return Policy.objects.select_for_update(of=("self",)).select_related("issuer", "supersedes").get(pk=policy.pk)


def _require_past(day: date, field: str) -> None:
    if day > base.today():
        raise base.Refused(say("日期不能在将来。"), field=field)

"""Objections to a list, and requests that a person review what a rule decided: raised, proposed, decided by two (M3-031)."""

from qinqing import base
from qinqing.base import Actor, say
from qinqing.casework import actions as casework
from qinqing.casework.models import Matter
from qinqing.casework.terms import Outcome, Route
from qinqing.casework.terms import State as MatterState
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Enterprise

from ..access import cycles as access
from ..models import Cycle, Entitlement, Objection
from ..queries import cycles as queries
from ..terms.cycles import LEFT, OBJECTION, State, Step
from . import benefit_telling as telling
from . import cycles

HOLDING = (State.NOTICED, State.CONFIRMING, State.CONFIRMED)
TITLE_LENGTH = 80


@ledger.act
def object_to(*, actor: Actor, cycle: Cycle, about: Enterprise, text: str) -> Objection:
    """About another while the list is public; about oneself until the money is there. Opens a matter with the paying unit."""
    base.require(access.may_object(actor))
    cycle = cycles.take(cycle)
    own = about.pk == actor.enterprise_id
    _require_open(cycle, own=own)
    if not text.strip():
        raise base.Refused(say("请写明理由和线索。"), field="text")
    if cycle.objections.filter(about=about, raised_by=actor.enterprise_id, decided_at=None).exists():
        raise base.Refused(say("您已经提出过，正在办理。"), field="text")
    raiser = Enterprise.objects.visible_to(actor).get()
    matter = casework.open_matter(
        actor=actor, kind=OBJECTION.key, track="standard", title=_title(cycle, about, own=own), text=text.strip(),
        route=Route.PORTAL, enterprise=raiser, contact_id=actor.account_id, county=raiser.county, lead=cycle.unit)
    objection = Objection.objects.create(matter=matter, cycle=cycle, about=about, raised_by=raiser, raised_at=base.now())
    cycle.entitlements.filter(enterprise=about, state__in=HOLDING).update(held=True)
    ledger.record("objection.raised", actor, f"cycle:{cycle.number}", {"matter": matter.number, "about": about.code, "own": own})
    return objection


def _require_open(cycle: Cycle, *, own: bool) -> None:
    if cycle.checked_at is None or cycle.finished_at is not None:
        raise base.Refused(say("这一批现在不能提出异议。"))
    if not own and (cycle.noticed_at is None or queries.is_notice_over(cycle)):
        raise base.Refused(say("对别的企业，只在公示期内可以提出异议。"))


def _title(cycle: Cycle, about: Enterprise, *, own: bool) -> str:
    """In Chinese, the language of the register."""
    words = say("请复核本企业的结果：%(item)s") if own else say("对%(name)s列入名单有异议：%(item)s")
    return (words.text % {"name": about.name, "item": cycle.item.title})[:TITLE_LENGTH]


@ledger.act
def propose_decision(*, actor: Actor, objection: Objection, upheld: bool, reason: str,
                     amount_fen: int | None = None) -> Objection:
    """What one person of the paying unit thinks of it; nothing changes until a second one decides."""
    objection = _take(objection)
    base.require(access.may_run(actor, objection.cycle.unit_id))
    if not reason.strip():
        raise base.Refused(say("请写明理由，企业会看到。"), field="reason")
    if upheld and _is_own(objection) and not amount_fen:
        raise base.Refused(say("请写明应得的金额。"), field="amount")
    objection.upheld, objection.reason = upheld, reason.strip()
    objection.amount_fen = amount_fen if upheld and _is_own(objection) else None
    objection.proposed_by_id, objection.proposed_at = actor.account_id, base.now()
    objection.save()
    _record("proposed", actor, objection)
    return objection


@ledger.act
def decide_objection(*, actor: Actor, objection: Objection, agreed: bool) -> Objection:
    """The unit's leader agrees, and it takes effect and is answered; or sends the proposal back."""
    objection = _take(objection)
    base.require(access.may_sign(actor, objection.cycle.unit_id, objection.proposed_by_id))
    if objection.proposed_at is None:
        raise base.Refused(say("还没有人提出处理意见。"))
    if not agreed:
        objection.proposed_at = None
        objection.save(update_fields=["proposed_at"])
        _record("decided", actor, objection, agreed=False)
        return objection
    objection.decided_by_id, objection.decided_at = actor.account_id, base.now()
    objection.save(update_fields=["decided_by", "decided_at"])
    _answer(actor, objection)
    _take_effect(objection)
    _record("decided", actor, objection, agreed=True)
    cycles.close_when_done(objection.cycle)
    return objection


def _take(objection: Objection) -> Objection:
    taken = Objection.objects.select_for_update(of=("self",)).select_related("cycle__item", "cycle__unit", "about").get(
        pk=objection.pk)
    if taken.decided_at is not None:
        raise base.Stale(say("这件异议已经决定。"))
    return taken


def _is_own(objection: Objection) -> bool:
    return objection.about_id == objection.raised_by_id


def _record(verb: str, actor: Actor, objection: Objection, **facts: object) -> None:
    held = {"matter": objection.matter.number, "upheld": objection.upheld, "amount": objection.amount_fen}
    ledger.record(f"objection.{verb}", actor, f"cycle:{objection.cycle.number}", held | facts)


def _answer(actor: Actor, objection: Objection) -> None:
    """The matter is answered with the same words; the objector says whether that settles it."""
    matter = Matter.objects.get(pk=objection.matter_id)
    if matter.state == MatterState.DISPATCHED:
        matter = casework.sign(actor=actor, matter=matter)
    if matter.state != MatterState.HANDLING:
        return
    reason, policy = objection.reason, objection.cycle.item.policy
    if objection.upheld:
        casework.reply(actor=actor, matter=matter, text=reason, outcome=Outcome.SOLVED, evidence=reason)
    else:
        casework.reply(actor=actor, matter=matter, text=reason, outcome=Outcome.EXPLAINED, basis=policy.title)


def _take_effect(objection: Objection) -> None:
    cycle = objection.cycle
    row = cycle.entitlements.filter(enterprise=objection.about_id).first()
    if objection.upheld:
        row = _correct(objection, row) if _is_own(objection) else _exclude(objection, row)
    others = cycle.objections.filter(about=objection.about_id, decided_at=None)
    if row is not None and not others.exists():
        cycle.entitlements.filter(pk=row.pk).update(held=False)
        _go_on(cycle, row)


def _exclude(objection: Objection, row: Entitlement | None) -> Entitlement | None:
    """Off the list; who has been paid already is claimed back by a verb of its own."""
    if row is None or row.state not in HOLDING:
        return row
    row.state, row.left_at, row.reason, row.changed_at = State.EXCLUDED, Step.OBJECTION, objection.reason, base.now()
    row.save(update_fields=["state", "left_at", "reason", "changed_at"])
    telling.excluded(objection.cycle, [row])
    return row


def _correct(objection: Objection, row: Entitlement | None) -> Entitlement:
    """The amount it should be; one that was left out comes onto the list."""
    amount = objection.amount_fen or 0
    if row is None:
        return Entitlement.objects.create(
            cycle=objection.cycle, enterprise=objection.about, name=objection.about.name, matched_fen=0, amount_fen=amount,
            registered_on=objection.about.registered_on, added=True, state=State.NOTICED, salt=ledger.new_salt(),
            reason=objection.reason, changed_at=base.now())
    if row.state in LEFT:
        row.state, row.left_at = State.NOTICED, ""
    if row.state not in HOLDING:
        raise base.Refused(say("这一户已经开了拨付单，金额不能再改。"))
    row.amount_fen, row.reason, row.changed_at = amount, objection.reason, base.now()
    row.save(update_fields=["state", "left_at", "amount_fen", "reason", "changed_at"])
    return row


def _go_on(cycle: Cycle, row: Entitlement) -> None:
    """When the others have been asked already, it is this one's turn; who was asked before has the whole time again."""
    if cycle.asked_at is not None:
        cycle.entitlements.filter(pk=row.pk, state=State.CONFIRMING).update(answer_by=cycles.answer_by(), reminded_at=None)
        cycles.ask(cycle, cycle.entitlements.filter(pk=row.pk, state=State.NOTICED))

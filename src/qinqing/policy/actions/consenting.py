"""What the enterprise says: where it is paid, yes or no to a benefit, how it went (M3-032)."""

from qinqing import base
from qinqing.base import Actor, say
from qinqing.casework.terms import Satisfaction
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Enterprise
from qinqing.parties.terms import EnterpriseKind

from ..access import cycles as access
from ..models import Entitlement, PayeeAccount
from ..rules import cycles as rules
from ..terms.cycles import Agreed, State
from . import cycles

MAY_SAY_YES = (State.CONFIRMING, State.RETURNED)
MAY_SAY_NO = (State.NOTICED, State.CONFIRMING, State.CONFIRMED, State.RETURNED)
OWN_NAME_ONLY = (EnterpriseKind.COMPANY, EnterpriseKind.COOPERATIVE)


@ledger.act
def keep_account(*, actor: Actor, payee: str, bank: str, number: str, standing: bool) -> PayeeAccount:
    """Where it wants to be paid; with `standing`, whatever it is entitled to goes there without asking again."""
    if actor.enterprise_id is None:
        raise base.Denied(say("只能由企业本身办理。"))
    values = _sound(Enterprise.objects.visible_to(actor).get(), payee, bank, number)
    account, _ = PayeeAccount.objects.update_or_create(enterprise_id=actor.enterprise_id, defaults=values | {
        "standing": standing, "salt": ledger.new_salt(), "kept_by_id": actor.account_id, "kept_at": base.now()})
    facts = {"standing": standing, "account": ledger.commitment(account.salt, account.number)}
    ledger.record("payee.kept", actor, f"enterprise:{actor.enterprise_id}", facts)
    return account


def _sound(enterprise: Enterprise, payee: str, bank: str, number: str) -> dict[str, object]:
    """The values as they are kept; `Refused` beside the field that is wrong."""
    number, payee, bank = rules.account_number(number), payee.strip(), bank.strip()
    own_name_only = enterprise.kind in OWN_NAME_ONLY
    if fault := rules.payee_fault(enterprise.name, payee, own_name_only=own_name_only):
        raise base.Refused(fault, field="payee")
    if not payee:
        raise base.Refused(say("请填户名。"), field="payee")
    if not bank:
        raise base.Refused(say("请填开户银行，写到支行。"), field="bank")
    if fault := rules.account_fault(number):
        raise base.Refused(fault, field="number")
    return {"payee": payee, "bank": bank, "number": number}


@ledger.act
def confirm(*, actor: Actor, entitlement: Entitlement, payee: str, bank: str, number: str, standing: bool = False) -> Entitlement:
    """Yes, to this account; after a return, to the corrected one."""
    row = _take(actor, entitlement)
    if row.state not in MAY_SAY_YES:
        raise base.Stale(say("现在是“%(state)s”，不用确认。", state=row.get_state_display()))
    account = keep_account(actor=actor, payee=payee, bank=bank, number=number, standing=standing)
    row.state, row.consent, row.changed_at, row.consented_by_id = State.CONFIRMED, Agreed.GIVEN, base.now(), actor.account_id
    row.payee, row.bank, row.account = account.payee, account.bank, account.number
    row.save(update_fields=["state", "consent", "changed_at", "consented_by", "payee", "bank", "account"])
    _record("confirmed", actor, row, account=ledger.commitment(row.salt, row.account))
    return row


@ledger.act
def decline(*, actor: Actor, entitlement: Entitlement, reason: str = "") -> Entitlement:
    """No, thank you: what comes unasked is not forced upon anybody."""
    row = _take(actor, entitlement)
    if row.state not in MAY_SAY_NO:
        raise base.Stale(say("现在是“%(state)s”，不能放弃。", state=row.get_state_display()))
    row.state, row.reason, row.held, row.changed_at = State.DECLINED, reason.strip(), False, base.now()
    row.save(update_fields=["state", "reason", "held", "changed_at"])
    _record("declined", actor, row)
    cycles.close_when_done(cycles.take(row.cycle))
    return row


@ledger.act
def rate(*, actor: Actor, entitlement: Entitlement, rating: Satisfaction) -> Entitlement:
    """How it went, once the money is there; it may be said once."""
    row = _take(actor, entitlement)
    if row.state != State.PAID or row.rating is not None:
        raise base.Stale(say("到账后可以评价一次。"))
    row.rating, row.rated_at = rating, base.now()
    row.save(update_fields=["rating", "rated_at"])
    _record("rated", actor, row, rating=int(rating))
    return row


def _take(actor: Actor, entitlement: Entitlement) -> Entitlement:
    row = Entitlement.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=entitlement.pk)
    base.require(access.may_answer(actor, row.enterprise_id))
    return row


def _record(verb: str, actor: Actor, row: Entitlement, **facts: object) -> None:
    held = {"enterprise": row.enterprise_id, "amount": row.amount_fen}
    ledger.record(f"entitlement.{verb}", actor, f"cycle:{row.cycle.number}", held | facts)

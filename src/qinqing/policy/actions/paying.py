"""From consent to account: funds, orders signed by two, what arrived and what came back, what is claimed back (M3-031)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qinqing import base
from qinqing.base import Actor, say
from qinqing.casework import actions as casework
from qinqing.casework.terms import Route
from qinqing.ledger import actions as ledger

from ..access import cycles as access
from ..models import ClawBack, Cycle, Entitlement, Payment, PaymentOrder
from ..queries import cycles as queries
from ..rules import cycles as rules
from ..terms.cycles import LATE, PaymentState, State
from . import benefit_telling as telling
from . import cycles

CHUNK = 1_000


@ledger.act
def record_funds(*, actor: Actor, cycle: Cycle, amount_fen: int) -> Cycle:
    """So much money has arrived to pay from; never more than the budget."""
    cycle = cycles.take(cycle)
    base.require(access.may_fund(actor, cycle.funder_id))
    if amount_fen <= 0:
        raise base.Refused(say("金额要大于 0。"), field="amount")
    if cycle.funded_fen + amount_fen > cycle.budget_fen:
        left = rules.yuan(cycle.budget_fen - cycle.funded_fen)
        raise base.Refused(say("超过预算：还能登记 %(left)s 元。", left=left), field="amount")
    cycle.funded_fen += amount_fen
    cycle.save(update_fields=["funded_fen"])
    cycles.record("funded", actor, cycle, amount=amount_fen, funded=cycle.funded_fen)
    return cycle


# —— orders ——


@ledger.act
def order_payment(*, actor: Actor, cycle: Cycle) -> PaymentOrder:
    """Everybody who said yes, in the stated order, as far as the money goes; nobody twice."""
    cycle = cycles.take(cycle)
    base.require(access.may_run(actor, cycle.unit_id))
    ready = list(cycle.entitlements.filter(state=State.CONFIRMED, held=False).in_order())
    chosen = ready[:rules.affordable((row.amount_fen for row in ready), cycle.funded_fen - queries.committed(cycle))]
    _require_something(cycle, ready, chosen)
    order = PaymentOrder.objects.create(
        cycle=cycle, position=cycle.orders.count() + 1, count=len(chosen), sum_fen=sum(row.amount_fen for row in chosen),
        sha256="", drawn_by_id=actor.account_id, drawn_at=base.now())
    Payment.objects.bulk_create([_line(order, row) for row in chosen], batch_size=CHUNK)
    _moved(cycle, [row.pk for row in chosen], State.ORDERED)
    order.sha256 = queries.fingerprint(order)
    order.save(update_fields=["sha256"])
    _record("ordered", actor, order, waiting=len(ready) - len(chosen))
    return order


def _require_something(cycle: Cycle, ready: list[Entitlement], chosen: list[Entitlement]) -> None:
    if not ready:
        raise base.Refused(say("没有待拨付的企业。"))
    if not chosen:
        raise base.Refused(say("资金还没有到位，由%(unit)s负责。", unit=cycle.funder.name))


def _line(order: PaymentOrder, row: Entitlement) -> Payment:
    return Payment(order=order, entitlement=row, amount_fen=row.amount_fen, payee=row.payee, bank=row.bank, account=row.account)


def _moved(cycle: Cycle, keys: Iterable[int], state: State, **more: object) -> None:
    cycle.entitlements.filter(pk__in=list(keys)).update(state=state, changed_at=base.now(), **more)


@ledger.act
def sign_payment(*, actor: Actor, order: PaymentOrder) -> PaymentOrder:
    """The second signature: from now on the file may go to the treasury."""
    order = _take(order)
    base.require(access.may_sign(actor, order.cycle.unit_id, order.drawn_by_id))
    if order.signed_at is not None:
        raise base.Stale(say("这张拨付单已经签发。"))
    if queries.fingerprint(order) != order.sha256:
        raise base.Refused(say("拨付单和开单时不一致，不能签发。"))
    order.signed_by_id, order.signed_at = actor.account_id, base.now()
    order.save(update_fields=["signed_by", "signed_at"])
    Cycle.objects.filter(pk=order.cycle_id, ordered_at=None).update(ordered_at=base.now())
    _record("signed", actor, order)
    return order


# —— what the treasury answers ——


@dataclass(frozen=True)
class Settled:
    """One line of the treasury's answer: arrived, or came back with a reason."""

    code: str
    state: PaymentState
    reason: str = ""


@ledger.act
def settle(*, actor: Actor, order: PaymentOrder, rows: Iterable[Settled], on: date) -> PaymentOrder:
    """What arrived and what came back on a day; lines that are not in the answer go on waiting."""
    order = _take(order)
    base.require(access.may_run(actor, order.cycle.unit_id))
    if order.signed_at is None:
        raise base.Refused(say("拨付单还没有签发。"))
    if on > base.today():
        raise base.Refused(say("日期不能在将来。"), field="on")
    waiting = {line.entitlement.enterprise.code: line for line in order.payments.filter(
        state=PaymentState.ORDERED).select_related("entitlement__enterprise")}
    settled = [_settled(waiting, row, on) for row in rows]
    paid = _arrived(order.cycle, [line for line in settled if line.state == PaymentState.PAID], on)
    returned = _came_back(order.cycle, [line for line in settled if line.state == PaymentState.RETURNED])
    _record("settled", actor, order, on=on, paid=paid, returned=returned)
    cycles.close_when_done(order.cycle)
    return order


def _settled(waiting: dict[str, Payment], row: Settled, on: date) -> Payment:
    line = waiting.pop(row.code, None)
    if line is None:
        raise base.Refused(say("%(code)s 不在这张拨付单里，或者已经登记过。", code=row.code), field="file")
    line.state, line.settled_on, line.reason = row.state, on, row.reason
    return line


def _arrived(cycle: Cycle, lines: list[Payment], on: date) -> int:
    Payment.objects.filter(pk__in=[line.pk for line in lines]).update(state=PaymentState.PAID, settled_on=on)
    _moved(cycle, [line.entitlement_id for line in lines], State.PAID, paid_at=base.now())
    telling.paid(cycle, [line.entitlement for line in lines])
    return len(lines)


def _came_back(cycle: Cycle, lines: list[Payment]) -> int:
    Payment.objects.bulk_update(lines, ["state", "settled_on", "reason"], batch_size=CHUNK)
    _moved(cycle, [line.entitlement_id for line in lines], State.RETURNED)
    telling.returned(cycle, [line.entitlement for line in lines])
    return len(lines)


@ledger.act
def reissue(*, actor: Actor, entitlement: Entitlement) -> Entitlement:
    """It came back though the account is right: into the next order, to the same account."""
    row = Entitlement.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=entitlement.pk)
    base.require(access.may_run(actor, row.cycle.unit_id))
    if row.state != State.RETURNED:
        raise base.Stale(say("只有退回的才能重新拨付。"))
    row.state, row.changed_at = State.CONFIRMED, base.now()
    row.save(update_fields=["state", "changed_at"])
    facts = {"enterprise": row.enterprise_id, "amount": row.amount_fen}
    ledger.record("payment.reissued", actor, f"cycle:{row.cycle.number}", facts)
    return row


# —— taken back ——


@ledger.act
def claw_back(*, actor: Actor, payment: Payment, amount_fen: int, reason: str, basis: str) -> ClawBack:
    """Money that was paid must come back: with reason and legal ground, decided by the unit's leader."""
    line = Payment.objects.select_for_update(of=("self",)).select_related("order__cycle").get(pk=payment.pk)
    base.require(access.may_sign(actor, line.order.cycle.unit_id, None))
    if line.state != PaymentState.PAID or ClawBack.objects.filter(payment=line).exists():
        raise base.Refused(say("只能对已到账的追回一次。"))
    if not 0 < amount_fen <= line.amount_fen:
        raise base.Refused(say("追回的金额不能超过拨付的 %(most)s 元。", most=rules.yuan(line.amount_fen)), field="amount")
    if not (reason.strip() and basis.strip()):
        raise base.Refused(say("请写明为什么追回、依据哪一条。"), field="reason" if not reason.strip() else "basis")
    demanded = ClawBack.objects.create(
        payment=line, amount_fen=amount_fen, reason=reason.strip(), basis=basis.strip(), demanded_by_id=actor.account_id,
        demanded_at=base.now())
    _record("clawed_back", actor, line.order, amount=amount_fen, line=line.pk)
    return demanded


@ledger.act
def record_recovery(*, actor: Actor, claw_back: ClawBack, amount_fen: int) -> ClawBack:
    """So much of it has come back."""
    taken = ClawBack.objects.select_for_update(of=("self",)).select_related("payment__order__cycle").get(pk=claw_back.pk)
    base.require(access.may_run(actor, taken.payment.order.cycle.unit_id))
    left = taken.amount_fen - taken.recovered_fen
    if not 0 < amount_fen <= left:
        raise base.Refused(say("还差 %(left)s 元没有追回。", left=rules.yuan(left)), field="amount")
    taken.recovered_fen += amount_fen
    taken.save(update_fields=["recovered_fen"])
    _record("recovered", actor, taken.payment.order, amount=amount_fen, line=taken.payment_id)
    return taken


# —— too late ——


@ledger.act
def flag_late(*, actor: Actor, cycle: Cycle) -> Cycle:
    """The last day is over and somebody who agreed still waits: a matter with the paying unit, on everybody's red list."""
    cycle = cycles.take(cycle)
    if cycle.late_matter_id is not None:
        raise base.Stale(say("已经立了事项。"))
    owed = queries.standing(cycle).balance.owed
    words = say("%(number)s 应在期限内到账，还有 %(n)s 户、%(sum)s 元没有到账。").text
    cycle.late_matter = casework.open_matter(
        actor=actor, kind=LATE.key, track="standard", title=say("惠企资金超期未付：%(number)s").text % {"number": cycle.number},
        text=words % {"number": cycle.number, "n": owed.count, "sum": rules.yuan(owed.fen)}, route=Route.PORTAL,
        lead=cycle.unit, urgent=True)
    cycle.save(update_fields=["late_matter"])
    cycles.record("found_late", actor, cycle, matter=cycle.late_matter.number, count=owed.count, sum=owed.fen)
    return cycle


def _take(order: PaymentOrder) -> PaymentOrder:
    locked = PaymentOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    locked.cycle = cycles.take(locked.cycle)
    return locked


def _record(verb: str, actor: Actor, order: PaymentOrder, **facts: object) -> None:
    held = {"order": order.position, "count": order.count, "sum": order.sum_fen, "sha256": order.sha256}
    ledger.record(f"payment.{verb}", actor, f"cycle:{order.cycle.number}", held | facts)

"""What must hold of benefits and of the money in every cycle, recounted: `qinqing check` prints what does not."""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from qinqing.base.words import Sentence, say

from .. import reaching
from ..models import ClawBack, Cycle, Entitlement, Payment, PaymentOrder, PolicyItem, ReliefFile
from ..terms.cycles import PaymentState, State
from . import cycles

Finding = tuple[str, Sentence]


def broken() -> Iterator[Finding]:
    """Each is a fault of the program, or somebody wrote past it."""
    for cycle in Cycle.objects.all():
        if not cycles.standing(cycle).balance.adds_up:
            yield cycle.number, say("比对、退出和剩下的金额加不起来。")
        if cycles.committed(cycle) > cycle.funded_fen:
            yield cycle.number, say("开出的拨付单超过到位资金。")
    for order in PaymentOrder.objects.select_related("cycle"):
        yield from _order(order)
    yield from _states()
    yield from _reliefs()
    yield from _reaches()


def _order(order: PaymentOrder) -> Iterator[Finding]:
    lines = order.payments.aggregate(count=Count("pk"), sum=Sum("amount_fen"))
    if (lines["count"], lines["sum"]) != (order.count, order.sum_fen):
        yield str(order), say("拨付单的户数或金额和明细不一样。")
    if cycles.fingerprint(order) != order.sha256:
        yield str(order), say("拨付单文件和开单时的指纹不一样。")


def _states() -> Iterator[Finding]:
    """Who counts as paid was paid once, exactly what stands; who was paid counts so."""
    paid = Count("payments", filter=Q(payments__state=PaymentState.PAID))
    for row in Entitlement.objects.annotate(times=paid).exclude(times=0, state__in=_UNPAID).exclude(times=1, state=State.PAID):
        yield str(row), say("到账的状态和拨付记录不一样。")
    for line in Payment.objects.filter(state=PaymentState.PAID).exclude(amount_fen=F("entitlement__amount_fen")):
        yield str(line), say("到账的金额和应享的金额不一样。")
    for claim in ClawBack.objects.exclude(payment__state=PaymentState.PAID):
        yield str(claim), say("没有到账的被追回。")


_UNPAID = [state for state in State if state != State.PAID]


def _reliefs() -> Iterator[Finding]:
    summed = ReliefFile.objects.annotate(lines=Count("reliefs"), total=Sum("reliefs__amount_fen"))
    for file in summed.exclude(lines=F("count"), total=F("sum_fen")):
        yield str(file), say("减免台账的户数或金额和明细不一样。")


def _reaches() -> Iterator[Finding]:
    """What the library filters by is what the rules say."""
    for item in PolicyItem.objects.prefetch_related("reaches"):
        kept = {(reach.size, reach.low, reach.high) for reach in item.reaches.all()}
        if kept != (set() if item.replaced_at else set(reaching.reached(item.rule, item.valid_from))):
            yield f"{item.code}:{item.version}", say("按县区和规模筛选用的记录和规则不一样。")

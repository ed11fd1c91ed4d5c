"""Who was asked and says neither yes nor no: reminded before the time is over, ended when it is (M3-031)."""

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.workdays import queries as workdays

from ..access import cycles as access
from ..models import Cycle, Entitlement
from ..queries import cycles as queries
from ..rules import cycles as rules
from ..terms.cycles import State, Step
from . import benefit_telling as telling
from . import cycles

CHUNK = 2_000


@ledger.act
def remind_to_answer(*, actor: Actor, cycle: Cycle) -> int:
    """Each once, in the last days of its time; who is reminded too late has those days from now on."""
    cycle = cycles.take(cycle)
    base.require(access.may_run(actor, cycle.unit_id))
    rows = list(queries.to_remind(cycle))
    if not rows:
        raise base.Stale(say("现在没有要提醒的企业。"))
    for row in rows:
        assert row.answer_by is not None
        row.reminded_at, row.answer_by = base.now(), rules.reminded_until(row.answer_by, base.today(), workdays.calendar())
    Entitlement.objects.bulk_update(rows, ["reminded_at", "answer_by"], batch_size=CHUNK)
    telling.reminded(cycle, rows)
    cycles.record("reminded", actor, cycle, count=len(rows))
    return len(rows)


@ledger.act
def lapse_unanswered(*, actor: Actor, cycle: Cycle) -> int:
    """The day is over: the entitlement ends with its reason, and the enterprise is told; a review may bring it back."""
    cycle = cycles.take(cycle)
    base.require(access.may_run(actor, cycle.unit_id))
    rows = list(queries.unanswered(cycle))
    if not rows:
        raise base.Stale(say("现在没有逾期未确认的企业。"))
    for row in rows:
        row.state, row.left_at, row.changed_at = State.LAPSED, Step.CONFIRMATION, base.now()
        row.reason = _reason(row)
    Entitlement.objects.bulk_update(rows, ["state", "left_at", "reason", "changed_at"], batch_size=CHUNK)
    cycles.record("lapsed", actor, cycle, count=len(rows), sum=sum(row.amount_fen for row in rows))
    telling.lapsed(cycle, rows)
    cycles.close_when_done(cycle)
    return len(rows)


def _reason(row: Entitlement) -> str:
    """Kept in Chinese, like every reason in the register."""
    assert row.answer_by is not None
    return say("到 %(day)s 没有确认收款账户，也没有放弃").text % {"day": row.answer_by.isoformat()}

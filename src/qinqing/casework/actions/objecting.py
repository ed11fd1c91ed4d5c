"""派单异议: a unit says once that it is not competent, and the office decides."""

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from ..models import Matter
from ..terms import Audience, Speech, Timer
from . import clocks, moving, telling


@ledger.act
def object_to_dispatch(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """派单异议: once, within the signing limit, with a reason; the clocks stand while the office decides."""
    matter = moving.take(actor, matter, "object", version=version)
    reason = moving.written(reason, "reason", say("请写明为什么不该由本单位办，最好写出该由谁办。"))
    now = base.now()
    if matter.clocks.filter(timer=Timer.SIGN, unit=matter.unit, stopped_at__isnull=True, due_at__lt=now).exists():
        raise base.Refused(say("派单异议要在签收期限内提出，现在已经过了。"), field="reason")
    statement = moving.say_in(matter, actor, Speech.OBJECTION, reason, at=now, audience=Audience.STAFF)
    clocks.pause(matter, reason="objection", at=now)
    clocks.start(matter, Timer.DECISION, at=now)
    moving.move(matter, "object", at=now, objected_at=now)
    moving.record("objected", actor, matter, statement, unit=moving.held_by(matter).code)
    telling.objected(matter)
    return matter


@ledger.act
def decide_objection(*, actor: Actor, matter: Matter, upheld: bool, reason: str,
                     version: int | None = None) -> Matter:
    """The office ends the dispute: upheld, the matter comes back to be dispatched anew; rejected, the unit signs."""
    verb = "uphold_objection" if upheld else "reject_objection"
    matter = moving.take(actor, matter, verb, version=version)
    reason = moving.written(reason, "reason", say("请写明裁定理由。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.DECISION, reason, at=now, audience=Audience.STAFF)
    clocks.stop(matter, Timer.DECISION, at=now)
    clocks.resume(matter, reason="objection", at=now)
    unit = moving.held_by(matter)
    changes = moving.take_back(matter, at=now) if upheld else {}
    moving.move(matter, verb, at=now, objected_at=None, **changes)
    moving.record("objection_decided", actor, matter, statement, upheld=upheld, unit=unit.code)
    telling.objection_decided(matter, unit, upheld=upheld)
    return matter

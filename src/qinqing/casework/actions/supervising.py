"""Remind, ask the city to look, supervise (一事一督办)."""

from datetime import date

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.ui import dates

from ..models import Matter, SupervisionOrder
from ..queries.portal import quiet_from, reminded_today
from ..terms import Audience, Level, Speech
from . import moving, telling


@ledger.act
def remind(*, actor: Actor, matter: Matter, text: str = "", version: int | None = None) -> Matter:
    """The enterprise reminds whoever holds it, once a day at most."""
    matter = moving.take(actor, matter, "remind", version=version)
    if reminded_today(matter):
        raise base.Refused(say("今天已经提醒过，明天可以再提醒。"))
    now = base.now()
    statement = moving.remark(matter, actor, Speech.REMINDER, text, at=now)
    moving.move(matter, "remind", at=now, reminded_at=now)
    moving.record("reminded", actor, matter, statement)
    telling.reminded(matter)
    return matter


@ledger.act
def appeal(*, actor: Actor, matter: Matter, text: str, version: int | None = None) -> Matter:
    """请市里过问: the matter goes up to the office, which sees it marked until it has answered.

    There must be something to look at: a limit has passed, or nobody has spoken for some days.
    """
    matter = moving.take(actor, matter, "appeal", version=version)
    if day := quiet_from(matter):
        too_early = say("还在期限里，近来也有消息。到%(day)s还没有新消息，或者超期，就可以请市里过问。", day=dates.day(day))
        raise base.Refused(too_early)
    text = moving.written(text, "text", say("请写一句为什么要请市里过问。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.APPEAL, text, at=now, audience=Audience.OFFICE)
    moving.move(matter, "appeal", at=now, appealed_at=now, level=max(matter.level, Level.OFFICE))
    moving.record("appealed", actor, matter, statement)
    telling.appealed(matter)
    return matter


@ledger.act
def see_to(*, actor: Actor, matter: Matter, text: str, version: int | None = None) -> Matter:
    """过问: the office has asked the unit, and tells the enterprise what it found and what comes next."""
    matter = moving.take(actor, matter, "see_to", version=version)
    text = moving.written(text, "text", say("请写下问到的情况和接下来怎么办。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.DECISION, text, at=now)
    moving.move(matter, "see_to", at=now, **moving.SEEN_TO)
    moving.record("seen_to", actor, matter, statement)
    telling.seen_to(matter)
    return matter


@ledger.act
def supervise(*, actor: Actor, matter: Matter, reason: str, due_on: date | None = None,
              version: int | None = None) -> SupervisionOrder:
    """Put it under supervision: whoever ordered it, the reason, and by when. So the city has looked at it."""
    matter = moving.take(actor, matter, "supervise", version=version)
    reason = moving.written(reason, "reason", say("请写明督办的原因和要求。"))
    if due_on is not None and due_on <= base.today():
        raise base.Refused(say("日期要在今天以后。"), field="due_on")
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.SUPERVISION, reason, at=now, audience=Audience.STAFF)
    order = SupervisionOrder.objects.create(
        matter=matter, reason=reason, due_on=due_on, ordered_by_id=actor.account_id, ordered_at=now)
    moving.move(matter, "supervise", at=now, supervised_at=now, **moving.SEEN_TO)
    moving.record("supervised", actor, matter, statement, due_on=due_on)
    telling.supervised(matter)
    return order


@ledger.act
def lift_supervision(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    matter = moving.take(actor, matter, "lift_supervision", version=version)
    reason = moving.written(reason, "reason", say("请写明为什么解除督办。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.SUPERVISION, reason, at=now, audience=Audience.STAFF)
    matter.supervisions.filter(lifted_at__isnull=True).update(lifted_at=now)
    moving.move(matter, "lift_supervision", at=now, supervised_at=None)
    moving.record("supervision_lifted", actor, matter, statement)
    return matter

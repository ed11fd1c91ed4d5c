"""并件: one is handled for all who brought it; what does not belong together is taken apart."""



from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from ..models import Matter, Statement
from ..terms import Audience, Outcome, Speech
from . import clocks, moving, telling


@ledger.act
def merge(*, actor: Actor, matter: Matter, into: Matter, reason: str = "", version: int | None = None) -> Matter:
    """并件: both texts stay, one is handled, both claimants hear the result, and it counts once."""
    _hold_both(matter, into)
    matter = moving.take(actor, matter, "merge", version=version)
    target = _may_take_in(actor, matter, into)
    now = base.now()
    statement = moving.remark(matter, actor, Speech.CLOSING, reason, at=now, audience=Audience.STAFF)
    matter.merged.update(merged_into=target)
    moving.end(matter, "merge", at=now, merged_into=target, outcome=Outcome.MERGED)
    moving.record("merged", actor, matter, statement, into=target.number)
    telling.merged(matter, target)
    return matter


def _hold_both(*matters: Matter) -> None:
    """In one order whichever way round they are merged: two who merge crosswise wait for each other one after the other."""
    rows = Matter.objects.filter(pk__in=[matter.pk for matter in matters])
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def _may_take_in(actor: Actor, matter: Matter, into: Matter) -> Matter:
    """The matter to join, locked: it goes on being handled, and by nobody whom the other complains about."""
    target: Matter | None = Matter.objects.visible_to(actor).running().select_for_update(of=("self",)).filter(pk=into.pk).first()
    if target is None or target.pk == matter.pk:
        raise base.Refused(say("要并入的事项不存在，或者已经结束，请核对编号。"), field="into")
    if target.about_unit_id != matter.about_unit_id:
        raise base.Refused(say("两件事反映的单位不一样，不能并件。"), field="into")
    return target


@ledger.act
def separate(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """What was joined by mistake, or to a matter that was withdrawn, is handled on its own again."""
    matter = moving.take(actor, matter, "separate", version=version)
    reason = moving.written(reason, "reason", say("请写明为什么分开单办。"))
    statement = moving.say_in(matter, actor, Speech.DECISION, reason, at=base.now(), audience=Audience.STAFF)
    take_apart(actor, matter, statement)
    return matter


def take_apart(actor: Actor, matter: Matter, statement: Statement | None = None) -> None:
    """Its clocks run as if they had never stopped: who brought it has waited all the time."""
    assert matter.closed_at is not None
    clocks.run_on(matter, since=matter.closed_at)
    moving.move(matter, "separate", at=base.now(), merged_into=None, outcome="", closed_at=None)
    moving.record("separated", actor, matter, statement)
    telling.separated(matter)

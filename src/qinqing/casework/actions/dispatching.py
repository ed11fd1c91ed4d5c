"""From the office to the unit: accept, dispatch; sign, assign; transfer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Account, Unit

from .. import rules, terms
from ..models import Assignment, Matter, Statement
from ..terms import OF_A_UNIT, Audience, Level, Part, Speech, Timer
from . import clocks, moving, telling


@ledger.act
def accept(*, actor: Actor, matter: Matter, version: int | None = None) -> Matter:
    """The office takes it on; the clock of acceptance runs until it is dispatched."""
    matter = moving.take(actor, matter, "accept", version=version)
    now = base.now()
    moving.move(matter, "accept", at=now, accepted_at=now)
    moving.record("accepted", actor, matter)
    telling.accepted(matter)
    return matter


@ledger.act
def dispatch(*, actor: Actor, matter: Matter, lead: Unit, helpers: Iterable[Unit] = (),
             version: int | None = None) -> Matter:
    """Give it to a lead unit and helpers; each has to sign for itself. Never to the unit it complains about."""
    matter = moving.take(actor, matter, "dispatch", version=version)
    return give(actor, matter, lead, [unit for unit in helpers if unit.pk != lead.pk])


@ledger.act
def recall(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """收回另办: the office takes it out of the hands of a unit that cannot or does not; the solution clock runs on."""
    matter = moving.take(actor, matter, "recall", version=version)
    reason = moving.written(reason, "reason", say("请写明为什么收回。"))
    if matter.review_on:
        raise base.Refused(say("已经说好哪天复核，到期再看。"), field="reason")
    now, units = base.now(), list(Unit.objects.filter(pk__in=_holding(matter)))
    statement = moving.say_in(matter, actor, Speech.DECISION, reason, at=now, audience=Audience.STAFF)
    moving.lapse_extension(matter, at=now)
    moving.move(matter, "recall", at=now, **moving.take_back(matter, at=now))
    moving.record("recalled", actor, matter, statement, units=sorted(unit.code for unit in units))
    telling.recalled(matter, units)
    return matter


def _holding(matter: Matter) -> list[int]:
    return list(matter.assignments.filter(ended_at__isnull=True).values_list("unit", flat=True))


def give(actor: Actor, matter: Matter, lead: Unit, helpers: Sequence[Unit] = ()) -> Matter:
    """Into the hands of these units; also without the office, where a rule says whose business it is."""
    for unit in (lead, *helpers):
        _may_hold(matter, unit)
    now = base.now()
    clocks.stop(matter, Timer.ACCEPT, at=now)
    _assign(matter, lead, Part.LEAD, at=now)
    for unit in helpers:
        _assign(matter, unit, Part.HELPER, at=now)
    moving.move(matter, "dispatch", at=now, unit=lead, unit_name=lead.name, handler=None,
                accepted_at=matter.accepted_at or now, first_receiver=matter.first_receiver or lead)
    moving.record("dispatched", actor, matter, lead=lead.code, helpers=[unit.code for unit in helpers])
    telling.dispatched(matter, [lead, *helpers])
    return matter


def _may_hold(matter: Matter, unit: Unit, *, field: str = "lead") -> None:
    if unit.valid_to is not None:
        raise base.Refused(say("%(unit)s已撤并，请改选现在的单位。", unit=unit.name), field=field)
    about = matter.about_unit
    if about and Unit.objects.meant_by(about).contains(unit):
        raise base.Refused(say("这件事反映的就是%(unit)s，不能交给它办。", unit=about.name), field=field)


def _assign(matter: Matter, unit: Unit, part: Part, *, at: datetime) -> Assignment:
    """Each part has clocks of its own: to sign, and for a helper to give the lead its opinion."""
    clocks.start(matter, Timer.SIGN, at=at, unit=unit)
    if part == Part.HELPER:
        clocks.start(matter, Timer.HELPER, at=at, unit=unit)
    return Assignment.objects.create(matter=matter, unit=unit, part=part, dispatched_at=at)


@ledger.act
def sign(*, actor: Actor, matter: Matter, handler: Account | None = None, section: Unit | None = None,
         version: int | None = None) -> Matter:
    """签收: the unit's liaison signs for it; the lead's signature sets the matter to work."""
    matter = moving.take(actor, matter, "sign", version=version)
    now = base.now()
    assignment = matter.assignments.get(part=Part.LEAD, ended_at__isnull=True)
    _sign(assignment, at=now, handler=handler, section=section)
    clocks.stop(matter, Timer.SIGN, at=now, unit=assignment.unit)
    moving.move(matter, "sign", at=now, handler=handler)
    moving.record("signed", actor, matter, unit=assignment.unit.code)
    telling.assigned(matter)
    return matter


@ledger.act
def sign_as_helper(*, actor: Actor, matter: Matter) -> Assignment:
    """A helper signs its own part; the matter's state is the lead's business."""
    matter = moving.take(actor, matter, "sign_as_helper")
    assignment = _helper_part(actor, matter, "sign_as_helper")
    now = base.now()
    _sign(assignment, at=now)
    clocks.stop(matter, Timer.SIGN, at=now, unit=assignment.unit)
    moving.record("signed", actor, matter, unit=assignment.unit.code)
    return assignment


def _helper_part(actor: Actor, matter: Matter, verb: str) -> Assignment:
    """The helper's own part, as far as `verb` needs it to be."""
    own = Q(unit__in=actor.unit_ids) | Q(section__in=actor.unit_ids)
    part = matter.assignments.filter(own, part=Part.HELPER, ended_at__isnull=True).earliest("id")
    if obstacle := rules.helper_obstacle(verb, signed=part.signed_at is not None, answered=part.answered_at is not None):
        raise base.Refused(obstacle)
    return part


@ledger.act
def answer_as_helper(*, actor: Actor, matter: Matter, text: str) -> Statement:
    """A helper gives the lead its part of the answer."""
    matter = moving.take(actor, matter, "answer_as_helper")
    part = _helper_part(actor, matter, "answer_as_helper")
    text = moving.written(text, "text", say("请写下协办意见。"))
    now = base.now()
    part.answered_at = now
    part.save(update_fields=["answered_at"])
    clocks.stop(matter, Timer.HELPER, at=now, unit=part.unit)
    statement = moving.say_in(matter, actor, Speech.PROGRESS, text, at=now, audience=Audience.STAFF)
    moving.record("helper_answered", actor, matter, statement, unit=part.unit.code)
    telling.helper_answered(matter)
    return statement


def _sign(assignment: Assignment, *, at: datetime, handler: Account | None = None, section: Unit | None = None) -> None:
    assignment.signed_at, assignment.handler, assignment.section = at, handler, section
    assignment.save(update_fields=["signed_at", "handler", "section"])


@ledger.act
def assign(*, actor: Actor, matter: Matter, handler: Account | None, section: Unit | None = None,
           version: int | None = None) -> Matter:
    """Name the section or person who handles it."""
    matter = moving.take(actor, matter, "assign", version=version)
    assignment = matter.assignments.get(part=Part.LEAD, ended_at__isnull=True)
    assignment.handler, assignment.section = handler, section
    assignment.save(update_fields=["handler", "section"])
    moving.move(matter, "assign", at=base.now(), handler=handler)
    moving.record("assigned", actor, matter, handler=handler and handler.pk, section=section and section.code)
    telling.assigned(matter)
    return matter


@ledger.act
def transfer(*, actor: Actor, matter: Matter, to: Unit, reason: str, version: int | None = None) -> Matter:
    """转办: the lead hands it on, and the solution clock runs on. From the third time on it goes up to the office."""
    matter = moving.take(actor, matter, "transfer", version=version)
    _may_hold(matter, to, field="to")
    if to.pk == matter.unit_id:
        raise base.Refused(say("已经在%(unit)s，不用转办。", unit=to.name), field="to")
    reason = moving.written(reason, "reason", say("请写明转办原因。"))
    now = base.now()
    origin = moving.held_by(matter)
    statement = moving.say_in(matter, actor, Speech.TRANSFER, reason, at=now, audience=Audience.STAFF)
    matter.assignments.filter(Q(part=Part.LEAD) | Q(unit=to), ended_at__isnull=True).update(ended_at=now)
    clocks.stop(matter, *OF_A_UNIT, at=now, unit=to)
    _assign(matter, to, Part.LEAD, at=now)
    moving.lapse_extension(matter, at=now)
    transfers = matter.transfers + 1
    level = max(matter.level, Level.OFFICE) if transfers > terms.MAX_TRANSFERS else matter.level
    moving.move(matter, "transfer", at=now, unit=to, unit_name=to.name, handler=None, transfers=transfers, level=level)
    moving.record("transferred", actor, matter, statement, origin=origin.code, to=to.code, transfers=transfers)
    telling.transferred(matter, origin)
    return matter

"""The unit at work: ask the enterprise, report progress, extend, reply, file evidence, keep a promise."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.clock.limits import Limit
from qinqing.documents.intake import Received
from qinqing.ledger import actions as ledger

from .. import queries, rules
from ..models import Clock, Extension, Matter, Reply, Statement
from ..terms import OF_A_UNIT, Audience, Outcome, Speech, Timer
from . import clocks, moving, telling

FURTHEST = timedelta(days=731)  # a promise or a review beyond it would be a way never to be late


@ledger.act
def ask(*, actor: Actor, matter: Matter, question: str, files: Sequence[Received] = (),
        version: int | None = None) -> Matter:
    """退回补正: ask the enterprise for what is missing; the clocks stand until it answers, and none stops: it is no answer."""
    matter = moving.take(actor, matter, "ask", version=version)
    question = moving.written(question, "question", say("请写清楚要企业补充什么。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.QUESTION, question, at=now, files=files)
    clocks.pause(matter, reason="enterprise", at=now)
    moving.move(matter, "ask", at=now, paused_at=now)
    moving.record("returned", actor, matter, statement)
    telling.asked(matter)
    return matter


@ledger.act
def report_progress(*, actor: Actor, matter: Matter, text: str, files: Sequence[Received] = (),
                    version: int | None = None) -> Matter:
    """Tell the enterprise how it stands; the first time stops the clock of the first response."""
    matter = moving.take(actor, matter, "progress", version=version)
    text = moving.written(text, "text", say("请写下办理进展。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.PROGRESS, text, at=now, files=files)
    clocks.stop(matter, Timer.RESPONSE, at=now)
    moving.move(matter, "progress", at=now)
    moving.record("progressed", actor, matter, statement)
    telling.progressed(matter)
    return matter


@ledger.act
def request_extension(*, actor: Actor, matter: Matter, limit: str, reason: str,
                      version: int | None = None) -> Extension:
    """Ask for more time, once, by working days, and never more than the original limit gave."""
    matter = moving.take(actor, matter, "request_extension", version=version)
    reason = moving.written(reason, "reason", say("请写明为什么要延期，企业会看到。"))
    now = base.now()
    _within_cap(limit, _solution_clock(matter, at=now))
    statement = moving.say_in(matter, actor, Speech.EXTENSION, reason, at=now)
    extension = Extension.objects.create(
        matter=matter, limit=limit, reason=reason, requested_by_id=actor.account_id, requested_at=now)
    moving.move(matter, "request_extension", at=now, extension_asked_at=now)
    moving.record("extension_requested", actor, matter, statement, limit=limit)
    telling.extension_requested(matter)
    return extension


def _solution_clock(matter: Matter, *, at: datetime) -> Clock:
    clock = matter.clocks.filter(timer=Timer.SOLUTION, stopped_at__isnull=True).first()
    if clock is None:
        raise base.Refused(say("现在没有在走的办结期限。"))
    if clock.due_at and clock.due_at < at:
        raise base.Refused(say("已经超期，不能再申请延期。"))
    return clock


def _within_cap(limit: str, solution: Clock) -> None:
    try:
        asked, original = Limit.parse(limit), Limit.parse(solution.limit)
    except ValueError as error:
        raise base.Refused(say("延期写成工作日数，例如 5。"), field="days") from error
    if asked.unit != original.unit or not 1 <= asked.amount <= original.amount:
        raise base.Refused(say("最多延 %(n)s 个工作日，和原来的期限一样长。", n=original.amount), field="days")


@ledger.act
def decide_extension(*, actor: Actor, matter: Matter, granted: bool, reason: str = "",
                     version: int | None = None) -> Matter:
    """The office grants or refuses; the enterprise is told the new date and why."""
    matter = moving.take(actor, matter, "decide_extension", version=version)
    now = base.now()
    extension = matter.extensions.get(granted__isnull=True)
    extension.granted, extension.decided_at, extension.decided_by_id = granted, now, actor.account_id
    extension.save(update_fields=["granted", "decided_at", "decided_by"])
    if granted:
        matter.clocks.filter(timer=Timer.SOLUTION, stopped_at__isnull=True).update(extension=extension.limit)
        clocks.refold(matter)
    statement = moving.remark(matter, actor, Speech.DECISION, reason, at=now)
    moving.move(matter, "decide_extension", at=now, extension_asked_at=None)
    due_at = matter.clocks.filter(timer=Timer.SOLUTION).latest("id").due_at
    moving.record("extension_decided", actor, matter, statement, granted=granted, due_at=due_at)
    telling.extension_decided(matter, due_at, granted=granted)
    return matter


@ledger.act
def reply(*, actor: Actor, matter: Matter, text: str, outcome: str, basis: str = "", legal_route: str = "",
          promised_on: date | None = None, review_on: date | None = None, evidence: str = "",
          files: Sequence[Received] = (), version: int | None = None) -> Reply:
    """Answer. A reply that only promises a later act, or says “not yet”, asks nothing: its date becomes the clock."""
    asks = rules.reply_asks(outcome=outcome, promised=promised_on is not None)
    verb = "reply" if asks else "reply_later"
    matter = moving.take(actor, matter, verb, version=version)
    text = moving.written(text, "text", say("请写下答复。"))
    shown = bool(evidence.strip() or files) or queries.facts(matter).evidence > 0
    broken = matter.promised_on  # a promise that is answered with anything but its act
    _complete(outcome=outcome, basis=basis, review_on=review_on, promised_on=promised_on, route=legal_route, shown=shown,
              owed=broken is not None)
    now = base.now()
    if evidence.strip():
        _file(actor, matter, evidence.strip(), at=now)
    statement = moving.say_in(matter, actor, Speech.REPLY, text, at=now, files=files)
    answer = Reply.objects.create(
        matter=matter, round=matter.round, statement=statement, unit=moving.held_by(matter), outcome=outcome, basis=basis,
        legal_route=legal_route, promised_on=promised_on, review_on=review_on,
        answered_by_id=actor.account_id, answered_at=now)
    clocks.stop(matter, Timer.RESPONSE, Timer.SOLUTION, *OF_A_UNIT, Timer.PROMISE, Timer.REVIEW, at=now)
    moving.lapse_extension(matter, at=now)
    if not asks:
        timer = Timer.REVIEW if outcome == Outcome.NOT_YET else Timer.PROMISE
        clocks.start(matter, timer, at=now, fixed_on=review_on or promised_on)
    level = rules.next_level(matter.level) if broken else matter.level
    moving.move(matter, verb, at=now, replied_at=now, promised_on=promised_on, review_on=review_on, level=level,
                **moving.SEEN_TO)
    moving.record("replied", actor, matter, statement, outcome=outcome, promised_on=promised_on, review_on=review_on,
                  replaces=broken)
    telling.replied(matter, asks=asks, instead_of=broken)
    return answer


def _complete(**reply: Any) -> None:
    if lack := rules.reply_lack(**reply):
        raise base.Refused(lack[1], field=lack[0])
    for field in ("review_on", "promised_on"):
        if reply[field] is not None and reply[field] <= base.today():
            raise base.Refused(say("日期要在今天以后。"), field=field)
        if reply[field] is not None and reply[field] > base.today() + FURTHEST:
            raise base.Refused(say("最远写两年以内的日期：更远的到时候再看，再答复一次。"), field=field)


@ledger.act
def file_evidence(*, actor: Actor, matter: Matter, text: str, files: Sequence[Received] = (),
                  version: int | None = None) -> Statement:
    """Put on record what shows that the thing is done."""
    matter = moving.take(actor, matter, "file_evidence", version=version)
    text = moving.written(text, "text", say("请写明办结依据，例如文件、合同、到账或现场照片。"))
    now = base.now()
    statement = _file(actor, matter, text, at=now, files=files)
    moving.move(matter, "file_evidence", at=now)
    return statement


def _file(actor: Actor, matter: Matter, text: str, *, at: datetime, files: Sequence[Received] = ()) -> Statement:
    """Evidence is an entry of its own, also when it comes with the reply."""
    statement = moving.say_in(matter, actor, Speech.EVIDENCE, text, at=at, files=files)
    moving.record("evidence_filed", actor, matter, statement)
    return statement


@ledger.act
def fulfil(*, actor: Actor, matter: Matter, text: str, files: Sequence[Received] = (),
           version: int | None = None) -> Matter:
    """The promised act is done: its evidence opens the enterprise's confirmation."""
    matter = moving.take(actor, matter, "fulfil", version=version)
    text = moving.written(text, "text", say("请写明办成了什么、凭什么看得出来。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.EVIDENCE, text, at=now, files=files)
    matter.replies.filter(round=matter.round, promised_on=matter.promised_on).update(fulfilled_at=now)
    clocks.stop(matter, Timer.PROMISE, at=now)
    moving.move(matter, "fulfil", at=now, promised_on=None, replied_at=now)
    moving.record("fulfilled", actor, matter, statement)
    telling.replied(matter, asks=True)
    return matter


@ledger.act
def note(*, actor: Actor, matter: Matter, text: str) -> Statement:
    """An internal remark among those who handle it."""
    matter = moving.take(actor, matter, "note")
    text = moving.written(text, "text", say("请写下备注。"))
    statement = moving.say_in(matter, actor, Speech.NOTE, text, at=base.now(), audience=Audience.STAFF)
    moving.record("noted", actor, matter, statement)
    return statement

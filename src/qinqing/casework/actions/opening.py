"""Opening a matter, adding to it, withdrawing it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from qinqing import base
from qinqing.base import Actor, say
from qinqing.documents import actions as attaching
from qinqing.documents import queries as documents
from qinqing.documents.intake import Received
from qinqing.documents.models import Attachment
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Division, Enterprise, Unit

from .. import kinds, search
from ..models import Clock, Matter, Statement
from ..terms import CHANNEL_OF_ROUTE, Anonymity, Outcome, Route, Speech, Timer
from . import clocks, dispatching, merging, moving, numbering, telling


@ledger.act
def open_matter(*, actor: Actor, kind: str, track: str, title: str, text: str, route: str, topic: str = "",
                enterprise: Enterprise | None = None, contact_id: int | None = None, county: Division | None = None,
                anonymity: str = Anonymity.OPEN, about_unit: Unit | None = None, received_at: datetime | None = None,
                urgent: bool = False, draft: str = "", lead: Unit | None = None) -> Matter:
    """Open a matter with its number, its first statement, the files that wait under `draft`, and its first clocks.

    With `lead` it goes straight to that unit, because a rule says whose business it is.
    `received_at` starts the clocks when staff enter what came by phone, letter or visit; it may not lie ahead.
    """
    now = base.now()
    received_at = received_at or now
    if received_at > now:
        raise base.Refused(say("收到时间不能在将来。"), field="received_at")
    matter = Matter(
        kind=kinds.get(kind).key, track=track, title=title, topic=topic,
        enterprise=enterprise, enterprise_name=enterprise.name if enterprise else "", contact_id=contact_id,
        county=county, county_name=county.name if county else "", route=route, channel=CHANNEL_OF_ROUTE[Route(route)],
        anonymity=anonymity, about_unit=about_unit, urgent=urgent, salt=ledger.new_salt(),
        registered_by_id=actor.account_id if actor.is_staff else None,
        registered_for_id=actor.unit_id if actor.is_staff else None,
        received_at=received_at, opened_at=now, changed_at=now)
    running = clocks.begin(matter, Timer.ACCEPT, Timer.RESPONSE, Timer.SOLUTION, at=received_at)
    matter.number = numbering.next_number(base.today())
    matter.save(force_insert=True)
    Clock.objects.bulk_create(running)
    original = moving.words(matter, actor, Speech.ORIGINAL, text, at=now)
    files = documents.waiting(actor, draft) if draft else ()
    facts = _opened(matter, original, running, files)
    original.entry = ledger.record("matter.opened", actor, f"matter:{matter.pk}", facts).pk
    original.save(force_insert=True)
    if files:
        attaching.attach(actor=actor, draft=draft, subject=f"matter:{matter.pk}", statement=original.pk)
    search.index(matter, title, text)
    if lead is not None:
        return dispatching.give(base.SYSTEM, matter, lead)
    telling.opened(matter)
    return matter


def _opened(matter: Matter, original: Statement, running: Iterable[Clock], files: Iterable[Attachment]) -> dict[str, object]:
    """What a receipt lays open: who, when, in which words, with which files, and the days that were promised."""
    return {
        "number": matter.number, "kind": matter.kind, "track": matter.track, "route": matter.route,
        "received_at": matter.received_at, "due_at": matter.due_at, "enterprise": matter.enterprise_id,
        "title": ledger.commitment(matter.salt, matter.title),
        "text": ledger.commitment(original.salt, original.text),
        "files": [ledger.commitment(file.salt, file.sha256) for file in files],
        "deadlines": {clock.timer: clock.due_at for clock in running},
    }


@ledger.act
def supplement(*, actor: Actor, matter: Matter, text: str, files: Sequence[Received] = (),
               version: int | None = None) -> Statement:
    """The enterprise (or who registered for it) adds something; a clock that waited for it runs on."""
    matter = moving.take(actor, matter, "supplement", version=version)
    text = moving.written(text, "text", say("请写下要补充的情况。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.SUPPLEMENT, text, at=now, files=files)
    resumed = matter.paused_at is not None
    if resumed:
        clocks.resume(matter, reason="enterprise", at=now)
    moving.move(matter, "supplement", at=now, paused_at=None)
    moving.record("supplemented", actor, matter, statement, resumed=resumed)
    search.extend(matter, text)
    telling.supplemented(matter)
    return statement


@ledger.act
def withdraw(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """The enterprise takes its matter back; nothing is deleted, and what others brought of the same goes on."""
    matter = moving.take(actor, matter, "withdraw", version=version)
    reason = moving.written(reason, "reason", say("请写一句撤回的原因。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.CLOSING, reason, at=now)
    moving.end(matter, "withdraw", at=now, outcome=Outcome.WITHDRAWN)
    moving.record("withdrawn", actor, matter, statement)
    telling.withdrawn(matter)
    for other in matter.merged.select_for_update(of=("self",)):
        if other.enterprise_id is None or other.enterprise_id != matter.enterprise_id:
            merging.take_apart(base.SYSTEM, other)
    return matter

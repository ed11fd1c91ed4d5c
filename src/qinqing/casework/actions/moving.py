"""The one writer of a matter's state, and the small things each verb needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qinqing import base
from qinqing.base import Actor, Sentence, say
from qinqing.documents import actions as documents
from qinqing.documents.intake import Received
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.parties.models import Unit

from .. import access, kinds, queries, rules
from ..models import Matter, Statement
from ..terms import ASKED_AT, ENDED, OF_A_UNIT, Audience, Part, Speech, State, Timer
from . import clocks


def take(actor: Actor, matter: Matter, verb: str, *, version: int | None = None) -> Matter:
    """The matter, locked and fresh, after asking: may this actor, and is it possible now?"""
    fresh: Matter | None = Matter.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=matter.pk).first()
    if fresh is None:
        raise base.Denied(say("这件事不在您这里，或者刚刚转走了。"))
    if version is not None and version != fresh.version:
        raise base.Stale(say("这件事刚刚有了新的变化，请刷新后再办。您写的内容还在。"))
    base.require(access.may(verb, actor, queries.standing(actor, fresh)))
    if verb in kinds.get(fresh.kind).leaves_out:
        raise base.Refused(say("这类事项没有这一步。"))
    if obstacle := rules.obstacle(verb, queries.facts(fresh)):
        raise base.Refused(obstacle)
    return fresh


def move(matter: Matter, verb: str, *, at: datetime, **changes: Any) -> None:
    """Write the state the table gives for `verb`, with what changes beside it; every list row follows."""
    matter.state = rules.next_state(State(matter.state), verb)
    matter.is_open = matter.state not in ENDED
    for name, value in changes.items():
        setattr(matter, name, value)
    matter.to_decide = any(getattr(matter, moment) for moment in ASKED_AT)
    matter.version += 1
    matter.changed_at = at
    clocks.set_queue(matter)
    matter.save()


SEEN_TO = {"appealed_at": None, "rejected_at": None}  # who asked the city to look has an answer


def end(matter: Matter, verb: str, *, at: datetime, **changes: Any) -> None:
    """The last move of a road: no clock runs on, nobody is waited for, no supervision stays open."""
    clocks.stop_all(matter, at=at)
    matter.supervisions.filter(lifted_at__isnull=True).update(lifted_at=at)
    lapse_extension(matter, at=at)
    move(matter, verb, at=at, closed_at=at, paused_at=None, objected_at=None, disputed_at=None, supervised_at=None,
         **SEEN_TO, **changes)


def rework(matter: Matter, verb: str, *, at: datetime, rejected_at: datetime | None = None) -> None:
    """A new round, one level up, with a solution clock of its own; nothing of the last round counts for it.

    `rejected_at`: the enterprise turned it back, so the office has to see to it; by the office itself, it has.
    """
    clocks.stop(matter, Timer.CLOSE, Timer.DECISION, at=at)
    clocks.start(matter, Timer.SOLUTION, at=at)
    _parts_anew(matter, at=at)
    move(matter, verb, at=at, round=matter.round + 1, level=rules.next_level(matter.level), outcome="", ground="",
         confirmed_at=None, closed_at=None, proposed_by=None, disputed_at=None,
         **SEEN_TO | {"rejected_at": rejected_at})


def _parts_anew(matter: Matter, *, at: datetime) -> None:
    """What the helpers said was for the answer that did not do; each is asked again, on a clock of its own.

    Those whose part ended only with the matter have it again.
    """
    if matter.closed_at:
        matter.assignments.filter(part=Part.HELPER, ended_at=matter.closed_at).update(ended_at=None)
    parts = matter.assignments.filter(ended_at__isnull=True)
    parts.update(answered_at=None)
    for part in parts.filter(part=Part.HELPER):
        clocks.start(matter, Timer.HELPER, at=at, unit=part.unit)


def take_back(matter: Matter, *, at: datetime) -> dict[str, Any]:
    """End all parts; the office has to dispatch anew."""
    matter.assignments.filter(ended_at__isnull=True).update(ended_at=at)
    clocks.stop(matter, *OF_A_UNIT, at=at)
    clocks.start(matter, Timer.ACCEPT, at=at)
    return {"unit": None, "unit_name": "", "handler": None}


def held_by(matter: Matter) -> Unit:
    """The lead unit, which every matter at a unit has (a constraint holds it)."""
    assert matter.unit is not None
    return matter.unit


def lapse_extension(matter: Matter, *, at: datetime) -> None:
    """A request for more time that nobody decided ends with the work it was asked for."""
    matter.extensions.filter(granted__isnull=True).update(granted=False, decided_at=at)
    matter.extension_asked_at = None


def say_in(matter: Matter, actor: Actor, speech: Speech, text: str, *, at: datetime,
           audience: Audience = Audience.EVERYBODY, files: Iterable[Received] = ()) -> Statement:
    """Keep what was said, with the files that came with it."""
    statement = words(matter, actor, speech, text, at=at, audience=audience)
    statement.save(force_insert=True)
    for received in files:
        documents.store(actor=actor, upload=received, subject=f"matter:{matter.pk}", statement=statement.pk)
    return statement


def remark(matter: Matter, actor: Actor, speech: Speech, text: str, *, at: datetime,
           audience: Audience = Audience.EVERYBODY) -> Statement | None:
    """Words that may be left out: nothing is kept of nothing."""
    return say_in(matter, actor, speech, text.strip(), at=at, audience=audience) if text.strip() else None


def words(matter: Matter, actor: Actor, speech: Speech, text: str, *, at: datetime,
          audience: Audience = Audience.EVERYBODY) -> Statement:
    """What was said, word for word, with the salt that its commitment needs; not written yet."""
    return Statement(
        matter=matter, round=matter.round, speech=speech, text=text, salt=ledger.new_salt(), author_id=actor.account_id,
        unit_id=actor.unit_id, from_enterprise=actor.enterprise_id is not None, said_at=at, audience=audience)


def record(verb: str, actor: Actor, matter: Matter, statement: Statement | None = None, /, **facts: object) -> Entry:
    """One ledger entry for the verb; a statement goes in as its commitment and points back at the entry."""
    if statement is not None:
        facts["statement"] = statement.pk
        facts["text"] = ledger.commitment(statement.salt, statement.text)
    entry = ledger.record(f"matter.{verb}", actor, f"matter:{matter.pk}", facts)
    if statement is not None:
        statement.entry = entry.pk
        statement.save(update_fields=["entry"])
    return entry


def written(text: str, field: str, sentence: Sentence) -> str:
    """The text without outer blanks; an empty one is refused beside its field."""
    if not text.strip():
        raise base.Refused(sentence, field=field)
    return text.strip()

"""The read side of matters: how an actor stands to one, what is possible now, its page, and its dates."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from qinqing import base
from qinqing.base import Actor, Verdict, say
from qinqing.base.actor import UNIT_STAFF
from qinqing.clock import limits, spans
from qinqing.clock import rules as clock_rules
from qinqing.clock.calendar import Calendar
from qinqing.clock.steps import StepKind
from qinqing.documents.models import Attachment
from qinqing.ledger import queries as ledger
from qinqing.ledger.queries import receipt_sources
from qinqing.parties.models import Account
from qinqing.texts import likeness
from qinqing.workdays import queries as workdays

from .. import access, kinds, rules, terms
from ..models import Assignment, Clock, LimitRule, Matter, Reply, Statement
from ..terms import Audience, Part, Speech, State

calendar = workdays.calendar

Pauses = list[tuple[datetime, datetime | None]]


# —— limits ——

def limit_of(kind: str, track: str, timer: str) -> tuple[str, str]:
    """The limit of one timer with its basis: the city's own, else the kind's default for the track."""
    return limits_of(kind, track)[timer]


def limits_of(kind: str, track: str) -> dict[str, tuple[str, str]]:
    """All limits of a track, by timer: the track's own before the standard ones, in each the city's before the kind's.

    One query.
    """
    tracks, city = kinds.get(kind).limits, _limits_of_the_city(kind, track)
    return {**tracks["standard"], **city["standard"], **tracks[track], **city[track]}


def _limits_of_the_city(kind: str, track: str) -> defaultdict[str, dict[str, tuple[str, str]]]:
    found: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in LimitRule.objects.filter(kind=kind, track__in=["standard", track]):
        found[row.track][row.timer] = (row.limit, row.basis)
    return found


# —— one matter, one actor ——

def standing(actor: Actor, matter: Matter) -> access.Standing:
    """How the actor stands to the matter, for `access.may`."""
    parts = {row.part for row in matter.assignments.all()
             if {row.unit_id, row.section_id} & actor.unit_ids and row.ended_at is None
             } if actor.role in UNIT_STAFF else set()
    answer = current_reply(matter) if matter.state == State.CONFIRMED else None
    return access.Standing(
        own_enterprise=actor.enterprise_id is not None and actor.enterprise_id == matter.enterprise_id,
        lead=Part.LEAD in parts, helper=Part.HELPER in parts,
        own_county=actor.county_id is not None and actor.county_id == matter.county_id,
        express=matter.route in terms.EXPRESS, nameless=matter.enterprise_id is None,
        registered=actor.unit_id is not None and actor.unit_id == matter.registered_for_id,
        answered=bool(answer and answer.answered_by_id == actor.account_id),
        proposed=matter.proposed_by_id is not None and matter.proposed_by_id == actor.account_id,
        unit_ids=actor.unit_ids)


def facts(matter: Matter) -> rules.Facts:
    """What stands beside the state. Four small queries: one that counts it all costs more to build than they to run."""
    counted = Q(speech=Speech.OBJECTION) | Q(speech=Speech.EVIDENCE, round=matter.round)
    speeches = Counter(matter.statements.filter(counted).values_list("speech", flat=True))
    grounded = [terms.Outcome.EXPLAINED, terms.Outcome.REFERRED]
    extensions = list(matter.extensions.values_list("granted", flat=True))
    return rules.Facts(
        state=State(matter.state), paused=matter.paused_at is not None, objection_open=matter.objected_at is not None,
        objections=speeches[Speech.OBJECTION], extensions=extensions.count(True), extension_open=None in extensions,
        promised=matter.promised_on is not None, supervised=matter.supervised_at is not None,
        evidence=speeches[Speech.EVIDENCE] + matter.replies.filter(round=matter.round, outcome__in=grounded).count(),
        rejections=matter.confirmations.filter(solved=False).count(), disputed=matter.disputed_at is not None,
        proposed=matter.proposed_by_id is not None, silent=_silent(matter))


def _silent(matter: Matter) -> bool:
    """Asked whether it is solved, the enterprise let its days to answer pass."""
    if matter.state != State.REPLIED or matter.replied_at is None:
        return False
    return spans.working_days_between(matter.replied_at, base.now(), calendar()) >= terms.DAYS_TO_ANSWER


def current_reply(matter: Matter) -> Reply | None:
    return matter.replies.filter(round=matter.round).order_by("-answered_at", "-id").first()


@dataclass(frozen=True)
class Option:
    """A verb on the page: possible or greyed with its reason."""

    verb: str
    verdict: Verdict


def options(actor: Actor, matter: Matter) -> dict[str, Option]:
    """Every verb this actor may ever say here; those not possible now carry the reason."""
    stand, now = standing(actor, matter), facts(matter)
    leaves_out = kinds.get(matter.kind).leaves_out
    allowed = (verb for verb in rules.MOVES if verb not in leaves_out and access.may(verb, actor, stand))
    return {verb: Option(verb, _possible(verb, now)) for verb in allowed}


def _possible(verb: str, now: rules.Facts) -> Verdict:
    reason = rules.obstacle(verb, now)
    return Verdict(ok=reason is None, reason=reason)


def shown_enterprise(actor: Actor, matter: Matter, stand: access.Standing | None = None) -> str:
    """The enterprise's name, or the sentence that stands for it when it asked not to be named."""
    verdict = access.may_know_enterprise(actor, matter.anonymity, stand or standing(actor, matter))
    return matter.enterprise_name if verdict else str(verdict.reason)


# —— status and light ——

def status(matter: Matter) -> terms.Status:
    """What a person sees: the fact that somebody must act on comes before the state."""
    if matter.state == State.DISPATCHED and matter.objected_at:
        return terms.OBJECTED
    if matter.state == State.REPLIED and matter.disputed_at:
        return terms.DISPUTED
    if matter.is_open and matter.paused_at:
        return terms.PAUSED
    if matter.state == State.HANDLING and matter.promised_on:
        return terms.PROMISED
    if matter.state == State.HANDLING and matter.review_on:
        return terms.SHELVED
    return terms.STATUS[State(matter.state)]


def light(matter: Matter, now: datetime | None = None, *, days: Calendar | None = None) -> spans.Light:
    """The deadline's light and words, from the list row alone; a list hands in the calendar it read once."""
    if matter.is_open and matter.due_at is None and matter.paused_at is None:
        return spans.Light(spans.Level.PAUSED, say("等企业确认") if matter.state == State.REPLIED else say("等主办单位"))
    return spans.light_of(
        now or base.now(), due=matter.due_at, soon=matter.soon_at, calendar=days or calendar(),
        paused=matter.paused_at is not None or matter.objected_at is not None, done=not matter.is_open)


# —— the page of one matter ——

@dataclass(frozen=True)
class Event:
    """One line of the timeline: a ledger entry with what was said."""

    verb: str
    label: Any
    at: datetime
    entry: int
    actor: str
    facts: dict[str, Any]
    statement: Statement | None


def find(actor: Actor, number: str) -> Matter | None:
    """The matter, if this actor may know of it; the page turns None into 404."""
    return (Matter.objects.visible_to(actor).filter(number=number)
            .select_related("enterprise", "unit", "handler", "county", "merged_into", "contact")
            .prefetch_related(Prefetch("assignments", Assignment.objects.select_related("unit", "handler", "section")))
            .first())


def _audiences(actor: Actor, stand: access.Standing) -> list[str]:
    if stand.own_enterprise or not access.may_hear_staff(actor):
        return [Audience.EVERYBODY]
    office = [Audience.OFFICE] if access.may_hear_office(actor) else []
    return [Audience.EVERYBODY, Audience.STAFF, *office]


def statements(actor: Actor, matter: Matter) -> list[Statement]:
    """What was said, as far as it is for this actor's ears, oldest first."""
    stand = standing(actor, matter)
    audible = Q(audience__in=_audiences(actor, stand))
    if stand.own_enterprise:
        audible |= Q(from_enterprise=True)  # one's own words, whomever they were for
    return list(matter.statements.filter(audible).select_related("author", "unit").order_by("said_at", "id"))


def timeline(actor: Actor, matter: Matter) -> list[Event]:
    """What happened, newest first: the ledger's entries with the statements this actor may read."""
    said = {row.entry: row for row in statements(actor, matter) if row.entry}
    return [Event(entry.verb, entry.label, entry.happened_at, entry.id, entry.actor, entry.facts, said.get(entry.id))
            for entry in reversed(ledger.entries_of(f"matter:{matter.pk}"))
            if entry.verb not in _STAFF_ONLY or access.may_hear_staff(actor)]


_STAFF_ONLY = {"matter.noted", "matter.proposed_reasonable", "matter.contacted", "matter.helper_answered",
               "matter.objected", "matter.objection_decided"}


def brought_by(account: Account) -> QuerySet[Matter]:
    """The matters in the words of this person: written, or said to staff who entered them."""
    written = Statement.objects.filter(speech=Speech.ORIGINAL, author=account)
    return Matter.objects.filter(Q(pk__in=written.values("matter")) | Q(contact=account))


def erased() -> QuerySet[Matter]:
    """The matters whose original text was erased by law; what repeats it elsewhere goes too."""
    originals = Statement.objects.filter(speech=Speech.ORIGINAL, erased_at__isnull=False)
    return Matter.objects.filter(pk__in=originals.values("matter"))


def original_of(matter: Matter) -> Statement:
    return matter.statements.get(speech=Speech.ORIGINAL)


def receipt_of(matter: Matter) -> dict[str, Any]:
    """What the enterprise holds in its hand: the opening entry with its title and text laid open."""
    entry, disclosures = _opening(matter)
    return ledger.receipt(entry, disclosures)


def receipt_source(number: str) -> receipt_sources.Opened | None:
    """For `qinqing ledger receipt NUMBER`."""
    matter = Matter.objects.filter(number=number).first()
    return _opening(matter) if matter else None


def _opening(matter: Matter) -> receipt_sources.Opened:
    original = original_of(matter)
    entry = ledger.entry_of(f"matter:{matter.pk}", "matter.opened")
    assert entry is not None
    opened = {"title": (matter.salt, matter.title), "text": (original.salt, original.text)}
    for place, file in enumerate(_files_of(original, len(json.loads(entry.facts).get("files", [])))):
        opened[f"files.{place}"] = (file.salt, file.sha256)
    return entry, {name: said for name, said in opened.items() if said[0]}  # what was erased lost its salt


def _files_of(statement: Statement, many: int) -> list[Attachment]:
    """The first so many, in the order they came; one that was erased keeps its place."""
    if not many:
        return []
    return list(Attachment.objects.of(f"matter:{statement.matter_id}").filter(statement=statement.pk)[:many])


def may_read_files(actor: Actor, matter_id: str) -> bool:
    """Who may know of a matter may read its files."""
    return Matter.objects.visible_to(actor).filter(pk=matter_id).exists()


def attachments(matter: Matter, actor: Actor) -> list[Attachment]:
    visible = [row.pk for row in statements(actor, matter)]
    return list(Attachment.objects.filter(subject=f"matter:{matter.pk}", statement__in=visible, erased_at__isnull=True))


def clocks_of(matter: Matter, actor: Actor | None = None) -> list[Clock]:
    """The clocks of the page, oldest first: those of the matter itself and of the lead unit, and a helper's own for itself."""
    units = {None, matter.unit_id} | (actor.unit_ids if actor else set())
    return [clock for clock in matter.clocks.order_by("started_at", "id") if clock.unit_id in units]


def latest(clocks: list[Clock]) -> list[Clock]:
    """The last clock of each kind: those that run first, and of them the one that is due first."""
    last = {clock.timer: clock for clock in clocks}.values()
    return sorted(last, key=lambda clock: (clock.stopped_at is not None, clock.due_at is None, clock.due_at or clock.started_at))


def deadline_of(clock: Clock, matter: Matter, days: Calendar) -> clock_rules.Deadline:
    """The deadline of a clock with its derivation, out of limit, pauses and extension: nothing else is kept."""
    return deadline_with(clock, pauses_of(clock, matter), days)


def deadline_with(clock: Clock, pauses: Pauses, days: Calendar) -> clock_rules.Deadline:
    extensions = [limits.Limit.parse(clock.extension)] if clock.extension else []
    return clock_rules.deadline(
        clock.started_at, limits.Limit.parse(clock.limit), days, pauses=pauses, extensions=extensions)


def pauses_of(clock: Clock, matter: Matter) -> Pauses:
    """When the clock stood still, oldest first; the last one may be open."""
    rows = matter.pauses.exclude(ended_at__lte=clock.started_at)
    if clock.stopped_at:
        rows = rows.exclude(started_at__gte=clock.stopped_at)
    return list(rows.values_list("started_at", "ended_at")) if clock.timer in terms.PAUSABLE else []


def solution_days(matter: Matter, clocks: list[Clock]) -> tuple[int, int] | None:
    """For the working-day bar: which counted working day it is, of how many; above the total it is overdue.

    None while nothing is counted: before it has a limit, while an open pause leaves the end unknown.
    """
    clock = next((clock for clock in reversed(clocks) if clock.timer == terms.Timer.SOLUTION), None)
    if clock is None or clock.due_at is None or limits.Limit.parse(clock.limit).unit != limits.Unit.WORKING_DAY:
        return None
    days = workdays.calendar()
    steps = deadline_of(clock, matter, days).derivation
    counted = [day for step in steps if step.kind == StepKind.COUNTED for day in step.days]
    end = clock.stopped_at or base.now()
    passed = sum(day <= end.astimezone(base.TZ).date() for day in counted)
    return passed + spans.working_days_between(clock.due_at, end, days), len(counted)


def similar(actor: Actor, text: str, *, limit: int = 3) -> list[Matter]:
    """Closed matters this actor may see whose title is most like the text."""
    pool = (Matter.objects.visible_to(actor).filter(state=State.CLOSED, outcome__in=_SOLVED)
            .order_by("-pk").only("number", "title", "unit_name", "outcome", "closed_at", "state", "is_open")[:400])
    return likeness.nearest(text, pool, key=lambda row: row.title, limit=limit)


_SOLVED = (terms.Outcome.SOLVED, terms.Outcome.PARTLY)

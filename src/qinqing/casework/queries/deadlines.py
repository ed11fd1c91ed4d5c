"""The clocks of a matter and their dates, each out of limit, pauses and extension."""

from datetime import datetime

from qinqing import base
from qinqing.base import Actor, say
from qinqing.base.words import Sentence
from qinqing.clock import limits, spans
from qinqing.clock import rules as clock_rules
from qinqing.clock.calendar import Calendar
from qinqing.clock.steps import StepKind
from qinqing.ui import dates
from qinqing.workdays import queries as workdays

from .. import terms
from ..models import Clock, Extension, Matter, Reply
from .limits import limit_of

calendar = workdays.calendar

Pauses = list[tuple[datetime, datetime | None]]


def clocks_of(matter: Matter, actor: Actor | None = None) -> list[Clock]:
    """The clocks of the page, oldest first: those of the matter itself and of the lead unit, and a helper's own for itself."""
    units = {None, matter.unit_id} | (actor.unit_ids if actor else set())
    return [clock for clock in matter.clocks.order_by("started_at", "id") if clock.unit_id in units]


def latest(matter: Matter, clocks: list[Clock]) -> list[Clock]:
    """The last clock of each kind: those that run first, and of them the one that is due first.

    `instead` of having been met: the day that a reply put in its place.
    """
    last = {clock.timer: clock for clock in clocks}.values()
    ended = [clock for clock in last if clock.timer in _OF_THE_WORK and clock.stopped_at]
    put_off = _put_off(matter) if ended else {}
    for clock in ended:
        clock.instead = put_off.get(clock.stopped_at)
    return sorted(last, key=lambda clock: (clock.stopped_at is not None, clock.due_at is None, clock.due_at or clock.started_at))


_OF_THE_WORK = frozenset({terms.Timer.SOLUTION, terms.Timer.PROMISE, terms.Timer.REVIEW})


def _put_off(matter: Matter) -> dict[datetime | None, Sentence | None]:
    """What was to be done by then is to be done on another day: by the moment of the reply that says so."""
    return {reply.answered_at: _another_day(reply) for reply in matter.replies.all()}


def _another_day(reply: Reply) -> Sentence | None:
    if reply.promised_on:
        return say("改为答应%(day)s前办成", day=dates.day(reply.promised_on))
    return say("改为%(day)s复核", day=dates.day(reply.review_on)) if reply.review_on else None


def deadline_of(clock: Clock, matter: Matter, days: Calendar) -> clock_rules.Deadline:
    """The deadline of a clock with its derivation, out of limit, pauses and extension: nothing else is kept."""
    return deadline_with(clock, pauses_of(clock, matter), days)


def deadline_with(clock: Clock, pauses: Pauses, days: Calendar) -> clock_rules.Deadline:
    extensions = [limits.Limit.parse(clock.extension)] if clock.extension else []
    return clock_rules.deadline(
        clock.started_at, limits.Limit.parse(clock.limit), days, pauses=pauses, extensions=extensions)


def asked_extension(matter: Matter) -> tuple[Extension, datetime | None, datetime | None] | None:
    """The extension that is asked for, with the solution's deadline as it is and as it would be."""
    extension = matter.extensions.filter(granted__isnull=True).first()
    clock = matter.clocks.filter(timer=terms.Timer.SOLUTION, stopped_at__isnull=True).first()
    if extension is None or clock is None:
        return None
    before, clock.extension = clock.due_at, extension.limit
    return extension, before, deadline_of(clock, matter, workdays.calendar()).at


def answer_due(matter: Matter, since: datetime) -> datetime | None:
    """By when the office answers what it was asked at this moment: as soon as it would have to decide."""
    limit, _basis = limit_of(matter.kind, matter.track, terms.Timer.DECISION)
    return clock_rules.deadline(since, limits.Limit.parse(limit), workdays.calendar()).at


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

"""Starting, stopping, pausing and refolding the clocks of a matter. Called by the verbs, inside their act."""

from datetime import date, datetime, time

from qinqing import base
from qinqing.clock import limits, spans
from qinqing.clock.calendar import Calendar
from qinqing.parties.models import Unit
from qinqing.workdays import queries as workdays

from .. import queries
from ..models import Clock, Matter, Pause
from ..terms import END_OF_TIME, Timer

END_OF_DAY = time(23, 59, 59)


def start(matter: Matter, timer: Timer, *, at: datetime, unit: Unit | None = None,
          fixed_on: date | None = None) -> Clock:
    """Set a clock running: by the limit of the matter's track, or to a date that was promised."""
    limit, basis = ("", "") if fixed_on else queries.limit_of(matter.kind, matter.track, timer)
    clock = Clock(matter=matter, timer=timer, unit=unit, limit=limit, basis=basis, started_at=at, fixed_on=fixed_on)
    _project(clock, workdays.calendar(), queries.pauses_of(clock, matter))
    clock.save()
    return clock


def begin(matter: Matter, *timers: Timer, at: datetime) -> list[Clock]:
    """The clocks of a matter that is new and not written yet, nor are they; its place in the queue is set."""
    limits_, calendar = queries.limits_of(matter.kind, matter.track), workdays.calendar()
    begun = []
    for timer in timers:
        limit, basis = limits_[timer]
        clock = Clock(matter=matter, timer=timer, limit=limit, basis=basis, started_at=at)
        _project(clock, calendar, pauses=[])
        begun.append(clock)
    _queue_by(matter, min(begun, key=lambda clock: clock.due_at or END_OF_TIME))
    return begun


def stop(matter: Matter, *timers: Timer, at: datetime, unit: Unit | None = None) -> None:
    """Stop the running clocks of these kinds; with `unit` only that unit's."""
    running = matter.clocks.filter(timer__in=timers, stopped_at__isnull=True)
    if unit is not None:
        running = running.filter(unit=unit)
    running.update(stopped_at=at)


def stop_all(matter: Matter, *, at: datetime) -> None:
    matter.clocks.filter(stopped_at__isnull=True).update(stopped_at=at)
    matter.pauses.filter(ended_at__isnull=True).update(ended_at=at)


def run_on(matter: Matter, *, since: datetime) -> None:
    """Let the clocks that stopped at this moment run as if they had not."""
    matter.clocks.filter(stopped_at=since).update(stopped_at=None)
    refold(matter)


def pause(matter: Matter, *, reason: str, at: datetime) -> None:
    Pause.objects.create(matter=matter, reason=reason, started_at=at)
    refold(matter)


def resume(matter: Matter, *, reason: str, at: datetime) -> None:
    matter.pauses.filter(reason=reason, ended_at__isnull=True).update(ended_at=at)
    refold(matter)


def refold(matter: Matter) -> list[tuple[Clock, datetime | None]]:
    """Recompute every running clock from history; returns those that moved, with the moment before."""
    moved, calendar = [], workdays.calendar()
    for clock in matter.clocks.filter(stopped_at__isnull=True):
        before = clock.due_at
        _project(clock, calendar, queries.pauses_of(clock, matter))
        if clock.due_at != before:
            moved.append((clock, before))
        clock.save(update_fields=["due_at", "soon_at", "provisional", "calendar"])
    return moved


def set_queue(matter: Matter) -> None:
    """Project the clock that matters now onto the matter: the lists read it and nothing else."""
    _queue_by(matter, _first_due(matter))


def _queue_by(matter: Matter, clock: Clock | None) -> None:
    matter.timer = clock.timer if clock else ""
    matter.due_at = clock.due_at if clock else None
    matter.soon_at = clock.soon_at if clock else None
    matter.provisional = bool(clock and clock.provisional)
    matter.queue_at = matter.due_at or END_OF_TIME


def _first_due(matter: Matter) -> Clock | None:
    running = [clock for clock in matter.clocks.filter(stopped_at__isnull=True).order_by("due_at", "id")
               if clock.due_at and clock.unit_id in (None, matter.unit_id)]
    return running[0] if running else None


def _project(clock: Clock, calendar: Calendar, pauses: queries.Pauses) -> None:
    clock.calendar = calendar.version
    if clock.fixed_on:
        clock.due_at = datetime.combine(clock.fixed_on, END_OF_DAY, base.TZ)
        clock.soon_at = spans.soon_from(clock.started_at, clock.due_at, limits.Limit.parse("3wd"), calendar)
        clock.provisional = not calendar.covers(clock.fixed_on)
        return
    deadline = queries.deadline_with(clock, pauses, calendar)
    clock.due_at, clock.provisional = deadline.at, deadline.provisional
    clock.soon_at = deadline.at and spans.soon_from(
        clock.started_at, deadline.at, limits.Limit.parse(clock.limit), calendar)


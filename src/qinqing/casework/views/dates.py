"""Why it is this day: the derivation of one deadline, as a calendar and step by step (M3-036)."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qinqing import base
from qinqing.base import say
from qinqing.base.words import Sentence
from qinqing.clock import grid, limits, wording
from qinqing.clock import rules as clock_rules
from qinqing.clock.calendar import Calendar
from qinqing.clock.grid import CellKind
from qinqing.clock.steps import Pause
from qinqing.ui import dates
from qinqing.workdays import queries as workdays

from .. import queries
from ..models import Clock, Matter
from ..terms import Timer
from . import case

CELLS = {
    CellKind.OUT: "", CellKind.START: "start", CellKind.WORKDAY: "work", CellKind.ADJUSTED: "extra",
    CellKind.HOLIDAY: "off", CellKind.WEEKEND: "off", CellKind.PAUSED: "pause", CellKind.DUE: "due",
}
Change = tuple[datetime, Sentence]


def why(request: HttpRequest, number: str, timer: str) -> HttpResponse:
    matter = case.found(request, number)
    clocks = queries.clocks_of(matter, request.actor)
    clock = _clock(clocks, timer)
    others = [other for other in clocks if other.pk != clock.pk]
    context = {"matter": matter, "clock": clock, "others": others}
    if clock.fixed_on is None:
        context |= _derived(clock, matter)
    return render(request, "casework/why.html", context)


def _clock(clocks: list[Clock], timer: str) -> Clock:
    found = [clock for clock in clocks if clock.timer == timer]
    if not found:
        raise Http404
    return found[-1]


def _derived(clock: Clock, matter: Matter) -> dict[str, Any]:
    calendar = workdays.calendar()
    pauses = _pauses(clock, matter)
    deadline = queries.deadline_with(clock, pauses, calendar)
    restarted = _restarted(clock, matter)
    return {
        "lead": wording.lead(deadline, restarted=restarted), "paused": sorted({pause.reason for pause in pauses}),
        "weeks": [_week(week) for week in grid.weeks(deadline, calendar, today=base.today())],
        "steps": [_step(line) for line in wording.lines(deadline, restarted=restarted)],
        "changes": _changes(clock, matter, calendar), "limit": deadline.derivation[0].limit,
        "edition": workdays.edition_of((deadline.on or clock.started_at.date()).year), "command": _command(clock, matter),
    }


def _pauses(clock: Clock, matter: Matter) -> list[Pause]:
    """When the clock stood still, and what for."""
    reasons = dict(matter.pauses.values_list("started_at", "reason"))
    return [Pause(since, until, str(_REASONS[reasons[since]])) for since, until in queries.pauses_of(clock, matter)]


_REASONS = {"enterprise": say("等企业补充"), "objection": say("派单异议裁定中")}


def _restarted(clock: Clock, matter: Matter) -> bool:
    """Whether the count of this timer began anew: handled again, given to another unit."""
    return any(other.timer == clock.timer and other.started_at < clock.started_at for other in matter.clocks.all())


def _command(clock: Clock, matter: Matter) -> str:
    """The same calculation for the command line, once it has an end: pauses in whole days, an extension added."""
    if clock.due_at is None:
        return ""
    start, limit = clock.started_at.astimezone(base.TZ), limits.Limit.parse(clock.limit)
    longer = limits.Limit.parse(clock.extension).amount if clock.extension else 0
    words = [f"qinqing deadline --from {start:%Y-%m-%dT%H:%M} --limit {limits.Limit(limit.amount + longer, limit.unit)}"]
    words += [f"--pause {since.astimezone(base.TZ):%Y-%m-%d}..{until.astimezone(base.TZ):%Y-%m-%d}"
              for since, until in queries.pauses_of(clock, matter) if until]
    return " ".join(words)


def _week(week: grid.Week) -> SimpleNamespace:
    return SimpleNamespace(month=wording.MONTHS[week.month - 1] if week.month else "", days=[_day(cell) for cell in week.cells])


def _day(cell: grid.Cell) -> SimpleNamespace:
    number = dates.day(cell.day, weekday=False) if cell.day.day == 1 else cell.day.day
    return SimpleNamespace(number=number, kind=CELLS[cell.kind], note=cell.name or "", ordinal=cell.ordinal)


def _step(line: wording.Line) -> SimpleNamespace:
    return SimpleNamespace(title=line.title, text=line.detail, source=line.basis, url="", value=line.total, note=line.note)


# —— how the day came to be another one ——

def _changes(clock: Clock, matter: Matter, calendar: Calendar) -> list[Change]:
    """What moved this deadline, newest first; each date is computed from the history up to then."""
    pauses = queries.pauses_of(clock, matter)
    granted = matter.extensions.filter(granted=True).first() if clock.timer == Timer.SOLUTION and clock.extension else None

    def day_at(moment: datetime) -> str:
        known = [(since, until) for since, until in pauses if since < moment]
        longer = [limits.Limit.parse(clock.extension)] if granted and granted.decided_at <= moment else []
        limit = limits.Limit.parse(clock.limit)
        found = clock_rules.deadline(clock.started_at, limit, calendar, pauses=known, extensions=longer)
        return dates.day(found.on) if found.on else str(say("待定"))

    moved: list[Change] = [(clock.started_at, say("首次算出 %(day)s", day=day_at(clock.started_at)))]
    for since, until in pauses:
        moved.append((since, say("开始暂停，到期日待定")))
        if until:
            moved.append((until, say("暂停结束，改为 %(day)s", day=day_at(until))))
    if granted:
        moved.append((granted.decided_at, say("同意延期，改为 %(day)s", day=day_at(granted.decided_at))))
    return sorted(moved, key=lambda change: change[0], reverse=True)

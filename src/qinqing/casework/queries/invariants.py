"""What must hold of all matters, asked over the live data: `qinqing check` prints what does not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from qinqing import base
from qinqing.base.words import Sentence, say
from qinqing.clock import spans
from qinqing.workdays import queries as workdays

from ..models import Clock, Matter
from ..terms import ASKED_AT, State
from .deadlines import deadline_of

STILL_DAYS = 10  # working days without a word, while the clock has run out or stands still
WAITING = (State.REPLIED,)  # for the enterprise: no clock of the government runs

Finding = tuple[str, Sentence]


def broken() -> Iterator[Finding]:
    """Projections that are not what they are recomputed to be: each is a fault of the program."""
    calendar = workdays.calendar()
    running = Clock.objects.filter(stopped_at=None, fixed_on=None, matter__is_open=True).select_related("matter")
    for clock in running.iterator(chunk_size=500):
        if deadline_of(clock, clock.matter, calendar).at != clock.due_at:
            yield clock.matter.number, say("%(timer)s期限和重算的不一样。", timer=clock.get_timer_display())
    for row in Matter.objects.running().iterator(chunk_size=500):
        if row.due_at != _first_due(row):
            yield row.number, say("列表上的期限和时钟不一样。")
    undecided = reduce(or_, (Q(**{f"{moment}__isnull": False}) for moment in ASKED_AT))
    for row in Matter.objects.filter(~undecided, to_decide=True) | Matter.objects.filter(undecided, to_decide=False):
        yield row.number, say("是不是等裁定，列表和经过不一样。")


def _first_due(row: Matter) -> datetime | None:
    clocks = row.clocks.filter(stopped_at=None, due_at__isnull=False)
    dues = [clock.due_at for clock in clocks if clock.due_at and clock.unit_id in (None, row.unit_id)]
    return min(dues, default=None)


def stuck() -> Iterator[Finding]:
    """Matters that nothing moves any more: no clock runs and nobody is waited for, or long overdue and silent."""
    ticking = Exists(Clock.objects.filter(matter=OuterRef("pk"), stopped_at=None))
    for row in Matter.objects.running().exclude(state__in=WAITING).filter(~ticking):
        yield row.number, say("没有在走的期限，也没有在等谁。")
    calendar, now = workdays.calendar(), base.now()
    still = Q(queue_at__lt=now) | Q(due_at=None)
    for row in Matter.objects.running().filter(still, changed_at__lt=now - timedelta(days=STILL_DAYS)):
        days = spans.working_days_between(row.changed_at, now, calendar)
        if days >= STILL_DAYS:
            yield row.number, say(_STILL if row.due_at else _UNANSWERED, n=days)


_STILL = "已超期，%(n)s 个工作日没有任何动作。"
_UNANSWERED = "等企业 %(n)s 个工作日没有回音，请联系企业。"

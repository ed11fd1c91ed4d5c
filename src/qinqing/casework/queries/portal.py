"""What the enterprise's own pages ask of its matters."""

from datetime import date

from django.db.models import Max, Q

from qinqing import base
from qinqing.base import Actor
from qinqing.clock import rules
from qinqing.clock.limits import Limit, Unit
from qinqing.workdays import queries as workdays

from ..models import Matter
from ..terms import QUIET_DAYS, Audience, State

WAITING = Q(paused_at__isnull=False) | Q(state=State.REPLIED, disputed_at=None)


def waits_for_enterprise(matter: Matter) -> bool:
    """Whether the next word is the enterprise's: to add something, or to say whether it is solved."""
    return matter.is_open and (matter.paused_at is not None or (matter.state == State.REPLIED and matter.disputed_at is None))


def reminded_today(matter: Matter) -> bool:
    """Once a day is enough: the next reminder is for tomorrow."""
    return matter.reminded_at is not None and matter.reminded_at.astimezone(base.TZ).date() == base.today()


def quiet_from(matter: Matter) -> date | None:
    """From which day silence is long enough to ask the city to look; None when it is, a limit has passed, or it has ended."""
    if not matter.is_open or (matter.due_at and matter.due_at < base.now()):
        return None
    told = matter.statements.filter(from_enterprise=False, audience=Audience.EVERYBODY).aggregate(last=Max("said_at"))
    heard = max(filter(None, [matter.opened_at, told["last"]]))
    day = rules.deadline(heard, Limit(QUIET_DAYS, Unit.WORKING_DAY), workdays.calendar()).on
    return day if day and day > base.today() else None


def waiting_for(actor: Actor) -> int:
    """How many matters wait for this enterprise."""
    if actor.enterprise_id is None:
        return 0
    return Matter.objects.visible_to(actor).running().filter(WAITING).count()

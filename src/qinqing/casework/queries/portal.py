"""What the enterprise's own pages ask of its matters."""

from django.db.models import Q

from qinqing import base
from qinqing.base import Actor

from ..models import Matter
from ..terms import State

WAITING = Q(paused_at__isnull=False) | Q(state=State.REPLIED, disputed_at=None)


def waits_for_enterprise(matter: Matter) -> bool:
    """Whether the next word is the enterprise's: to add something, or to say whether it is solved."""
    return matter.is_open and (matter.paused_at is not None or (matter.state == State.REPLIED and matter.disputed_at is None))


def reminded_today(matter: Matter) -> bool:
    """Once a day is enough: the next reminder is for tomorrow."""
    return matter.reminded_at is not None and matter.reminded_at.astimezone(base.TZ).date() == base.today()


def waiting_for(actor: Actor) -> int:
    """How many matters wait for this enterprise."""
    if actor.enterprise_id is None:
        return 0
    return Matter.objects.visible_to(actor).running().filter(WAITING).count()

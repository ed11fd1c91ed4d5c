"""A new calendar: recompute what is open, write down every date that moved, tell the enterprise."""

from qinqing import base
from qinqing.base import Actor
from qinqing.ledger import actions as ledger

from ..models import Matter
from ..terms import Timer
from . import clocks, moving, telling


@ledger.act
def redate(*, actor: Actor) -> int:
    """Recompute all open matters; gives how many moved. One entry lists the batch, each moved matter has its own."""
    rows = Matter.objects.running().select_for_update(of=("self",)).order_by("pk")
    moved = [matter for matter in rows if _redated(actor, matter)]
    ledger.record("matters.redated", actor, "matters:open", {"moved": [matter.number for matter in moved]})
    return len(moved)


def _redated(actor: Actor, matter: Matter) -> bool:
    """Only a date that the enterprise was told counts as moved, not the turn of a light."""
    moved = clocks.refold(matter)
    clocks.set_queue(matter)
    if not moved:
        matter.save(update_fields=["soon_at", "provisional"])
        return False
    matter.version += 1
    matter.changed_at = base.now()
    matter.save()
    moving.record("redated", actor, matter, clocks={clock.timer: [before, clock.due_at] for clock, before in moved})
    told = next((clock for clock, _ in moved if clock.timer == Timer.SOLUTION), moved[-1][0])
    telling.redated(matter, told.due_at)
    return True

"""The imports of a calendar and the deadlines that each moved, out of the ledger."""

from dataclasses import dataclass
from datetime import datetime

from qinqing.base import Actor
from qinqing.ledger import queries as ledger

from ..models import Matter
from ..terms import Timer

LATEST = 5


@dataclass(frozen=True)
class Moved:
    number: str
    timer: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Batch:
    at: datetime
    moves: list[Moved]


def redated(actor: Actor) -> list[Batch]:
    """The latest recalculations, newest first, with the moves of matters this actor may see."""
    batches = [entry for entry in ledger.entries_of("matters:open") if entry.verb == "matters.redated"][-LATEST:]
    return [Batch(entry.happened_at, _moves(actor, entry)) for entry in reversed(batches)]


def _moves(actor: Actor, batch: ledger.Happening) -> list[Moved]:
    rows = Matter.objects.visible_to(actor).filter(number__in=batch.facts["moved"]).values_list("pk", "number")
    numbers = {f"matter:{pk}": number for pk, number in rows}
    return [Moved(numbers[entry.subject], str(Timer(timer).label), _moment(before), _moment(after))
            for entry in ledger.entries_of(*numbers) if entry.act == batch.act and entry.verb == "matter.redated"
            for timer, (before, after) in entry.facts["clocks"].items()]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

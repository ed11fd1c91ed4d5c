"""When it is a reader's turn: a helper's own part has a due date of its own, and so a place of its own in the list.

What a unit asks is SQL that both databases read: the ORM takes longer to compose these expressions, in every count anew,
than the database to answer them.
"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, DateTimeField, Expression, F, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from qinqing.base import Actor
from qinqing.base.actor import UNIT_STAFF

from ..models import Matter, MatterQuerySet
from ..terms import END_OF_TIME

_UNSIGNED = """casework_matter.id IN (SELECT part.matter_id FROM casework_assignment part
    WHERE part.ended_at IS NULL AND part.signed_at IS NULL AND (part.unit_id IN {units} OR part.section_id IN {units}))"""
_OWN = """CASE WHEN casework_matter.unit_id IN {units} OR EXISTS (SELECT 1 FROM casework_assignment part
        WHERE part.matter_id = casework_matter.id AND part.ended_at IS NULL AND part.section_id IN {units} AND part.part = 'lead')
    THEN casework_matter.{of_matter} ELSE (SELECT clock.{of_clock} FROM casework_clock clock
        WHERE clock.matter_id = casework_matter.id AND clock.unit_id IN {units} AND clock.stopped_at IS NULL
        AND clock.due_at IS NOT NULL ORDER BY clock.due_at, clock.id LIMIT 1) END"""


def turned(rows: MatterQuerySet, actor: Actor) -> MatterQuerySet:
    """The rows with `turn_at`, and `unsigned`: the reader's part waits for a signature.

    To a helper its turn is that of its own part, at the end of time once it has answered; to everybody else the matter's.
    """
    turn_at: Expression | F = F("queue_at")
    unsigned: Expression = Value(False, output_field=BooleanField())
    if actor.role in UNIT_STAFF:
        turn_at = Coalesce(_own(actor, _OWN, DateTimeField(), of_matter="queue_at", of_clock="due_at"), END_OF_TIME)
        unsigned = _own(actor, _UNSIGNED, BooleanField())
    found: MatterQuerySet = rows.annotate(turn_at=turn_at, unsigned=unsigned)
    return found


def soon(actor: Actor) -> Expression | F:
    """The moment from which a turned row's light warns."""
    if actor.role not in UNIT_STAFF:
        return F("soon_at")
    return _own(actor, _OWN, DateTimeField(), of_matter="soon_at", of_clock="soon_at")


def _own(actor: Actor, sql: str, field: Any, **columns: str) -> RawSQL:
    units = f"({', '.join(map(str, actor.unit_ids)) or 'NULL'})"
    return RawSQL(sql.format(units=units, **columns), (), field)  # noqa: S611 - whole numbers and names of columns, nothing said


def as_read(row: Matter, turn_at: datetime, soon_at: datetime | None) -> Matter:
    """A row as its reader is to see it: due when it is the reader's turn."""
    row.queue_at, row.soon_at = turn_at, soon_at
    row.due_at = None if turn_at == END_OF_TIME else turn_at
    return row

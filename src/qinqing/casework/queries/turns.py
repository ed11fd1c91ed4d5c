"""When it is a reader's turn: a helper's own part has a due date of its own, and so a place of its own in the list."""

from typing import Any

from django.db.models import BooleanField, Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from qinqing.base import Actor
from qinqing.base.actor import UNIT_STAFF

from ..models import Assignment, Clock, Matter, MatterQuerySet
from ..terms import END_OF_TIME, Part


def turned(rows: MatterQuerySet, actor: Actor) -> MatterQuerySet:
    """The rows with `turn_at` and `turn_soon_at`, and `unsigned`: the reader's part waits for a signature.

    To a helper they are those of its own part, at the end of time once it has answered; to everybody else the matter's.
    """
    if actor.role not in UNIT_STAFF:
        whole: MatterQuerySet = rows.annotate(
            turn_at=F("queue_at"), turn_soon_at=F("soon_at"), unsigned=Value(False, output_field=BooleanField()))
        return whole
    parts = Assignment.objects.filter(
        Q(unit__in=actor.unit_ids) | Q(section__in=actor.unit_ids), matter=OuterRef("pk"), ended_at__isnull=True)
    leads = Q(unit__in=actor.unit_ids) | Exists(parts.filter(part=Part.LEAD))
    due = (Clock.objects.filter(matter=OuterRef("pk"), unit__in=actor.unit_ids, stopped_at__isnull=True, due_at__isnull=False)
           .order_by("due_at", "id"))
    own: MatterQuerySet = rows.annotate(
        turn_at=Case(When(leads, then=F("queue_at")), default=Coalesce(Subquery(due.values("due_at")[:1]), END_OF_TIME),
                     output_field=DateTimeField()),
        turn_soon_at=Case(When(leads, then=F("soon_at")), default=Subquery(due.values("soon_at")[:1]),
                          output_field=DateTimeField()),
        unsigned=Exists(parts.filter(signed_at__isnull=True)))
    return own


def as_read(row: Any) -> Matter:
    """A turned row as its reader is to see it: due when it is the reader's turn."""
    row.queue_at, row.soon_at = row.turn_at, row.turn_soon_at
    row.due_at = None if row.turn_at == END_OF_TIME else row.turn_at
    read: Matter = row
    return read

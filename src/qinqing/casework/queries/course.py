"""What happened to a matter and what was said, as far as it is for this actor's eyes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from qinqing.base import Actor
from qinqing.documents.models import Attachment
from qinqing.ledger import queries as ledger

from .. import access
from ..models import Matter, Statement
from ..terms import Audience
from .standing import standing


@dataclass(frozen=True)
class Event:
    """One line of the timeline: a ledger entry with what was said."""

    verb: str
    label: Any
    at: datetime
    entry: int
    actor: str
    facts: dict[str, Any]
    statement: Statement | None


def _audiences(actor: Actor, stand: access.Standing) -> list[str]:
    if stand.own_enterprise or not access.may_hear_staff(actor):
        return [Audience.EVERYBODY]
    office = [Audience.OFFICE] if access.may_hear_office(actor) else []
    return [Audience.EVERYBODY, Audience.STAFF, *office]


def statements(actor: Actor, matter: Matter) -> list[Statement]:
    """What was said, as far as it is for this actor's ears, oldest first."""
    stand = standing(actor, matter)
    audible = Q(audience__in=_audiences(actor, stand))
    if stand.own_enterprise:
        audible |= Q(from_enterprise=True)  # one's own words, whomever they were for
    return list(matter.statements.filter(audible).select_related("author", "unit").order_by("said_at", "id"))


def timeline(actor: Actor, matter: Matter) -> list[Event]:
    """What happened, newest first: the ledger's entries with the statements this actor may read."""
    said = {row.entry: row for row in statements(actor, matter) if row.entry}
    return [Event(entry.verb, entry.label, entry.happened_at, entry.id, entry.actor, entry.facts, said.get(entry.id))
            for entry in reversed(ledger.entries_of(f"matter:{matter.pk}"))
            if entry.verb not in _STAFF_ONLY or access.may_hear_staff(actor)]


_STAFF_ONLY = {"matter.noted", "matter.proposed_reasonable", "matter.contacted", "matter.helper_answered",
               "matter.objected", "matter.objection_decided"}


def attachments(matter: Matter, actor: Actor) -> list[Attachment]:
    visible = [row.pk for row in statements(actor, matter)]
    return list(Attachment.objects.filter(subject=f"matter:{matter.pk}", statement__in=visible, erased_at__isnull=True))

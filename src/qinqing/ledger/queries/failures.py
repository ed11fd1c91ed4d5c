"""Reactions that do not get on, for the people who look after the system."""

from dataclasses import dataclass
from datetime import datetime

from ..models import Cursor

_PREFIX = "reaction:"


@dataclass(frozen=True)
class FailingReaction:
    """`number` is the ledger's number of the entry it stumbles over."""

    name: str
    number: int
    failures: int
    retry_at: datetime | None
    error: str


def failing_reactions() -> list[FailingReaction]:
    cursors = Cursor.objects.filter(name__startswith=_PREFIX, failures__gt=0).order_by("name")
    return [
        FailingReaction(c.name.removeprefix(_PREFIX), c.leaf + 1, c.failures, c.retry_at, c.error) for c in cursors
    ]

"""Entries as others read them: timelines, the feed by position, and the lines that are hashed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import verbs
from ..models import Entry, Leaf
from ..rules import entries as rules


@dataclass(frozen=True)
class Happening:
    """An entry for reading. `number` counts from 1 in the sealed ledger; None until the entry is sealed."""

    id: int
    number: int | None
    act: str
    verb: str
    actor: str
    acting_as: str
    subject: str
    facts: dict[str, Any]
    happened_at: datetime
    recorded_at: datetime
    hash: str

    @property
    def label(self) -> str:
        """The verb in Chinese."""
        return verbs.label(self.verb)


def entries_of(*subjects: str) -> list[Happening]:
    """The timeline of one or several subjects, oldest first."""
    return happenings(Entry.objects.filter(subject__in=subjects).order_by("pk"))


def entry_of(subject: str, verb: str) -> Entry | None:
    """The first entry of a verb on a subject: the one a receipt is about."""
    return Entry.objects.filter(subject=subject, verb=verb).order_by("pk").first()


def happenings(entries: Iterable[Entry]) -> list[Happening]:
    found = list(entries)
    numbers = numbers_of(entry.pk for entry in found)
    return [_happening(entry, numbers.get(entry.pk)) for entry in found]


def numbers_of(entry_ids: Iterable[int]) -> dict[int, int]:
    """Entry id → number in the sealed ledger, counted from 1."""
    leaves = Leaf.objects.filter(entry__in=list(entry_ids)).values_list("entry", "index")
    return {entry: index + 1 for entry, index in leaves}


def _happening(entry: Entry, number: int | None) -> Happening:
    return Happening(
        id=entry.pk, number=number, act=entry.act, verb=entry.verb, actor=entry.actor, acting_as=entry.acting_as,
        subject=entry.subject, facts=json.loads(entry.facts), happened_at=entry.happened_at,
        recorded_at=entry.recorded_at, hash=entry.hash,
    )


def sealed_after(number: int, limit: int) -> list[Happening]:
    """The feed: the entries whose number is above `number`, in the order of the ledger."""
    leaves = Leaf.objects.filter(index__gte=number).order_by("index")[:limit]
    entries = Entry.objects.in_bulk([leaf.entry for leaf in leaves])
    return [_happening(entries[leaf.entry], leaf.index + 1) for leaf in leaves]


def lines_of(entry: Entry) -> tuple[str, ...]:
    """The lines that an entry's hash is taken over, in the order of `rules.entries.LINES`."""
    return (
        entry.act, entry.verb, entry.actor, entry.acting_as, entry.subject, rules.moment(entry.happened_at),
        rules.moment(entry.recorded_at), entry.once or "", entry.once_body, entry.facts,
    )

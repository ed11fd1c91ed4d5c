"""What happens after something happened: functions that follow sealed entries, each in an act of its own.

A package writes `@on("matter.replied", name="open a rating")` in its `reactions.py`. The function gets the entry as a
`queries.Happening`. Its place in the ledger moves in the same transaction as what it does, and the first entry it
writes carries the key `reaction:<name>:<leaf>`: it never happens twice, not even with the place set back.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Exists, OuterRef

from qinqing import base

from . import queries, verbs
from .actions import act, replay, seal
from .actions.cursors import claim
from .models import Cursor, Entry, Leaf

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)

Run = Callable[[queries.Happening], object]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reaction:
    name: str
    verbs: tuple[str, ...]
    run: Run

    @property
    def key(self) -> str:
        return f"reaction:{self.name}"


_reactions: dict[str, Reaction] = {}


def on(*names_of_verbs: str, name: str) -> Callable[[Run], Run]:
    """Follow these verbs. `name` is unique and never changes: it is how far the reaction has come."""
    def register(run: Run) -> Run:
        reaction = Reaction(name, names_of_verbs, run)
        if _reactions.setdefault(name, reaction).run is not run:
            raise ValueError(f"there are two reactions called {name!r}")
        return run

    return register


def check_registered() -> None:
    """Raise `ImproperlyConfigured` when a reaction waits for a verb that no package registers."""
    followed = [(reaction.name, verb) for reaction in _reactions.values() for verb in reaction.verbs]
    lost = [f"{name}: {verb}" for name, verb in followed if not verbs.known(verb)]
    if lost:
        raise ImproperlyConfigured(f"reactions wait for unregistered verbs: {', '.join(lost)}")


def drain(*, raising: bool = False) -> int:
    """Seal, and run what is due until nothing is; returns how many entries were reacted to.

    A reaction that fails is tried again later, longer apart each time, and stops no other one. With `raising` (tests,
    loads) its error comes out here.
    """
    check_registered()
    _place_new()
    total = 0
    while reacted := _round(raising=raising):
        total += reacted
    return total


def _place_new() -> None:
    """A reaction new to this installation begins where the others stand, and on a new installation at the start."""
    wanted = {reaction.key for reaction in _reactions.values()}
    placed = dict(Cursor.objects.filter(name__in=wanted).values_list("name", "leaf"))
    start = min(placed.values(), default=0)
    new = [Cursor(name=key, leaf=start) for key in sorted(wanted - placed.keys())]
    Cursor.objects.bulk_create(new, ignore_conflicts=True)


def _round(*, raising: bool) -> int:
    seal()
    return sum(_follow(reaction, raising=raising) for reaction in list(_due()))


def _due() -> Iterator[Reaction]:
    behind = Cursor.objects.filter(leaf__lt=queries.size()).values_list("name", "retry_at")
    waiting = {name for name, retry_at in behind if not retry_at or retry_at <= base.machine_now()}
    return (reaction for reaction in _reactions.values() if reaction.key in waiting)


def _follow(reaction: Reaction, *, raising: bool) -> int:
    """React to entry after entry; stop at the end, at a failure, or where another worker is at it."""
    reacted = 0
    try:
        while _step(reaction):
            reacted += 1
    except Exception as error:
        if raising:
            raise
        _note_failure(reaction, error)
    return reacted


@transaction.atomic
def _step(reaction: Reaction) -> bool:
    cursor = claim(reaction.key)
    if cursor is None:
        return False
    end = queries.size()
    leaf = _next_leaf(reaction, cursor.leaf, end)
    if leaf is not None:
        _react(reaction, leaf)
    cursor.leaf = end if leaf is None else leaf + 1
    cursor.failures, cursor.retry_at, cursor.error = 0, None, ""
    cursor.save()
    return leaf is not None


def _next_leaf(reaction: Reaction, start: int, end: int) -> int | None:
    waited_for = Entry.objects.filter(pk=OuterRef("entry"), verb__in=reaction.verbs)
    leaves = Leaf.objects.filter(Exists(waited_for), index__gte=start, index__lt=end).order_by("index")
    return leaves.values_list("index", flat=True).first()


def _react(reaction: Reaction, leaf: int) -> None:
    once = f"{reaction.key}:{leaf}"
    with act(once=once):
        if replay(once) is None:
            reaction.run(queries.sealed_after(leaf, 1)[0])


@transaction.atomic
def _note_failure(reaction: Reaction, error: Exception) -> None:
    log.error("reaction %r failed", reaction.name, exc_info=error)
    cursor = claim(reaction.key, wait=True)
    assert cursor is not None, "a cursor is never deleted"
    cursor.leaf = _next_leaf(reaction, cursor.leaf, queries.size()) or cursor.leaf
    pause = min(FIRST_PAUSE * 2 ** min(cursor.failures, 10), LONGEST_PAUSE)
    cursor.failures += 1
    cursor.retry_at = base.machine_now() + pause
    cursor.error = f"{type(error).__name__}: {error}"[:500]
    cursor.save()

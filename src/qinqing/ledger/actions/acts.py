"""Acts and records: one verb, one transaction, one entry."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import ParamSpec, TypeVar, overload
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from qinqing import base
from qinqing.base.words import say

from .. import queries, verbs
from ..models import Entry
from ..rules import entries as rules

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Running:
    """The act under way; `once` waits for its first entry; `free` are the keys that `replay` found unused."""

    id: str
    once: str | None
    free: set[str] = field(default_factory=set)

    def take_once(self) -> str | None:
        once, self.once = self.once, None
        return once


_running: ContextVar[Running | None] = ContextVar("running act", default=None)


@overload
def act(action: Callable[P, R]) -> Callable[P, R]: ...
@overload
def act(*, once: str | None = None) -> AbstractContextManager[str]: ...
def act(
    action: Callable[P, R] | None = None, *, once: str | None = None,
) -> Callable[P, R] | AbstractContextManager[str]:
    """One transaction under one act id: a decorator for actions, or a context manager around some lines.

    Inside a running act it joins it: the verb within shares the id, and what it wrote goes back when it is refused.
    `once` is the key of the act's first entry that brings none of its own.
    """
    if action is None:
        return _acting(once)

    @wraps(action)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        with _acting(None):
            return action(*args, **kwargs)

    return acting


_writing = Lock()


def _turn() -> AbstractContextManager[object]:
    """Threads of one process take turns: waiting for each other in SQLite, they would sleep without a queue.

    Not inside a transaction, which has the database's own lock already.
    """
    return nullcontext() if connection.vendor != "sqlite" or connection.in_atomic_block else _writing


@contextmanager
def _acting(once: str | None) -> Iterator[str]:
    running = _running.get()
    with _turn(), transaction.atomic():
        if running:
            yield running.id
            return
        begun = Running(uuid4().hex, once)
        token = _running.set(begun)
        try:
            yield begun.id
        finally:
            _running.reset(token)


def record(
    verb: str, actor: base.Actor, subject: str, facts: Mapping[str, object], *,
    once: str | None = None, body: object = None,
) -> Entry:
    """Write the entry of this verb into the running act.

    `facts` are codes, references, dates, amounts and commitments: ASCII only, no floats. With `once`, an entry that
    has the key already is given back instead (see `replay`); `body` is what came with the key (text, bytes or JSON).
    """
    running = _running.get()
    if running is None:
        raise RuntimeError(f"{verb}: an entry is written inside an act")
    if not verbs.known(verb):
        raise LookupError(f"{verb!r} is not registered; add it to the VERBS of your terms.py")
    once = once or running.take_once()
    first = replay(once, body) if once and once not in running.free else None
    running.free.discard(once or "")
    return first or _write(Entry(
        act=running.id, verb=verb, actor=actor.ref, subject=rules.reference(subject),
        acting_as=actor.acting_as and rules.reference(actor.acting_as), facts=rules.facts_text(facts),
        happened_at=base.now(), recorded_at=base.machine_now(),
        hash_name=settings.LEDGER_HASH, once=once, once_body=_body_hash(once or "", body),
    ))


def _write(entry: Entry) -> Entry:
    """Insert past the ORM: every act pays for this, and it costs a third so."""
    entry.hash = rules.leaf_hash(queries.lines_of(entry), entry.hash_name).hex()
    row = [getattr(entry, name) for name in _TEXTS]
    row += [connection.ops.adapt_datetimefield_value(getattr(entry, name)) for name in _TIMES]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
        (entry.pk,) = cursor.fetchone()
        cursor.execute("INSERT INTO ledger_pending (entry) VALUES (%s)", [entry.pk])
    return entry


_TEXTS = ("act", "verb", "actor", "acting_as", "subject", "facts", "hash_name", "hash", "once", "once_body")
_TIMES = ("happened_at", "recorded_at")
_INSERT = "INSERT INTO ledger_entry ({}) VALUES ({}) RETURNING id".format(  # noqa: S608 - our own column names
    ", ".join(_TEXTS + _TIMES), ", ".join(["%s"] * len(_TEXTS + _TIMES)),
)


def replay(once: str, body: object = None) -> Entry | None:
    """The entry that was written under this key before, or None: then the key is yours until your act ends.

    An action that writes more than its entry asks here first. Another body under the same key raises `Stale`.
    """
    if not rules.is_once_key(once):
        raise base.Refused(say("幂等键最长 %(n)s 个字符，只用可见的 ASCII 字符", n=rules.ONCE_LENGTH))
    _claim(once)
    first = next(iter(Entry.objects.filter(once=once)), None)
    if first and first.once_body not in {_body_hash(once, body), rules.body_hash(once, body)}:  # the latter by former versions
        raise base.Stale(say("同一个幂等键已用于另一份内容，请换一个键再提交"))
    if first is None and (running := _running.get()):
        running.free.add(once)
    return first


def _body_hash(once: str, body: object) -> str:
    """Under a secret: the key stands beside it, and a body may hold words that somebody has erased since."""
    return rules.body_hash(salted_hmac("qinqing.ledger.once_body", once, algorithm="sha256").hexdigest(), body)


def _claim(once: str) -> None:
    """Let acts with the same key queue up. SQLite's IMMEDIATE transactions already do."""
    if connection.vendor != "postgresql":
        return
    key = int.from_bytes(sha256(once.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def new_salt() -> str:
    """A salt for one commitment: 128 random bits in hex, kept in the row whose value it commits to."""
    return secrets.token_hex(16)

"""The facts of all enterprises as columns on the disk: built by the worker or a command, read by matching and simulation.

The database is read column by column, so a million enterprises need no million objects. `built.json` beside the columns says
when, how long it took, how many values could not be read, and the digest by which a result names its snapshot.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Max, Q
from numpy.typing import NDArray

from qinqing import base
from qinqing.eligibility import catalogue, columns
from qinqing.parties.models import Fact

from .queries import facts

BUILT = "built.json"
Codes = NDArray[np.bytes_]
AT_LEAST_EVERY = timedelta(days=1)  # months since founding go on by themselves


@dataclass(frozen=True)
class Snapshot:
    """The columns, and how they came to be; `unreadable` values are not known."""

    columns: columns.Columns
    at: datetime
    seconds: float
    unreadable: int
    digest: str


def folder() -> Path:
    return Path(settings.QINQING_HOME) / "facts" / "current"


def current() -> Snapshot | None:
    """The latest, mapped into memory; None before the first was built."""
    try:
        built = json.loads(folder().with_name(BUILT).read_text("utf-8"))
        held = columns.open_snapshot(folder(), catalogue.standard())
    except FileNotFoundError:
        return None
    return Snapshot(held, datetime.fromisoformat(built["at"]), built["seconds"], built["unreadable"], built["digest"])


def renew_when_due() -> None:
    """The worker's round: build when something was said since, or the day has changed."""
    built = current()
    if built is None or built.columns.on != base.today() or _last_said() > built.at:
        renew()


def _last_said() -> datetime:
    return Fact.objects.aggregate(at=Max("recorded_at"))["at"] or datetime.min.replace(tzinfo=base.now().tzinfo)


def renew() -> Snapshot:
    """From the database to the disk; the old one is read until the new one is whole."""
    began, at = perf_counter(), base.now()
    gathered = gather(at.date())
    columns.save(gathered.columns, folder())
    seconds = round(perf_counter() - began, 2)
    digest = _digest(folder())
    built = {"at": at.isoformat(), "seconds": seconds, "unreadable": gathered.unreadable, "digest": digest}
    folder().with_name(BUILT).write_text(json.dumps(built), "utf-8")
    return Snapshot(gathered.columns, at, seconds, gathered.unreadable, digest)


def _digest(of: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(of.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


# —— from the database ——


@dataclass(frozen=True)
class Gathered:
    columns: columns.Columns
    unreadable: int


def gather(on: date) -> Gathered:
    """Everybody in business, each fact that may be matched; the register's own last, for it counts most."""
    ids, codes, registered = _register(on)
    held, unreadable = {}, 0
    for name in _names():
        fact = catalogue.standard().facts[name]
        held[name], lost = _column(fact, ids, _said(name, on))
        unreadable += lost
    for name, pairs in registered.items():
        fact = catalogue.standard().facts[name]
        held[name], lost = _column(fact, ids, pairs)
        unreadable += lost
    return Gathered(columns.Columns(len(ids), on, np.array(codes, columns.CODE), held), unreadable)


def _register(on: date) -> tuple[NDArray[np.int64], list[str], dict[str, list[tuple[int, Any]]]]:
    ids, codes, said = [], [], {}
    for row in facts.in_business(on).values_list(*facts.REGISTER_COLUMNS).iterator(chunk_size=20_000):
        ids.append(row[0])
        codes.append(row[1])
        for name, value in facts.of_register(row, on):
            said.setdefault(name, []).append((row[0], value))
    return np.array(ids, np.int64), codes, said


def _names() -> list[str]:
    known = catalogue.standard().facts
    said = facts.matchable().values_list("name", flat=True).distinct().order_by("name")
    return [name for name in said if name in known and known[name].use != catalogue.NOT_FOR_MATCHING]


def _said(name: str, on: date) -> Iterator[tuple[int, Any]]:
    """From what counts least to what counts most: the enterprise's own word, then the units', each by its day."""
    rows = facts.matchable().filter(name=name, as_of__lte=on).annotate(sourced=Q(source__isnull=False))
    ordered = rows.order_by("sourced", "as_of", "pk").values_list("enterprise_id", "value")
    return ordered.iterator(chunk_size=20_000)


def _column(fact: catalogue.Fact, ids: NDArray[np.int64], pairs: Any) -> tuple[columns.Column, int]:
    """What comes later takes the place of what came before."""
    read: dict[Any, int | None] = {}
    whose, values, unreadable = [], [], 0
    for enterprise, value in pairs:
        number = _number(fact, value, read)
        if number is None:
            unreadable += 1
            continue
        whose.append(enterprise)
        values.append(number)
    return _placed(fact, ids, np.array(whose, np.int64), np.array(values, np.int64)), unreadable


def _number(fact: catalogue.Fact, value: Any, read: dict[Any, int | None]) -> int | None:
    if isinstance(value, dict | list):
        return None
    key = (type(value), value)
    if key not in read:
        read[key] = facts.number_of(fact, value)
    return read[key]


def _placed(fact: catalogue.Fact, ids: NDArray[np.int64], whose: NDArray[np.int64],
            values: NDArray[np.int64]) -> columns.Column:
    numbers, known = np.full(len(ids), fact.low, np.int64), np.zeros(len(ids), np.bool_)
    places = np.searchsorted(ids, whose)
    inside = places < len(ids)
    inside[inside] = ids[places[inside]] == whose[inside]
    numbers[places[inside]] = values[inside]
    known[places[inside]] = True
    return columns.column(fact, numbers, known)

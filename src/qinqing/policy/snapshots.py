"""The facts of all enterprises as columns on the disk: built by the worker or a command, read by matching and simulation.

The database is read once, into plain arrays: a million enterprises need no million objects. `built.json` beside the columns says
when, how long it took, how many values could not be read, and the digest by which a result names its snapshot.
"""

import hashlib
import json
from array import array
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Max
from numpy.typing import NDArray

from qinqing import base
from qinqing.eligibility import catalogue, columns
from qinqing.parties.models import Fact

from .queries import facts

BUILT = "built.json"
Codes = NDArray[np.bytes_]
CHUNK = 20_000
UNIT_SAID, REGISTERED = 10_000_000, 20_000_000  # above any day's ordinal: what counts more than another source's latest day
FACT_COLUMNS = ("name", "enterprise_id", "value", "source_id", "as_of")
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


@dataclass
class _Said:
    """All that was said of one fact, in three plain arrays; a higher rank counts more."""

    fact: catalogue.Fact
    whose: "array[int]" = field(default_factory=lambda: array("q"))
    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    ranks: "array[int]" = field(default_factory=lambda: array("q"))
    read: dict[Any, int | None] = field(default_factory=dict)
    unreadable: int = 0

    def add(self, enterprise: int, value: Any, rank: int) -> None:
        number = self._number(value)
        if number is None:
            self.unreadable += 1
            return
        self.whose.append(enterprise)
        self.numbers.append(number)
        self.ranks.append(rank)

    def _number(self, value: Any) -> int | None:
        """Equal values are read once; what cannot be read is not known."""
        if isinstance(value, dict | list):
            return None
        key = (type(value), value)
        if key not in self.read:
            self.read[key] = facts.number_of(self.fact, value)
        return self.read[key]

    def column(self, ids: NDArray[np.int64]) -> columns.Column:
        """What counts most is written last, over the rest."""
        order = np.argsort(np.frombuffer(self.ranks, np.int64), kind="stable") if self.ranks else np.zeros(0, np.int64)
        whose, values = (np.array(each, np.int64)[order] for each in (self.whose, self.numbers))
        numbers, known = np.full(len(ids), self.fact.low, np.int64), np.zeros(len(ids), np.bool_)
        places = np.searchsorted(ids, whose)
        inside = places < len(ids)
        inside[inside] = ids[places[inside]] == whose[inside]
        numbers[places[inside]] = values[inside]
        known[places[inside]] = True
        return columns.column(self.fact, numbers, known)


def gather(on: date) -> Gathered:
    """Everybody in business, each fact that may be matched; both tables are read once."""
    said: dict[str, _Said] = {}
    _read_facts(said, on)
    ids, codes = _read_register(said, on)
    held = {name: each.column(ids) for name, each in sorted(said.items())}
    unreadable = sum(each.unreadable for each in said.values())
    return Gathered(columns.Columns(len(ids), on, np.array(codes, columns.CODE), held), unreadable)


def _read_facts(said: dict[str, _Said], on: date) -> None:
    known = catalogue.standard().facts
    usable = {name for name, fact in known.items() if fact.use != catalogue.NOT_FOR_MATCHING}
    rows = facts.matchable().filter(as_of__lte=on).order_by("pk")
    for name, enterprise, value, source, as_of in rows.values_list(*FACT_COLUMNS).iterator(chunk_size=CHUNK):
        if name in usable:
            _of(said, known[name]).add(enterprise, value, (UNIT_SAID if source else 0) + as_of.toordinal())


def _read_register(said: dict[str, _Said], on: date) -> tuple[NDArray[np.int64], list[str]]:
    known, ids, codes = catalogue.standard().facts, array("q"), []
    for row in facts.in_business(on).values_list(*facts.REGISTER_COLUMNS).iterator(chunk_size=CHUNK):
        ids.append(row[0])
        codes.append(row[1])
        for name, value in facts.of_register(row, on):
            _of(said, known[name]).add(row[0], value, REGISTERED)
    return np.array(ids, np.int64), codes


def _of(said: dict[str, _Said], fact: catalogue.Fact) -> _Said:
    if fact.name not in said:
        said[fact.name] = _Said(fact)
    return said[fact.name]

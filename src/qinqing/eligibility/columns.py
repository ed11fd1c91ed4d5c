"""What is known of all enterprises: one column of numbers for each fact, one bit beside each for *known*, kept as files.

A snapshot is a folder: `snapshot.json` names the day and the columns, `code` holds the credit codes, `<fact>.values` the
numbers in the narrowest type that holds the fact's range, `<fact>.known` the bits; a flag's values are bits themselves. The
files are mapped into memory, not read, and a folder appears whole or not at all.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .catalogue import Catalogue, Fact, Kind

WORD = 64
Bits = NDArray[np.uint64]
Numbers = NDArray[Any]
CODE = "S18"  # a unified social credit code
INDEX = "snapshot.json"


@dataclass(frozen=True)
class Column:
    """`known` is None where every row is known; a flag has bits in `values`, any other fact numbers."""

    fact: Fact
    values: Numbers
    known: Bits | None


@dataclass(frozen=True)
class Columns:
    """The facts of `rows` enterprises on a day; a fact without a column is known of nobody."""

    rows: int
    on: date
    codes: NDArray[np.bytes_]
    columns: Mapping[str, Column]


def narrowest(fact: Fact) -> np.dtype[Any]:
    """The smallest type for the fact's numbers."""
    return next(np.dtype(kind) for kind in (np.uint8, np.int16, np.int32, np.int64)
                if np.iinfo(kind).min <= fact.low and fact.high <= np.iinfo(kind).max)


def packed(flags: NDArray[np.bool_]) -> Bits:
    """Bits in words of 64, the first row lowest; what is left of the last word is 0."""
    padded = np.zeros(-(-len(flags) // WORD) * WORD, np.bool_)
    padded[:len(flags)] = flags
    return np.packbits(padded, bitorder="little").view(np.uint64)


def unpacked(bits: Bits, rows: int) -> NDArray[np.bool_]:
    return np.unpackbits(np.ascontiguousarray(bits).view(np.uint8), count=rows, bitorder="little").view(np.bool_)


def column(fact: Fact, numbers: Numbers, known: NDArray[np.bool_] | None = None) -> Column:
    """From plain arrays; a number that is not known may be anything."""
    bits = None if known is None or known.all() else packed(known)
    if fact.kind is Kind.FLAG:
        return Column(fact, packed(numbers.astype(np.bool_)), bits)
    plain = numbers if known is None else np.where(known, numbers, fact.low)
    return Column(fact, plain.astype(narrowest(fact)), bits)


def gathered(rows: Iterable[tuple[str, Mapping[str, int]]], catalogue: Catalogue, on: date) -> Columns:
    """From one mapping of facts for each enterprise."""
    listed = list(rows)
    columns = {}
    for name in sorted({name for _, facts in listed for name in facts}):
        fact = catalogue.facts[name]
        known = np.array([name in facts for _, facts in listed], np.bool_)
        numbers = np.array([facts.get(name, fact.low) for _, facts in listed], np.int64)
        columns[name] = column(fact, numbers, known)
    return Columns(len(listed), on, np.array([code for code, _ in listed], CODE), columns)


# —— a folder ——

def save(columns: Columns, folder: Path) -> None:
    """Write beside it first, then move: a reader sees the old snapshot or the new one."""
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    columns.codes.astype(CODE).tofile(unfinished / "code")
    for name, each in columns.columns.items():
        each.values.tofile(unfinished / f"{name}.values")
        if each.known is not None:
            each.known.tofile(unfinished / f"{name}.known")
    index = {"rows": columns.rows, "on": columns.on.isoformat(), "facts": sorted(columns.columns)}
    (unfinished / INDEX).write_text(json.dumps(index), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def open_snapshot(folder: Path, catalogue: Catalogue) -> Columns:
    """Mapped into memory; facts that the catalogue no longer has are left aside."""
    index = json.loads((folder / INDEX).read_text("utf-8"))
    names = [name for name in index["facts"] if name in catalogue.facts]
    columns = {name: _mapped(folder, catalogue.facts[name], index["rows"]) for name in names}
    return Columns(index["rows"], date.fromisoformat(index["on"]), _map(folder / "code", np.dtype(CODE)), columns)


def _mapped(folder: Path, fact: Fact, rows: int) -> Column:
    dtype = np.dtype(np.uint64) if fact.kind is Kind.FLAG else narrowest(fact)
    values, bits = _map(folder / f"{fact.name}.values", dtype), folder / f"{fact.name}.known"
    expected = -(-rows // WORD) if fact.kind is Kind.FLAG else rows
    if len(values) != expected:
        raise ValueError(f"{fact.name}: {len(values)} values, {expected} expected")
    return Column(fact, values, _map(bits, np.dtype(np.uint64)) if bits.exists() else None)


def _map(path: Path, dtype: np.dtype[Any]) -> Numbers:
    if not path.stat().st_size:
        return np.empty(0, dtype)
    return np.asarray(np.memmap(path, dtype, mode="r"))  # its own class is slower to slice

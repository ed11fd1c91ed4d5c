"""Entries straight from the tables, joined by the database into the bytes that were hashed: for verifying at speed."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from ..rules.entries import HASHES, LINES

_MOMENT = {
    "sqlite": "replace({0}, ' ', 'T') || CASE length({0}) WHEN 19 THEN '.000000Z' ELSE 'Z' END",
    "postgresql": """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
}
_BYTES = {"sqlite": "CAST(printf({0}) AS BLOB)", "postgresql": "convert_to(format({0}), 'UTF8')"}
_RECORDED_AT = 1 + LINES.index("recorded_at")  # after the header


class Row(NamedTuple):
    """A position and the entry that stands there; without an entry the rest is None."""

    place: int
    entry: int
    hash_name: str
    hash: str
    text: bytes

    @property
    def is_missing(self) -> bool:
        return self.text is None

    @property
    def recorded_at(self) -> str:
        return self.text.split(b"\n", _RECORDED_AT + 1)[_RECORDED_AT].decode()

    @property
    def digest(self) -> bytes:
        """The leaf hash as it has to be."""
        return HASHES[self.hash_name](b"\0" + self.text)

    @property
    def is_intact(self) -> bool:
        """Does the stored hash fit?"""
        return self.hash_name in HASHES and self.digest.hex() == self.hash


def sealed(start: int, end: int) -> list[Row]:
    """The entries at the positions from `start` to before `end`."""
    sql = _select('l."index", l.entry', "ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry")
    return list(_rows(f'{sql} WHERE l."index" >= %s AND l."index" < %s ORDER BY l."index"', start, end))


def pending() -> list[Row]:
    """The entries that wait for a position; `place` is their id."""
    sql = _select("p.entry, p.entry", "ledger_pending p LEFT JOIN ledger_entry e ON e.id = p.entry")
    return list(_rows(f"{sql} ORDER BY p.entry"))


def strays() -> list[int]:
    """Ids of entries that neither have a position nor wait for one: nobody recorded them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM ledger_entry) - (SELECT count(*) FROM ledger_leaf)"
            " - (SELECT count(*) FROM ledger_pending)",
        )
        if cursor.fetchone() == (0,):  # the usual way, and much quicker than looking for them
            return []
        cursor.execute(
            "SELECT e.id FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry = e.id "
            "LEFT JOIN ledger_pending p ON p.entry = e.id "
            'WHERE l."index" IS NULL AND p.entry IS NULL ORDER BY e.id',
        )
        return [pk for (pk,) in cursor.fetchall()]


def _rows(sql: str, *bounds: int) -> Iterator[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bounds)
        yield from map(Row._make, cursor.fetchall())


def _select(place: str, tables: str) -> str:
    form = "'qinqing-entry/1 %%s" + "\n%%s" * len(LINES) + "'"
    text = _BYTES[connection.vendor].format(", ".join([form, "e.hash_name", *map(_line, LINES)]))
    whole = f"CASE WHEN e.id IS NULL THEN NULL ELSE {text} END"
    return f"SELECT {place}, e.hash_name, e.hash, {whole} FROM {tables}"  # noqa: S608 - our own column names


def _line(name: str) -> str:
    return (_MOMENT[connection.vendor] if name in {"happened_at", "recorded_at"} else "{0}").format(f"e.{name}")

"""Verifying the whole ledger: every entry, position, tile and checkpoint is computed again; the first fault is named.

Reads in chunks: a large ledger needs little memory and stops no writer, because what is sealed never changes.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import accumulate, chain

from qinqing.base.words import say

from .. import keys, publication
from ..models import Checkpoint, Pending, Tile
from ..rules import notes
from ..rules import tree as rules
from ..rules.entries import moment
from . import faults, rows, tree
from .faults import Fault

CHUNK = 40 * rules.TILE
CLOCK_DRIFT = timedelta(days=1)  # a machine's clock can be wrong, by eight hours easily; that is no forgery


@dataclass(frozen=True)
class LedgerReport:
    """`checked` entries were computed again, `pending` ones have no position yet; `fault` is the first, or None."""

    size: int
    root: str
    checked: int
    pending: int
    checkpoints: int
    fault: Fault | None

    @property
    def ok(self) -> bool:
        return self.fault is None


def verify(*, since: int = 0, outside: str | None = None) -> LedgerReport:
    """Check the ledger from beginning to end.

    `since` leaves out the entries before that position, not their hashes in the tree: quick, for every day.
    `outside` is a checkpoint kept elsewhere, which the ledger must continue; `ValueError` when it is none.
    """
    claimed = [("outside", outside)] if outside and notes.read(outside) else []
    entries = _Entries(since)
    found = chain(entries.sealed_faults(), entries.unsealed_faults(), _tile_faults(), _checkpoint_faults(claimed))
    fault = next(found, None)
    return LedgerReport(
        size=entries.size, root="" if fault else tree.root(entries.size).hex(), checked=entries.checked,
        pending=Pending.objects.count(), checkpoints=Checkpoint.objects.count(), fault=fault,
    )


@dataclass
class _Entries:
    """One run over the entries, counting what it has checked."""

    since: int
    checked: int = 0

    @cached_property
    def size(self) -> int:
        """As far as positions or sealed hashes reach."""
        last = Tile.objects.filter(level=0).order_by("-position").first()
        return max(tree.size(), last.position * rules.TILE + len(last.hashes) // rules.WIDTH if last else 0)

    @cached_property
    def _signed(self) -> tuple[list[int], list[str]]:
        """Sizes of the checkpoints, and the time before which no later entry can have been recorded."""
        signed = list(Checkpoint.objects.order_by("size").values_list("size", "signed_at"))
        earliest = accumulate((moment(at - CLOCK_DRIFT) for _size, at in signed), max)
        return [size for size, _at in signed], list(earliest)

    def _earliest(self, index: int) -> str:
        sizes, earliest = self._signed
        place = bisect_right(sizes, index)
        return earliest[place - 1] if place else ""

    def sealed_faults(self) -> Iterator[Fault]:
        for start in range(self.since, self.size, CHUNK):
            end = min(start + CHUNK, self.size)
            found, sealed = rows.sealed(start, end), _Sealed(start, end)
            if not self._is_sound(found, start, end, sealed):
                yield from self._faults_among(found, start, end, sealed)
            self.checked += len(found)

    def _is_sound(self, found: list[rows.Row], start: int, end: int, sealed: "_Sealed") -> bool:
        """All at once: the way of every chunk in which nothing is wrong."""
        return (
            [row.place for row in found] == list(range(start, end))
            and all(not row.is_missing and row.is_intact for row in found)
            and bytes.fromhex("".join(row.hash for row in found)) == sealed.joined
            and min(row.recorded_at for row in found) >= self._earliest(end)
        )

    def _faults_among(self, found: list[rows.Row], start: int, end: int, sealed: "_Sealed") -> Iterator[Fault]:
        by_place = {row.place: row for row in found}
        for index in range(start, end):
            row = by_place.get(index)
            fault = faults.at_position(index, row, sealed.at(index))
            if fault:
                yield fault
            elif row and row.recorded_at < self._earliest(index):
                yield faults.of_entry(faults.BACKDATED, index + 1, row.entry)

    def unsealed_faults(self) -> Iterator[Fault]:
        for row in rows.pending():
            if row.is_missing:
                yield faults.of_entry(faults.DELETED, None, row.entry)
            elif not row.is_intact:
                yield faults.of_entry(faults.EDITED, None, row.entry)
            elif row.recorded_at < self._earliest(self.size):
                yield faults.of_entry(faults.BACKDATED, None, row.entry)
        for entry in rows.strays():
            yield faults.of_entry(faults.INSERTED, None, entry)


class _Sealed:
    """The hashes that were sealed at the positions from `start` to before `end`."""

    def __init__(self, start: int, end: int) -> None:
        first, last = start // rules.TILE, (end - 1) // rules.TILE
        tiles = Tile.objects.filter(level=0, position__range=(first, last)).order_by("position")
        self._tiles = {position: bytes(hashes) for position, hashes in tiles.values_list("position", "hashes")}
        offset = (start - first * rules.TILE) * rules.WIDTH
        self.joined = b"".join(self._tiles.values())[offset : offset + (end - start) * rules.WIDTH]

    def at(self, index: int) -> bytes:
        position, place = divmod(index, rules.TILE)
        return self._tiles.get(position, b"")[place * rules.WIDTH : (place + 1) * rules.WIDTH]


def _tile_faults(level: int = 0) -> Iterator[Fault]:
    """Each level of the tree against the one below it."""
    hasher = tree.hasher()
    roots = [rules.complete_root(rules.split_tile(tile), hasher) for tile in _tiles(level) if len(tile) == _FULL]
    if b"".join(_tiles(level + 1)) != b"".join(roots):
        yield faults.of_tile(level + 1)
    if roots:
        yield from _tile_faults(level + 1)


_FULL = rules.TILE * rules.WIDTH


def _tiles(level: int) -> Iterator[bytes]:
    tiles = Tile.objects.filter(level=level).order_by("position").values_list("hashes", flat=True)
    return (bytes(hashes) for hashes in tiles.iterator())


def _checkpoint_faults(claimed: Sequence[tuple[str, str]]) -> Iterator[Fault]:
    """The checkpoints in the table, those in the folder, and one from elsewhere, against the tree."""
    check = _CheckpointCheck()
    for number, row in enumerate(Checkpoint.objects.order_by("number").iterator(), start=1):
        if row.number != number:
            yield faults.of_checkpoint(str(number), say("第 %(n)s 号检查点被删除", n=number))
        elif not _says_the_same(row):
            yield faults.of_checkpoint(str(number), say("第 %(n)s 号检查点的记录被改过", n=number))
        else:
            yield from check.faults(str(number), row.note)
    for name, note in chain(publication.published(), claimed):
        yield from check.faults(name, note)


def _says_the_same(row: Checkpoint) -> bool:
    """Do the columns of a checkpoint say what its note says?"""
    try:
        head = notes.read(row.note)
    except ValueError:
        return False
    columns = (row.number, row.size, row.root, moment(row.signed_at), row.public_key)
    signer = row.public_key if notes.is_signed(row.note, bytes.fromhex(row.public_key)) else ""
    return columns == (head.number, head.size, head.root.hex(), head.signed_at, signer)


class _CheckpointCheck:
    """Notes against the tree as it stands: signed by a key of this ledger, and still true."""

    def __init__(self) -> None:
        self._keys = [keys.public_key(), *publication.keys()]
        self._size, self._hasher = tree.size(), tree.hasher()
        self._node = tree.nodes(self._hasher)
        self._seen: set[str] = set()

    def faults(self, name: str, note: str) -> Iterator[Fault]:
        if note in self._seen:
            return
        self._seen.add(note)
        head = self._read(note)
        if head is None or not any(notes.is_signed(note, key) for key in self._keys):
            yield faults.of_checkpoint(name, say("检查点 %(name)s 的签名不是本账本的密钥签的", name=name))
        elif head.size > self._size:
            yield faults.of_checkpoint(name, say(
                "检查点 %(name)s 封存了 %(n)s 条，账本只有 %(size)s 条：后面的被删除", name=name, n=head.size, size=self._size,
            ))
        elif rules.root(head.size, self._node, self._hasher) != head.root:
            yield faults.of_checkpoint(name, say("账本与检查点 %(name)s 对不上：以前的记录被改过", name=name))

    def _read(self, note: str) -> notes.Head | None:
        try:
            return notes.read(note)
        except ValueError:
            return None

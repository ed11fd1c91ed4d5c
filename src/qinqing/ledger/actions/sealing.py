"""The sealer: committed entries get their position in the tree."""

from django.db import transaction

from .. import queries
from ..models import Entry, Leaf, Pending, Tile
from ..rules import tree as rules
from .cursors import claim

BATCH = 5_000


def seal() -> int:
    """Give every committed entry its position, in the order of entry ids; returns how many got one.

    One sealer works at a time, a second one finds nothing to do. An entry that commits late simply comes later.
    """
    total = 0
    while Pending.objects.exists() and (sealed := _seal_batch()):
        total += sealed
    return total


@transaction.atomic
def _seal_batch() -> int:
    if claim("sealer") is None:
        return 0
    entries = _waiting()
    if entries:
        _place(entries)
    return len(entries)


def _waiting() -> list[tuple[int, str]]:
    """Id and hash of the entries to seal next."""
    waiting = list(Pending.objects.order_by("entry").values_list("entry", flat=True)[:BATCH])
    return list(Entry.objects.filter(pk__in=waiting).order_by("pk").values_list("pk", "hash"))


def _place(entries: list[tuple[int, str]]) -> None:
    start = queries.size()
    Leaf.objects.bulk_create(Leaf(index=start + n, entry=pk) for n, (pk, _hash) in enumerate(entries))
    _grow(0, start, [bytes.fromhex(hash_) for _pk, hash_ in entries], queries.hasher())
    Pending.objects.filter(entry__in=[pk for pk, _hash in entries]).delete()


def _grow(level: int, count: int, hashes: list[bytes], hasher: rules.Hasher) -> None:
    """Append hashes to a level that holds `count`; the roots of the tiles they fill go one level up.

    The last tile is rewritten at its own length and trigger-held to grow only: it shows the exact place of a change
    at once, where a tile written when full would show it 255 entries late.
    """
    position, filled = divmod(count, rules.TILE)
    hashes = (rules.split_tile(queries.tile(level, position)) if filled else []) + hashes
    parts = [hashes[at : at + rules.TILE] for at in range(0, len(hashes), rules.TILE)]
    _write(level, position, parts, grown=bool(filled))
    roots = [rules.complete_root(part, hasher) for part in parts if len(part) == rules.TILE]
    if roots:
        _grow(level + 1, count // rules.TILE, roots, hasher)


def _write(level: int, position: int, parts: list[list[bytes]], *, grown: bool) -> None:
    tiles = [Tile(level=level, position=position + n, hashes=b"".join(part)) for n, part in enumerate(parts)]
    if grown:
        Tile.objects.filter(level=level, position=position).update(hashes=tiles.pop(0).hashes)
    Tile.objects.bulk_create(tiles)

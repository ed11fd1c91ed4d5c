"""The tree as it stands in the tables: size, roots, proofs, checkpoints."""

from functools import lru_cache

from ..models import Checkpoint, Entry, Leaf, Tile
from ..rules import tree as rules
from ..rules.entries import HASHES

_TILES_AT_HAND = 256


def size() -> int:
    """How many entries are sealed."""
    last = Leaf.objects.order_by("-index").first()
    return last.index + 1 if last else 0


def hash_name() -> str:
    """The hash of this ledger's tree: that of its first entry. A ledger keeps the hash it began with."""
    first = Leaf.objects.filter(index=0).values("entry")
    return Entry.objects.filter(pk__in=first).values_list("hash_name", flat=True).first() or "sha256"


def hasher() -> rules.Hasher:
    return HASHES[hash_name()]


def tile(level: int, position: int) -> bytes:
    """The hashes of one tile, empty where there is none."""
    found = Tile.objects.filter(level=level, position=position).values_list("hashes", flat=True).first()
    return bytes(found or b"")


def nodes(hashing: rules.Hasher) -> rules.Node:
    """`node(level, index)` over the tiles, keeping those it has read."""
    read = lru_cache(_TILES_AT_HAND)(tile)
    return lambda level, index: rules.node_in_tiles(read, level, index, hashing)


def root(at_size: int) -> bytes:
    hashing = hasher()
    return rules.root(at_size, nodes(hashing), hashing)


def inclusion_proof(index: int, at_size: int) -> list[bytes]:
    hashing = hasher()
    return rules.inclusion_proof(index, at_size, nodes(hashing), hashing)


def consistency_proof(old: int, new: int) -> list[bytes]:
    hashing = hasher()
    return rules.consistency_proof(old, new, nodes(hashing), hashing)


def last_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-number").first()


def first_checkpoint_over(index: int) -> Checkpoint | None:
    """The checkpoint that sealed a position: the first whose tree holds it."""
    return Checkpoint.objects.filter(size__gt=index).order_by("size").first()

"""The Merkle tree of RFC 9162 §2.1: roots, inclusion proofs and consistency proofs.

Everything is read through `node(level, index)`: the hash of the complete subtree over the 2**level leaves from
index * 2**level on. Where the hashes stand is the caller's affair; tiles of 256 neighbours serve eight levels each.
"""

from collections.abc import Callable, Iterator, Sequence

from .entries import HASHES

Node = Callable[[int, int], bytes]
Hasher = Callable[[bytes], bytes]

TILE = 256
TILE_HEIGHT = 8  # 2**8 == TILE
WIDTH = 32  # bytes of a hash


def join(left: bytes, right: bytes, hasher: Hasher = HASHES["sha256"]) -> bytes:
    """The parent of two nodes (§2.1.1)."""
    return hasher(b"\1" + left + right)


def complete_root(hashes: Sequence[bytes], hasher: Hasher = HASHES["sha256"]) -> bytes:
    """The root over a number of hashes that is a power of two."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [hasher(b"\1" + left + right) for left, right in pairs]
    return hashes[0]


def split_tile(tile: bytes) -> list[bytes]:
    """The single hashes of a tile."""
    return [tile[at : at + WIDTH] for at in range(0, len(tile), WIDTH)]


def node_in_tiles(
    tile: Callable[[int, int], bytes], level: int, index: int, hasher: Hasher = HASHES["sha256"],
) -> bytes:
    """`node` out of `tile(tile level, position)`; raises `IndexError` where the tile does not reach so far."""
    tile_level, within = divmod(level, TILE_HEIGHT)
    position, offset = divmod(index << within, TILE)
    hashes = tile(tile_level, position)[offset * WIDTH : (offset + (1 << within)) * WIDTH]
    if len(hashes) != WIDTH << within:
        raise IndexError(f"the tree has no complete node {level}/{index}")
    return complete_root(split_tile(hashes), hasher)


def root(size: int, node: Node, hasher: Hasher = HASHES["sha256"]) -> bytes:
    """The tree's root over its first `size` leaves."""
    return range_root(0, size, node, hasher) if size else hasher(b"")


def range_root(start: int, end: int, node: Node, hasher: Hasher = HASHES["sha256"]) -> bytes:
    """MTH(D[start:end]) for the ranges that occur in proofs; `end` > `start`."""
    *lefts, right = [node(level, index) for level, index in _subtrees(start, end)]
    for left in reversed(lefts):
        right = join(left, right, hasher)
    return right


def _subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees under a range, from the left, as (level, index)."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _left_size(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node: Node, hasher: Hasher = HASHES["sha256"]) -> list[bytes]:
    """PATH(index, D[size]) of §2.1.3.1, from the leaf upwards; raises `ValueError` beyond the tree."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    ranges, start, end = [], 0, size
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return [range_root(*span, node, hasher) for span in reversed(ranges)]


def consistency_proof(old: int, new: int, node: Node, hasher: Hasher = HASHES["sha256"]) -> list[bytes]:
    """PROOF(old, D[new]) of §2.1.4.1; needs 0 < old <= new, else `ValueError`. Empty when nothing was added."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} does not grow out of one of {old}")
    ranges, start, end, known = [], 0, new, True
    while old != end:
        middle = start + _left_size(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, known = middle, False
    if not known:
        ranges.append((start, end))
    return [range_root(*span, node, hasher) for span in reversed(ranges)]


def root_from_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], hasher: Hasher = HASHES["sha256"],
) -> bytes | None:
    """The root that a leaf and its proof lead to (§2.1.3.2), None when the proof has another length."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = join(sibling, node, hasher)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = join(node, sibling, hasher)
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes], *, hasher: Hasher = HASHES["sha256"],
) -> bool:
    """Does the new tree begin with the old one (§2.1.4.2)?"""
    if old == new:
        return old_root == new_root and not proof
    if not 0 < old < new or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    roots = _roots_from_consistency(old - 1, new - 1, path, hasher)
    return roots == (old_root, new_root)


def _roots_from_consistency(
    place: int, last: int, path: Sequence[bytes], hasher: Hasher,
) -> tuple[bytes, bytes] | None:
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = join(node, old, hasher), join(node, new, hasher)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = join(new, node, hasher)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None

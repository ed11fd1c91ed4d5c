"""The Merkle tree against the recursive definitions of RFC 9162 §2.1."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.ledger.rules import tree

from .oracle import mth, path, subproof


def leaves(count):
    return [sha256(b"\0" + str(n).encode()).digest() for n in range(count)]


def reader(hashes):
    """`node` over tiles that are cut from the definition."""
    def tile(level, position):
        width = 1 << (8 * level)
        parts = [hashes[at : at + width] for at in range(position * 256 * width, len(hashes), width)][:256]
        return b"".join(mth(part) for part in parts if len(part) == width)

    return lambda level, index: tree.node_in_tiles(tile, level, index)


sizes = st.integers(1, 70)


@given(sizes)
def test_the_root_is_that_of_the_definition(size):
    assert tree.root(size, reader(leaves(size))) == mth(leaves(size))


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert tree.root(0, reader([])).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", [255, 256, 257, 511, 513, 1000])
def test_tiles_join_across_their_borders(size):
    hashes = leaves(size)
    node = reader(hashes)
    assert tree.root(size, node) == mth(hashes)
    assert tree.inclusion_proof(size - 1, size, node) == path(size - 1, hashes)
    assert tree.consistency_proof(200, size, node) == subproof(200, hashes, True)


@given(sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
def test_an_inclusion_proof_leads_to_the_root(case):
    index, size = case
    hashes = leaves(size)
    proof = tree.inclusion_proof(index, size, reader(hashes))
    assert proof == path(index, hashes)
    assert tree.root_from_inclusion(index, size, hashes[index], proof) == mth(hashes)


@given(sizes.flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size), st.data())))
def test_an_inclusion_proof_for_anything_else_fails(case):
    index, size, data = case
    hashes = leaves(size)
    proof = path(index, hashes)
    other = data.draw(st.integers(0, size).filter(lambda n: n != index))
    assert tree.root_from_inclusion(other, size, hashes[index], proof) != mth(hashes)
    assert tree.root_from_inclusion(index, size, sha256(b"other").digest(), proof) != mth(hashes)
    assert tree.root_from_inclusion(index, size, hashes[index], [*proof, hashes[0]]) is None
    if proof:
        assert tree.root_from_inclusion(index, size, hashes[index], proof[:-1]) is None
        at = data.draw(st.integers(0, len(proof) - 1))
        proof[at] = bytes(32)
        assert tree.root_from_inclusion(index, size, hashes[index], proof) != mth(hashes)


@given(sizes.flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size))))
def test_a_grown_tree_is_consistent(case):
    old, new = case
    hashes = leaves(new)
    proof = tree.consistency_proof(old, new, reader(hashes))
    assert proof == subproof(old, hashes, True)
    assert tree.is_consistent(old, new, mth(hashes[:old]), mth(hashes), proof)


@given(sizes.flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size), st.data())))
def test_a_changed_past_is_not_consistent(case):
    old, new, data = case
    hashes = leaves(new)
    proof = subproof(old, hashes, True)
    changed = list(hashes)
    changed[data.draw(st.integers(0, old - 1))] = bytes(32)
    assert not tree.is_consistent(old, new, mth(changed[:old]), mth(hashes), proof)
    assert not tree.is_consistent(old, new, mth(hashes[:old]), mth(changed), proof)
    assert not tree.is_consistent(old, new, mth(hashes[:old]), mth(hashes), [*proof, bytes(32)])


def test_beyond_the_tree_there_is_no_proof():
    node = reader(leaves(5))
    for call in (
        lambda: tree.inclusion_proof(5, 5, node), lambda: tree.inclusion_proof(-1, 5, node),
        lambda: tree.consistency_proof(6, 5, node), lambda: tree.consistency_proof(0, 5, node),
    ):
        with pytest.raises(ValueError):
            call()
    with pytest.raises(IndexError):
        tree.root(6, node)
    assert tree.root_from_inclusion(5, 5, leaves(1)[0], []) is None
    assert not tree.is_consistent(6, 5, bytes(32), bytes(32), [bytes(32)])


def test_a_tree_of_seven_by_hand():
    """The example of RFC 9162 §2.1.5, spelled out."""
    def h(left, right):
        return sha256(b"\1" + left + right).digest()

    a, b, c, d, e, f, j = leaves(7)
    g = h(a, b)
    hh = h(c, d)
    i = h(e, f)
    k = h(g, hh)
    ll = h(i, j)
    node = reader(leaves(7))
    assert tree.root(7, node) == h(k, ll)
    assert tree.inclusion_proof(0, 7, node) == [b, hh, ll]
    assert tree.inclusion_proof(3, 7, node) == [c, g, ll]
    assert tree.inclusion_proof(4, 7, node) == [f, j, k]
    assert tree.inclusion_proof(6, 7, node) == [i, k]
    assert tree.consistency_proof(3, 7, node) == [c, d, g, ll]
    assert tree.consistency_proof(4, 7, node) == [ll]
    assert tree.consistency_proof(6, 7, node) == [i, j, k]

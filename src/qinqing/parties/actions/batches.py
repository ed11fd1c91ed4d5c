"""What one entry says of a whole file: how many rows, and the Merkle root that proves each of them."""

from collections.abc import Sequence

from qinqing.ledger.rules import entries, tree


def root(commitments: Sequence[str]) -> str:
    """The RFC 9162 root in hex over the rows' commitments, in the order of the file."""
    sha256 = entries.HASHES["sha256"]
    leaves = [sha256(b"\0" + bytes.fromhex(commitment)) for commitment in commitments]
    return tree.root(len(leaves), lambda level, index: tree.complete_root(leaves[index << level : (index + 1) << level])).hex()

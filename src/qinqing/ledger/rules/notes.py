"""Signed statements: checkpoints as signed notes (a text, a blank line, a signature line) and promises, by Ed25519.

A note's signature line is `— name base64(key hash of 4 bytes || signature)`, over the text with its last line feed.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_KEY_HASH = 4
_TEXT = re.compile(
    r"(?P<origin>[^\n ]+)\n(?P<size>\d+)\n(?P<root>[A-Za-z0-9+/=]+)\n"
    r"number (?P<number>\d+)\nhash (?P<hash_name>\w+)\ntime (?P<signed_at>[0-9TZ:.-]+)\n"
)


@dataclass(frozen=True)
class Head:
    """What a checkpoint states: the ledger's size and root at a time (UTC, as `rules.entries.moment` writes it)."""

    origin: str
    size: int
    root: bytes
    number: int
    hash_name: str
    signed_at: str


def name_of(public_key: bytes) -> str:
    """A ledger is called after its key: `qinqing-ledger-` and eight hex digits."""
    return f"qinqing-ledger-{hashlib.sha256(public_key).hexdigest()[:8]}"


def write(head: Head, key: Ed25519PrivateKey) -> str:
    """The signed note of a checkpoint."""
    text = (
        f"{head.origin}\n{head.size}\n{b64encode(head.root).decode()}\n"
        f"number {head.number}\nhash {head.hash_name}\ntime {head.signed_at}\n"
    )
    public_key = key.public_key().public_bytes_raw()
    signature = b64encode(_key_hash(public_key) + key.sign(text.encode())).decode()
    return f"{text}\n— {name_of(public_key)} {signature}\n"


def read(note: str) -> Head:
    """What a note states, its signature unchecked; `ValueError` when it is none."""
    match = _TEXT.fullmatch(_parts(note)[0])
    if match is None:
        raise ValueError("not a checkpoint")
    said = match.groupdict()
    return Head(
        origin=said["origin"], size=int(said["size"]), root=b64decode(said["root"], validate=True),
        number=int(said["number"]), hash_name=said["hash_name"], signed_at=said["signed_at"],
    )


def is_signed(note: str, public_key: bytes) -> bool:
    """Does the note carry a valid signature by this key?"""
    text, signatures = _parts(note)
    return any(_signs(line, text, public_key) for line in signatures)


def promise_text(entry_hash: str, time: str) -> bytes:
    """What is signed when an entry is promised to be sealed."""
    return f"qinqing-promise/1\n{entry_hash}\n{time}\n".encode()


def is_valid(signature: bytes, message: bytes, public_key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _parts(note: str) -> tuple[str, list[str]]:
    text, blank, signatures = note.partition("\n\n")
    return text + "\n" if blank else "", signatures.splitlines()


def _signs(line: str, text: str, public_key: bytes) -> bool:
    mark, _, signature = line.rpartition(" ")
    try:
        raw = b64decode(signature, validate=True)
    except ValueError:
        return False
    return (
        mark == f"— {name_of(public_key)}" and raw[:_KEY_HASH] == _key_hash(public_key)
        and is_valid(raw[_KEY_HASH:], text.encode(), public_key)
    )


def _key_hash(public_key: bytes) -> bytes:
    """The signed note's own key hash: SHA-256 over name, line feed, algorithm 1 and the key."""
    return hashlib.sha256(name_of(public_key).encode() + b"\n\1" + public_key).digest()[:_KEY_HASH]

"""An entry as bytes: canonical JSON, the lines that are hashed, and commitments to what stands elsewhere.

The leaf hash is that of RFC 9162 §2.1.1: HASH(0x00 || entry). The entry is its ten lines under a header, joined by
line feeds; no line holds a line feed, so no two entries have the same bytes.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

LINES = (
    "act", "verb", "actor", "acting_as", "subject", "happened_at", "recorded_at", "once", "once_body", "facts",
)
LARGEST = 2**53 - 1  # what every JSON reader keeps exactly
ONCE_LENGTH = 200

_KEY = re.compile(r"[A-Za-z0-9_.:-]+")
_REFERENCE = re.compile(r"[a-z_]+:[A-Za-z0-9_.:/-]+")
_ONCE = re.compile(r"[!-~]([ -~]*[!-~])?")


def _sm3(data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes

    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


HASHES: dict[str, Callable[[bytes], bytes]] = {"sha256": _sha256, "sm3": _sm3}


def canonical(value: object) -> str:
    """Canonical JSON: sorted ASCII keys, no white space, integers only.

    A Decimal, date or datetime becomes a string (a datetime in UTC); a float raises `TypeError`, an integer beyond
    2**53-1 or a key that is no code raises `ValueError`.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def _key(key: object) -> str:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key: use letters, digits and _ . : -")
    return str(key)


def _scalar(value: object) -> str | int | None:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{value} is beyond the integers that JSON readers keep")
        return value
    return _written(value)


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def moment(value: datetime) -> str:
    """An aware datetime in UTC with microseconds, as `2020-04-26T01:00:00.000000Z`."""
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def facts_text(facts: Mapping[str, object]) -> str:
    """Facts in canonical form; anything but ASCII is refused, so that names and texts can only be committed to."""
    text = canonical(facts)
    if not text.isascii():
        raise ValueError(f"facts hold codes, references, dates, amounts; use commitment() for texts: {text}")
    return text


def reference(text: str) -> str:
    """A reference such as `matter:149`; anything else raises `ValueError`."""
    if not _REFERENCE.fullmatch(text):
        raise ValueError(f"{text!r} is no reference: write noun:number")
    return text


def is_once_key(text: str) -> bool:
    return len(text) <= ONCE_LENGTH and _ONCE.fullmatch(text) is not None


def entry_bytes(lines: Sequence[str], hash_name: str) -> bytes:
    """What is hashed of an entry: a header and the lines in the order of `LINES`."""
    return "\n".join((f"qinqing-entry/1 {hash_name}", *lines)).encode()


def leaf_hash(lines: Sequence[str], hash_name: str = "sha256") -> bytes:
    return HASHES[hash_name](b"\0" + entry_bytes(lines, hash_name))


def commitment(salt: str, value: str | bytes) -> str:
    """HMAC-SHA-256 in hex of a text (UTF-8) or of bytes under a salt that is kept beside the value.

    Deleting value and salt erases: nobody leads the commitment back to them, and the ledger stays valid.
    """
    return hmac.new(salt.encode(), _bytes(value), hashlib.sha256).hexdigest()


def body_hash(key: str, body: object) -> str:
    """A digest of a request's body: the same body under another key looks different."""
    if body is None:
        return ""
    return commitment(key, body if isinstance(body, str | bytes) else canonical(body))


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value

"""Promises and receipts: what an enterprise holds in its hand."""

import json
from base64 import b64encode
from typing import Any

from .. import keys
from ..models import Checkpoint, Entry, Leaf
from ..rules import entries as rules
from ..rules import notes
from ..rules.receipts import FORMAT
from . import tree
from .entries import lines_of
from .receipt_sources import Disclosures


def promise(entry: Entry) -> dict[str, str]:
    """The signed word that this entry will be sealed; the same entry always gets the same promise."""
    time = rules.moment(entry.recorded_at)
    signature = keys.signing_key().sign(notes.promise_text(entry.hash, time))
    return {"hash": entry.hash, "time": time, "public_key": _text(keys.public_key()), "signature": _text(signature)}


def receipt(entry: Entry, disclosures: Disclosures) -> dict[str, Any]:
    """The promise with the entry and its opened commitments; once a checkpoint covers the entry, also the proof.

    `proof` leads to the checkpoint that sealed the entry, `later` from there to the newest one.
    """
    return {
        "format": FORMAT,
        "hash_name": entry.hash_name,
        "entry": dict(zip(rules.LINES, lines_of(entry), strict=True)) | {"facts": json.loads(entry.facts)},
        "disclosures": {name: {"salt": salt, "value": value} for name, (salt, value) in disclosures.items()},
        "promise": promise(entry),
        **_proofs(entry),
    }


def _proofs(entry: Entry) -> dict[str, Any]:
    leaf = Leaf.objects.filter(entry=entry.pk).first()
    first = tree.first_checkpoint_over(leaf.index) if leaf else None
    if leaf is None or first is None:
        return {}
    steps = tree.inclusion_proof(leaf.index, first.size)
    return {"proof": {"index": leaf.index, **_signed(first, steps)}, **_later(first)}


def _later(first: Checkpoint) -> dict[str, Any]:
    last = tree.last_checkpoint()
    if last is None or last == first:
        return {}
    return {"later": _signed(last, tree.consistency_proof(first.size, last.size))}


def _signed(checkpoint: Checkpoint, steps: list[bytes]) -> dict[str, Any]:
    return {
        "hashes": [_text(step) for step in steps], "checkpoint": checkpoint.note,
        "public_key": _text(bytes.fromhex(checkpoint.public_key)),
    }


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()

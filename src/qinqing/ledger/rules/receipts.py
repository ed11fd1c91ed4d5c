"""A receipt, checked without the database: what was said, that it was promised, and that it stands in the ledger.

The format is described in docs/ledger.md. M1-014.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from qinqing.base.words import Sentence, say

from . import entries, notes, tree

FORMAT = "qinqing-receipt/1"
SIGNED_PARTS = ("promise", "proof", "later")

WORDS = {  # what is said of a point when it holds, and when not; the page's own check says the same
    "disclosures": (say("%(names)s与指纹一致"), say("%(names)s与指纹对不上：内容被改过")),
    "entry": (say("登记的时间、对象和事项与指纹一致"), say("登记的时间、对象或事项与指纹对不上：被改过")),
    "promise": (say("平台收件的签名有效"), say("平台收件的签名无效：签后被改过，或不是所写密钥签的")),
    "inclusion": (say("这一条在存证账本里，是第 %(n)s 条"), say("存证账本里没有这一条：证明与检查点对不上")),
    "signature": (say("第 %(n)s 号检查点的签名有效"), say("第 %(n)s 号检查点的签名无效")),
    "later": (
        say("从第 %(a)s 号检查点到第 %(b)s 号检查点，账本只加不改"),
        say("账本在第 %(a)s 号检查点之后改动过以前的内容"),
    ),
    "keys": (say("签名密钥就是您给的那一把"), say("签名密钥不是您给的那一把")),
}

NAMES = {"title": say("标题"), "text": say("原文"), "files": say("附件")}  # what a disclosure opens

Receipt = Mapping[str, Any]


@dataclass(frozen=True)
class Point:
    """One thing that was checked; `name` is stable, the sentence is for people."""

    name: str
    ok: bool
    sentence: Sentence


@dataclass(frozen=True)
class ReceiptReport:
    """`kind` is "promise" (signed, not sealed yet) or "proof"; `keys` are the names of the keys that signed."""

    kind: str
    points: tuple[Point, ...]
    keys: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return all(point.ok for point in self.points)


def read(text: str | bytes) -> Receipt:
    """The receipt that a file holds; `ValueError` when it holds none."""
    try:
        return _known(json.loads(text))
    except RecursionError:
        raise ValueError("not a receipt: nested too deeply") from None


def check_receipt(receipt: Receipt, trusted: Collection[bytes] = ()) -> ReceiptReport:
    """Recompute everything a receipt says. `ValueError` when it is no receipt at all.

    Its keys come with it and prove only that it is of one piece; give `trusted` keys, got elsewhere, to know whose.
    """
    _known(receipt)
    points = [_disclosures_point(receipt)] if receipt.get("disclosures", {}) != {} else []
    points += [_entry_point(receipt), _promise_point(receipt)]
    if "proof" in receipt:
        points += [_inclusion_point(receipt), _signature_point(receipt, "proof")]
    if "later" in receipt:
        points += [_later_point(receipt), _signature_point(receipt, "later")]
    if trusted:
        points.append(_trust_point(receipt, trusted))
    return ReceiptReport("proof" if "proof" in receipt else "promise", tuple(points), _key_names(receipt))


def _known(receipt: Any) -> Receipt:
    if isinstance(receipt, Mapping) and receipt.get("format") == FORMAT:
        return receipt
    raise ValueError(f"not a receipt: it does not say {FORMAT}")


def fact_at(facts: Any, path: str) -> Any:
    """The fact that a disclosure opens: `title`, or `files.0` within a list."""
    for step in path.split("."):
        facts = facts[int(step)] if isinstance(facts, list) else facts[step]
    return facts


def _holds(check: Callable[[], bool]) -> bool:
    """A part that is missing or of another kind does not hold."""
    try:
        return check()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError):
        return False


def _point(name: str, ok: bool, **values: object) -> Point:
    right, wrong = WORDS[name.split(":", maxsplit=1)[0]]
    return Point(name, ok, replace(right if ok else wrong, values=values))


def _disclosures_point(receipt: Receipt) -> Point:
    opened = receipt["disclosures"]
    names = opened if isinstance(opened, Mapping) else ["disclosures"]
    wrong = [name for name in names if not _holds(partial(_is_disclosed, receipt, name))]
    return _point("disclosures", not wrong, names=str(say("、")).join(_called(name) for name in wrong or names))


def _called(path: str) -> str:
    """As people call what a path opens: 附件 1."""
    name, _, place = path.partition(".")
    return " ".join([str(NAMES.get(name, name)), *([str(int(place) + 1)] if place.isdecimal() else [])])


def _is_disclosed(receipt: Receipt, name: str) -> bool:
    opened = receipt["disclosures"][name]
    committed: object = fact_at(receipt["entry"]["facts"], name)
    return entries.commitment(opened["salt"], opened["value"]) == committed


def _leaf(receipt: Receipt) -> bytes:
    entry = receipt["entry"]
    facts = entries.facts_text(entry["facts"])
    lines = [entry[line] for line in entries.LINES if line != "facts"]
    return entries.leaf_hash([*lines, facts], receipt["hash_name"])


def _entry_point(receipt: Receipt) -> Point:
    return _point("entry", _holds(lambda: _leaf(receipt).hex() == receipt["promise"]["hash"]))


def _promise_point(receipt: Receipt) -> Point:
    def signed() -> bool:
        promise = receipt["promise"]
        text = notes.promise_text(promise["hash"], promise["time"])
        signature, key = _raw(promise["signature"]), _raw(promise["public_key"])
        return promise["time"] == receipt["entry"]["recorded_at"] and notes.is_valid(signature, text, key)

    return _point("promise", _holds(signed))


def _inclusion_point(receipt: Receipt) -> Point:
    def included() -> bool:
        index, head, path = receipt["proof"]["index"], _head(receipt, "proof"), _path(receipt, "proof")
        root = tree.root_from_inclusion(index, head.size, _leaf(receipt), path, entries.HASHES[head.hash_name])
        return root == head.root

    ok = _holds(included)
    return _point("inclusion", ok, n=receipt["proof"]["index"] + 1 if ok else "?")


def _later_point(receipt: Receipt) -> Point:
    def grown() -> bool:
        first, later = _head(receipt, "proof"), _head(receipt, "later")
        sizes, roots = (first.size, later.size), (first.root, later.root)
        return tree.is_consistent(*sizes, *roots, _path(receipt, "later"), hasher=entries.HASHES[first.hash_name])

    return _point("later", _holds(grown), a=_number(receipt, "proof"), b=_number(receipt, "later"))


def _signature_point(receipt: Receipt, part: str) -> Point:
    def signed() -> bool:
        return notes.is_signed(receipt[part]["checkpoint"], _raw(receipt[part]["public_key"]))

    return _point(f"signature:{part}", _holds(signed), n=_number(receipt, part))


def _trust_point(receipt: Receipt, trusted: Collection[bytes]) -> Point:
    return _point("keys", _holds(lambda: set(_keys(receipt)) <= set(trusted)))


def _head(receipt: Receipt, part: str) -> notes.Head:
    return notes.read(receipt[part]["checkpoint"])


def _path(receipt: Receipt, part: str) -> list[bytes]:
    return [_raw(step) for step in receipt[part]["hashes"]]


def _raw(text: str) -> bytes:
    return b64decode(text, validate=True)


def _number(receipt: Receipt, part: str) -> int | str:
    try:
        return _head(receipt, part).number
    except (KeyError, TypeError, ValueError, AttributeError):
        return "?"


def _keys(receipt: Receipt) -> list[bytes]:
    return [_raw(receipt[part]["public_key"]) for part in SIGNED_PARTS if part in receipt]


def _key_names(receipt: Receipt) -> tuple[str, ...]:
    try:
        return tuple(sorted({notes.name_of(key) for key in _keys(receipt)}))
    except (KeyError, TypeError, ValueError):
        return ()

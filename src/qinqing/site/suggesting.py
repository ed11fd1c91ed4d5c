"""Which department a text belongs to, and what was like it: from closed matters, with the reasons; a person decides."""

from collections import defaultdict
from typing import Any

from qinqing.base import SYSTEM
from qinqing.casework import queries as casework
from qinqing.texts import likeness

NEIGHBOURS = 20
OFFERED = 3


def similar(text: str, *, limit: int = OFFERED) -> list[dict[str, Any]]:
    """The closed matters whose title is most like the text, best first."""
    return [
        {
            "number": matter.number, "title": matter.title, "department": matter.unit_name, "outcome": matter.outcome,
            "likeness": round(likeness.likeness(text, matter.title), 3), "shared": likeness.shared(text, matter.title),
        }
        for matter in casework.similar(SYSTEM, text, limit=limit)
    ]  # fmt: skip


def departments(text: str) -> list[dict[str, Any]]:
    """`confidence` is the department's share of the likeness of all neighbours, 0 to 1; `reasons` are those neighbours."""
    found: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for matter in casework.similar(SYSTEM, text, limit=NEIGHBOURS):
        if matter.unit:
            reason = likeness.likeness(text, matter.title), f"{matter.number} {matter.title}"
            found[matter.unit.code, matter.unit.name].append(reason)
    whole = sum(score for rows in found.values() for score, _ in rows)
    offers = [
        {"code": code, "name": name, "confidence": round(sum(score for score, _ in rows) / whole, 3),
         "reasons": [reason for _, reason in rows[:OFFERED]]}
        for (code, name), rows in found.items()
    ]  # fmt: skip
    return sorted(offers, key=lambda offer: (-offer["confidence"], offer["code"]))[:OFFERED]

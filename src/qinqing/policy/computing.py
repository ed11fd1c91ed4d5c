"""Benefits as a rulebook of `eligibility`: read once for a set of items and a day, then kept in the process."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from qinqing import base
from qinqing.base import say
from qinqing.eligibility import catalogue, faults, policies
from qinqing.eligibility.row import Evaluator

from . import terms
from .models import PolicyItem


def require_sound(rule: Any, *, title: str, on: date, beside: Sequence[PolicyItem] = ()) -> policies.Rulebook:
    """The rule read by itself (with `beside`, whose codes it may name); refused with the place of the first fault."""
    try:
        own = {"id": "new", "title": title, **rule} if isinstance(rule, dict) else rule
        return policies.read([own, *map(_entry, beside)], catalogue.standard(), on)
    except faults.Broken as broken:
        fault = next(fault for fault in broken.faults if not fault.is_warning)
        raise base.Refused(say("规则有误，%(fault)s", fault=fault), field="rule") from broken


def digest(rule: Any) -> str:
    """What the ledger keeps of a rule: enough to prove which one it was."""
    return hashlib.sha256(json.dumps(rule, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def evaluator(items: Iterable[PolicyItem], on: date) -> Evaluator:
    """The items as they are matched on a day; reading them takes longer than asking, so the last few are kept."""
    content = _content(sorted(items, key=lambda item: item.code))
    key = digest(content), on
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = Evaluator(policies.read(content, catalogue.standard(), on))
    return _kept[key]


KEPT = 16
_kept: dict[tuple[str, date], Evaluator] = {}


def _content(items: list[PolicyItem]) -> dict[str, Any]:
    return {"policies": [_entry(item) for item in items], "stacking": list(_stacking(items))}


def _entry(item: PolicyItem) -> dict[str, Any]:
    return {"id": item.code, "title": item.title, **item.rule}


def _stacking(items: list[PolicyItem]) -> Iterable[dict[str, Any]]:
    """Of each group that has several in force only one is paid: the first by code, or the highest."""
    groups: dict[str, list[PolicyItem]] = defaultdict(list)
    for item in items:
        if item.stacking != terms.Stacking.FREE:
            groups[item.stacking_group].append(item)
    for name, members in groups.items():
        if len(members) > 1:
            highest = all(item.stacking == terms.Stacking.HIGHEST for item in members)
            yield {"title": name, "of": [item.code for item in members], "pays": "highest" if highest else "first",
                   "document": members[0].policy.document_number or members[0].policy.title}

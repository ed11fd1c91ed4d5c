"""What fits one enterprise: each benefit's verdict with every condition, its own value, and how far it is (M3-030).

A verdict is true, false or unknown; unknown names the datum and who holds it, and never becomes no.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from qinqing.base import Named, Sentence, say
from qinqing.eligibility import explaining, saying, units
from qinqing.eligibility.explaining import Explanation, Finding, Question
from qinqing.parties.models import Enterprise

from .. import computing
from ..models import PolicyItem
from ..terms import Stacking
from . import facts
from .builder import naming
from .facts import Known

FULL = 100
ASKED_AT_ONCE = 3


@dataclass(frozen=True)
class Line:
    """One condition with what is known for it: values, who says so, of which day."""

    finding: Finding
    known: Sequence[Known]

    @property
    def requirement(self) -> Sentence:
        """What it asks, with industries and places by their names."""
        return saying.requirement(self.finding.node, naming)


@dataclass(frozen=True)
class Verdict:
    """One benefit for one enterprise."""

    item: PolicyItem
    found: Explanation
    known: Mapping[str, Known]
    day: date

    @property
    def is_closed(self) -> bool:
        """The days to apply in are over."""
        return self.item.window_to is not None and self.item.window_to < self.day

    @property
    def fits(self) -> bool:
        return self.found.truth is True and not self.is_closed

    @property
    def is_unknown(self) -> bool:
        return self.found.truth is None and not self.is_closed

    @property
    def is_near(self) -> bool:
        """The enterprise could do something about every condition that fails."""
        return bool(self.found.changes) and not self.is_closed

    @cached_property
    def lines(self) -> list[Line]:
        """Those that fail first, then those that cannot be told, then what is met."""
        order = {False: 0, None: 1, True: 2}
        return [Line(one, [self.known[fact.name] for fact in one.facts if fact.name in self.known])
                for one in sorted(self.found.conditions, key=lambda one: order[one.truth])]

    @property
    def paid(self) -> Named | None:
        """What it comes to, where that can be computed."""
        return None if self.found.amount is None else units.shown(self.found.amount, "money")

    @property
    def paid_then(self) -> Named | None:
        """What it would come to after the changes."""
        return None if self.found.amount_then is None else units.shown(self.found.amount_then, "money")

    @property
    def met(self) -> int:
        return sum(1 for one in self.found.conditions if one.truth)

    @property
    def share(self) -> int:
        """How much of the hardest change is done already, of 100."""
        left = max((change.effort for change in self.found.changes or ()), default=0)
        return max(0, min(FULL - 1, round(FULL * (1 - left))))

    @property
    def reason(self) -> Any:
        """What stands in the way, as briefly as a heading says it."""
        if self.is_closed:
            return say("申报期已过")
        failing = next(one for one in self.found.conditions if one.truth is False)
        return failing.facts[0].label if failing.facts else failing.requirement


def verdicts(known: Sequence[Known], items: Sequence[PolicyItem], day: date,
             supposed: Mapping[str, int] | None = None) -> list[Verdict]:
    """The items for an enterprise of which this is known; `supposed` are numbers it would like to try."""
    numbers = {one.name: one.number for one in known if one.number is not None} | dict(supposed or {})
    explained = {one.policy.id: one for one in explaining.explain(computing.evaluator(items, day), numbers)}
    held = {one.name: one for one in known}
    return [Verdict(item, explained[item.code], held, day) for item in items]


def with_rivals(items: Sequence[PolicyItem], day: date) -> list[PolicyItem]:
    """The items, and those in force that they are not paid together with; no query where there are none."""
    groups = {item.stacking_group for item in items if item.stacking != Stacking.FREE}
    own = {item.code for item in items}
    rivals = [item for item in in_force(day) if item.stacking_group in groups and item.code not in own] if groups else []
    return [*items, *rivals]


# —— all that is in force, for one enterprise ——


@dataclass(frozen=True)
class Mine:
    """The four groups, always in this order; together they are everything in force."""

    known: Sequence[Known]
    eligible: Sequence[Verdict]
    near: Sequence[Verdict]
    unknown: Sequence[Verdict]
    others: Sequence[Verdict]

    @property
    def count(self) -> int:
        return len(self.eligible) + len(self.near) + len(self.unknown) + len(self.others)

    @property
    def amount(self) -> Named:
        """What the eligible ones come to where it can be computed."""
        return units.shown(sum(verdict.found.amount or 0 for verdict in self.eligible), "money")

    @property
    def computed(self) -> int:
        return sum(1 for verdict in self.eligible if verdict.found.amount is not None)

    @cached_property
    def reasons(self) -> list[tuple[Any, list[Verdict]]]:
        """Those that do not fit, by what stands in the way, the most first."""
        grouped: dict[str, tuple[Any, list[Verdict]]] = {}
        for verdict in self.others:
            grouped.setdefault(str(verdict.reason), (verdict.reason, []))[1].append(verdict)
        return sorted(grouped.values(), key=lambda group: -len(group[1]))

    @cached_property
    def questions(self) -> list[Question]:
        """The few data to ask for first; the last says how many benefits can be told then."""
        return explaining.questions(verdict.found for verdict in self.unknown)[:ASKED_AT_ONCE]


def in_force(day: date) -> list[PolicyItem]:
    """Every benefit that is matched and public on the day."""
    items = PolicyItem.objects.in_force(day).filter(policy__withheld_ground="")
    return list(items.select_related("policy", "owner").order_by("code"))


def mine(enterprise: Enterprise, day: date) -> Mine:
    """Everything in force, for this enterprise; the same queries whatever it comes to."""
    known = facts.matched(enterprise, day)
    found = verdicts(known, in_force(day), day)
    near = sorted((one for one in found if one.is_near), key=lambda one: (-one.share, one.item.code))
    unknown = sorted((one for one in found if one.is_unknown), key=lambda one: (len(one.found.missing), one.item.code))
    others = [one for one in found if not (one.fits or one.is_near or one.is_unknown)]
    return Mine(known, [one for one in found if one.fits], near, unknown, others)

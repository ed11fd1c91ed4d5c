"""What became of telling enterprises of what they fit: who was told, who read it, who has it; department by department (M3-014).

Nobody stands in a list on the strength of facts that it no longer lets be matched.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from qinqing import base
from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES
from qinqing.notices.models import Notice
from qinqing.parties.models import Enterprise, Fact, Mandate, Unit
from qinqing.parties.terms import PermittedUse

from .. import computing
from ..access import pushes as access
from ..models import Consent, Entitlement, Match, MatchRound, PolicyItem, Relief
from ..terms import BenefitClass
from ..terms.cycles import State
from ..terms.pushes import NEW_DAYS, Part
from .candidates import used_by

TOLD_BY = ("match.new", "match.changed")
Told = dict[int, bool]  # by enterprise: whether one of its people has read it


@dataclass(frozen=True)
class Fitting:
    """One enterprise that fits one item, and what became of it."""

    enterprise_id: int
    fen: int | None
    since: date
    is_told: bool
    is_read: bool
    is_taken: bool

    def is_of(self, part: str, new_from: date) -> bool:
        parts = {Part.NEW: self.since >= new_from, Part.TOLD: self.is_told, Part.READ: self.is_read, Part.TAKEN: self.is_taken}
        return parts.get(Part(part), True)


@dataclass(frozen=True)
class Pushed:
    """One item with all whom it fits now; `round` is its last matching, `left_out` are those who took their consent back."""

    item: PolicyItem
    round: MatchRound | None
    fitting: Sequence[Fitting]
    left_out: frozenset[int]
    new_from: date

    def part(self, part: str) -> list[Fitting]:
        return [one for one in self.fitting if one.is_of(part, self.new_from)]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {part.name.lower(): len(self.part(part)) for part in Part}

    @property
    def fen(self) -> int:
        return sum(one.fen or 0 for one in self.fitting)


@dataclass(frozen=True)
class Department:
    """A unit and the items of relief that it gives."""

    unit: Unit
    pushed: Sequence[Pushed]

    @cached_property
    def new(self) -> list[tuple[Pushed, Fitting]]:
        return [(pushed, one) for pushed in self.pushed for one in pushed.part(Part.NEW)]

    @property
    def enterprises(self) -> int:
        return len({one.enterprise_id for _, one in self.new})

    @property
    def fen(self) -> int:
        return sum(one.fen or 0 for _, one in self.new)

    @property
    def fitting(self) -> int:
        return sum(len(pushed.fitting) for pushed in self.pushed)


def new_from(asked: date | None = None) -> date:
    """Since when somebody counts as new."""
    return asked or base.today() - timedelta(days=NEW_DAYS)


def pushed(actor: Actor, since: date) -> list[Pushed]:
    """Items of the actor's units, for a city office all; those with most enterprises first. The same queries for any number."""
    items = PolicyItem.objects.visible_to(actor).in_force(base.today()).select_related("policy__issuer", "owner")
    if actor.role not in CITY_OFFICES:
        items = items.filter(Q(owner__in=actor.unit_ids) | Q(policy__issuer__in=actor.unit_ids))
    listed = list(items)
    rounds = {one.code: one for one in MatchRound.objects.all()}
    fitting, left_out = _fitting(listed), _left_out(listed)
    rows = [_pushed(item, rounds.get(item.code), fitting[item.code], left_out[item.code], since) for item in listed]
    return sorted(rows, key=lambda row: (row.round is None, -len(row.fitting), row.item.code))


def _pushed(item: PolicyItem, last: MatchRound | None, fitting: list[Fitting], left_out: set[int], since: date) -> Pushed:
    kept = [one for one in fitting if one.enterprise_id not in left_out]
    return Pushed(item, last, kept, frozenset(one.enterprise_id for one in fitting) & left_out, since)


def departments(actor: Actor, rows: Iterable[Pushed]) -> list[Department]:
    """Who gives relief, of those whose lists the actor may take; most new ones first."""
    reliefs = [row for row in rows if row.item.benefit_class == BenefitClass.RELIEF]
    given = [row for row in reliefs if access.may_take_list(actor, row.item.owner_id)]
    units = {row.item.owner_id: row.item.owner for row in given}
    found = [Department(unit, [row for row in given if row.item.owner_id == key]) for key, unit in units.items()]
    return sorted(found, key=lambda one: (-len(one.new), one.unit.path))


def enterprises(fitting: Iterable[Fitting]) -> dict[int, Enterprise]:
    return Enterprise.objects.in_bulk({one.enterprise_id for one in fitting})


# —— one row for each enterprise and item ——


def _fitting(items: Sequence[PolicyItem]) -> dict[str, list[Fitting]]:
    told, taken = _told(), _taken(items)
    found: dict[str, list[Fitting]] = defaultdict(list)
    rows = Match.objects.filter(code__in=[item.code for item in items], ended_at=None).order_by("enterprise__code")
    for enterprise, code, fen, since in rows.values_list("enterprise", "code", "amount_fen", "since"):
        day, heard = since.astimezone(base.TZ).date(), told[code]
        read, has = heard.get(enterprise, False), enterprise in taken[code]
        found[code].append(Fitting(enterprise, fen, day, enterprise in heard, read, has))
    return found


def _told() -> dict[str, Told]:
    """By item: the enterprises of which somebody was told, and whether one of them has read it."""
    said = list(Notice.objects.filter(template__in=TOLD_BY).values_list("about", "recipient", "read_at"))
    acting = Mandate.objects.on(base.today()).filter(account__in={recipient for _, recipient, _ in said})
    whose: dict[int, list[int]] = defaultdict(list)
    for account, enterprise in acting.values_list("account", "enterprise"):
        whose[account].append(enterprise)
    told: dict[str, Told] = defaultdict(dict)
    for about, recipient, read_at in said:
        heard = told[about.removeprefix("item:")]
        for enterprise in whose[recipient]:
            heard[enterprise] = heard.get(enterprise, False) or read_at is not None
    return told


def _taken(items: Sequence[PolicyItem]) -> dict[str, set[int]]:
    """By item: who was paid in one of its cycles, or stands in the owner's register of relief under the item's title."""
    taken: dict[str, set[int]] = defaultdict(set)
    paid = Entitlement.objects.filter(state=State.PAID, cycle__item__code__in=[item.code for item in items])
    for code, enterprise in paid.values_list("cycle__item__code", "enterprise"):
        taken[code].add(enterprise)
    named = {(item.owner_id, item.title): item.code for item in items if item.benefit_class == BenefitClass.RELIEF}
    relieved = Relief.objects.filter(title__in=[title for _, title in named]).values_list("file__unit", "title", "enterprise")
    for unit, title, enterprise in relieved.distinct().order_by():
        taken[named.get((unit, title), "")].add(enterprise)
    return taken


# —— what may be used ——


def _left_out(items: Sequence[PolicyItem]) -> dict[str, set[int]]:
    """By item: enterprises that took their consent back and of which it uses a fact that was given to serve them only."""
    held = _served_only()
    left_out: dict[str, set[int]] = defaultdict(set)
    for item in items if held else ():
        for name in used_by(computing.evaluator([item], base.today()).book):
            left_out[item.code] |= held.get(name, set())
    return left_out


def _served_only() -> dict[str, set[int]]:
    """By name of a fact: the enterprises that have taken their consent back."""
    held: dict[str, set[int]] = defaultdict(set)
    for name, enterprise in _withdrawn_facts().values_list("name", "enterprise").distinct().order_by():
        held[name].add(enterprise)
    return held


def _withdrawn_facts() -> QuerySet[Fact]:
    given = Consent.objects.filter(withdrawn_at=None).values("enterprise")
    withdrawn = Consent.objects.exclude(enterprise__in=given).values("enterprise")
    return Fact.objects.filter(permitted_use=PermittedUse.SERVICE, enterprise__in=withdrawn)

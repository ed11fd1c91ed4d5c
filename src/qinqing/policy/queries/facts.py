"""What is known of enterprises, as the engine reads it: what, by whom, for which day, and what it may be used for (M3-030).

The register comes first, then what a unit said, then what the enterprise says of itself; within each the latest day counts.
Facts for statistics only are never matched; those that were given to serve the enterprise are, once it consented.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from qinqing import base
from qinqing.base import Actor
from qinqing.base.words import Named
from qinqing.casework.models import Matter
from qinqing.eligibility import catalogue, days
from qinqing.eligibility.units import Unreadable
from qinqing.parties.models import Division, Enterprise, Fact, FactQuerySet, Unit
from qinqing.parties.terms import SIZE_CLASS, PermittedUse, SizeClass

from .. import access, building, reading
from ..comparing import SEPARATOR
from ..models import Consent, Correction, Match
from ..terms import Compared
from .builder import naming

KINDS = {"company": "enterprise", "sole_trader": "self_employed", "cooperative": "cooperative", "farm": "farm"}
SIZES = frozenset({SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE})
REGISTER, ITSELF = Named("市场主体登记", "the business register"), Named("企业自报", "the enterprise itself")
CONDITION_PARTS = 2
REGISTERED = frozenset({"org_type", "registered_local", "region", "industry", "founded", "age_months", "size"})
REGISTER_COLUMNS = ("pk", "code", "division__code", "county__code", "industry_code", "kind", "registered_on", "size_class")


@dataclass(frozen=True)
class Known:
    """One fact of one enterprise. `number` is None where its value cannot be read, `fact` where the catalogue has none."""

    name: str
    value: Any
    as_of: date | None
    fact: catalogue.Fact | None = None
    number: int | None = None
    source: Unit | None = None
    use: str = PermittedUse.MATCHING
    is_own: bool = False
    row: Fact | None = None

    @property
    def label(self) -> Any:
        if self.is_condition:
            return _condition(self.name)
        return self.fact.label if self.fact else self.name

    @property
    def is_condition(self) -> bool:
        """A bare yes or no of a department to a condition."""
        return self.name.count(SEPARATOR) == CONDITION_PARTS

    @property
    def shown(self) -> Any:
        if self.is_condition:
            return (Compared.YES if self.value else Compared.NO).label
        if self.fact is None or self.number is None:
            return self.value
        if self.fact.tree is not None:
            return naming(self.fact, self.value)
        return self.fact.say(self.number)

    @property
    def holder(self) -> Any:
        if self.source:
            return self.source.name
        return ITSELF if self.is_own else REGISTER


def _condition(name: str) -> str:
    fact, operator, value = name.split(SEPARATOR, CONDITION_PARTS)
    (line, *_) = reading.read_aloud(building.rows({"where": {"all": [{"fact": fact, operator: value}]}}), naming)
    return str(line.text)


# —— one enterprise ——


def numbers(enterprise: Enterprise, on: date | None = None) -> dict[str, int]:
    """For the engine: each fact that may be matched, as its number."""
    return {known.name: known.number for known in matched(enterprise, on) if known.number is not None}


def matched(enterprise: Enterprise, on: date | None = None) -> list[Known]:
    """The one of each name that counts in matching."""
    said = matchable().filter(enterprise=enterprise, as_of__lte=on or base.today()).select_related("source")
    counted = {fact.name: _known(fact) for fact in _in_order(said)}
    return list((counted | {known.name: known for known in _registered(enterprise, on)}).values())


def everything(enterprise: Enterprise) -> list[Known]:
    """All that is known of it, whatever it may be used for: the register (with the size class), then by name, latest first."""
    said = enterprise.facts.exclude(name=SIZE_CLASS).select_related("source").order_by("name", "-as_of", "-id")
    return [*_registered(enterprise, None), *map(_known, said)]


def _registered(enterprise: Enterprise, on: date | None) -> list[Known]:
    columns = next(Enterprise.objects.filter(pk=enterprise.pk).values_list(*REGISTER_COLUMNS).iterator())
    return [_read(name, value, as_of=None) for name, value in of_register(columns, on or base.today())]


def _known(fact: Fact) -> Known:
    return _read(fact.name, fact.value, as_of=fact.as_of, source=fact.source, use=fact.permitted_use,
                 is_own=fact.source is None, row=fact)


def _read(name: str, value: Any, **more: Any) -> Known:
    fact = catalogue.standard().facts.get(name)
    return Known(name, value, fact=fact, number=number_of(fact, value) if fact else None, **more)


def number_of(fact: catalogue.Fact, value: Any) -> int | None:
    """What cannot be read is not known; it never becomes *no*."""
    try:
        return fact.read(value)
    except Unreadable:
        return None


# —— all ——


def of_register(columns: tuple[Any, ...], on: date) -> Iterator[tuple[str, Any]]:
    """What the register itself says, by the catalogue's names; `columns` as `REGISTER_COLUMNS`."""
    _pk, _code, division, county, industry, kind, founded, size = columns
    if kind in KINDS:
        yield "org_type", KINDS[kind]
    yield "registered_local", True
    if place := division or county:
        yield "region", place
    if industry:
        yield "industry", industry
    if founded:
        yield "founded", founded.isoformat()
        yield "age_months", max(0, days.months_between(days.number(founded), days.counted_to(on)))
    if size in SIZES:
        yield "size", str(size)


def in_business(on: date) -> QuerySet[Enterprise]:
    """Whom policies are matched with."""
    return Enterprise.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("pk")


def matchable() -> FactQuerySet:
    """Facts that may be matched: given for it, public, or given to serve one who consented."""
    consenting = Consent.objects.filter(withdrawn_at=None).values("enterprise")
    served = Q(permitted_use=PermittedUse.SERVICE, enterprise__in=consenting)
    return Fact.objects.filter(served | Q(permitted_use__in=[PermittedUse.MATCHING, PermittedUse.PUBLIC]))


def _in_order(facts: FactQuerySet) -> list[Fact]:
    """From what counts least to what counts most."""
    return sorted(facts, key=lambda fact: (fact.source_id is not None, fact.as_of, fact.pk))


# —— what the enterprise allows and disputes ——


def consent(enterprise: Enterprise) -> Consent | None:
    """The one that holds."""
    return Consent.objects.filter(enterprise=enterprise, withdrawn_at=None).select_related("account").first()


def disputable(actor: Actor, number: int) -> Fact | None:
    """A fact of one's own enterprise that a unit said; one's own word one corrects oneself."""
    own = Fact.objects.filter(enterprise=actor.enterprise_id or 0).exclude(source=None)
    return own.filter(pk=number).select_related("source", "enterprise").first()


def disputed(enterprise: Enterprise) -> dict[tuple[str, date, int], Correction]:
    """Corrections that were asked for, by the fact's name, day and unit."""
    asked = Correction.objects.filter(enterprise=enterprise).select_related("matter")
    return {(one.name, one.said_on, one.unit_id): one for one in asked}


@dataclass(frozen=True)
class Asked:
    """A correction as the matter's page shows it."""

    correction: Correction
    label: Any
    said: Any
    may_decide: bool


def detail(matter: Matter, actor: Actor) -> tuple[str, Asked | None]:
    """What stands there, what it should be, and whether one may answer with a new fact."""
    correction = Correction.objects.visible_to(actor).filter(pk=matter.pk).select_related("unit", "matter").first()
    return "policy/_correction.html", shown(correction, actor) if correction else None


def shown(correction: Correction, actor: Actor) -> Asked:
    known = _read(correction.name, correction.said, as_of=correction.said_on)
    return Asked(correction, known.label, known.shown, bool(access.may_decide_correction(actor, correction.unit_id)))


# —— how much is known ——


@dataclass(frozen=True)
class Coverage:
    """Of one fact: how many enterprises it is known of, and of how many of them only by their own word."""

    name: str
    known: int
    own: int
    of: int
    oldest: date | None
    newest: date | None
    sources: tuple[str, ...]
    uses: tuple[str, ...]
    fact: catalogue.Fact | None = None

    @property
    def share(self) -> Fraction:
        return Fraction(self.known, self.of) if self.of else Fraction(0)

    @property
    def label(self) -> Any:
        return self.fact.label if self.fact else self.name

    @property
    def is_matched(self) -> bool:
        return bool({PermittedUse.MATCHING, PermittedUse.PUBLIC} & set(self.uses))


def coverage(actor: Actor) -> list[Coverage]:
    """Each fact that is known of anybody the actor may see, those of the catalogue first."""
    facts = Fact.objects.visible_to(actor)
    of = Enterprise.objects.visible_to(actor).filter(closed_on=None).count()
    grouped = facts.values("name").annotate(
        known=Count("enterprise", distinct=True), own=Count("enterprise", filter=Q(source=None), distinct=True),
        oldest=Min("as_of"), newest=Max("as_of")).order_by("name")  # fmt: skip
    sources = _gathered(facts.exclude(source=None).values_list("name", "source__name").distinct().order_by("source__name"))
    uses = _gathered(facts.values_list("name", "permitted_use").distinct().order_by("permitted_use"))
    known = catalogue.standard().facts
    rows = [Coverage(**row, of=of, sources=sources.get(row["name"], ()), uses=uses[row["name"]], fact=known.get(row["name"]))
            for row in grouped]
    return sorted(rows, key=lambda row: (row.fact is None, -row.known))


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, tuple[str, ...]] = {}
    for name, one in pairs:
        gathered[name] = (*gathered.get(name, ()), one)
    return gathered


def asked_most(limit: int = 12) -> list[catalogue.Fact]:
    """Facts of the catalogue that nobody has said of anybody yet: whom to ask first."""
    known = set(Fact.objects.values_list("name", flat=True).distinct())
    open_ones = [fact for name, fact in catalogue.standard().facts.items() if name not in known | REGISTERED]
    return [fact for fact in open_ones if fact.use != catalogue.NOT_FOR_MATCHING][:limit]


def counties() -> list[tuple[str, str]]:
    """Codes and names, in the order of the codes."""
    return list(Division.objects.filter(level="county").order_by("code").values_list("code", "name"))


def matches_of(enterprise: Enterprise) -> QuerySet[Match]:
    return Match.objects.filter(enterprise=enterprise, ended_at=None).order_by("code")

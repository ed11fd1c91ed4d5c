"""The policies that everybody reads: searched, filtered, counted (M3-026, M3-027)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When

from qinqing.eligibility import catalogue
from qinqing.parties.models import Division, Unit

from .. import reaching, rules, search, terms
from ..models import Policy, PolicyItem, PolicyQuerySet, Reach

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty means all."""

    text: str = ""
    standing: str = ""
    benefit_class: str = ""
    mode: str = ""
    issuer: str = ""
    county: str = ""
    size: str = ""


@dataclass(frozen=True)
class Shown:
    """One policy in the list."""

    policy: Policy
    standing: terms.Standing
    items: list[PolicyItem]


def public() -> PolicyQuerySet:
    """What anybody reads in the library, repealed and expired ones included."""
    return Policy.objects.public()


def found(wanted: Wanted, day: date) -> QuerySet[Policy]:
    """The policies that are wanted, those first that say it in the title, then the newest."""
    rows = _in_words(public(), wanted.text)
    rows = _standing(rows, wanted.standing, day)
    if wanted.issuer:
        rows = rows.filter(issuer__code=wanted.issuer)
    asked = {name: value for name, value in (("benefit_class", wanted.benefit_class), ("mode", wanted.mode)) if value}
    if asked:
        rows = rows.filter(pk__in=PolicyItem.objects.current().filter(**asked).values("policy"))
    if wanted.county or wanted.size:
        rows = rows.filter(pk__in=_open_to(wanted))
    return rows.select_related("issuer")


def shown(policies: QuerySet[Policy], day: date) -> list[Shown]:
    """With their benefits; two queries."""
    items = Prefetch("items", PolicyItem.objects.current().order_by("code"))
    return [Shown(policy, standing_of(policy, day), list(policy.items.all())) for policy in policies.prefetch_related(items)]


def standing_of(policy: Policy, day: date) -> terms.Standing:
    return rules.standing(policy.status, policy.effective_from, policy.effective_to, day)


def _in_words(rows: PolicyQuerySet, text: str) -> PolicyQuerySet:
    if not text:
        return rows.order_by("-issued_on", "number")
    in_title = Case(When(title__icontains=text, then=Value(0)), default=Value(1))
    wanted = Q(pk__in=search.matching(text)) | Q(number__iexact=text) | Q(title_en__icontains=text)
    return rows.filter(wanted).order_by(in_title, "-issued_on", "number")


def _standing(rows: PolicyQuerySet, standing: str, day: date) -> PolicyQuerySet:
    begun = Q(status=terms.Status.PUBLISHED, effective_from__lte=day)
    conditions = {
        terms.Standing.IN_FORCE: begun & (Q(effective_to=None) | Q(effective_to__gte=day)),
        terms.Standing.EXPIRED: begun & Q(effective_to__lt=day),
        terms.Standing.UPCOMING: Q(status=terms.Status.PUBLISHED, effective_from__gt=day),
        terms.Standing.REPEALED: Q(status=terms.Status.REPEALED),
    }
    return rows.filter(conditions[terms.Standing(standing)]) if standing in set(conditions) else rows


def _open_to(wanted: Wanted) -> QuerySet[Reach, Any]:
    """Of those that do not shut out an enterprise of which no more is known than its county and size."""
    place, size = reaching.place(wanted.county), reaching.size(wanted.size)
    open_ones = Reach.objects.filter(Q(size=reaching.ANY_SIZE) | Q(size=size), low__lte=place, high__gte=place)
    return open_ones.filter(item__replaced_at=None).values("item__policy")


# —— what there is to choose from ——


def withheld() -> int:
    """How many are kept back by law; that there are some is no secret."""
    return Policy.objects.exclude(status=terms.Status.DRAFT).exclude(withheld_ground="").count()


def standings(day: date) -> dict[str, int]:
    """How many public policies stand how."""
    public_ones = [standing for standing in terms.Standing if standing != terms.Standing.DRAFT]
    return {standing: _standing(public(), standing, day).count() for standing in public_ones}


def issuers() -> Pairs:
    return list(Unit.objects.filter(pk__in=public().values("issuer")).order_by("path").values_list("code", "name"))


def counties() -> Pairs:
    return list(Division.objects.filter(level="county").order_by("code").values_list("code", "name"))


def sizes() -> Pairs:
    return [(choice.code, str(choice.label)) for choice in catalogue.standard().facts["size"].choices]


def newest(limit: int) -> QuerySet[Policy]:
    return public().filter(status=terms.Status.PUBLISHED).order_by(F("published_at").desc())[:limit]

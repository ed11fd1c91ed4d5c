"""The read side: who acts, in which post or mandate, and what is known of an enterprise on a day."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from qinqing import base
from qinqing.base.actor import COUNTY_STAFF
from qinqing.ledger import queries as ledger

from . import models, rules, terms

CITY_AGE_SECONDS = 30  # it stands on every page and changes with a profile: every process may be late by this much


@dataclass(frozen=True)
class Choice:
    """One post or mandate that an account may act in: `ref` is "post:12" or "mandate:7"."""

    ref: str
    role: str
    label: str
    place: str

    @property
    def icon(self) -> str:
        return terms.ROLE_ICONS[base.Role(self.role)]


Held = models.Post | models.Mandate


def acting_choices(account: models.Account) -> list[Choice]:
    """Everything the account may act as today, posts first. Two queries."""
    return [_choice(held) for held in _held(account)]


def _held(account: models.Account) -> list[Held]:
    today = base.today()
    posts = _with_units(account.posts.on(today)).order_by("id")
    mandates = account.mandates.on(today).select_related("enterprise").order_by("id")
    return [*posts, *mandates]


def _choice(held: Held) -> Choice:
    if isinstance(held, models.Post):
        return Choice(str(held), held.role, held.title or held.get_role_display(), held.unit.name)
    return Choice(str(held), base.Role.ENTERPRISE, held.get_kind_display(), held.enterprise.name)


def actor_for(account: models.Account, acting_as: str | None = None) -> base.Actor:
    """The actor in the post or mandate named; without one, in the only one there is, else in none.

    One query when `acting_as` still holds, two when it is not given.
    """
    if not account.is_active:
        return base.PUBLIC
    if account.password_issued:
        return person(account)
    held = _find(account, acting_as) if acting_as else None
    if held is None:
        choices = _held(account)
        held = choices[0] if len(choices) == 1 else None
    return _actor(account, held) if held else person(account)


def person(account: models.Account) -> base.Actor:
    """The person alone, in no role: signed in, but nobody's representative."""
    return base.Actor(account_id=account.id, name=account.name)


def _find(account: models.Account, ref: str) -> Held | None:
    kind, _, number = ref.partition(":")
    if not number.isdecimal():
        return None
    if kind == "post":
        return next(iter(_with_units(account.posts.on(base.today())).filter(id=number)), None)
    if kind == "mandate":
        return next(iter(account.mandates.on(base.today()).select_related("enterprise").filter(id=number)), None)
    return None


class _Listed(Func):
    """All values of a column in one text, parted by commas."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **options)


def _with_units(posts: QuerySet[models.Post]) -> QuerySet[models.Post]:
    """Posts with their unit and, as `units_along`, the ids of those over and under it: every request asks for them."""
    along = models.Unit.objects.along(OuterRef("unit__path")).order_by()
    listed = along.annotate(listed=_Listed(Cast("id", TextField()), Value(","))).values("listed")
    return posts.select_related("unit").annotate(units_along=Subquery(listed))


def _actor(account: models.Account, held: Held) -> base.Actor:
    if isinstance(held, models.Mandate):
        return replace(
            person(account),
            role=base.Role.ENTERPRISE,
            enterprise_id=held.enterprise_id,
            acting_as=str(held),
            place=held.enterprise.name,
        )
    along = frozenset(map(int, held.units_along.split(",")))  # type: ignore[attr-defined]  # see _with_units
    over = frozenset(map(int, held.unit.path.strip("/").split("/"))) - {held.unit_id}
    return replace(
        person(account),
        role=held.role,
        unit_id=held.unit_id,
        unit_ids=along - over,
        line_ids=frozenset({held.unit_id}) if held.unit.kind == terms.UnitKind.GOVERNMENT else along,
        county_id=held.unit.county_id,
        acting_as=str(held),
        place=held.unit.name,
    )


# —— who was erased ——


def erased_accounts() -> list[int]:
    return list(models.Account.objects.exclude(erased_at=None).order_by("id").values_list("id", flat=True))


def living_accounts(numbers: Iterable[int]) -> list[models.Account]:
    """Those of the accounts whose person is not erased."""
    return list(models.Account.objects.filter(id__in=list(numbers), erased_at=None).order_by("id"))


# —— the demo's characters ——


@dataclass(frozen=True)
class Tile:
    """A character that a visitor of the demo may become."""

    key: str
    label: str
    note: str
    icon: str


def demo_accounts() -> QuerySet[models.Account]:
    accounts: QuerySet[models.Account] = models.Account.objects.filter(demo_order__isnull=False, is_active=True)
    return accounts.order_by("demo_order", "id")


def real_accounts() -> QuerySet[models.Account]:
    """None in a database with the demo's characters: the demo is loaded into an empty one."""
    accounts: QuerySet[models.Account] = models.Account.objects.all()
    return accounts.none() if demo_accounts().exists() else accounts


def demo_tiles() -> list[Tile]:
    """One query."""
    role = models.Post.objects.filter(account=OuterRef("pk"), valid_to=None).order_by("id").values("role")[:1]
    rows = demo_accounts().annotate(role=Subquery(role))
    return [
        Tile(a.username, a.demo_label or a.name, a.demo_note, terms.ROLE_ICONS[base.Role(a.role or base.Role.ENTERPRISE)])
        for a in rows
    ]


def token_hash(key: str) -> str:
    """A key is random enough that a plain hash of it tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


def bearer(key: str) -> tuple[models.ApiToken, base.Actor] | None:
    """The token of a program and the actor it stands for; None when unknown, expired, revoked, or nobody's any more."""
    tokens = models.ApiToken.objects.select_related("account")
    valid = tokens.filter(sha256=token_hash(key), revoked_at=None, expires_at__gt=base.machine_now())
    token = next(iter(valid), None)  # every request of a program asks; first() would order them, too
    if token is None:
        return None
    actor = actor_for(token.account, token.acting_as)
    return (token, actor) if actor.acting_as == token.acting_as else None


# —— units ——


def unit_name_on(unit: models.Unit, day: date) -> str:
    """What the unit was called on that day; before its first day, its first name."""
    versions = list(unit.versions.all())
    held = [v for v in versions if v.valid_from <= day and (v.valid_to is None or v.valid_to > day)]
    return (held or versions)[0].name if versions else unit.name


def standing(unit: models.Unit) -> models.Unit:
    """The unit itself as long as it stands, else the one it was merged into, and on from there."""
    while unit.successor and unit.valid_to and unit.valid_to <= base.today():
        unit = unit.successor
    return unit


def holders(unit: models.Unit, role: str) -> list[models.Account]:
    """Who holds a role in the unit today, the A persons first."""
    posts = unit.posts.on(base.today()).filter(role=role, account__is_active=True)
    return [post.account for post in posts.select_related("account").order_by("part", "id")]


@dataclass(frozen=True)
class UnitRow:
    unit: models.Unit
    depth: int
    people: int


def unit_tree() -> list[UnitRow]:
    """What stands today, parents before children, with the number of people in post. One query."""
    today = base.today()
    in_post = Q(posts__valid_from__lte=today) & (Q(posts__valid_to=None) | Q(posts__valid_to__gt=today))
    units = models.Unit.objects.on(today).annotate(people=Count("posts__account", filter=in_post, distinct=True))
    ordered = sorted(units, key=lambda unit: [int(step) for step in unit.path.split("/") if step])
    return [UnitRow(unit, unit.path.count("/") - 2, unit.people) for unit in ordered]


def posts_in(unit: models.Unit) -> QuerySet[models.Post]:
    """Who holds what in the unit, those still in post first."""
    posts = unit.posts.select_related("account")
    return posts.order_by(F("valid_to").desc(nulls_first=True), "role", "part", "id")


def versions_of(unit: models.Unit) -> QuerySet[models.UnitVersion]:
    """The unit's names and places that held for at least a day, newest first."""
    held = unit.versions.exclude(valid_to=F("valid_from"))
    return held.select_related("parent").order_by("-valid_from", "-id")


# —— lists ——

PAGE = 50


@dataclass(frozen=True)
class Page:
    """A part of a long list; `onward` is the key to ask for the next with, empty at the end."""

    rows: list[Any]
    onward: str


def _page(rows: QuerySet[Any], after: str) -> Page:
    if after.isdecimal():
        rows = rows.filter(id__gt=int(after))
    found = list(rows.order_by("id")[: PAGE + 1])
    return Page(found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else "")


def people(actor: base.Actor, *, search: str, after: str) -> Page:
    """Accounts with what they hold today. Three queries."""
    today = base.today()
    posts = Prefetch("posts", models.Post.objects.on(today).select_related("unit"), to_attr="held_posts")
    mandates = Prefetch("mandates", models.Mandate.objects.on(today).select_related("enterprise"), to_attr="held_mandates")
    found = models.Account.objects.visible_to(actor).prefetch_related(posts, mandates)
    if search:
        found = found.filter(Q(username__icontains=search) | Q(name__icontains=search))
    return _page(found, after)


def enterprises(actor: base.Actor, *, search: str, after: str) -> Page:
    """The register as far as the actor sees it, found by the code or by any name there ever was. One query."""
    found = models.Enterprise.objects.visible_to(actor).select_related("county")
    if search:
        named = models.EnterpriseName.objects.filter(name__icontains=search).values("enterprise")
        found = found.filter(Q(code__startswith=search.upper()) | Q(id__in=named))
    return _page(found, after)


def mandates(actor: base.Actor, *, search: str, after: str) -> Page:
    """Who may act for which enterprise today; a county sees its own. One query."""
    found = models.Mandate.objects.on(base.today()).select_related("account", "enterprise")
    if actor.role in COUNTY_STAFF:
        found = found.filter(enterprise__county_id=actor.county_id)
    if search:
        named = Q(enterprise__code__startswith=search.upper()) | Q(enterprise__name__icontains=search)
        found = found.filter(named | Q(account__name__icontains=search))
    return _page(found, after)


def log(*, before: str) -> Page:
    """The sealed ledger, newest first, for the audit administrator. Constant queries."""
    end = min(int(before), ledger.size()) if before.isdecimal() else ledger.size()
    start = max(0, end - PAGE)
    return Page(ledger.sealed_after(start, end - start)[::-1], str(start) if start else "")


def reveals(*, before: str) -> Page:
    """Who looked at which contact and what for, newest first. One query."""
    found = models.ContactReveal.objects.select_related("revealed_by", "enterprise", "account")
    if before.isdecimal():
        found = found.filter(id__lt=int(before))
    rows = list(found[: PAGE + 1])
    return Page(rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else "")


# —— enterprises ——


def counties() -> QuerySet[models.Division]:
    """Counties, and zones beside them; a nature reserve or a farm within a county is none."""
    listed = models.Division.objects.filter(level__in=(terms.DivisionLevel.COUNTY, terms.DivisionLevel.ZONE))
    return listed.exclude(level=terms.DivisionLevel.ZONE, parent__level=terms.DivisionLevel.COUNTY)


def county_of(division: models.Division | None) -> models.Division | None:
    """The county or zone that a division lies in, itself included."""
    while division and division.level not in {terms.DivisionLevel.COUNTY, terms.DivisionLevel.ZONE}:
        division = division.parent
    return division


def contact_of(of: models.Enterprise | models.Account) -> tuple[str, str, str]:
    """Name, phone and e-mail in full: for `reveal_contact` and for sending only; pages show `masked_contact_of`."""
    if isinstance(of, models.Enterprise):
        return of.contact_name, of.contact_phone, of.contact_email
    return of.name, of.phone, of.email


def masked_contact_of(of: models.Enterprise | models.Account) -> tuple[str, str, str]:
    return rules.masked_contact(*contact_of(of))


def facts_of(
    enterprise: models.Enterprise, *, use: str, on: date | None = None, names: Iterable[str] = ()
) -> dict[str, models.Fact]:
    """The latest fact of each name that was known for `on` or before, as far as it may be used so."""
    facts = enterprise.facts.for_use(use).filter(as_of__lte=on or base.today()).select_related("source")
    if names:
        facts = facts.filter(name__in=names)
    return {fact.name: fact for fact in facts.order_by("as_of", "id")}


def size_class_on(enterprise: models.Enterprise, day: date) -> str:
    """The size class that held on a day: the payment regulation asks for the one at signing (Art. 3)."""
    held = enterprise.facts.filter(name=terms.SIZE_CLASS, as_of__lte=day).order_by("-as_of", "-id").first()
    value: Any = held.value if held else terms.SizeClass.UNKNOWN
    return str(value)


# —— the city ——


def city() -> models.City:
    """The city of this installation; before a profile is loaded, a nameless one. At most `CITY_AGE_SECONDS` old."""
    kept = _kept_city.get("city")
    if kept is None or time.monotonic() - kept[0] > CITY_AGE_SECONDS:
        kept = _kept_city["city"] = (time.monotonic(), models.City.objects.filter(id=1).first() or models.City())
    return kept[1]


_kept_city: dict[str, tuple[float, models.City]] = {}


def forget_city() -> None:
    """After this process described the city anew."""
    _kept_city.clear()

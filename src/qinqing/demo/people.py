"""Who acts in the simulated year: units, staff, and one person for each enterprise that raises something."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from qinqing.base import SYSTEM, Actor, Role
from qinqing.parties import actions as parties
from qinqing.parties import queries
from qinqing.parties.models import Account, Division, Enterprise, Unit
from qinqing.parties.terms import Part, UnitKind

from .population import phone
from .source import SEED, read

PASSWORD = "qinqing-2020"  # noqa: S105 - of the demo alone, printed when it is loaded
FIRST_STAFF_PHONE = 50_000_000
HANDLING = {UnitKind.DEPARTMENT, UnitKind.CENTRAL, UnitKind.PARTY, UnitKind.COURT, UnitKind.UTILITY, UnitKind.ZONE}
ALSO_HANDLING = {"xnb", "myb", "demo-county"}
OFFICES = {
    "yshj": (Role.ENVIRONMENT_OFFICE, 4), "myb": (Role.PRIVATE_ECONOMY_OFFICE, 3), "xnb": (Role.EFFICIENCY_OFFICE, 3),
    "szfb": (Role.CITY_GOVERNMENT_OFFICE, 3),
}  # fmt: skip
LEADERS = ("市委书记（演示）", "市长（演示）", *(f"副市长{n}（演示）" for n in "一二三四五六七八"))
ADMINISTRATORS = {
    "system-admin": Role.SYSTEM_ADMIN, "security-admin": Role.SECURITY_ADMIN, "audit-admin": Role.AUDIT_ADMIN,
}  # fmt: skip
STAFF = (("leader", Role.UNIT_LEADER), ("liaison", Role.LIAISON), ("handler-1", Role.HANDLER), ("handler-2", Role.HANDLER))


@dataclass(frozen=True)
class Place:
    """A post to fill: the username says who it is."""

    who: str
    unit: Unit
    role: Role
    part: Part = Part.A
    title: str = ""


class Cast:
    """Actors, accounts, units and divisions by the names that the plan uses; `codes` are the firms' credit codes."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self.codes = codes
        self.refs: dict[str, str] = {}
        self.accounts: dict[str, Account] = {}
        self.actors: dict[str, Actor] = {}
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.divisions = {division.code: division for division in Division.objects.all()}

    def enter(self, who: str, account: Account, ref: str) -> None:
        self.accounts[who], self.refs[who] = account, ref

    def actor(self, who: str) -> Actor:
        if who not in self.actors:
            self.actors[who] = queries.actor_for(self.accounts[who], self.refs[who])
        return self.actors[who]


# —— units that only the demo has ——


def add_units() -> None:
    """The fictional bureaus and county that blame falls on, the chambers, the evaluators."""
    city = Unit.objects.get(code="city")
    for row in read("fates")["units"]:
        _create(city, row)
    for number, trade in enumerate(read("names")["chambers"], 1):
        _create(city, {"code": f"chamber-{number}", "name": f"演示{trade}商会", "name_en": "", "kind": "chamber"})
    _create(city, {"code": "evaluator", "name": "演示评估咨询中心", "name_en": "", "kind": "evaluator"})


def _create(city: Unit, row: Mapping[str, Any]) -> None:
    county = _division(row["division"]) if "division" in row else None
    parties.create_unit(
        actor=SYSTEM, code=row["code"], name=row["name"], name_en=row["name_en"], kind=row["kind"], county=county,
        parent=Unit.objects.get(code=row["parent"]) if "parent" in row else city, fictional=True,
    )  # fmt: skip


def _division(code: str) -> Division:
    row = parties.DivisionRow(code=code, name="演示县", level="county", parent="510800", name_en="Demo County")
    if not Division.objects.filter(code=code).exists():
        parties.import_divisions(actor=SYSTEM, rows=[row], source="demo")
    return Division.objects.get(code=code)


# —— people ——


def assemble(codes: Mapping[str, str]) -> Cast:
    """Fill every post, give every raising enterprise somebody who speaks for it, and mark the demo's characters."""
    cast, rng = Cast(codes), Random(f"{SEED}:people")
    for number, place in enumerate(_places(cast)):
        account = _account(place.who, _name(rng), phone(FIRST_STAFF_PHONE + number))
        post = parties.appoint(
            actor=SYSTEM, account=account, unit=place.unit, role=place.role, part=place.part, title=place.title
        )
        cast.enter(place.who, account, f"post:{post.pk}")
    enterprises = Enterprise.objects.in_bulk(list(codes.values()), field_name="code")
    for key, code in codes.items():
        enterprise = enterprises[code]
        account = _account(f"ent-{key.lower()}", enterprise.contact_name, enterprise.contact_phone)
        mandate = parties.grant_mandate(actor=SYSTEM, account=account, enterprise=enterprise)
        cast.enter(account.username, account, f"mandate:{mandate.pk}")
    _open_the_doors()
    return cast


def _places(cast: Cast) -> Iterator[Place]:
    for unit in cast.units.values():
        if unit.kind in HANDLING or unit.code in ALSO_HANDLING:
            yield from (Place(f"{unit.code}-{name}", unit, role) for name, role in STAFF)
        if unit.kind == UnitKind.COUNTY_OFFICE:
            yield from _numbered(unit.code, unit, Role.COUNTY_OFFICE, 3)
        if unit.kind == UnitKind.COUNTY:
            yield Place(f"{unit.code}-county-leader", unit, Role.COUNTY_LEADER)
        if unit.kind == UnitKind.CHAMBER:
            yield Place(unit.code, unit, Role.CHAMBER)
    for code, (role, count) in OFFICES.items():
        yield from _numbered(code, cast.units[code], role, count)
    yield from _numbered("rxb-operator", cast.units["rxb"], Role.HOTLINE_OPERATOR, 12)
    yield from _numbered("evaluator", cast.units["evaluator"], Role.EVALUATOR, 6)
    city = cast.units["city"]
    for number, title in enumerate(LEADERS, 1):
        yield Place(f"city-leader-{number}", city, Role.CITY_LEADER, title=title)
    yield from (Place(who, city, role) for who, role in ADMINISTRATORS.items())


def _numbered(who: str, unit: Unit, role: Role, count: int) -> Iterator[Place]:
    """The first two are the A persons, the others stand in."""
    for number in range(1, count + 1):
        yield Place(f"{who}-{number}", unit, role, Part.A if number <= 2 else Part.B)  # noqa: PLR2004 - see above


def _account(who: str, name: str, number: str) -> Account:
    return parties.create_account(actor=SYSTEM, username=who, name=name, phone=number)


def _name(rng: Random) -> str:
    names = read("names")
    return rng.choice(names["surnames"]) + rng.choice(names["given"])


def _open_the_doors() -> None:
    """One password for all, made once, and the characters of the sign-in page."""
    Account.objects.update(password=make_password(PASSWORD), phone_verified=True)
    for order, tile in enumerate(read("tiles"), 1):
        Account.objects.filter(username=tile["who"]).update(demo_label=tile["label"], demo_note=tile["note"], demo_order=order)

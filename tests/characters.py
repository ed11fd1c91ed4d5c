"""The standing characters and plain makers. Lin 林 (enterprise), Chen 陈 (a department's handler), Luo 罗 (its liaison),
Ban 班 and Bai 白 (city coordinating office), Xian 县 (county office), Hao 郝 (city leader), Qiu 邱 (a stranger)."""

from dataclasses import dataclass
from datetime import date, datetime

from qinqing import base
from qinqing.base import Actor, Role
from qinqing.parties import actions as issuing
from qinqing.parties import queries as parties
from qinqing.parties.models import Account, Division, Enterprise, Mandate, Post, Unit

LONG_AGO = date(2015, 1, 1)
MONDAY = datetime(2026, 3, 2, 9, 20)


def make_account(username: str, name: str) -> Account:
    return Account.objects.create(username=username, name=name, created_at=base.now(), salt="0" * 64)


def make_unit(code: str, name: str, kind: str = "department", parent: Unit | None = None, county=None) -> Unit:
    unit = Unit.objects.create(code=code, name=name, kind=kind, parent=parent, county=county, path="", valid_from=LONG_AGO)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


def in_post(username: str, name: str, unit: Unit, role: Role) -> Actor:
    account = make_account(username, name)
    post = Post.objects.create(account=account, unit=unit, role=role, valid_from=LONG_AGO)
    return parties.actor_for(account, f"post:{post.pk}")


def of_enterprise(username: str, name: str, enterprise: Enterprise) -> Actor:
    account = make_account(username, name)
    mandate = Mandate.objects.create(account=account, enterprise=enterprise, valid_from=LONG_AGO)
    return parties.actor_for(account, f"mandate:{mandate.pk}")


def token(actor: Actor, *scopes: str, days: int = 30) -> dict[str, str]:
    """The Authorization header of a program that acts as a character."""
    account = Account.objects.get(pk=actor.account_id)
    _, key = issuing.issue_token(
        actor=base.SYSTEM, name="program", account=account, acting_as=actor.acting_as, scopes=list(scopes), days=days)
    return {"Authorization": f"Bearer {key}"}


def make_enterprise(code: str, name: str, county: Division) -> Enterprise:
    return Enterprise.objects.create(code=code, name=name, county=county, division=county, salt="0" * 64)


@dataclass(frozen=True)
class Town:
    """One small city: everybody that a story needs."""

    city: Unit
    office: Unit
    land: Unit
    power: Unit
    county: Division
    elsewhere: Division
    lin: Actor
    qiu: Actor
    ban: Actor
    bai: Actor
    chen: Actor
    luo: Actor
    wei: Actor
    xian: Actor
    hao: Actor
    operator: Actor
    enterprise: Enterprise
    other: Enterprise


def make_town() -> Town:
    county = Division.objects.create(code="510802", name="东区", level="county")
    elsewhere = Division.objects.create(code="510811", name="西区", level="county")
    city = make_unit("city", "某市人民政府", "government")
    office = make_unit("office", "市营商环境办", "office", city)
    land = make_unit("land", "市自然资源局", parent=city)
    power = make_unit("power", "市供电公司", "utility", city)
    county_office = make_unit("county-office", "东区营商环境办", "county_office", city, county)
    enterprise = make_enterprise("91510802MA6ABC122B", "广元演示新材料有限公司", county)
    other = make_enterprise("91330100799655058B", "广元演示食品有限公司", elsewhere)
    return Town(
        city=city, office=office, land=land, power=power, county=county, elsewhere=elsewhere,
        lin=of_enterprise("lin", "林", enterprise), qiu=of_enterprise("qiu", "邱", other),
        ban=in_post("ban", "班", office, Role.ENVIRONMENT_OFFICE), bai=in_post("bai", "白", office, Role.ENVIRONMENT_OFFICE),
        chen=in_post("chen", "陈", land, Role.HANDLER), luo=in_post("luo", "罗", land, Role.LIAISON),
        wei=in_post("wei", "韦", power, Role.LIAISON), xian=in_post("xian", "县", county_office, Role.COUNTY_OFFICE),
        hao=in_post("hao", "郝", city, Role.CITY_LEADER),
        operator=in_post("operator", "周", office, Role.HOTLINE_OPERATOR),
        enterprise=enterprise, other=other)

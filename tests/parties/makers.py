"""Plain makers, all through the actions, as the system itself."""

from datetime import date
from itertools import count

from qinqing import base
from qinqing.base import Actor, Role
from qinqing.parties import actions, queries, uscc
from qinqing.parties.models import Account, Division, Enterprise, Post, Unit

LONG_AGO = date(2015, 1, 1)
_numbers = count(1)


def make_account(username: str = "", name: str = "演示人员", **values) -> Account:
    return actions.create_account(actor=base.SYSTEM, username=username or f"person{next(_numbers)}", name=name, **values)


def make_unit(code: str = "", name: str = "演示局", *, kind: str = "department", on: date = LONG_AGO, **values) -> Unit:
    code = code or f"unit{next(_numbers)}"
    return actions.create_unit(actor=base.SYSTEM, code=code, name=name, kind=kind, on=on, **values)


def make_post(account: Account, unit: Unit, role: str, **values) -> Post:
    return actions.appoint(actor=base.SYSTEM, account=account, unit=unit, role=role, on=LONG_AGO, **values)


def make_actor(role: Role, unit: Unit) -> Actor:
    """Somebody new in this post; for an enterprise, somebody with a mandate."""
    account = make_account()
    if role == Role.ENTERPRISE:
        mandate = actions.grant_mandate(actor=base.SYSTEM, account=account, enterprise=make_enterprise(), on=LONG_AGO)
        return queries.actor_for(account, str(mandate))
    return queries.actor_for(account, str(make_post(account, unit, role)))


def make_division(code: str = "510802", name: str = "东区", level: str = "county", parent: Division | None = None) -> Division:
    row = actions.DivisionRow(code, name, level, parent.code if parent else "")
    actions.import_divisions(actor=base.SYSTEM, rows=[row], source="test")
    return Division.objects.get(code=code)


def make_code() -> str:
    """A sound credit code of the county that does not exist."""
    return made_code(f"MADEM{next(_numbers):03}")


def made_code(organisation8: str, first8: str = "91510899") -> str:
    code = first8 + organisation8 + uscc.organisation_check_digit(organisation8)
    return code + uscc.check_digit(code)


def make_enterprise(code: str = "", name: str = "演示新材料有限公司", **values) -> Enterprise:
    return actions.register_enterprise(actor=base.SYSTEM, code=code or make_code(), name=name, **values)

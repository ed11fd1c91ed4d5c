"""Units and divisions: the tree, and its history of renames, moves and mergers."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger
from qinqing.ledger.rules import entries

from .. import access
from ..models import Division, Post, Unit, UnitVersion


@dataclass(frozen=True)
class DivisionRow:
    code: str
    name: str
    level: str
    parent: str = ""
    name_en: str = ""


@ledger.act
def import_divisions(*, actor: base.Actor, rows: Sequence[DivisionRow], source: str) -> int:
    """Add or correct divisions, parents before children; one entry for the lot. `source` is a short code."""
    base.require(access.may_manage_units(actor))
    for row in rows:
        parent = Division.objects.get(code=row.parent) if row.parent else None
        values = {"name": row.name, "level": row.level, "parent": parent, "name_en": row.name_en}
        Division.objects.update_or_create(code=row.code, defaults=values)
    content = entries.canonical([asdict(row) for row in rows]).encode()
    facts = {"source": source, "count": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
    ledger.record("division.imported", actor, f"divisions:{source}", facts)
    return len(rows)


@ledger.act
def create_unit(
    *,
    actor: base.Actor,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None = None,
    county: Division | None = None,
    name_en: str = "",
    phone: str = "",
    fictional: bool = False,
    on: date | None = None,
) -> Unit:
    """A unit below its parent; it belongs to the parent's county unless it names one."""
    base.require(access.may_manage_units(actor))
    if Unit.objects.filter(code=code).exists():
        raise base.Refused(say("单位代码“%(code)s”已存在，请换一个。", code=code), field="code")
    county = county or (parent.county if parent else None)
    unit = Unit.objects.create(
        code=code, name=name.strip(), name_en=name_en.strip(), kind=kind, parent=parent, county=county, phone=phone.strip(),
        fictional=fictional, valid_from=on or base.today(),
    )  # fmt: skip
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    unit.save(update_fields=["path"])
    version = _new_version(unit, unit.valid_from)
    facts = {"code": code, "kind": str(kind), "parent": parent.code if parent else "", "version": _committed(version)}
    ledger.record("unit.created", actor, f"unit:{unit.id}", facts)
    return unit


@ledger.act
def change_unit_phone(*, actor: base.Actor, unit: Unit, phone: str) -> None:
    """The office phone that enterprises are shown."""
    base.require(access.may_manage_units(actor))
    unit.phone = phone.strip()
    unit.save(update_fields=["phone"])
    ledger.record("unit.phone_changed", actor, f"unit:{unit.id}", {})


@ledger.act
def rename_unit(*, actor: base.Actor, unit: Unit, name: str, on: date | None = None) -> None:
    """The old name stays in its history; the code never changes."""
    base.require(access.may_manage_units(actor))
    _require_standing(unit)
    day = on or base.today()
    unit.name = name.strip()
    unit.save(update_fields=["name"])
    version = _next_version(unit, day)
    ledger.record("unit.renamed", actor, f"unit:{unit.id}", {"on": day, "version": _committed(version)})


@ledger.act
def move_unit(*, actor: base.Actor, unit: Unit, parent: Unit | None, on: date | None = None) -> None:
    """Everything below the unit moves with it."""
    base.require(access.may_manage_units(actor))
    _require_standing(unit)
    day = on or base.today()
    _place(unit, parent)
    version = _next_version(unit, day)
    facts = {"on": day, "parent": parent.code if parent else "", "version": _committed(version)}
    ledger.record("unit.moved", actor, f"unit:{unit.id}", facts)


@ledger.act
def merge_units(*, actor: base.Actor, units: Sequence[Unit], into: Unit, on: date | None = None) -> None:
    """The units end; their people and sections go on in the other one, which also sees what they left behind."""
    base.require(access.may_manage_units(actor))
    _require_standing(into)
    day = on or base.today()
    for unit in units:
        _require_standing(unit)
        if into.path.startswith(unit.path):
            raise base.Refused(say("%(unit)s不能并入它自己的下级。", unit=unit.name), field="into")
        _merge(unit, into, day)
    facts = {"into": into.code, "units": [unit.code for unit in units], "on": day}
    ledger.record("unit.merged", actor, f"unit:{into.id}", facts)


def _merge(unit: Unit, into: Unit, day: date) -> None:
    for child in unit.children.filter(valid_to=None):
        _place(child, into)
        _next_version(child, day)
    _carry_posts_over(unit, into, day)
    _place(unit, into)
    unit.versions.filter(valid_to=None).update(valid_to=day)
    unit.valid_to, unit.successor = day, into
    unit.save(update_fields=["valid_to", "successor"])


def _carry_posts_over(unit: Unit, into: Unit, day: date) -> None:
    held = {(post.account_id, post.role, post.title) for post in into.posts.filter(valid_to=None)}
    posts = list(unit.posts.filter(valid_to=None))
    unit.posts.filter(valid_to=None).update(valid_to=day)
    Post.objects.bulk_create(
        Post(account_id=p.account_id, unit=into, role=p.role, part=p.part, title=p.title, valid_from=day)
        for p in posts
        if (p.account_id, p.role, p.title) not in held
    )


def _require_standing(unit: Unit) -> None:
    if unit.valid_to is not None:
        raise base.Refused(say("%(unit)s已撤并，不能再变更。", unit=unit.name))


def _place(unit: Unit, parent: Unit | None) -> None:
    """Put the unit under the parent and rewrite the paths below it."""
    if parent and parent.path.startswith(unit.path):
        raise base.Refused(say("%(unit)s不能放到它自己的下级。", unit=unit.name), field="parent")
    old, new = unit.path, f"{parent.path if parent else '/'}{unit.id}/"
    Unit.objects.below(unit).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.parent, unit.path = parent, new
    unit.save(update_fields=["parent"])


def _next_version(unit: Unit, day: date) -> UnitVersion:
    """Close the version in force and begin the next; one that began on the same day held for no day."""
    current = unit.versions.filter(valid_to=None).first()
    if current and day < current.valid_from:
        raise base.Refused(say("日期不能早于上次变更的 %(day)s。", day=current.valid_from), field="on")
    unit.versions.filter(valid_to=None).update(valid_to=day)
    return _new_version(unit, day)


def _new_version(unit: Unit, day: date) -> UnitVersion:
    return UnitVersion.objects.create(unit=unit, name=unit.name, parent=unit.parent, salt=ledger.new_salt(), valid_from=day)


def _committed(version: UnitVersion) -> str:
    return ledger.commitment(version.salt, version.name)

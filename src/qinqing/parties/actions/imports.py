"""Whole files: the register of enterprises, and facts about them. One verb, one entry, every row provable."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from qinqing import base
from qinqing.base.words import Sentence, say
from qinqing.ledger import actions as ledger
from qinqing.ledger.rules import entries

from .. import access, queries, terms, uscc
from ..models import Division, Enterprise, EnterpriseName, Fact, Unit
from . import batches, enterprises

CHUNK = 2_000


@dataclass(frozen=True)
class EnterpriseRow:
    """One line of a register; `division` is a code."""

    code: str
    name: str
    kind: str = terms.EnterpriseKind.COMPANY
    division: str = ""
    industry_code: str = ""
    registered_on: date | None = None
    closed_on: date | None = None
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class FactRow:
    """One fact; `code` is the enterprise's, `source` a unit's code or empty for what the enterprise says itself."""

    code: str
    name: str
    value: Any
    as_of: date
    source: str = ""
    permitted_use: str = terms.PermittedUse.SERVICE


@dataclass
class Imported:
    """What became of a file; `refused` has the line's number, from 1, and why."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, Sentence | str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": self.added, "changed": self.changed, "unchanged": self.unchanged, "refused": len(self.refused),
        }  # fmt: skip


# —— the register ——


@ledger.act
def import_enterprises(*, actor: base.Actor, rows: Sequence[EnterpriseRow], source: str, sha256: str = "") -> Imported:
    """Add what is new, change what differs, say which lines cannot be; a changed name goes into the history.

    `source` is a short code of where the file comes from, `sha256` the digest of the file.
    """
    base.require(access.may_import(actor))
    result = Imported()
    accepted = _accepted(rows, result)
    standing = Enterprise.objects.select_related("division", "county").in_bulk(list(accepted), field_name="code")
    new = {code: Enterprise(**values, salt=ledger.new_salt()) for code, (_, values) in accepted.items() if code not in standing}
    for code, enterprise in standing.items():
        _change(enterprise, accepted[code][1], result)
    _add(list(new.values()), result)
    standing |= new
    committed = [ledger.commitment(standing[code].salt, entries.canonical(asdict(row))) for code, (row, _) in accepted.items()]
    facts = {"source": source, "sha256": sha256, "root": batches.root(committed), **result.counts}
    ledger.record("enterprise.imported", actor, f"enterprises:{source}", facts)
    return result


def _accepted(rows: Sequence[EnterpriseRow], result: Imported) -> dict[str, tuple[EnterpriseRow, dict[str, Any]]]:
    """The rows that can be, by code and in the order of the file; the others are noted as refused."""
    divisions = {division.code: division for division in Division.objects.select_related("parent__parent")}
    accepted: dict[str, tuple[EnterpriseRow, dict[str, Any]]] = {}
    for number, row in enumerate(rows, 1):
        try:
            values = _values(row, divisions)
        except base.Refused as refusal:
            result.refused.append((number, refusal.sentence))
            continue
        if values["code"] in accepted:
            result.refused.append((number, say("%(code)s 在文件里出现了两次。", code=values["code"])))
        else:
            accepted[values["code"]] = (row, values)
    return accepted


def _values(row: EnterpriseRow, divisions: dict[str, Division]) -> dict[str, Any]:
    """The columns of the row, checked; raises Refused."""
    if row.division and row.division not in divisions:
        raise base.Refused(say("没有行政区划代码 %(code)s。", code=row.division), field="division")
    division = divisions.get(row.division)
    return {
        **asdict(row),
        "code": uscc.sound(row.code),
        "industry_code": enterprises.known_industry(row.industry_code),
        "division": division,
        "county": queries.county_of(division),
    }


def _change(enterprise: Enterprise, values: dict[str, Any], result: Imported) -> None:
    differing = [name for name, value in values.items() if getattr(enterprise, name) != value]
    if not differing:
        result.unchanged += 1
        return
    result.changed += 1
    for name in differing:
        setattr(enterprise, name, values[name])
    if "name" in differing:
        enterprises.take_name(enterprise, values["name"], base.today())
    enterprise.save(update_fields=differing)


def _add(new: list[Enterprise], result: Imported) -> None:
    result.added = len(new)
    Enterprise.objects.bulk_create(new, batch_size=CHUNK)
    names = [enterprises.new_name(enterprise, enterprise.registered_on or base.today()) for enterprise in new]
    EnterpriseName.objects.bulk_create(names, batch_size=CHUNK)


# —— facts ——


@ledger.act
def import_facts(*, actor: base.Actor, rows: Sequence[FactRow], source: str, sha256: str = "") -> Imported:
    """Add facts, or correct those said before for the same day by the same unit; a unit's staff only the unit's own."""
    sources = Unit.objects.filter(code__in={row.source for row in rows}).values_list("id", flat=True)
    base.require(access.may_import_facts(actor, sources if all(row.source for row in rows) else ()))
    result = Imported()
    facts = list(_facts(rows, result))
    result.added = len(facts)
    for own in (True, False):
        _upsert([fact for fact in facts if (fact.source_id is None) is own], own=own)
    sized = sorted({fact.enterprise_id for fact in facts if fact.name == terms.SIZE_CLASS})
    for start in range(0, len(sized), CHUNK):
        enterprises.keep_size_classes(sized[start : start + CHUNK])
    root = batches.root([enterprises.fact_commitment(fact) for fact in facts])
    ledger.record("fact.imported", actor, f"facts:{source}", {"source": source, "sha256": sha256, "root": root, **result.counts})
    return result


def _facts(rows: Sequence[FactRow], result: Imported) -> Iterator[Fact]:
    known = Enterprise.objects.in_bulk({row.code for row in rows}, field_name="code")
    units = Unit.objects.in_bulk({row.source for row in rows}, field_name="code")
    for number, row in enumerate(rows, 1):
        if row.code not in known:
            result.refused.append((number, say("没有登记企业 %(code)s。", code=row.code)))
        elif row.source and row.source not in units:
            result.refused.append((number, say("没有单位 %(code)s。", code=row.source)))
        else:
            yield Fact(
                enterprise=known[row.code], name=row.name, value=row.value, as_of=row.as_of, source=units.get(row.source),
                permitted_use=row.permitted_use, salt=ledger.new_salt(), recorded_at=base.now(),
            )  # fmt: skip


def _upsert(facts: list[Fact], *, own: bool) -> None:
    """A fact of the enterprise itself has no source, so another constraint tells it from others."""
    if own:
        _forget_own(facts)
        Fact.objects.bulk_create(facts, batch_size=CHUNK)
        return
    Fact.objects.bulk_create(
        facts, batch_size=CHUNK, update_conflicts=True, unique_fields=["enterprise", "name", "as_of", "source"],
        update_fields=["value", "permitted_use", "salt", "recorded_at"],
    )  # fmt: skip


def _forget_own(facts: list[Fact]) -> None:
    """What the enterprises said before for the same days."""
    said = {(fact.enterprise_id, fact.name, fact.as_of) for fact in facts}
    before = Fact.objects.filter(source=None, enterprise_id__in={fact.enterprise_id for fact in facts})
    keys = before.values_list("enterprise_id", "name", "as_of", "id")
    Fact.objects.filter(id__in=[key for *same, key in keys if tuple(same) in said]).delete()

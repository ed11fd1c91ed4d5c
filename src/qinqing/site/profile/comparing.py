"""What a profile would change: its rows beside those that stand, part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qinqing.casework.models import LimitRule
from qinqing.parties.models import City, Division, Unit

from .schema import Profile

Rows = dict[str, dict[str, Any]]  # code → fields
LOADED = ("city", "divisions", "units", "limits")  # topics and boards wait for the rooms that read them


@dataclass(frozen=True)
class Change:
    """One row that is new (`before` is None) or differs; both hold only the fields that a profile says."""

    part: str
    code: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]

    @property
    def fields(self) -> list[str]:
        return [name for name, value in self.after.items() if self.before is None or self.before[name] != value]

    def __str__(self) -> str:
        if self.before is None:
            return f"+ {self.part} {self.code} {_shown(self.after)}".rstrip()
        return f"~ {self.part} {self.code} " + "  ".join(f"{n}: {self.before[n]} → {self.after[n]}" for n in self.fields)


def _shown(row: Mapping[str, Any]) -> str:
    return str(row.get("name") or row.get("limit", ""))


@dataclass(frozen=True)
class Difference:
    changes: tuple[Change, ...]
    unchanged: int

    def of(self, part: str) -> list[Change]:
        return [change for change in self.changes if change.part == part]


def compare(profile: Profile) -> Difference:
    """Every row of the profile is new, changed or unchanged; what stands beyond it is left alone."""
    wanted, standing = _wanted(profile), _standing()
    changes = tuple(_changes(wanted, standing))
    return Difference(changes, sum(map(len, wanted.values())) - len(changes))


def _changes(wanted: dict[str, Rows], standing: dict[str, Rows]) -> Iterator[Change]:
    for part in LOADED:
        for code, row in wanted[part].items():
            if standing[part].get(code) != row:
                yield Change(part, code, standing[part].get(code), row)


# —— the profile's rows ——


def _wanted(profile: Profile) -> dict[str, Rows]:
    return {
        "city": {"1": profile.city.model_dump(mode="json")},
        "divisions": {row.code: row.model_dump(mode="json", exclude={"code"}) for row in profile.divisions},
        "units": _units(profile),
        "limits": {f"{row.kind}/{row.track}/{row.timer}": {"limit": row.limit, "basis": row.basis} for row in profile.limits},
    }


def _units(profile: Profile) -> Rows:
    """With the parent and the division that a unit takes over when it names none."""
    rows: Rows = {}
    for unit in profile.units:
        above = unit.parent or next(iter(rows), "")
        division = unit.division or (rows[above]["division"] if above else "")
        rows[unit.code] = {
            "name": unit.name, "name_en": unit.name_en, "kind": unit.kind.value, "parent": above, "division": division,
        }
    return rows


# —— what stands ——


def _standing() -> dict[str, Rows]:
    return {
        "city": _city(),
        "divisions": {row.code: _division(row) for row in Division.objects.select_related("parent")},
        "units": {row.code: _unit(row) for row in Unit.objects.select_related("parent", "county")},
        "limits": {
            f"{row.kind}/{row.track}/{row.timer}": {"limit": row.limit, "basis": row.basis} for row in LimitRule.objects.all()
        },
    }


def _city() -> Rows:
    fields = ("name", "name_en", "platform", "platform_en", "number_prefix", "division", "hotline", "shifts",
              "takes_applications", "matches_policies", "province_platform", "province_platform_en", "province_address")
    return {str(row.pop("id")): row for row in City.objects.values("id", *fields)}


def _division(row: Division) -> dict[str, Any]:
    return {"name": row.name, "level": row.level, "parent": _code(row.parent), "name_en": row.name_en}


def _unit(row: Unit) -> dict[str, Any]:
    return {
        "name": row.name, "name_en": row.name_en, "kind": row.kind, "parent": _code(row.parent), "division": _code(row.county),
    }


def _code(row: Division | Unit | None) -> str:
    return row.code if row else ""

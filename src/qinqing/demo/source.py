"""The written part of the simulated year: difficulties, fates, phrases and names, as they stand in `data/`."""

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from qinqing.casework.terms import Outcome

SEED = 20201231
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where the C library came along


@dataclass(frozen=True)
class Firm:
    """What an enterprise makes, its GB/T 4754 code and its legal form."""

    makes: str
    industry: str
    form: str = "company"


@dataclass(frozen=True)
class Problem:
    """One difficulty as it is written down; `firm` is the key of the enterprise that raised it."""

    id: str
    title: str
    text: str
    topic: str
    department: str
    county: str
    route: str
    scope: str = ""
    track: str = "standard"
    firm: str = ""
    month: int = 0
    outcome: str = ""
    result: str = ""
    basis: str = ""
    board: str = ""
    urgent: bool = False
    partly: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def settled(self) -> Outcome:
        return Outcome.PARTLY if self.partly else Outcome.SOLVED


@cache
def read(name: str) -> Any:
    text = resources.files("qinqing.demo").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - safe either way, the loader is chosen above


@cache
def firms() -> dict[str, tuple[Firm, str]]:
    """Every enterprise that raises something: its key is its first difficulty's id; with the county it sits in."""
    beside = read("beside")
    earlier, late_duplicate = beside["earlier"]["problem"], beside["earlier"]["duplicate"]
    rows = [(row, row["county"]) for row in [*read("problems"), *beside["withdrawn"], earlier, *beside["january"]]]
    rows += [(late_duplicate, earlier["county"]), *((row, _original(row)["county"]) for row in read("duplicates"))]
    return {row["id"]: (Firm(**row["firm"]), county) for row, county in rows if "makes" in row.get("firm", ())}


def _original(row: dict[str, Any]) -> dict[str, Any]:
    return next(problem for problem in read("problems") if problem["id"] == row["of"])


@cache
def problems() -> dict[str, Problem]:
    """The 149 of the year."""
    return {row["id"]: problem(row) for row in read("problems")}


def problem(row: dict[str, Any]) -> Problem:
    """A row as a difficulty; what the road alone wants to know goes into `more`."""
    known = {name: value for name, value in row.items() if name in Problem.__dataclass_fields__ and name != "firm"}
    more = {name: value for name, value in row.items() if name not in Problem.__dataclass_fields__}
    track = "urgent" if row.get("urgent") else "express" if row["route"].startswith("express") else row.get("track", "standard")
    return Problem(**{**known, "track": track}, firm=row.get("firm", {}).get("same_as", row["id"]), more=more)


def duplicates() -> list[tuple[Problem, int]]:
    """The eighteen that came in twice, with the days that lie between."""
    return [(duplicate(row, problems()[row["of"]]), row["days"]) for row in read("duplicates")]


def duplicate(row: dict[str, Any], original: Problem) -> Problem:
    """The same matter in other words, from the same enterprise or from another."""
    return Problem(
        id=row["id"], title=row["title"], text=row["text"], topic=original.topic, department=original.department,
        county=original.county, route=row["route"], scope=original.scope, track=original.track,
        firm=row["id"] if "firm" in row else original.firm, more={"of": original.id},
    )

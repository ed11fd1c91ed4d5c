"""Reading a profile's folder: the whole of it is right, or every fault is named by file, path and what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from qinqing.base import Sentence, say
from qinqing.site import findings

from . import schema

SUFFIX = ".yaml"
PARTS = tuple(schema.Profile.model_fields)
REQUIRED = tuple(name for name, field in schema.Profile.model_fields.items() if field.is_required())


@dataclass(frozen=True)
class Fault:
    file: str
    path: str
    what: Sentence

    def __str__(self) -> str:
        return ": ".join(filter(None, [self.file, self.path, str(self.what)]))


class Broken(Exception):
    """A profile that cannot be used, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults, first: {faults[0]}")
        self.faults = faults


def read(folder: Path) -> schema.Profile:
    """The profile in the folder; raises `Broken`."""
    faults: list[Fault] = [*_strays(folder)]
    content: dict[str, Any] = {}
    for part in PARTS:
        try:
            content |= _part(folder, part)
        except yaml.YAMLError as error:
            faults.append(Fault(part + SUFFIX, "", _unreadable(error)))
    if faults:
        raise Broken(faults)
    return _checked(content)


def _strays(folder: Path) -> Iterator[Fault]:
    names = {path.name for path in folder.glob("*")}
    yield from (Fault(part + SUFFIX, "", say("没有这个文件")) for part in REQUIRED if part + SUFFIX not in names)
    known = {part + SUFFIX for part in PARTS}
    yield from (Fault(name, "", say("不认识这个文件")) for name in sorted(names - known) if name.endswith((SUFFIX, ".yml")))


def _part(folder: Path, part: str) -> dict[str, Any]:
    path = folder / (part + SUFFIX)
    return {part: yaml.safe_load(path.read_text(encoding="utf-8"))} if path.exists() else {}


def _unreadable(error: yaml.YAMLError) -> Sentence:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    return say("第 %(line)s 行不是正确的 YAML：%(problem)s", line=mark.line + 1 if mark else 1, problem=problem)


def _checked(content: dict[str, Any]) -> schema.Profile:
    try:
        profile = schema.Profile.model_validate(content)
    except ValidationError as error:
        raise Broken([_fault(found, content) for found in error.errors()]) from error
    found = [Fault(str(place[0]) + SUFFIX, _path(place, content), what) for place, what in schema.disagreements(profile)]
    if found:
        raise Broken(found)
    return profile


def _fault(found: Any, content: dict[str, Any]) -> Fault:
    place = found["loc"]
    return Fault(f"{place[0]}{SUFFIX}", _path(place, content), findings.sentence(found))


def _path(place: schema.Place, content: dict[str, Any]) -> str:
    """`[3](fgw).kind`: the row with its code, so that nobody has to count."""
    steps, value = "", content.get(str(place[0]))
    for step in place[1:]:
        value = _inside(value, step)
        code = value.get("code") if isinstance(value, dict) else None
        steps += f"[{step}]" + (f"({code})" if code else "") if isinstance(step, int) else f".{step}"
    return steps.removeprefix(".")


def _inside(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None

"""The fact catalogue: what may be known of an enterprise, of which kind and unit, within which range, and who holds it.

Rules name facts by it and nothing else, so a rule cannot reach what is not in it (M3-030).
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from qinqing.base.words import Named, Sentence, say

from . import days, units
from .trees import TREES, Tree
from .units import Unreadable

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
NOT_FOR_MATCHING = "statistics_only"  # 统计调查: asked for under the promise to be used for nothing else (统计法)
YES_NO = {True: Named("是", "yes"), False: Named("否", "no")}


class Kind(StrEnum):
    NUMBER = "number"
    FLAG = "flag"
    ENUM = "enum"
    TREE = "tree"
    DATE = "date"


@dataclass(frozen=True)
class Choice:
    code: str
    label: Named


@dataclass(frozen=True, eq=False)
class Fact:
    """One thing that may be known: `low` and `high` bound its numbers in base units, both included.

    `choices` stand in their order from the lowest to the highest where the fact is `ordered`.
    `improvable` means that an enterprise can do something about it, so a distance to it is worth telling.
    """

    name: str
    kind: Kind
    label: Named
    source: Named
    low: int
    high: int
    dimension: str = ""
    use: str = "matching"
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    tree: Tree | None = None
    improvable: bool = False

    def __repr__(self) -> str:
        return f"Fact({self.name})"

    def read(self, value: Any) -> int:
        """A value as it is written in rules, JSON and tables, as its number; `Unreadable` when it is none."""
        number = _READ[self.kind](self, value)
        if not self.low <= number <= self.high:
            raise Unreadable(say("“%(given)s”不在%(fact)s的范围里（%(low)s 到 %(high)s）", given=value, fact=self.label,
                                 low=self.say(self.low), high=self.say(self.high)))
        return number

    def span(self, code: str) -> tuple[int, int]:
        assert self.tree is not None
        return self.tree.span(code)

    def say(self, number: int) -> Named | str:
        """A number of this fact in words; a node of a tree by its code."""
        if self.kind is Kind.NUMBER:
            return units.shown(number, self.dimension)
        if self.kind is Kind.DATE:
            return days.day(number).isoformat()
        if self.kind is Kind.FLAG:
            return YES_NO[bool(number)]
        return self.choices[number].label if self.tree is None else self.tree.code(number)


def _number(fact: Fact, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise Unreadable(say("应写成整数（最小单位）或带单位的文字，例如 %(example)s", example=fact.say(fact.high)))
    return units.whole(units.parse(value), fact.dimension, value)


def _flag(_fact: Fact, value: Any) -> int:
    if not isinstance(value, bool):
        raise Unreadable(say("只能是 true 或 false，不能是“%(given)s”", given=value))
    return int(value)


def _choice(fact: Fact, value: Any) -> int:
    for number, choice in enumerate(fact.choices):
        if value in {choice.code, choice.label.zh}:
            return number
    near = nearest(str(value), [name for choice in fact.choices for name in (choice.code, choice.label.zh)])
    known = "、".join(f"{choice.code}（{choice.label.zh}）" for choice in fact.choices)
    if near:
        raise Unreadable(say("没有“%(given)s”，是不是“%(near)s”？可用的：%(known)s", given=value, near=near, known=known))
    raise Unreadable(say("没有“%(given)s”，可用的：%(known)s", given=value, known=known))


def _node(fact: Fact, value: Any) -> int:
    if not isinstance(value, str):
        raise Unreadable(say("代码要写成文字，加上引号"))
    return fact.span(value)[0]


def _date(_fact: Fact, value: Any) -> int:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(say("“%(given)s”不是日期，应写成 2026-09-30", given=value)) from None
    return days.number(day)


_READ = {Kind.NUMBER: _number, Kind.FLAG: _flag, Kind.ENUM: _choice, Kind.TREE: _node, Kind.DATE: _date}


@dataclass(frozen=True)
class Catalogue:
    facts: dict[str, Fact] = field(default_factory=dict)

    def find(self, name: Any) -> Fact:
        """The fact of that name; `Unreadable` with the nearest one, since most wrong names are slips."""
        if isinstance(name, str) and name in self.facts:
            return self.facts[name]
        near = self._nearest(str(name))
        if near is None:
            raise Unreadable(say("没有这个事实“%(given)s”", given=name))
        raise Unreadable(say("没有这个事实“%(given)s”，是不是“%(near)s”（%(label)s）？",
                             given=name, near=near.name, label=near.label))

    def _nearest(self, name: str) -> Fact | None:
        by_word = {word: fact for fact in self.facts.values() for word in (fact.label.zh, fact.name)}
        near = nearest(name, by_word)
        return by_word[near] if near else None


def nearest(word: str, words: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(words), n=1, cutoff=0.5)
    return found[0] if found else ""


class BrokenCatalogue(Exception):
    """A catalogue that cannot be used: which fact, and why."""

    def __init__(self, path: str, sentence: Sentence) -> None:
        super().__init__(f"{path}: {sentence}")
        self.path, self.sentence = path, sentence


@cache
def standard() -> Catalogue:
    """The catalogue that comes with the package."""
    return read(yaml.safe_load(resources.files("qinqing.eligibility").joinpath("data/catalogue.yaml").read_text("utf-8")))


def load(path: Path) -> Catalogue:
    """A city's own, in YAML or JSON; raises `BrokenCatalogue`."""
    return read(yaml.safe_load(path.read_text("utf-8")))


def read(content: Any) -> Catalogue:
    if not isinstance(content, dict) or not isinstance(content.get("facts"), dict):
        raise BrokenCatalogue("facts", say("缺少这一项"))
    sources = {code: Named(*names) for code, names in content.get("sources", {}).items()}
    return Catalogue({name: _fact(name, entry, sources) for name, entry in content["facts"].items()})


def _fact(name: Any, entry: dict[str, Any], sources: dict[str, Named]) -> Fact:
    path = f"facts.{name}"
    try:
        kind = Kind(entry["kind"])
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise BrokenCatalogue(path, say("事实的名称只能用小写字母、数字和下划线，以字母开头"))
        return Fact(name=name, kind=kind, label=Named(*entry["label"]), source=sources[entry["source"]],
                    use=entry.get("use", "matching"), improvable=entry.get("improvable", False), **_SHAPE[kind](entry))
    except KeyError as missing:
        raise BrokenCatalogue(path, say("缺少或不认识 %(what)s", what=missing.args[0])) from missing
    except ValueError as wrong:
        raise BrokenCatalogue(path, say("不认识的种类：%(what)s", what=str(wrong))) from wrong
    except Unreadable as wrong:
        raise BrokenCatalogue(path, wrong.sentence) from wrong


def _number_shape(entry: dict[str, Any]) -> dict[str, Any]:
    dimension = units.UNITS[entry["unit"]].dimension
    low, high = (units.whole(units.parse(str(end)), dimension, str(end)) for end in entry["range"])
    return {"dimension": dimension, "low": low, "high": high}


def _enum_shape(entry: dict[str, Any]) -> dict[str, Any]:
    choices = tuple(Choice(code, Named(*names)) for code, names in entry["choices"].items())
    return {"choices": choices, "ordered": entry.get("ordered", False), "low": 0, "high": len(choices) - 1}


def _tree_shape(entry: dict[str, Any]) -> dict[str, Any]:
    tree = TREES[entry["tree"]]
    return {"tree": tree, "low": 1, "high": tree.last}


_SHAPE = {
    Kind.NUMBER: _number_shape,
    Kind.FLAG: lambda _entry: {"low": 0, "high": 1},
    Kind.ENUM: _enum_shape,
    Kind.TREE: _tree_shape,
    Kind.DATE: lambda _entry: {"low": days.number(days.FIRST), "high": days.number(days.LAST)},
}

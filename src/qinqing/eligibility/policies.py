"""A set of policies as they hold on one day: parameters in force, exceptions folded in, stacking made into conditions (M3-030).

    file       := [policy*] | {parameters: {id: parameter}, policies: [policy*], stacking: [group*]}
    policy     := {id, title, where: cond, amount: num, exceptions: [{title, when: cond, where: cond}], about: anything}
    parameter  := {title, values: [{from: date, value, document}]}
    group      := {title, of: [id, id+], pays: "highest" | "first", document}

* An exception replaces the condition for those it is about; without a `where` of its own it takes them out.
* Of a group only one is paid: the highest (就高), the earlier of equals, or the first in order (不重复).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from qinqing.base.words import Sentence, say

from . import bounds
from .catalogue import Catalogue, nearest
from .faults import Broken, Fault, Findings
from .language import Reader
from .nodes import NEVER, AtLeast, Compare, Condition, Number, Op, every, negated, some
from .units import Unreadable

ID = re.compile(r"[\w.\-]{1,60}")
KEYS = {"id", "title", "where", "amount", "exceptions", "about"}
PARTS = {"parameters", "policies", "stacking"}
PAYS = ("highest", "first")


@dataclass(frozen=True)
class Policy:
    """`where` says who gets it; `amount` in 分, None where the benefit is no sum of money."""

    id: str
    title: str
    where: Condition
    amount: Number | None


@dataclass(frozen=True)
class Rulebook:
    policies: tuple[Policy, ...]
    catalogue: Catalogue
    on: date
    warnings: tuple[Fault, ...] = ()


def load(path: Path, catalogue: Catalogue, on: date) -> Rulebook:
    """From a JSON or YAML file; raises `Broken`."""
    return read(parsed(path), catalogue, on)


def parsed(path: Path) -> Any:
    text = path.read_text("utf-8")
    try:
        if path.suffix == ".json":
            return json.loads(text, object_pairs_hook=_once)
        return yaml.safe_load(text)
    except json.JSONDecodeError as wrong:
        what = say("第 %(line)s 行不是正确的 JSON：%(problem)s", line=wrong.lineno, problem=wrong.msg)
        raise Broken([Fault("", what)]) from wrong
    except yaml.YAMLError as wrong:
        problem = str(wrong).replace("\n", " ")
        raise Broken([Fault("", say("不是正确的 YAML：%(problem)s", problem=problem))]) from wrong


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON would silently let the last of two equal keys win."""
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise Broken([Fault("", say("“%(key)s”在同一个 {…} 里写了两次", key=key))])
    return dict(pairs)


def read(content: Any, catalogue: Catalogue, on: date) -> Rulebook:
    """The policies as they hold on the day; raises `Broken` with every fault."""
    reading = _Reading(content, catalogue, on)
    policies = reading.policies()
    if reading.findings.errors:
        raise Broken(reading.findings.all)
    return Rulebook(tuple(policies), catalogue, on, tuple(reading.findings.warnings))


@dataclass
class _Entry:
    path: str
    raw: dict[str, Any]
    title: str
    where: Condition | None = None
    amount: Number | None = None
    is_open: bool = False


@dataclass
class _Reading:
    content: Any
    catalogue: Catalogue
    on: date
    findings: Findings = field(default_factory=Findings)
    entries: dict[str, _Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        listed = isinstance(self.content, list)
        self.parts: dict[str, Any] = {"policies": self.content} if listed else self.content
        self.prefix = "" if listed else "policies"
        self.reader = Reader(self.catalogue, self.on, {}, self._where_of, self.findings)

    def policies(self) -> list[Policy]:
        if not isinstance(self.parts, dict) or not isinstance(self.parts.get("policies"), list) or set(self.parts) - PARTS:
            self.findings.add("", say("文件应是政策的列表，或 {parameters, policies, stacking}"))
            return []
        self.reader.parameters = dict(self._parameters(self.parts.get("parameters", {})))
        self._collect(self.parts["policies"])
        for entry in self.entries.values():
            self._read(entry)
        stacked = self._stacked(self.parts.get("stacking", []))
        return [Policy(name, entry.title, _whole(entry, stacked.get(name, [])), entry.amount)
                for name, entry in self.entries.items()]

    # —— parameters ——

    def _parameters(self, raw: Any) -> Iterator[tuple[str, Any]]:
        if not isinstance(raw, dict):
            self.findings.add("parameters", say("要写成“名称: 值”"))
            return
        for name, parameter in raw.items():
            yield name, self._in_force(parameter, f"parameters.{name}")

    def _in_force(self, raw: Any, path: str) -> Any:
        """The value of the latest date that is not after the day; None before the first."""
        values = raw.get("values") if isinstance(raw, dict) else None
        if not isinstance(values, list) or not values:
            self.findings.add(path, say("缺少 %(keys)s", keys="values"))
            return 0
        dated = [self._dated(value, f"{path}.values[{index}]") for index, value in enumerate(values)]
        if [since for since, _ in dated] != sorted({since for since, _ in dated}):
            self.findings.add(f"{path}.values", say("要按生效日期从早到晚写，不能重复"))
        return next((value for since, value in reversed(dated) if since <= self.on), None)

    def _dated(self, raw: Any, path: str) -> tuple[date, Any]:
        if not isinstance(raw, dict) or set(raw) != {"from", "value", "document"} or not raw["document"]:
            self.findings.add(path, say("要写明 from（生效日期）、value（值）和 document（依据的文件）"))
            return date.min, 0
        since = raw["from"]
        try:
            return since if isinstance(since, date) else date.fromisoformat(since), raw["value"]
        except (TypeError, ValueError):
            self.findings.add(f"{path}.from", say("“%(given)s”不是日期，应写成 2026-09-30", given=since))
            return date.min, 0

    # —— policies ——

    def _collect(self, rows: list[Any]) -> None:
        for index, raw in enumerate(rows):
            path = f"{self.prefix}[{index}]"
            wrong = self._misshapen(raw)
            if wrong:
                self.findings.add(path, wrong)
                continue
            path += f"({raw['id']})"
            if raw["id"] in self.entries:
                self.findings.add(f"{path}.id", say("编号“%(id)s”用了两次", id=raw["id"]))
                continue
            self.entries[raw["id"]] = _Entry(path, raw, raw["title"])

    def _misshapen(self, raw: Any) -> Sentence | None:
        if not isinstance(raw, dict):
            return say("要写成“名称: 值”")
        missing = {"id", "title", "where"} - set(raw)
        if missing:
            return say("缺少 %(keys)s", keys="、".join(sorted(missing)))
        if set(raw) - KEYS:
            return say("多了不认识的 %(keys)s", keys="、".join(sorted(map(str, set(raw) - KEYS))))
        if not isinstance(raw["id"], str) or not ID.fullmatch(raw["id"]) or not isinstance(raw["title"], str):
            return say("id 只能用字母、数字、点和横线，title 要写成文字")
        return None

    def _read(self, entry: _Entry) -> None:
        """Once for each policy, whether its turn comes or another refers to it first."""
        if entry.where is not None:
            return
        entry.is_open = True
        where = self.reader.condition(entry.raw["where"], f"{entry.path}.where")
        for index, exception in enumerate(self._listed(entry.raw.get("exceptions", []), f"{entry.path}.exceptions")):
            where = self._excepted(where, exception, f"{entry.path}.exceptions[{index}]")
        entry.where, entry.is_open = where, False
        if "amount" in entry.raw:
            entry.amount = self.reader.money(entry.raw["amount"], f"{entry.path}.amount")
        self._look_over(entry)

    def _look_over(self, entry: _Entry) -> None:
        decided = None if self.findings.errors else bounds.constant(entry.where or NEVER)
        if decided is not None:
            text = say("谁都符合，等于没有条件") if decided else say("条件互相矛盾，谁都不可能符合")
            self.findings.warn(f"{entry.path}.where", text)

    def _listed(self, raw: Any, path: str) -> list[Any]:
        if isinstance(raw, list):
            return raw
        self.findings.add(path, say("要写成列表"))
        return []

    def _excepted(self, where: Condition, raw: Any, path: str) -> Condition:
        if not isinstance(raw, dict) or not {"title", "when"} <= set(raw) <= {"title", "when", "where"}:
            self.findings.add(path, say("例外要写 title 和 when，可以有自己的 where"))
            return where
        when = self.reader.condition(raw["when"], f"{path}.when")
        title = say("不属于例外“%(title)s”", title=raw["title"])
        usual = every(where, AtLeast(1, (negated(when),), title))
        if "where" not in raw:
            return usual
        instead = every(when, self.reader.condition(raw["where"], f"{path}.where"))
        return some(usual, instead)

    def _where_of(self, name: Any) -> Condition:
        if not isinstance(name, str) or name not in self.entries:
            near = nearest(str(name), self.entries)
            raise Unreadable(say("没有政策“%(given)s”，是不是“%(near)s”？", given=name, near=near) if near else
                             say("没有政策“%(given)s”", given=name))
        entry = self.entries[name]
        if entry.is_open:
            chain = [other for other, each in self.entries.items() if each.is_open]
            raise Unreadable(say("例外绕成了圈：%(chain)s", chain=" → ".join([name, *(c for c in chain if c != name), name])))
        self._read(entry)
        return entry.where or NEVER

    # —— stacking ——

    def _stacked(self, groups: Any) -> dict[str, list[Condition]]:
        """What stacking adds to each policy."""
        added: dict[str, list[Condition]] = {}
        for index, raw in enumerate(self._listed(groups, "stacking")):
            members = self._members(raw, f"stacking[{index}]")
            for place, entry in enumerate(members):
                added.setdefault(entry.raw["id"], []).extend(self._preferred(raw["pays"], members, place))
        return added

    def _members(self, raw: Any, path: str) -> list[_Entry]:
        if not isinstance(raw, dict) or set(raw) != {"title", "of", "pays", "document"} or raw["pays"] not in PAYS:
            self.findings.add(path, say("要写明 title、of（政策编号的列表）、pays（highest 或 first）和 document（依据的文件）"))
            return []
        names = self._listed(raw["of"], f"{path}.of")
        strangers = [name for name in names if name not in self.entries]
        if strangers or len(set(names)) != len(names):
            self.findings.add(f"{path}.of", say("没有政策“%(given)s”", given=strangers[0]) if strangers else say("政策不能重复"))
            return []
        members = [self.entries[name] for name in names]
        if raw["pays"] == "highest" and any(entry.amount is None for entry in members):
            self.findings.add(f"{path}.of", say("没有金额的政策不能比高低"))
            return []
        return members

    def _preferred(self, pays: str, members: list[_Entry], place: int) -> Iterator[Condition]:
        mine = members[place]
        for index, other in enumerate(members):
            if other is mine or (pays == "first" and index > place):
                continue
            ways = [negated(other.where or NEVER)]
            if pays == "highest":
                assert mine.amount is not None
                assert other.amount is not None
                ways.append(Compare(other.amount, Op.LT if index < place else Op.LE, mine.amount))
            yield AtLeast(1, tuple(ways), say("不与“%(title)s”重复享受", title=other.title))


def _whole(entry: _Entry, stacked: list[Condition]) -> Condition:
    where = entry.where or NEVER
    if not stacked:
        return where
    parts = where.parts if isinstance(where, AtLeast) and where.k == len(where.parts) and where.said is None else (where,)
    return every(*parts, *stacked)

"""A rule as rows of a form and back: what stands in each row and what is wrong in it (M3-030).

A rule's `where` is a tree; the form names each row by its place in it, `w.2.0` for the first of the third group. What the
form cannot hold in fields, `not` and calculations among them, stands in a row as rule text: nothing is lost on the way.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from qinqing.base.words import Sentence, say
from qinqing.eligibility import catalogue, faults, policies
from qinqing.eligibility.language import DEPTH

ROOT = "w"
GROUPS = {"all": say("全部满足"), "any": say("满足任意一条"), "at_least": say("至少满足几条")}
OPERATORS = {
    "ge": say("不少于"), "gt": say("多于"), "le": say("不超过"), "lt": say("少于"), "eq": say("等于"), "ne": say("不等于"),
    "between": say("在两数之间"), "is": say("是"), "in": say("是其中之一"), "not_in": say("不是其中任何一个"),
    "under": say("属于"), "not_under": say("不属于"), "since": say("不早于"), "before": say("早于"), "after": say("晚于"),
    "until": say("不晚于"),
}  # fmt: skip
LISTS = frozenset({"between", "in", "not_in", "under", "not_under"})
COMPARISONS = ("ge", "gt", "le", "lt", "eq", "ne")
YES_NO = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}
BETWEEN = re.compile(r"[、,，;；\s]+")
PLACE = re.compile(r"^[^)]*\)\.")


@dataclass
class Row:
    """A condition or a group of them; `at` is its place in the form, `path` in the rule, `number` what people call it."""

    at: str
    path: str
    number: str
    kind: str
    fact: str = ""
    operator: str = ""
    value: str = ""
    whole: str = ""
    text: str = ""
    holder: str = ""
    k: int = 1
    rows: list["Row"] = field(default_factory=list)
    errors: list[Sentence] = field(default_factory=list)
    nearest: str = ""

    @property
    def title(self) -> Sentence:
        return GROUPS[self.operator]

    def all(self) -> Iterator["Row"]:
        yield self
        for row in self.rows:
            yield from row.all()


# —— from the rule to the form ——


def rows(rule: Any) -> Row:
    """The form's rows; the outermost is always a group."""
    return _row(grouped(rule)["where"], ROOT, "where", "")


def grouped(rule: Any) -> dict[str, Any]:
    """The rule with a group outermost, so that there is where to add to."""
    whole = dict(rule) if isinstance(rule, dict) else {}
    where = whole.get("where")
    inside = isinstance(where, dict) and bool(GROUPS.keys() & where.keys())
    return whole | {"where": where if inside else {"all": [where] if where else []}}


def _row(raw: Any, at: str, path: str, number: str) -> Row:
    form = _form(raw)
    if form in GROUPS:
        return _group(raw, form, at, path, number)
    if form == "fact":
        return _condition(raw, at, path, number)
    if form == "ratio":
        return _ratio(raw, at, path, number)
    return Row(at, path, number, "text", text=json.dumps(raw, ensure_ascii=False))


def _form(raw: Any) -> str:
    """What can stand in fields; anything else is text."""
    if not isinstance(raw, dict):
        return ""
    for form in GROUPS:
        if form in raw and isinstance(raw.get("of" if form == "at_least" else form), list):
            return form
    if isinstance(raw.get("fact"), str) and _operator_of(raw, "fact"):
        return "fact"
    parts = raw.get("ratio")
    plain = isinstance(parts, list) and len(parts) == 2 and all(isinstance(part, str) for part in parts)  # noqa: PLR2004 - of two
    return "ratio" if plain and _operator_of(raw, "ratio") in COMPARISONS else ""


def _operator_of(raw: dict[str, Any], form: str) -> str:
    found = [key for key in raw if key != form]
    simple = len(found) == 1 and found[0] in OPERATORS and not isinstance(raw[found[0]], dict)
    return found[0] if simple else ""


def _group(raw: dict[str, Any], form: str, at: str, path: str, number: str) -> Row:
    key = "of" if form == "at_least" else form
    inner = [_row(part, f"{at}.{index}", f"{path}.{key}[{index}]", _numbered(number, index))
             for index, part in enumerate(raw[key])]
    k = raw.get("at_least", 1)
    return Row(at, path, number, "group", operator=form, k=k if isinstance(k, int) else 1, rows=inner)


def _numbered(above: str, index: int) -> str:
    """1, 2, 3; inside of 5: 5a, 5b; deeper: 5a.1."""
    if not above:
        return str(index + 1)
    return above + chr(ord("a") + index) if above.isdigit() and index < 26 else f"{above}.{index + 1}"  # noqa: PLR2004 - letters


def _condition(raw: dict[str, Any], at: str, path: str, number: str) -> Row:
    operator = _operator_of(raw, "fact")
    fact = catalogue.standard().facts.get(raw["fact"])
    value = "、".join(map(str, raw[operator])) if isinstance(raw[operator], list) else _written(fact, raw[operator])
    return Row(at, path, number, "fact", fact=fact.label.zh if fact else raw["fact"], operator=operator, value=value,
               holder=str(fact.source) if fact else "")


def _ratio(raw: dict[str, Any], at: str, path: str, number: str) -> Row:
    operator, (part, whole) = _operator_of(raw, "ratio"), raw["ratio"]
    return Row(at, path, number, "ratio", fact=_labelled(part), whole=_labelled(whole), operator=operator,
               value=str(raw[operator]))


def _labelled(name: str) -> str:
    fact = catalogue.standard().facts.get(name)
    return fact.label.zh if fact else name


def _written(fact: catalogue.Fact | None, value: Any) -> str:
    """As people write it: base units with a unit, a flag as a word."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if fact is not None and isinstance(value, int) and fact.kind is catalogue.Kind.NUMBER:
        shown = fact.say(value)
        return shown if isinstance(shown, str) else shown.zh
    return str(value)


# —— from the form to the rule ——


def from_form(sent: Mapping[str, str], standing: Any) -> dict[str, Any]:
    """The rule that was typed; parts that the form does not show stay as they stand."""
    rule = dict(standing) if isinstance(standing, dict) else {}
    rule["where"] = _typed(sent, ROOT)
    amount = amount_from(sent.get("amount", ""))
    rule.pop("amount", None)
    return rule if amount is None else rule | {"amount": amount}


def _typed(sent: Mapping[str, str], at: str) -> Any:
    kind = sent.get(f"{at}.kind", "")
    if kind == "group":
        return _typed_group(sent, at)
    if kind == "text":
        return parsed(sent.get(f"{at}.text", ""))
    operator, value = sent.get(f"{at}.operator", "ge"), sent.get(f"{at}.value", "").strip()
    name = named(sent.get(f"{at}.fact", ""))
    if kind == "ratio":
        return {"ratio": [name, named(sent.get(f"{at}.whole", ""))], operator: value}
    return {"fact": name, operator: valued(name, operator, value)}


def _typed_group(sent: Mapping[str, str], at: str) -> dict[str, Any]:
    count = sent.get(f"{at}.count", "0")
    inner = [_typed(sent, f"{at}.{index}") for index in range(min(int(count), 200) if count.isdecimal() else 0)]
    form = sent.get(f"{at}.operator", "all")
    if form != "at_least":
        return {form if form in GROUPS else "all": inner}
    k = sent.get(f"{at}.k", "1").strip()
    return {"at_least": int(k) if k.isdecimal() else k, "of": inner}


def named(text: str) -> str:
    """The fact's name for its label; what is neither stays, and the reader of rules says what was meant."""
    text = text.strip()
    for name, fact in catalogue.standard().facts.items():
        if text in {name, fact.label.zh, fact.label.en}:
            return name
    return text


def valued(name: str, operator: str, value: str) -> Any:
    if operator in LISTS:
        return [part for part in BETWEEN.split(value) if part]
    fact = catalogue.standard().facts.get(name)
    if fact is not None and fact.kind is catalogue.Kind.FLAG:
        return YES_NO.get(value.lower(), value)
    return value


def parsed(text: str) -> Any:
    """Rule text as JSON; what is none, or nested beyond all sense, stays text and is told as wrong."""
    try:
        return json.loads(text) if _nesting(text) <= DEPTH else text
    except ValueError:
        return text


def _nesting(text: str) -> int:
    return max(accumulate((char in "[{") - (char in "]}") for char in text), default=0)


def amount_from(text: str) -> Any:
    """`6000元`, a fact's label, or rule text; None where there is no sum."""
    text = text.strip()
    if not text:
        return None
    return parsed(text) if text.startswith(("{", "[")) else named(text)


def amount_text(rule: Any) -> str:
    amount = rule.get("amount") if isinstance(rule, dict) else None
    if amount is None:
        return ""
    return _labelled(amount) if isinstance(amount, str) else json.dumps(amount, ensure_ascii=False)


# —— adding and taking away ——

NEW: dict[str, Any] = {
    "fact": {"fact": "", "ge": ""}, "ratio": {"ratio": ["", ""], "ge": ""},
    "any": {"any": [{"fact": "", "ge": ""}]}, "at_least": {"at_least": 1, "of": [{"fact": "", "ge": ""}]},
}


def changed(rule: dict[str, Any], press: str) -> dict[str, Any]:
    """After a button: `add:w:fact`, `remove:w.2`, `rename:w.3:hired_grads`."""
    verb, at, what = (*press.split(":", 2), "", "")[:3]
    whole = deepcopy(grouped(rule))
    path = [int(step) for step in at.split(".")[1:] if step.isdecimal()]
    inner = _inside(whole["where"], path if verb == "add" else path[:-1])
    if verb == "add" and what in NEW:
        inner.append(deepcopy(NEW[what]))
    elif path and path[-1] < len(inner):
        _press(inner, path[-1], verb, what)
    return whole


def _press(inner: list[Any], place: int, verb: str, what: str) -> None:
    if verb == "remove":
        inner.pop(place)
    elif verb == "rename" and isinstance(inner[place], dict):
        inner[place]["fact"] = what


def _inside(node: Any, path: Sequence[int]) -> list[Any]:
    """The list of a group's conditions; of what is no group, none."""
    for step in path:
        inner = _parts(node)
        node = inner[step] if step < len(inner) else {}
    return _parts(node)


def _parts(node: Any) -> list[Any]:
    held = node if isinstance(node, dict) else {}
    return next((held[key] for key in ("all", "any", "of") if isinstance(held.get(key), list)), [])


# —— what is wrong ——


@dataclass(frozen=True)
class Checked:
    """A rule looked over: `book` is None while it cannot be read; `loose` are faults that no row holds."""

    root: Row
    book: policies.Rulebook | None
    loose: tuple[Sentence, ...]
    amount: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]

    @property
    def faults(self) -> list[tuple[Row, Sentence]]:
        return [(row, sentence) for row in self.root.all() for sentence in row.errors]

    @property
    def is_sound(self) -> bool:
        return self.book is not None

    @property
    def count(self) -> int:
        return len(self.faults) + len(self.loose) + len(self.amount)


def check(rule: Any, *, code: str, title: str, on: date) -> Checked:
    """Every fault at its row, in the order of the rule."""
    whole = grouped(rule)
    root = rows(whole)
    book, found = None, []
    try:
        book = policies.read([{"id": code, "title": title, **whole}], catalogue.standard(), on)
    except faults.Broken as broken:
        found = [fault for fault in broken.faults if not fault.is_warning]
    loose, amount = _placed(root, found)
    warnings = tuple(fault.what for fault in book.warnings) if book else ()
    return Checked(root, book, tuple(loose), tuple(amount), warnings)


def _placed(root: Row, found: list[faults.Fault]) -> tuple[list[Sentence], list[Sentence]]:
    loose, amount = [], []
    for fault in found:
        path = PLACE.sub("", fault.path)
        if path.startswith("amount"):
            amount.append(fault.what)
        elif row := _holding(root, path):
            row.errors.append(fault.what)
            row.nearest = _nearest(row)
        else:
            loose.append(fault.what)
    return loose, amount


def _holding(root: Row, path: str) -> Row | None:
    """The innermost row that the path lies in."""
    inside = [row for row in root.all() if path == row.path or path.startswith((row.path + ".", row.path + "["))]
    return max(inside, key=lambda row: len(row.path), default=None)


def _nearest(row: Row) -> str:
    """The name that was meant, where the fact's is not one."""
    known = catalogue.standard().facts
    if row.kind != "fact" or named(row.fact) in known or not row.fact:
        return ""
    words = {word: name for name, fact in known.items() for word in (fact.label.zh, name)}
    near = catalogue.nearest(row.fact, words)
    return words[near] if near else ""

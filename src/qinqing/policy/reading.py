"""A rule in plain words, one line for each condition, beside the form in which it is written (M3-030)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from qinqing.base.words import Sentence, say
from qinqing.eligibility import catalogue, saying, units
from qinqing.eligibility.nodes import Op
from qinqing.eligibility.units import Unreadable

from .building import BETWEEN, LISTS, OPERATORS, YES_NO, Row, named, rows

Naming = Callable[[catalogue.Fact, str], str]
AMONG, ENDS = frozenset({"in", "not_in", "under", "not_under"}), 2


@dataclass(frozen=True)
class Line:
    """One condition in words; `joined` to the one before by *or*."""

    number: str
    text: Sentence | str
    is_wrong: bool = False
    is_or: bool = False


def amount_aloud(raw: Any) -> str:
    """A sum in words: a fact, a literal, or what is calculated from them."""
    if isinstance(raw, dict) and len(raw) == 1 and (form := next(iter(raw))) in CALCULATIONS:
        return str(CALCULATIONS[form](raw[form]))
    return str(_spoken(raw)) if isinstance(raw, str | int) else json.dumps(raw, ensure_ascii=False)


def _joined(parts: Any, between: Sentence | str) -> str:
    listed = parts if isinstance(parts, list) else [parts]
    return str(between).join(amount_aloud(part) for part in listed)


def _cases(rows: Any) -> str:
    """Each case with its condition, then what holds otherwise."""
    listed = rows if isinstance(rows, list) else []
    return "".join(_case(row) for row in listed if isinstance(row, dict))


def _case(row: dict[str, Any]) -> str:
    if "else" in row:
        return str(say("其他情况，%(amount)s", amount=amount_aloud(row["else"])))
    conditions = read_aloud(rows({"where": row.get("when")}), lambda _fact, code: code)
    words = str(say("、")).join(str(line.text) for line in conditions)
    return str(say("%(condition)s时，%(amount)s；", condition=words, amount=amount_aloud(row.get("then"))))


def _limited(parts: Any, capped: Sentence, otherwise: Sentence) -> Sentence:
    """A calculation with a bound that is written as such, or the least or most of several."""
    if isinstance(parts, list) and len(parts) == 2 and isinstance(parts[1], str) and _literal(parts[1]) != parts[1]:  # noqa: PLR2004 - a sum and its bound
        return say(capped.text, amount=amount_aloud(parts[0]), bound=amount_aloud(parts[1]))
    return say(otherwise.text, parts=_joined(parts, say("；")))


CALCULATIONS: dict[str, Callable[[Any], Any]] = {
    "mul": lambda parts: _joined(parts, " × "), "add": lambda parts: _joined(parts, " + "),
    "sub": lambda parts: _joined(parts, " − "), "case": _cases,
    "min": lambda parts: _limited(parts, say("%(amount)s，最高 %(bound)s"), say("取最小的：%(parts)s")),
    "max": lambda parts: _limited(parts, say("%(amount)s，最低 %(bound)s"), say("取最大的：%(parts)s")),
}  # fmt: skip


def read_aloud(root: Row, naming: Naming) -> list[Line]:
    return list(_lines(root, naming))


def _lines(group: Row, naming: Naming) -> Iterator[Line]:
    for place, row in enumerate(group.rows):
        joined = group.operator == "any" and place > 0
        if row.errors:
            yield Line(row.number, say("（第 %(n)s 条有错，读不出来）", n=row.number), is_wrong=True, is_or=joined)
        elif row.kind == "group":
            yield from _nested(row, naming, joined=joined)
        else:
            yield Line(row.number, _said(row, naming), is_or=joined)


def _nested(row: Row, naming: Naming, *, joined: bool) -> Iterator[Line]:
    if row.operator == "at_least":
        yield Line(row.number, say("下面至少 %(k)s 条：", k=row.k), is_or=joined)
    for place, line in enumerate(_lines(row, naming)):
        yield line if place or row.operator == "at_least" else Line(line.number, line.text, line.is_wrong, joined)


def _said(row: Row, naming: Naming) -> Sentence | str:
    if row.kind == "text":
        return say("按规则文本计算：%(text)s", text=row.text)
    operator = OPERATORS[row.operator]
    if row.kind == "ratio":
        return say("%(part)s占%(whole)s的比例%(op)s %(value)s", part=_spoken(row.fact), whole=_spoken(row.whole), op=operator,
                   value=row.value)
    fact = catalogue.standard().facts.get(named(row.fact))
    if fact is not None and fact.kind is catalogue.Kind.FLAG:
        return saying.flagged(fact, wanted=YES_NO.get(row.value, False))
    values = _spoken_values(row, fact, naming)
    if fact is not None and _is_of_several(row, values):
        return saying.tested(fact, Op(row.operator), values)
    return say("%(fact)s%(op)s%(value)s", fact=_spoken(row.fact), op=operator, value="、".join(values))


def _is_of_several(row: Row, values: list[str]) -> bool:
    """Whether the test is one that the language itself words, and has the values it needs."""
    return len(values) == ENDS if row.operator == "between" else row.operator in AMONG and bool(values)


def _spoken(label: str | int) -> Any:
    """A fact by its name, a literal in the reader's units."""
    fact = catalogue.standard().facts.get(named(str(label)))
    return fact.label if fact else _literal(str(label))


def _literal(text: str) -> Any:
    try:
        amount = units.parse(text)
    except Unreadable:
        return text
    whole = amount.value.denominator == 1 and amount.dimension != "plain"
    return units.shown(amount.value.numerator, amount.dimension) if whole else text


def _spoken_values(row: Row, fact: catalogue.Fact | None, naming: Naming) -> list[str]:
    if fact is None:
        return [row.value]
    parts = BETWEEN.split(row.value) if row.operator in LISTS else [row.value]
    return [_one(fact, part, naming) for part in parts if part]


def _one(fact: catalogue.Fact, text: str, naming: Naming) -> str:
    if fact.tree is not None:
        return naming(fact, text)
    try:
        return str(fact.say(fact.read(text)))
    except Unreadable:
        return text

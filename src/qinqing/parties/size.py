"""统计上大中小微型企业划分办法（2017）, 国统字（2017）213号: the size class of an enterprise.

A class holds when all its lower limits hold, otherwise it is one class down. Persons and 万元.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from qinqing import base
from qinqing.base.words import Sentence, say

from . import industry as industries
from .terms import SizeClass

GRADES = (SizeClass.LARGE, SizeClass.MEDIUM, SizeClass.SMALL)
UNITS = {"employees": say("人"), "revenue": say("万元"), "assets": say("万元")}
INDICATORS = {"employees": say("从业人员"), "revenue": say("营业收入"), "assets": say("资产总额")}
GRADE_NAMES = {SizeClass.LARGE: say("大型"), SizeClass.MEDIUM: say("中型"), SizeClass.SMALL: say("小型")}

Values = dict[str, Decimal | None]


@dataclass(frozen=True)
class Line:
    """One row of the table: the lower limits of one indicator in one industry."""

    indicator: str
    limits: dict[SizeClass, Decimal]


@dataclass(frozen=True)
class Rule:
    name: str
    codes: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SizeAnswer:
    size: SizeClass
    why: Sentence


@cache
def table() -> tuple[Rule, ...]:
    """The rules of the table, one for each of its 16 industries."""
    source = resources.files("qinqing.parties").joinpath("data/size_classes_2017.csv")
    with source.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(_rule([row for row in rows if row["rule"] == name]) for name in dict.fromkeys(r["rule"] for r in rows))


def _rule(rows: list[dict[str, str]]) -> Rule:
    lines = tuple(Line(row["indicator"], {grade: Decimal(row[grade.value]) for grade in GRADES}) for row in rows)
    return Rule(rows[0]["industry"], tuple(rows[0]["codes"].split()), lines)


def classify(
    industry: str,
    *,
    employees: int | None = None,
    revenue: Decimal | None = None,
    assets: Decimal | None = None,
) -> SizeAnswer:
    """The class by the table; what is not known is None, and matters only when it could change the answer.

    Raises Refused for a code that GB/T 4754-2017 does not have, or for a negative number.
    """
    values: Values = {"employees": _decimal(employees), "revenue": revenue, "assets": assets}
    if any(value is not None and value < 0 for value in values.values()):
        raise base.Refused(say("人数和金额不能是负数。"))
    code = _known(industry)
    rule = next((r for r in table() if code.startswith(r.codes)), None)
    if rule:
        return _grade(rule, values)
    if any(listed.startswith(code) for r in table() for listed in r.codes):
        why = say("行业代码 %(code)s 太粗，要到中类或小类才能划分。", code=code)
        return SizeAnswer(SizeClass.UNKNOWN, why)
    return SizeAnswer(SizeClass.NOT_APPLICABLE, say("划分办法（2017）不包括行业 %(code)s。", code=code))


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _known(industry: str) -> str:
    """The normalised code; a class that was left out of the transcription passes when its group exists."""
    code = industries.normalise(industry)
    known = industries.path(code)
    if not known or (len(code) - 1) - (len(known[-1].code) - 1) > (len(code) == max(industries.LENGTHS)):
        raise base.Refused(say("GB/T 4754-2017 里没有行业代码“%(code)s”。", code=code), field="industry")
    return code


def _grade(rule: Rule, values: Values) -> SizeAnswer:
    """The highest class whose limits are all met; a missing value stops only where it decides."""
    failed = None
    for grade in GRADES:
        below = next((line for line in rule.lines if _below(line, grade, values)), None)
        missing = [line.indicator for line in rule.lines if values[line.indicator] is None]
        if below is None and missing:
            return SizeAnswer(SizeClass.UNKNOWN, _lacks(rule, missing))
        if below is None:
            return SizeAnswer(grade, _reached(rule, grade, failed, values))
        failed = (below, grade)
    assert failed is not None
    return SizeAnswer(SizeClass.MICRO, _fell(rule, failed, values, SizeClass.MICRO))


def _below(line: Line, grade: SizeClass, values: Values) -> bool:
    value = values[line.indicator]
    return value is not None and value < line.limits[grade]


# —— the sentence that says why ——


def _lacks(rule: Rule, missing: list[str]) -> Sentence:
    return say("%(industry)s：还缺%(what)s。", industry=rule.name, what=_and(INDICATORS[name] for name in missing))


def _reached(rule: Rule, grade: SizeClass, failed: tuple[Line, SizeClass] | None, values: Values) -> Sentence:
    if failed:
        return _fell(rule, failed, values, grade)
    met = _and(f"{INDICATORS[line.indicator]} {_amount(line, values)}" for line in rule.lines)
    return say("%(industry)s：%(met)s，达到大型下限。", industry=rule.name, met=met)


def _fell(rule: Rule, failed: tuple[Line, SizeClass], values: Values, to: SizeClass) -> Sentence:
    line, grade = failed
    return say(
        "%(industry)s：%(indicator)s %(value)s，低于%(grade)s下限 %(limit)s %(unit)s，划为%(to)s。",
        industry=rule.name,
        indicator=INDICATORS[line.indicator],
        value=_amount(line, values),
        grade=GRADE_NAMES[grade],
        limit=line.limits[grade],
        unit=UNITS[line.indicator],
        to=GRADE_NAMES.get(to, say("微型")),
    )


def _amount(line: Line, values: Values) -> str:
    return f"{values[line.indicator]:f} {UNITS[line.indicator]}"


def _and(parts: Iterable[object]) -> str:
    return "、".join(str(part) for part in parts)

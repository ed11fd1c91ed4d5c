"""Amounts as people write them, and the whole numbers they are counted in.

Every quantity is an integer in the base unit of its dimension: money in 分, rates in 0.01 %, energy in 千瓦时.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from qinqing.base.words import Named, Sentence, say

_FORM = re.compile(r"([-−]?)([0-9][0-9,]{0,23}(?:\.[0-9]{1,8})?)\s*(\S*)")


class Unreadable(Exception):
    """A literal that cannot be taken; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Unit:
    """`factor` base units make one of it; `shown` is how a number of it is said, in English of another size: it has no 万.

    `one` is how English says a single one, where that differs.
    """

    symbol: str
    dimension: str
    factor: int
    shown: Named
    english_factor: int
    one: str = ""


def _unit(symbol: str, dimension: str, factor: int, english: str, chinese: str = "", *, english_factor: int = 0,
          one: str = "") -> Unit:
    return Unit(symbol, dimension, factor, Named(chinese or f"{{n}} {symbol}", english), english_factor or factor, one)


# In each dimension from the largest to the smallest; an amount is shown in the largest that needs no more than two decimals.
UNITS = {unit.symbol: unit for unit in (
    _unit("亿元", "money", 10_000_000_000, "CNY {n}", english_factor=100),
    _unit("万元", "money", 1_000_000, "CNY {n}", english_factor=100),
    _unit("元", "money", 100, "CNY {n}"),
    _unit("分", "money", 1, "CNY {n}", english_factor=100),
    _unit("万美元", "dollars", 1_000_000, "USD {n}", english_factor=100),
    _unit("美元", "dollars", 100, "USD {n}"),
    _unit("美分", "dollars", 1, "USD {n}", english_factor=100),
    _unit("万元/亩", "money_per_mu", 1_000_000, "CNY {n} per mu", english_factor=100),
    _unit("元/亩", "money_per_mu", 100, "CNY {n} per mu"),
    _unit("分/亩", "money_per_mu", 1, "CNY {n} per mu", english_factor=100),
    _unit("%", "rate", 100, "{n}%", "{n}%"),
    _unit("个基点", "rate", 1, "{n} basis points", one="1 basis point"),
    _unit("人", "people", 1, "{n} people", one="1 person"),
    _unit("户", "firms", 1, "{n} firms", one="1 firm"),
    _unit("件", "pieces", 1, "{n} items", one="1 item"),
    _unit("头", "heads", 1, "{n} head"),
    _unit("个月", "months", 1, "{n} months", one="1 month"),
    _unit("天", "days", 1, "{n} days", one="1 day"),
    _unit("年", "years", 1, "{n} years", "{n} 年", one="1 year"),
    _unit("年度", "calendar_years", 1, "{n}", "{n} 年"),
    _unit("万千瓦时", "energy", 10_000, "{n} × 10⁴ kWh"),
    _unit("千瓦时", "energy", 1, "{n} kWh"),
    _unit("亩", "area", 1, "{n} mu"),
    _unit("吨", "weight", 1, "{n} t"),
)}
ALIASES = {"月": "个月", "日": "天", "度": "千瓦时", "kWh": "千瓦时", "万度": "万千瓦时", "名": "人", "家": "户"}
NAMES = {
    "money": Named("金额（元）", "an amount of money (yuan)"),
    "dollars": Named("外币金额（美元）", "an amount in US dollars"),
    "money_per_mu": Named("每亩金额（元/亩）", "an amount per mu (yuan)"),
    "rate": Named("百分比", "a percentage"),
    "people": Named("人数", "a number of people"),
    "firms": Named("户数", "a number of firms"),
    "pieces": Named("件数", "a number of items"),
    "heads": Named("头数", "a number of animals"),
    "months": Named("月数", "a number of months"),
    "days": Named("天数", "a number of days"),
    "years": Named("年数", "a number of years"),
    "calendar_years": Named("年份", "a calendar year"),
    "energy": Named("电量（千瓦时）", "an amount of energy (kWh)"),
    "area": Named("面积（亩）", "an area (mu)"),
    "weight": Named("重量（吨）", "a weight (t)"),
    "plain": Named("没有单位的数", "a number without a unit"),
}
SHARE = 10_000  # base units of a rate in the whole
_BARE = frozenset(NAMES) - {"money", "dollars", "money_per_mu", "rate"}  # one unit only: a number needs no word beside it


@dataclass(frozen=True)
class Amount:
    """A literal: how many base units, exactly, and of what; `plain` when no unit is written."""

    value: Fraction
    dimension: str


def parse(text: str) -> Amount:
    """`"50万元"`, `"12个月"`, `"5.5%"`, `"200"`; `Unreadable` when it is none of them."""
    match = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise Unreadable(say("“%(given)s”不是数量，应写成 50万元、30人 或 5.5%% 这样", given=text))
    sign, digits, symbol = match.groups()
    number = Fraction(digits.replace(",", "")) * (-1 if sign else 1)
    if not symbol:
        return Amount(number, "plain")
    unit = UNITS.get(ALIASES.get(symbol, symbol))
    if unit is None:
        raise Unreadable(say("“%(given)s”的单位“%(unit)s”不认识", given=text, unit=symbol))
    return Amount(number * unit.factor, unit.dimension)


def whole(amount: Amount, dimension: str, given: str) -> int:
    """The amount in base units of the dimension; a bare number will do where only one unit is possible, and zero always.

    A bare 2019 is a year where years are counted, since 2019年 reads like a length of time.
    """
    value = _matched(amount, dimension, given)
    if value.denominator != 1:
        raise Unreadable(say("“%(given)s”比最小单位还细", given=given))
    return value.numerator


def _matched(amount: Amount, dimension: str, given: str) -> Fraction:
    years = {amount.dimension, dimension} == {"years", "calendar_years"}
    bare = amount.dimension == "plain" and (dimension in _BARE or amount.value == 0)
    if amount.dimension == dimension or years or bare:
        return amount.value
    if amount.dimension == "plain":
        raise Unreadable(say("“%(given)s”要写单位，例如 %(example)s", given=given, example=given + _first(dimension).symbol))
    raise Unreadable(say(
        "这里要的是%(wanted)s，“%(given)s”是%(written)s", wanted=NAMES[dimension], given=given, written=NAMES[amount.dimension]))


def _first(dimension: str) -> Unit:
    return next(unit for unit in UNITS.values() if unit.dimension == dimension)


def shown(value: int, dimension: str) -> Named:
    """How an amount is said, never rounded: 320 万元, 126,666.67 元, 5.5%, 3 人."""
    units = [unit for unit in UNITS.values() if unit.dimension == dimension]
    for unit in units:
        if abs(value) >= unit.factor and value * 100 % unit.factor == 0:
            return _said(value, unit)
    return _said(value, units[-1 if value else _everyday(units)]) if units else Named(f"{value:,}")


def shown_share(share: Fraction) -> Named:
    """A share as a percentage, with as many decimals as it has."""
    hundred = share * 100
    for decimals in range(7):
        if (hundred * 10**decimals).denominator == 1:
            return Named(f"{_decimal(hundred, decimals)}%", f"{_decimal(hundred, decimals)}%")
    return Named(f"{share}")


def _decimal(number: Fraction, decimals: int) -> str:
    text = f"{abs(number.numerator) * 10**decimals // number.denominator:0{decimals + 1}d}"
    whole_part, rest = (text[:-decimals], text[-decimals:]) if decimals else (text, "")
    return ("−" if number < 0 else "") + f"{int(whole_part):,}" + (f".{rest}" if rest else "")


def _everyday(units: list[Unit]) -> int:
    """The unit for nothing at all: 0 元, not 0 亿元 and not 0 分."""
    return max(0, len(units) - 2)


def _said(value: int, unit: Unit) -> Named:
    if unit.dimension == "calendar_years":
        return Named(unit.shown.zh.format(n=value), str(value))
    is_one = value == unit.english_factor and unit.one
    english = unit.one if is_one else unit.shown.en.format(n=_number(value, unit.english_factor))
    return Named(unit.shown.zh.format(n=_number(value, unit.factor)), english)


def _number(value: int, factor: int) -> str:
    """Exact, with separators, without empty decimals; no factor has another prime than 2 and 5."""
    units, rest = divmod(abs(value), factor)
    decimals = f"{rest:0{len(str(factor)) - 1}d}".rstrip("0") if rest else ""
    return ("−" if value < 0 else "") + f"{units:,}" + (f".{decimals}" if decimals else "")

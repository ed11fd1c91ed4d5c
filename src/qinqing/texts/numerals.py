"""The numbers a Chinese text says, whether in digits or in characters: 十人 is 10, 百分之五 is 5 %, 3.2万元 is 32000."""

import re
from collections.abc import Iterator
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

_WORDS = "零〇一二两三四五六七八九十百千万亿"
_MEASURES = "个人年月日天户家次条倍元万亿项期季岁亩吨头台套件级成%"
_PATTERN = re.compile(
    rf"第[{_WORDS}\d]+[条款项章节]|一次"  # names of clauses and a set phrase: not quantities
    rf"|(?P<share>百分之(?P<of>[{_WORDS}]+))"
    rf"|(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[万亿])?(?P<percent>%)?"
    rf"|(?P<words>[{_WORDS}]+)(?=[{_MEASURES}])",
)


def numbers(text: str) -> frozenset[str]:
    """Every quantity of the text in one writing, shares with their sign.

    >>> sorted(numbers("第三条 新招满十人，每人补1,500元，不超过百分之五"))
    ['10', '1500', '5%']
    """
    return frozenset(_found(text))


def _found(text: str) -> Iterator[str]:
    for match in _PATTERN.finditer(text):
        if match["share"]:
            yield f"{_shown(Decimal(read(match['of'])))}%"
        elif match["digits"]:
            value = Decimal(match["digits"].replace(",", "")) * MYRIADS.get(match["unit"] or "", 1)
            yield _shown(value) + ("%" if match["percent"] else "")
        elif match["words"]:
            yield _shown(Decimal(read(match["words"])))


def read(words: str) -> int:
    """A whole number in characters: 三千二百 is 3200, 十五万 is 150000."""
    total, section, digit = 0, 0, 0
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            section, digit = section + (digit or 1) * PLACES[character], 0
        else:
            total, section, digit = (total + section + digit or 1) * MYRIADS[character], 0, 0
    return total + section + digit


def _shown(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else str(value.normalize())

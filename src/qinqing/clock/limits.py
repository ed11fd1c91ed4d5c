"""A time limit as people and statutes write it: an amount and what it is counted in."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from qinqing.base.errors import Refused
from qinqing.base.words import Sentence, counted, say


class Unit(StrEnum):
    WORKING_DAY = "wd"
    DAY = "d"
    MONTH = "m"
    WORKING_HOUR = "wh"


# Ten years, or their working hours: beyond it somebody mistyped.
LARGEST = {Unit.WORKING_DAY: 3660, Unit.DAY: 3660, Unit.MONTH: 120, Unit.WORKING_HOUR: 9999}

_FORM = re.compile(r"([1-9][0-9]{0,3})(wd|wh|d|m)")
_LABELS = {
    Unit.WORKING_DAY: counted("%(n)s 个工作日"),
    Unit.DAY: counted("%(n)s 天"),
    Unit.MONTH: counted("%(n)s 个月"),
    Unit.WORKING_HOUR: counted("%(n)s 个工作小时"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """`amount` of `unit`, from 1 to the largest of its unit; anything else is refused."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 < self.amount <= LARGEST[self.unit]:
            most = amount_of(LARGEST[self.unit], self.unit)
            raise Refused(say("期限最短 1，最长 %(most)s，现在是 %(n)s", most=most, n=self.amount))

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `7wd`, `30d`, `3m` or `1wh`; `Refused` when it is none of them."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise Refused(say("期限“%(given)s”看不懂，请写成 7wd（工作日）、30d（天）、3m（月）或 1wh（工作小时）", given=text))
        return cls(int(match[1]), Unit(match[2]))

    @property
    def label(self) -> Sentence:
        return amount_of(self.amount, self.unit)


def amount_of(amount: int, unit: Unit) -> Sentence:
    """How much of a unit, in words; unlike a limit it may be nothing."""
    return replace(_LABELS[unit], values={"n": amount})

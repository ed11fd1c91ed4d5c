"""Codes that form a tree, as whole numbers: everything below a node is one interval.

A code is a path of steps; a step not taken is 0, so a node comes right before what lies below it, and its interval tells
how far that reaches. Two trees: GB/T 4754 industries (a letter and up to four digits), GB/T 2260 places with the statistics
bureau's towns and villages below (two, four, six, nine, twelve digits).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from qinqing.base.words import Sentence, say

from .units import Unreadable

# The first division of each section of GB/T 4754-2017, and the last of all.
SECTIONS = dict(zip(
    "ABCDEFGHIJKLMNOPQRST", (1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97), strict=True))
LAST_DIVISION = 97
Span = tuple[int, int]


@dataclass(frozen=True)
class Tree:
    """`widths` are the choices at each step; `steps` reads a code into its path."""

    name: str
    widths: tuple[int, ...]
    steps: Callable[[str], list[int]]
    written: Callable[[list[int]], str]

    def span(self, code: str) -> Span:
        """The node's own number, and the last number below it; `Unreadable` for what is no code of this tree."""
        path = self.steps(code)
        low = sum(step * weight for step, weight in zip(path, self._weights, strict=False))
        return low, low + self._weights[len(path) - 1] - 1

    def above(self, code: str) -> tuple[int, ...]:
        """The numbers of the nodes over it: an enterprise of which no more is known may or may not lie below."""
        path = self.steps(code)
        return tuple(accumulate((step * weight for step, weight in zip(path[:-1], self._weights, strict=False)), initial=0))[1:]

    def code(self, number: int) -> str:
        """The code that has this number."""
        path = []
        for weight in self._weights:
            step, number = divmod(number, weight)
            path.append(step)
        return self.written(path[:path.index(0)] if 0 in path else path)

    @property
    def last(self) -> int:
        return (self.widths[0] + 1) * self._weights[0]

    @property
    def _weights(self) -> tuple[int, ...]:
        return tuple(_weights(self.widths))


def _weights(widths: tuple[int, ...]) -> Iterator[int]:
    """What one step at each place is worth: all the numbers below a node, itself included."""
    for place in range(len(widths)):
        weight = 1
        for width in widths[place + 1:]:
            weight *= width + 1
        yield weight


def _industry(code: str) -> list[int]:
    text = code.strip().upper()
    letter, digits = (text[:1], text[1:]) if text[:1].isalpha() else ("", text)
    letter = letter or _section(digits)
    if letter not in SECTIONS or not _is_below(letter, digits):
        raise Unreadable(_no_code(code, say("国民经济行业代码"), "C1521"))
    division = [int(digits[:2])] if digits else []
    return [ord(letter) - ord("A") + 1, *division, *(int(digit) + 1 for digit in digits[2:])]


def _section(digits: str) -> str:
    """The section of a code that is written without its letter."""
    if not digits[:2].isdecimal():
        return ""
    return max((letter for letter, first in SECTIONS.items() if first <= int(digits[:2])), default="")


def _is_below(letter: str, digits: str) -> bool:
    if not digits:
        return True
    shaped = digits.isascii() and digits.isdecimal() and len(digits) in (2, 3, 4) and int(digits[:2]) <= LAST_DIVISION
    return shaped and _section(digits) == letter


def _place(code: str) -> list[int]:
    text = code.strip()
    if not (text.isascii() and text.isdecimal() and len(text) in (2, 4, 6, 9, 12)):
        raise Unreadable(_no_code(code, say("行政区划代码"), "510802"))
    pairs, town, village = [text[at:at + 2] for at in range(0, min(len(text), 6), 2)], text[6:9], text[9:12]
    while len(text) == 6 and pairs and pairs[-1] == "00":  # noqa: PLR2004 - 510800 is the city, six digits or not
        pairs.pop()
    if not pairs:
        raise Unreadable(_no_code(code, say("行政区划代码"), "510802"))
    return [int(part) + 1 for part in [*pairs, *filter(None, (town, village))]]


def _industry_code(path: list[int]) -> str:
    letter, *rest = path
    division = f"{rest[0]:02d}" if rest else ""
    return chr(ord("A") + letter - 1) + division + "".join(str(step - 1) for step in rest[1:])


def _place_code(path: list[int]) -> str:
    widths = (2, 2, 2, 3, 3)
    return "".join(f"{step - 1:0{width}d}" for step, width in zip(path, widths, strict=False)).ljust(6, "0")


def _no_code(given: str, kind: Sentence, example: str) -> Sentence:
    return say("“%(given)s”不是%(kind)s，应写成 %(example)s 这样", given=given, kind=kind, example=example)


INDUSTRY = Tree("industry", (20, LAST_DIVISION, 10, 10), _industry, _industry_code)
PLACE = Tree("place", (100, 100, 100, 1000, 1000), _place, _place_code)
TREES = {tree.name: tree for tree in (INDUSTRY, PLACE)}

"""国民经济行业分类 GB/T 4754-2017 as a tree in memory: 20 sections, 97 divisions, 473 groups, 1,382 classes.

A code is its section's letter and up to four digits: "C", "C15", "C152", "C1521".
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

LENGTHS = (1, 3, 4, 5)


@dataclass(frozen=True)
class Industry:
    code: str
    name: str

    @property
    def parent(self) -> str:
        """The code one level up; empty for a section."""
        level = LENGTHS.index(len(self.code))
        return self.code[: LENGTHS[level - 1]] if level else ""


@cache
def tree() -> dict[str, Industry]:
    """All industries by code, parents before children."""
    table = resources.files("qinqing.parties").joinpath("data/industries_gbt4754_2017.csv")
    with table.open(encoding="utf-8") as lines:
        return {row["code"]: Industry(row["code"], row["name"]) for row in csv.DictReader(lines)}


@cache
def _sections() -> dict[str, str]:
    """The section's letter of each two-digit division."""
    return {code[1:]: code[0] for code in tree() if len(code) == LENGTHS[1]}


def normalise(text: str) -> str:
    """Upper case, without spaces, with the section's letter, which registers often leave out."""
    code = "".join(text.split()).upper()
    return _sections().get(code[:2], "") + code if code[:1].isdecimal() else code


def find(code: str) -> Industry | None:
    return tree().get(normalise(code))


def path(code: str) -> list[Industry]:
    """From the section down to the code, as far as it is known."""
    code = normalise(code)
    return [tree()[code[:length]] for length in LENGTHS if length <= len(code) and code[:length] in tree()]


def under(code: str, ancestor: str) -> bool:
    """Whether the code is the ancestor itself or lies below it."""
    code, ancestor = normalise(code), normalise(ancestor)
    return ancestor in tree() and code.startswith(ancestor)

"""The fictional register: enterprises with names, credit codes, towns, and figures from which their size class follows.

Every name holds 演示, every code the division 510899, which does not exist, with both check digits right.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from qinqing.parties import size, uscc
from qinqing.parties.actions import EnterpriseRow, FactRow
from qinqing.parties.terms import EnterpriseKind, SizeClass

from .source import SEED, Firm, read

NOWHERE = "510899"
SIZED_ON = date(2019, 12, 31)
BOUNDARY_CASES = 30
SUPPLEMENTARY = 300  # persons at most, where the class does not rest on them
PREFIXES = {"company": "91", "sole_trader": "92", "cooperative": "93", "farm": "91"}
CLASSES = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE)
FEN = 1_000_000  # in 万元

Town = tuple[str, str]  # code, name


@dataclass(frozen=True)
class Volumes:
    """How many stand in the register: `factor` times the enterprises, and so many of the self-employed and growers."""

    factor: int = 1
    self_employed: int = 400
    growers: int = 0


SIZES = {"small": Volumes(), "full": Volumes(self_employed=6_000, growers=2_036), "scale": Volumes(20, 6_000, 2_036)}


@dataclass(frozen=True)
class Register:
    """Rows to import; `codes` gives the credit code of each firm that raises something."""

    enterprises: list[EnterpriseRow]
    facts: list[FactRow]
    codes: dict[str, str]


class Maker:
    """Makes enterprises one after the other; the same seed makes the same ones."""

    def __init__(self, towns: Mapping[str, Sequence[Town]]) -> None:
        self.rng = Random(SEED)
        self.names = read("names")
        self.towns = towns
        self.taken: set[str] = set()
        self.count = 0

    def enterprise(self, firm: Firm, county: str) -> EnterpriseRow:
        self.count += 1
        town, place = self.rng.choice(self.towns[county])
        return EnterpriseRow(
            code=credit_code(firm.form, self.count), name=self.name(firm, county), kind=EnterpriseKind(firm.form),
            division=town, industry_code=firm.industry,
            registered_on=date(2003, 1, 6) + timedelta(days=self.rng.randrange(6000)),
            address=f"{place}{self.rng.choice(self.names['brands'])}路{self.rng.randrange(1, 200)}号",
            contact_name=self.person(), contact_phone=phone(self.count),
        )  # fmt: skip

    def name(self, firm: Firm, county: str) -> str:
        """A name nobody has yet: with a second brand word where the combinations run out."""
        brands, places, suffix = self.names["brands"], self.names["places"][county], self.suffix(firm)
        for tries in range(1, 100):
            brand = "".join(self.rng.sample(brands, 1 + tries // 20))
            name = f"{self.rng.choice(places)}{brand}演示{firm.makes}{suffix}"
            if name not in self.taken:
                self.taken.add(name)
                return name
        raise RuntimeError(f"no name left for {firm.makes} in {county}")

    def suffix(self, firm: Firm) -> str:
        if firm.form == "sole_trader" and firm.makes in {"餐饮", "小吃", "理发", "美发"}:
            return "店"
        return self.rng.choice(self.names["suffixes"][firm.form])

    def person(self) -> str:
        return self.rng.choice(self.names["surnames"]) + self.rng.choice(self.names["given"])


def credit_code(form: str, number: int) -> str:
    """A code that nobody can have: its division does not exist, its check digits are right."""
    organisation = f"MA{number * 7919 % 1_000_000:06d}"
    first17 = PREFIXES[form] + NOWHERE + organisation + uscc.organisation_check_digit(organisation)
    return first17 + uscc.check_digit(first17)


def phone(number: int) -> str:
    """In a prefix that is not given out."""
    return f"100-{number // 10_000:04d}-{number % 10_000:04d}"


def largest_remainder(total: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Whole numbers in the proportion of the shares that add up to `total`."""
    whole = sum(shares.values())
    exact = {key: divmod(total * share, whole) for key, share in shares.items()}
    given = {key: quotient for key, (quotient, _) in exact.items()}
    for key in sorted(exact, key=lambda key: (-exact[key][1], key))[: total - sum(given.values())]:
        given[key] += 1
    return given


# —— the register ——


def register(raisers: Mapping[str, tuple[Firm, str]], towns: Mapping[str, Sequence[Town]], volumes: Volumes) -> Register:
    """Those who raise something first, then the others; size classes as the official table gives them."""
    maker = Maker(towns)
    named = {key: maker.enterprise(firm, county) for key, (firm, county) in raisers.items()}
    _tell_apart(named)
    total = sum(maker.names["sizes"].values()) * volumes.factor
    others = [maker.enterprise(firm, county) for firm, county in _others(maker, raisers, total)]
    sized = [*named.values(), *others]
    facts = list(_facts(maker, sized, volumes.factor))
    unsized = [*_self_employed(maker, volumes.self_employed), *_growers(maker, volumes.growers)]
    return Register([*sized, *unsized], facts, {key: row.code for key, row in named.items()})


def _tell_apart(named: dict[str, EnterpriseRow]) -> None:
    """Two enterprises have one name; one sits in a town that has since been merged into another."""
    book = read("fates")
    twin, town = book["same_name"], book["merged_town"]
    named[twin["firm"]] = replace(named[twin["firm"]], name=named[twin["as"]].name)
    named[town["firm"]] = replace(named[town["firm"]], division=town["division"], address=town["address"])


def _others(maker: Maker, raisers: Mapping[str, tuple[Firm, str]], total: int) -> Iterator[tuple[Firm, str]]:
    """Counties in their exact shares, the raisers counted; sections in theirs over the rest."""
    here = Counter(county for _, county in raisers.values())
    wanted = largest_remainder(total, maker.names["counties"])
    counties = [county for county, count in wanted.items() for _ in range(count - here[county])]
    sections = maker.names["sections"]
    shares = largest_remainder(len(counties), {str(n): section["share"] for n, section in enumerate(sections)})
    drawn = [section for n, count in shares.items() for section in [sections[int(n)]] * count]
    maker.rng.shuffle(counties)
    for county, section in zip(counties, drawn, strict=True):
        makes = maker.rng.choice(list(section["makes"]))
        yield Firm(makes, section["makes"][makes]), county


def _self_employed(maker: Maker, count: int) -> list[EnterpriseRow]:
    trades = [Firm("餐饮", "H6210", "sole_trader"), Firm("百货", "F5211", "sole_trader"), Firm("理发", "O8040", "sole_trader")]
    return _spread(maker, trades, count)


def _growers(maker: Maker, count: int) -> list[EnterpriseRow]:
    trades = [Firm("种植", "A0141", "cooperative"), Firm("畜牧", "A0313", "farm"), Firm("猕猴桃", "A0159", "farm")]
    return _spread(maker, trades, count)


def _spread(maker: Maker, firms: list[Firm], count: int) -> list[EnterpriseRow]:
    wanted = largest_remainder(count, maker.names["counties"])
    return [maker.enterprise(maker.rng.choice(firms), county) for county, number in wanted.items() for _ in range(number)]


# —— figures from which the size class follows ——


def _facts(maker: Maker, rows: Sequence[EnterpriseRow], factor: int) -> Iterator[FactRow]:
    classes = _classes(maker, rows, factor)
    for number, (row, grade) in enumerate(zip(rows, classes, strict=True)):
        figures = _figures(maker.rng, row.industry_code, grade, boundary=number >= len(rows) - BOUNDARY_CASES)
        for name, value in {**figures, "size_class": str(grade)}.items():
            yield FactRow(code=row.code, name=name, value=value, as_of=SIZED_ON, source="tjj")


def _classes(maker: Maker, rows: Sequence[EnterpriseRow], factor: int) -> list[SizeClass]:
    """The numbers of the year, dealt out by chance; farms, cooperatives and sole traders are micro."""
    left = [SizeClass(name) for name, count in maker.names["sizes"].items() for _ in range(count * factor)]
    small_ones = [row.kind != EnterpriseKind.COMPANY for row in rows]
    for _ in range(sum(small_ones)):
        left.remove(SizeClass.MICRO)
    maker.rng.shuffle(left)
    return [SizeClass.MICRO if small else left.pop() for small in small_ones]


def _figures(rng: Random, industry: str, grade: SizeClass, *, boundary: bool) -> dict[str, Any]:
    """Employees as persons, money in 分; at the boundary every figure stands exactly on its lower limit."""
    rule = next(rule for rule in size.table() if industry.startswith(rule.codes))
    figures: dict[str, Any] = {"employees": rng.randrange(1, SUPPLEMENTARY)}
    for line in rule.lines:
        low, high = _span(line, grade)
        amount = low if boundary else min(high - 1, int(low * (high / low) ** rng.random()))
        figures[line.indicator] = amount if line.indicator == "employees" else amount * FEN
    return figures


def _span(line: size.Line, grade: SizeClass) -> tuple[int, int]:
    """From the lower limit of the class to that of the next; 1 is the least, three times the limit the most."""
    low = int(line.limits.get(grade, 1))
    above = CLASSES.index(grade) + 1
    return low, int(line.limits[CLASSES[above]]) if above < len(CLASSES) else 3 * low

"""What if: numbers that an enterprise tries on a policy. They stand in the address alone; nothing of it is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language

from qinqing.base import Sentence, say
from qinqing.eligibility import units
from qinqing.eligibility.catalogue import Fact, Kind
from qinqing.eligibility.nodes import Within

from ..queries.matching import Verdict

MOST = 3


@dataclass(frozen=True)
class Trial:
    """One number to try, in the unit that a person would say it in; `tried` in base units, None while nothing is tried."""

    fact: Fact
    unit: str
    factor: int
    value: str
    tried: int | None = None
    error: Sentence | None = None

    @property
    def name(self) -> str:
        return f"if_{self.fact.name}"


def trials(verdicts: Iterable[Verdict], asked: Mapping[str, str]) -> list[Trial]:
    """The numbers among the conditions that the enterprise can change, with what was typed or what is so now."""
    tests = [one.node for verdict in verdicts for one in verdict.found.conditions if isinstance(one.node, Within)]
    held = {name: known.number for verdict in verdicts for name, known in verdict.known.items()}
    open_ones = {test.fact: test for test in tests if test.fact.kind is Kind.NUMBER and test.fact.improvable and test.written}
    return [_trial(test, held.get(fact.name), asked.get(f"if_{fact.name}")) for fact, test in list(open_ones.items())[:MOST]]


def _trial(test: Within, held: int | None, typed: str | None) -> Trial:
    unit = _unit(test.fact, test.written[0])
    factor = unit.english_factor if _english() else unit.factor
    label = (unit.shown.en if _english() else unit.shown.zh).replace("{n}", "").strip()
    if typed is None:
        return Trial(test.fact, label, factor, "" if held is None else f"{Decimal(held) / factor:f}")
    number = _number(typed, factor)
    if number is None or not test.fact.low <= number <= test.fact.high:
        return Trial(test.fact, label, factor, typed, error=say("请填数字，单位是%(unit)s。", unit=label))
    return Trial(test.fact, label, factor, typed, tried=number)


def _unit(fact: Fact, wanted: int) -> units.Unit:
    """The one that the condition itself is said in."""
    found = [unit for unit in units.UNITS.values() if unit.dimension == fact.dimension]
    return next((unit for unit in found if abs(wanted) >= unit.factor and wanted * 100 % unit.factor == 0), found[-1])


def _number(typed: str, factor: int) -> int | None:
    try:
        value = Decimal(typed.strip().replace(",", "").replace("，", "")) * factor
    except InvalidOperation:
        return None
    return int(value) if value.is_finite() and value == value.to_integral_value() else None


def supposed(tried: Sequence[Trial]) -> dict[str, int]:
    return {trial.fact.name: trial.tried for trial in tried if trial.tried is not None}


def _english() -> bool:
    return (get_language() or "").startswith("en")


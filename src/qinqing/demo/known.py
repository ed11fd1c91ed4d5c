"""What departments hold of the enterprises of the register: invented, and of each a little missing (M3-030)."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import Any

from qinqing.eligibility import catalogue
from qinqing.parties.actions import FactRow
from qinqing.parties.terms import PermittedUse

from .policies import HOLDERS, KNOWN_ON
from .population import Register
from .source import SEED

MISSING, UNINSURED, LISTED = 0.03, 0.06, 0.015  # shares
SMALL_SCALE = 20  # employees, below which a taxpayer is small-scale here
FEN, WAN = 100, 1_000_000
GRADES = ("A", "A", "B", "B", "B", "M", "C")


def facts(register: Register) -> Iterator[FactRow]:
    """For each enterprise that has a size class; the same seed knows the same."""
    rng = Random(f"{SEED} known")
    figures: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in register.facts:
        figures[row.code][row.name] = row.value
    for code in sorted(figures.keys() - set(register.codes.values())):
        for name, value in _of_one(rng, figures[code]).items():
            if rng.random() >= MISSING:
                holder = HOLDERS[catalogue.standard().facts[name].source.zh]
                yield FactRow(code=code, name=name, value=value, as_of=KNOWN_ON, source=holder,
                              permitted_use=PermittedUse.MATCHING)


def _of_one(rng: Random, figures: dict[str, Any]) -> dict[str, Any]:
    """People and contributions from its number of employees, money in 分 as the catalogue keeps it."""
    employees = int(figures.get("employees", 1))
    insured = max(1, int(employees * rng.uniform(0.6, 1)))
    return {
        "employees": employees, "social_insurance": rng.random() >= UNINSURED,
        "ui_months": rng.choice((0, 4, 8, 12, 18, 24, 36, 60)),
        "ui_insured": insured, "ui_paid": insured * rng.randrange(240, 480) * FEN,
        "layoff_rate": f"{rng.choice((0, 0, 1, 2, 4, 6, 9, 15))}%",
        "hired_grads": min(insured, rng.choice((0, 0, 0, 1, 1, 2, 3, 6, 12))),
        "si_paid": insured * rng.randrange(3_000, 6_000) * FEN,
        "blacklisted": rng.random() < LISTED, "credit": rng.choice(GRADES),
        "vat_taxpayer": "small_scale" if employees < SMALL_SCALE else "general",
        "loan_interest": rng.choice((0, 0, 1, 3, 8)) * WAN,
    }  # fmt: skip

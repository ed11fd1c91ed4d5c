"""The metrics of a year from all mechanisms, computed from their registers; what is not built is absent, never 0."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from qinqing import base
from qinqing.consultation import figures as consultation
from qinqing.policy.queries import reliefs
from qinqing.yearbook import queries as yearbook

Metric = dict[str, Any]
HUNDRED_MILLION_YUAN, TEN_THOUSAND_YUAN = 10**10, 10**6  # in 分


def of_year(year: int) -> dict[str, Metric]:
    """`{metric: {"value", "unit", "n", "as_of"}}`; `n` is how many rows the value rests on."""
    return _consultation(year) | _policy(year) | _reported(year)


def _reported(year: int) -> dict[str, Metric]:
    """What others published for the year, under the measures' own codes: cited, not computed."""
    cited = [point.value for point in yearbook.of_year(year)]
    return {said.measure.code: _metric(said.value, said.measure.unit, 1, said.entered_at) for said in cited}


def _consultation(year: int) -> dict[str, Metric]:
    found = consultation.of_year(year)
    as_of, n = found.as_of, found.collected
    return {
        "problems_collected": _metric(found.collected, "count", n, as_of),
        "raw_intakes": _metric(found.raw_intakes, "count", found.raw_intakes, as_of),
        "problems_resolved": _metric(found.resolution.part, "count", n, as_of),
        "resolution_rate": _metric(found.resolution.percent, "percent", n, as_of),
        "solution_rate": _metric(found.solution.percent, "percent", n, as_of),
    }


def _policy(year: int) -> dict[str, Metric]:
    """What was left to enterprises; a year without a register is absent."""
    cuts, rent = reliefs.total(reliefs.TAXES_AND_FEES, year), reliefs.total(reliefs.RENT, year)
    found = {}
    if cuts.as_of:
        found["tax_fee_cuts"] = _metric(Decimal(cuts.fen) / HUNDRED_MILLION_YUAN, "100m yuan", cuts.count, cuts.as_of)
    if rent.as_of:
        found["rent_relief"] = _metric(Decimal(rent.fen) / TEN_THOUSAND_YUAN, "10k yuan", rent.count, rent.as_of)
    return found


def _metric(value: Any, unit: str, n: int, as_of: datetime) -> Metric:
    return {"value": value, "unit": unit, "n": n, "as_of": as_of.astimezone(base.TZ).isoformat(timespec="seconds")}

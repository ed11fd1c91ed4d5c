"""The rules of policies; those of benefits paid unasked are in `cycles`."""

from .documents import (
    ONE_FIRM,
    PLACES,
    Finding,
    findings_of_clause,
    findings_of_item,
    findings_of_rule,
    missing_gate,
    not_an_original,
    standing,
    unfit,
)

__all__ = [
    "ONE_FIRM", "PLACES", "Finding", "findings_of_clause", "findings_of_item", "findings_of_rule", "missing_gate",
    "not_an_original", "standing", "unfit",
]

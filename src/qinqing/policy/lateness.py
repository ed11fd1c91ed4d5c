"""The worker's round over cycles of benefits: what is paid too late becomes a matter (川办函〔2024〕17号)."""

from qinqing.base import SYSTEM

from . import actions
from .queries import cycles


def look() -> None:
    for cycle in cycles.late():
        actions.flag_late(actor=SYSTEM, cycle=cycle)

"""The worker's round over cycles of benefits: what is paid too late becomes a matter (川办函〔2024〕17号), silence ends."""

from qinqing.base import SYSTEM

from . import actions
from .queries import cycles


def look() -> None:
    for cycle in cycles.late():
        actions.flag_late(actor=SYSTEM, cycle=cycle)
    for cycle in cycles.silent():
        if cycles.to_remind(cycle):
            actions.remind_to_answer(actor=SYSTEM, cycle=cycle)
        if cycles.unanswered(cycle):
            actions.lapse_unanswered(actor=SYSTEM, cycle=cycle)

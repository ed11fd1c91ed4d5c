"""Matters as far on their road as a test needs them, each step on its day in March 2026."""

from datetime import datetime

from qinqing import base
from qinqing.casework import actions
from qinqing.casework.models import Matter
from qinqing.casework.terms import Outcome
from qinqing.consultation import actions as consultation
from tests.characters import MONDAY


def at(day: int, hour: int = 10, minute: int = 0, month: int = 3):
    return base.clock_at(datetime(2026, month, day, hour, minute))


def submitted(town, **kwargs) -> Matter:
    with base.clock_at(MONDAY):
        return consultation.submit(
            actor=town.lin, title="二期扩建缺15亩工业用地", text="设备12月底到厂，地还没交。", topic="land",
            enterprise=town.enterprise, **kwargs).matter


def dispatched(town, **kwargs) -> Matter:
    matter = submitted(town, **kwargs)
    with at(2, 15):
        return actions.dispatch(actor=town.ban, matter=matter, lead=town.land, helpers=[town.power])


def handling(town, **kwargs) -> Matter:
    matter = dispatched(town, **kwargs)
    with at(3):
        return actions.sign(actor=town.luo, matter=matter)


def replied(town, **kwargs) -> Matter:
    matter = handling(town, **kwargs)
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="东片区15亩已定，本月交地。", outcome=Outcome.SOLVED,
                      evidence="交地确认书")
    return fresh(matter)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)

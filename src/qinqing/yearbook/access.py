"""Who may enter published figures; everybody may read them."""

from qinqing.base import Actor, Verdict
from qinqing.base.actor import CITY_OFFICES
from qinqing.base.verdict import YES, no
from qinqing.base.words import say


def may_enter(actor: Actor) -> Verdict:
    """The system enters what the simulated year cites."""
    return YES if actor.role in CITY_OFFICES or actor.ref == "system" else no(say("外部统计数据由市级各办录入。"))

"""Who may take a department's list of those who newly fit. Pure."""

from qinqing.base import YES, Actor, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES, UNIT_STAFF


def may_take_list(actor: Actor, unit_id: int) -> Verdict:
    """The department that gives the relief, and who coordinates the city's."""
    if actor.role in CITY_OFFICES or (actor.role in UNIT_STAFF and unit_id in actor.unit_ids):
        return YES
    return no(say("清单只给办理这些减免的单位和市级统筹办公室。"))

"""Who may speak for an enterprise about its facts, correct them, and compare them. Pure."""

from qinqing.base import YES, Actor, Role, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES, UNIT_STAFF


def may_speak_for_itself(actor: Actor) -> Verdict:
    """Declaring, consenting, disputing: the enterprise's own people."""
    return YES if actor.role == Role.ENTERPRISE and actor.enterprise_id else no(say("只能由企业自己的人办理。"))


def may_decide_correction(actor: Actor, unit_id: int) -> Verdict:
    """Who said it says whether it is so."""
    if actor.role in UNIT_STAFF and unit_id in actor.unit_ids:
        return YES
    return no(say("由提供这个数据的单位答复。"))


def may_compare(actor: Actor) -> Verdict:
    """Asking a department about a list of enterprises."""
    if actor.role in CITY_OFFICES | UNIT_STAFF:
        return YES
    return no(say("部门比对由市级统筹办公室和市级单位发起。"))


def may_answer_comparison(actor: Actor, unit_id: int) -> Verdict:
    if actor.role in UNIT_STAFF and unit_id in actor.unit_ids:
        return YES
    return no(say("由被询问的单位答复。"))

"""Who may write policies, approve what they mean, publish them, and follow them. Pure."""

from qinqing.base import YES, Actor, Role, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES, UNIT_STAFF

WRITING = UNIT_STAFF | {Role.COUNTY_OFFICE}
APPROVING = frozenset({Role.UNIT_LEADER, Role.COUNTY_LEADER})


def may_keep(actor: Actor) -> Verdict:
    """Whether there is anything to do on the policy desk."""
    if actor.role in CITY_OFFICES | WRITING | APPROVING or actor.role == "system":
        return YES
    return no(say("政策由制定单位和市级统筹办公室维护。"))


def may_edit(actor: Actor, issuer_id: int | None) -> Verdict:
    """`issuer_id`: of whose policy, as far as it is known."""
    if actor.role in CITY_OFFICES or actor.role == "system":
        return YES
    own = issuer_id is None or issuer_id in actor.unit_ids
    if actor.role in WRITING | APPROVING and own:
        return YES
    return no(say("只能维护本单位制定的政策。"))


def may_approve(actor: Actor, issuer_id: int) -> Verdict:
    """Plain words count when who issued the policy stands by them."""
    if actor.role == "system" or (actor.role in APPROVING and issuer_id in actor.unit_ids):
        return YES
    return no(say("通俗解读由制定单位的负责人核定。"))


def may_publish(actor: Actor, issuer_id: int) -> Verdict:
    """Publishing, repealing, withholding: the issuer's leader, or a city office for all."""
    if actor.role in CITY_OFFICES or may_approve(actor, issuer_id):
        return YES
    return no(say("发布、废止和不公开由制定单位负责人或市级统筹办公室决定。"))


def may_follow(actor: Actor) -> Verdict:
    return YES if actor.enterprise_id else no(say("登录企业账号后可以关注。"))

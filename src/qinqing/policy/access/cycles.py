"""Who runs a cycle of benefits, who signs it, who answers for its money, and who may speak for an enterprise in it. Pure."""

from qinqing.base import YES, Actor, Role, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES, UNIT_STAFF

READING = CITY_OFFICES | UNIT_STAFF | {Role.CITY_LEADER}


def may_look(actor: Actor) -> Verdict:
    """Whether there is anything to see on the benefits desk."""
    return YES if actor.role in READING else no(say("免申即享由兑现单位和市级统筹办公室办理。"))


def sees_all(actor: Actor) -> bool:
    return actor.role in CITY_OFFICES or actor.role in (Role.CITY_LEADER, "system")


def may_run(actor: Actor, unit_id: int) -> Verdict:
    """Match, check, publish, draw up payments: the unit that owns the benefit."""
    own = actor.role in UNIT_STAFF and unit_id in actor.unit_ids
    return YES if own or actor.role == "system" else no(say("这一步由兑现单位办理。"))


def may_sign(actor: Actor, unit_id: int, first_id: int | None) -> Verdict:
    """The second person: the unit's leader, and not who did the first half."""
    if actor.role != Role.UNIT_LEADER or unit_id not in actor.unit_ids:
        return no(say("这一步由兑现单位负责人办理。"))
    return no(say("前一步是您办的，要由另一人决定。")) if actor.account_id == first_id else YES


def may_fund(actor: Actor, funder_id: int) -> Verdict:
    own = actor.role in UNIT_STAFF and funder_id in actor.unit_ids
    return YES if own or actor.role == "system" else no(say("资金到位由资金单位登记。"))


def may_answer(actor: Actor, enterprise_id: int) -> Verdict:
    """Consent, decline, the account, the rating: the enterprise itself and nobody for it."""
    return YES if actor.enterprise_id == enterprise_id else no(say("只能由企业本身办理。"))


def may_object(actor: Actor) -> Verdict:
    return YES if actor.enterprise_id else no(say("登录企业账号后可以提出异议。"))


def may_take_in(actor: Actor) -> Verdict:
    """Registers of relief come from the units that grant it."""
    if actor.role in CITY_OFFICES | UNIT_STAFF or actor.role == "system":
        return YES
    return no(say("减免台账由市级部门和统筹办公室导入。"))

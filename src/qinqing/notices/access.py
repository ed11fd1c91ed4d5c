"""Who may look into the outbox, see whom it is for, and send once more by hand. What is said, only its reader sees."""

from qinqing.base import YES, Actor, Role, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES

_LOOKING = CITY_OFFICES | {Role.SYSTEM_ADMIN}
_RETRYING = {Role.ENVIRONMENT_OFFICE, Role.SYSTEM_ADMIN}


def may_see_outbox(actor: Actor) -> Verdict:
    return YES if actor.role in _LOOKING else no(say("发件箱由市级牵头办公室和系统管理员查看。"))


def may_see_recipients(actor: Actor) -> Verdict:
    """The office that must reach the person some other way; the system administrator only sees that it goes out."""
    return YES if actor.role == Role.ENVIRONMENT_OFFICE else no(say("收件人只有营商环境办可以查看。"))


def may_retry(actor: Actor) -> Verdict:
    return YES if actor.role in _RETRYING else no(say("重新发送由营商环境办或系统管理员操作。"))

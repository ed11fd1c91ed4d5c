"""Who may look into the outbox, read what it says, and send once more by hand."""

from qinqing.base import YES, Actor, Role, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES

_LOOKING = CITY_OFFICES | {Role.SYSTEM_ADMIN}
_RETRYING = {Role.ENVIRONMENT_OFFICE, Role.SYSTEM_ADMIN}


def may_see_outbox(actor: Actor, *, demo: bool) -> Verdict:
    """In the demo everybody: its people are invented, and their codes must be readable by whoever tries it."""
    if demo or actor.role in _LOOKING:
        return YES
    return no(say("发件箱由市级牵头办公室和系统管理员查看。"))


def may_read_contents(actor: Actor, *, demo: bool) -> Verdict:
    """The system administrator sees that it goes out, never what is said (domain: three administrators)."""
    if demo or actor.role == Role.ENVIRONMENT_OFFICE:
        return YES
    return no(say("通知内容只有营商环境办可以查看。"))


def may_retry(actor: Actor) -> Verdict:
    return YES if actor.role in _RETRYING else no(say("重新发送由营商环境办或系统管理员操作。"))

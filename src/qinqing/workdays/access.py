"""Who may import the calendar of working days."""

from qinqing.base import Actor, Role, Verdict
from qinqing.base.verdict import YES, no
from qinqing.base.words import say

IMPORTING = frozenset({Role.SYSTEM_ADMIN, Role.ENVIRONMENT_OFFICE})


def may_import(actor: Actor) -> Verdict:
    """The system itself fills the calendar when it is set up."""
    return YES if actor.role in IMPORTING or actor.ref == "system" else no(say("工作日历由营商环境办或系统管理员导入。"))


def may_see(actor: Actor) -> Verdict:
    """The calendar is no secret: every member of staff may look."""
    return YES if actor.is_staff else no(say("工作日历给工作人员看。"))

"""Who may look into the outbox, see whom it is for, and send once more by hand. What is said, only its reader sees.

A package whose subjects are not for everybody who looks registers in `AppConfig.ready` which are kept from an actor:
`access.register(lambda actor: …)` gives them as "matter:12". What goes out about them is not in that actor's outbox.
"""

from collections.abc import Callable, Iterable

from qinqing.base import YES, Actor, Role, Verdict, no, say
from qinqing.base.actor import CITY_OFFICES

_LOOKING = CITY_OFFICES | {Role.SYSTEM_ADMIN}
_RETRYING = {Role.ENVIRONMENT_OFFICE, Role.SYSTEM_ADMIN}

Subjects = Iterable[str]  # a list, or a query of one column
_keepers: list[Callable[[Actor], Subjects]] = []


def register(keeper: Callable[[Actor], Subjects]) -> None:
    if keeper not in _keepers:
        _keepers.append(keeper)


def kept_from(actor: Actor) -> list[Subjects]:
    """The subjects of which this actor must not learn that anybody was told."""
    return [keeper(actor) for keeper in _keepers]


def may_see_outbox(actor: Actor) -> Verdict:
    return YES if actor.role in _LOOKING else no(say("发件箱由市级牵头办公室和系统管理员查看。"))


def may_see_recipients(actor: Actor) -> Verdict:
    """The office that must reach the person some other way; the system administrator only sees that it goes out."""
    return YES if actor.role == Role.ENVIRONMENT_OFFICE else no(say("收件人只有营商环境办可以查看。"))


def may_retry(actor: Actor) -> Verdict:
    return YES if actor.role in _RETRYING else no(say("重新发送由营商环境办或系统管理员操作。"))

"""By which road whose difficulties come in; who lets the world read how one was solved: the enterprise it was."""

from qinqing.base import PUBLIC, YES, Actor, Role, Verdict, no, say
from qinqing.casework.terms import Route

from . import terms


def routes(actor: Actor) -> tuple[Route, ...]:
    """The roads that this actor can know of, beside `api`, which every program is."""
    if actor == PUBLIC:
        return terms.GUEST_ROUTES
    if actor.role == Role.ENTERPRISE:
        return terms.OWN_ROUTES
    return terms.ROUTES.get(Role(actor.role), terms.OFFICE_ROUTES)


def may_publish(actor: Actor, enterprise_id: int | None) -> Verdict:
    if actor.enterprise_id is not None and actor.enterprise_id == enterprise_id:
        return YES
    return no(say("只有提出诉求的企业可以决定公开。"))

"""Who lets the world read how a difficulty was solved: the enterprise it was, and nobody in its place."""

from qinqing.base import YES, Actor, Verdict, no, say


def may_publish(actor: Actor, enterprise_id: int | None) -> Verdict:
    if actor.enterprise_id is not None and actor.enterprise_id == enterprise_id:
        return YES
    return no(say("只有提出诉求的企业可以决定公开。"))

"""Following a policy, or every new match of one's enterprise (M3-014)."""

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from .. import access
from ..models import Following, Policy


@ledger.act
def follow(*, actor: Actor, policy: Policy | None = None) -> Following:
    """To be told when this policy changes or fits; without one, of every new match."""
    base.require(access.may_follow(actor))
    if policy is not None and not Policy.objects.visible_to(actor).filter(pk=policy.pk).exists():
        raise base.Denied(say("没有这份政策。"))
    following, new = Following.objects.get_or_create(
        account_id=actor.account_id or 0, enterprise_id=actor.enterprise_id or 0, policy=policy, defaults={"since": base.now()})
    if not new:
        raise base.Stale(say("已经关注了。"))
    ledger.record("policy.followed", actor, _subject(policy), {"enterprise": actor.enterprise_id})
    return following


@ledger.act
def unfollow(*, actor: Actor, policy: Policy | None = None) -> None:
    """Not to be told any more."""
    base.require(access.may_follow(actor))
    followed = Following.objects.filter(account=actor.account_id, enterprise=actor.enterprise_id, policy=policy)
    if not followed.delete()[0]:
        raise base.Stale(say("没有关注过。"))
    ledger.record("policy.unfollowed", actor, _subject(policy), {"enterprise": actor.enterprise_id})


def _subject(policy: Policy | None) -> str:
    return f"policy:{policy.number}" if policy else "policies:all"

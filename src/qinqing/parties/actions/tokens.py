"""Keys for programs: issued once, kept as a hash, scoped, expiring."""

import secrets
from datetime import timedelta

from qinqing import base
from qinqing.base import say
from qinqing.ledger import actions as ledger

from .. import access, queries, terms
from ..models import Account, ApiToken

LONGEST_DAYS = 400


@ledger.act
def issue_token(
    *, actor: base.Actor, name: str, account: Account, acting_as: str, scopes: list[str], days: int
) -> tuple[ApiToken, str]:
    """A new key for a program that acts as a post or mandate. The key itself is told once and never kept."""
    base.require(access.may_lock(actor, account.id))
    if not 1 <= days <= LONGEST_DAYS:
        raise base.Refused(say("有效期是 1 到 %(most)s 天。", most=LONGEST_DAYS), field="days")
    if not set(scopes) <= set(terms.Scope.values) or not scopes:
        raise base.Refused(say("请选令牌能做什么。"), field="scopes")
    key = "qq_" + secrets.token_urlsafe(32)
    now = base.machine_now()
    token = ApiToken.objects.create(
        name=name,
        account=account,
        acting_as=acting_as,
        scopes=sorted(scopes),
        sha256=queries.token_hash(key),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    ledger.record("token.issued", actor, f"token:{token.id}", {"account": account.id, "scopes": sorted(scopes), "days": days})
    return token, key


@ledger.act
def revoke_token(*, actor: base.Actor, token: ApiToken) -> None:
    base.require(access.may_lock(actor, token.account_id))
    token.revoked_at = base.machine_now()
    token.save(update_fields=["revoked_at"])
    ledger.record("token.revoked", actor, f"token:{token.id}", {})

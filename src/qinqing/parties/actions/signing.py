"""Signing in and out, failing to, and choosing what to act as: the log that the audit administrator reads."""

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger

from .. import queries
from ..models import Account


@ledger.act
def sign_in(*, actor: base.Actor, account: Account, method: str) -> None:
    ledger.record("account.signed_in", actor, f"account:{account.id}", {"method": method})


@ledger.act
def sign_out(*, actor: base.Actor, account: Account) -> None:
    ledger.record("account.signed_out", actor, f"account:{account.id}", {})


@ledger.act
def sign_in_failed(*, actor: base.Actor, account: Account | None, method: str) -> None:
    """Nobody's name is kept: an unknown login is only counted."""
    ledger.record("account.sign_in_failed", actor, _subject(account), {"method": method})


@ledger.act
def lock_out(*, actor: base.Actor, account: Account | None) -> None:
    """Too many failures in a row: the login rests for a while."""
    ledger.record("account.locked_out", actor, _subject(account), {})


@ledger.act
def change_factor(*, actor: base.Actor, account: Account, kind: str, added: bool) -> None:
    """A second factor or passkey was added or removed by its owner."""
    verb = "account.factor_added" if added else "account.factor_removed"
    ledger.record(verb, actor, f"account:{account.id}", {"kind": kind})


def _subject(account: Account | None) -> str:
    return f"account:{account.id}" if account else "account:unknown"


@ledger.act
def choose_role(*, actor: base.Actor, account: Account, ref: str) -> base.Actor:
    """Act from now on in the post or mandate `ref`; the session remembers it."""
    chosen = queries.actor_for(account, ref)
    if not ref or chosen.acting_as != ref:
        raise base.Refused(say("这个身份已经失效，请从列表里选一个。"), field="ref")
    ledger.record("account.role_chosen", actor, f"account:{account.id}", {"acting_as": ref})
    return chosen

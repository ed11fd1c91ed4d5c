"""Posts and mandates: whom a person may act for, from when, until when."""

from datetime import date

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger

from .. import access, rules, terms
from ..models import Account, Enterprise, Mandate, Post, Unit
from .holding import hold


@ledger.act
def appoint(
    *,
    actor: base.Actor,
    account: Account,
    unit: Unit,
    role: str,
    part: str = terms.Part.A,
    title: str = "",
    on: date | None = None,
) -> Post:
    """Give the person a post in the unit, as its A or its B person."""
    base.require(access.may_appoint(actor, account.id))
    hold(account)
    day, title = on or base.today(), title.strip()
    _require_open(account, unit)
    _require_separate(account, role, day)
    if account.posts.after(day).filter(unit=unit, role=role, title=title).exists():
        raise base.Refused(say("此人在该单位已任同一职务。"), field="role")
    post = Post.objects.create(account=account, unit=unit, role=role, part=part, title=title, valid_from=day)
    facts = {
        "account": f"account:{account.id}", "unit": unit.code, "role": str(role), "part": str(part), "from": post.valid_from,
    }  # fmt: skip
    ledger.record("post.filled", actor, f"post:{post.id}", facts)
    return post


def _require_open(account: Account, unit: Unit) -> None:
    if account.erased_at:
        raise base.Refused(say("这个账号的个人信息已依法删除，不能任职。"), field="account")
    if unit.valid_to is not None:
        raise base.Refused(say("%(unit)s已撤并，请选现行单位。", unit=unit.name), field="unit")


def _require_separate(account: Account, role: str, day: date) -> None:
    """On no day of the post that begins on this one, whenever the others begin."""
    held = set(account.posts.after(day).values_list("role", flat=True))
    if rules.excludes(held, role):
        raise base.Refused(say("系统管理员、安全管理员、审计管理员不能由同一人兼任。"), field="role")


@ledger.act
def end_post(*, actor: base.Actor, post: Post, on: date | None = None) -> None:
    """The first day without the post is `on`, today if not said."""
    base.require(access.may_appoint(actor, post.account_id))
    _end(post, on or base.today())
    ledger.record("post.ended", actor, f"post:{post.id}", {"to": post.valid_to})


@ledger.act
def grant_mandate(
    *,
    actor: base.Actor,
    account: Account,
    enterprise: Enterprise,
    kind: str = terms.MandateKind.AUTHORISED,
    on: date | None = None,
) -> Mandate:
    """Let the person act for the enterprise; an enterprise may have several."""
    base.require(access.may_grant_mandate(actor, enterprise.county_id))
    hold(account)
    if account.erased_at:
        raise base.Refused(say("这个账号的个人信息已依法删除，不能授权。"), field="account")
    day = on or base.today()
    if account.mandates.after(day).filter(enterprise=enterprise).exists():
        raise base.Refused(say("此人已经可以代表这家企业。"), field="account")
    mandate = Mandate.objects.create(account=account, enterprise=enterprise, kind=kind, valid_from=day)
    facts = {
        "account": f"account:{account.id}", "enterprise": enterprise.code, "kind": str(kind), "from": mandate.valid_from,
    }  # fmt: skip
    ledger.record("mandate.granted", actor, f"mandate:{mandate.id}", facts)
    return mandate


@ledger.act
def end_mandate(*, actor: base.Actor, mandate: Mandate, on: date | None = None) -> None:
    base.require(access.may_grant_mandate(actor, mandate.enterprise.county_id))
    _end(mandate, on or base.today())
    ledger.record("mandate.ended", actor, f"mandate:{mandate.id}", {"to": mandate.valid_to})


def _end(held: Post | Mandate, on: date) -> None:
    hold(held)
    if held.valid_to is not None:
        raise base.Refused(say("已于 %(day)s 终止。", day=held.valid_to))
    if on < held.valid_from:
        raise base.Refused(say("终止日期不能早于开始日期 %(day)s。", day=held.valid_from), field="on")
    held.valid_to = on
    held.save(update_fields=["valid_to"])

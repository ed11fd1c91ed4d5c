"""The benefits of a policy: added, and changed by a further version."""

from datetime import date
from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Unit

from .. import access, computing, reaching, terms
from ..models import Policy, PolicyItem, Reach
from . import documents

KEPT = frozenset({"id", "policy", "code", "version", "written_by", "written_at", "reason", "replaced_at"})
FIELDS = tuple(field.name for field in PolicyItem._meta.concrete_fields if field.name not in KEPT)


@ledger.act
def add_item(*, actor: Actor, policy: Policy, code: str, title: str, benefit_class: str, mode: str, conditions: str,
             benefit: str, rule: dict[str, Any], owner: Unit | None = None, valid_from: date | None = None,
             **more: Any) -> PolicyItem:
    """One benefit; without its own, the owner and the first day are the policy's."""
    policy = documents.take(actor, policy)
    if PolicyItem.objects.filter(code=code).exists():
        raise base.Refused(say("事项编号“%(code)s”已经用过，请换一个。", code=code), field="code")
    values = {"valid_to": policy.effective_to} | more
    item = PolicyItem(
        policy=policy, code=code, title=title, benefit_class=benefit_class, mode=mode, conditions=conditions, benefit=benefit,
        rule=rule, owner=owner or policy.issuer, valid_from=valid_from or policy.effective_from, **values)
    return _new_version(actor, item, "item.added")


@ledger.act
def change_item(*, actor: Actor, item: PolicyItem, reason: str, **fields: Any) -> PolicyItem:
    """The next version; the one before stays as it was. Of a published policy only with a reason."""
    standing = PolicyItem.objects.select_for_update(of=("self",)).select_related("policy").get(pk=item.pk)
    base.require(access.may_edit(actor, standing.policy.issuer_id))
    if standing.replaced_at is not None:
        raise base.Stale(say("这一项已经有更新的版本，请刷新后再改。"))
    if not reason.strip() and standing.policy.status != terms.Status.DRAFT:
        raise base.Refused(say("请写明为什么改。"), field="reason")
    PolicyItem.objects.filter(pk=standing.pk).update(replaced_at=base.now())
    standing.reaches.all().delete()
    values = {name: getattr(standing, name) for name in FIELDS} | fields
    following = PolicyItem(
        policy=standing.policy, code=standing.code, version=standing.version + 1, reason=reason.strip(), **values)
    return _new_version(actor, following, "item.changed")


def _new_version(actor: Actor, item: PolicyItem, verb: str) -> PolicyItem:
    if item.rule:
        computing.require_sound(item.rule, title=item.title, on=item.valid_from)
    _require_whole(item)
    item.written_by_id, item.written_at = actor.account_id, base.now()
    item.save(force_insert=True)
    Reach.objects.bulk_create(Reach(item=item, size=size, low=low, high=high)
                              for size, low, high in reaching.reached(item.rule, item.valid_from))
    ledger.record(verb, actor, f"policy:{item.policy.number}", {
        "item": item.code, "version": item.version, "class": item.benefit_class, "mode": item.mode,
        "valid_from": item.valid_from, "valid_to": item.valid_to, "rule": computing.digest(item.rule),
    })  # fmt: skip
    return item


def _require_whole(item: PolicyItem) -> None:
    if item.valid_to is not None and item.valid_to < item.valid_from:
        raise base.Refused(say("最后一天不能早于第一天。"), field="valid_to")
    if item.stacking != terms.Stacking.FREE and not item.stacking_group:
        raise base.Refused(say("不能叠加的事项要写明属于哪一组。"), field="stacking_group")
    if item.window_from and item.window_to and item.window_to < item.window_from:
        raise base.Refused(say("申报截止不能早于申报开始。"), field="window_to")

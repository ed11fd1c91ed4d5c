"""Writing a rule: kept while it is unfinished, held against examples, and made the next version of its item (M3-030)."""

from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from .. import access, computing
from ..models import PolicyItem, RuleDraft, RuleExample
from ..queries import builder
from . import items


@ledger.act
def draft_rule(*, actor: Actor, item: PolicyItem, rule: Any) -> RuleDraft:
    """Keep what was written, sound or not; the rule in force stays as it is."""
    base.require(access.may_edit(actor, item.policy.issuer_id))
    written = {"version": item.version, "rule": rule, "written_by_id": actor.account_id, "written_at": base.now()}
    draft, _ = RuleDraft.objects.update_or_create(code=item.code, defaults=written)
    ledger.record("rule.drafted", actor, f"policy:{item.policy.number}", {"item": item.code, "rule": computing.digest(rule)})
    return draft


@ledger.act
def adopt_rule(*, actor: Actor, item: PolicyItem, reason: str) -> PolicyItem:
    """The draft becomes the item's next version; every example must agree with it."""
    base.require(access.may_edit(actor, item.policy.issuer_id))
    draft = RuleDraft.objects.select_for_update().filter(code=item.code).first()
    if draft is None:
        raise base.Refused(say("没有草稿，先改规则再定稿。"))
    if draft.version != item.version:
        raise base.Stale(say("起草以后这一项已经有了新的版本，请对照新版本再定稿。"))
    computing.require_sound(draft.rule, title=item.title, on=item.valid_from)
    _require_agreeing(item, draft.rule)
    following = items.change_item(actor=actor, item=item, reason=reason, rule=draft.rule)
    draft.delete()
    facts = {"item": item.code, "version": following.version, "rule": computing.digest(following.rule)}
    ledger.record("rule.adopted", actor, f"policy:{item.policy.number}", facts)
    return following


def _require_agreeing(item: PolicyItem, rule: Any) -> None:
    differing = [tried.example.title for tried in builder.tried(item, rule) if not tried.agrees]
    if differing:
        raise base.Refused(say("还有例子对不上：%(titles)s。改规则，或者改例子。", titles="、".join(differing)))


@ledger.act
def add_example(*, actor: Actor, item: PolicyItem, title: str, facts: str, expected: str) -> RuleExample:
    """`facts` one a line: a fact's label or name, a space, its value; what is not written is not known."""
    base.require(access.may_edit(actor, item.policy.issuer_id))
    if RuleExample.objects.filter(code=item.code, title=title.strip()).exists():
        raise base.Refused(say("已经有叫这个名字的例子。"), field="title")
    example = RuleExample.objects.create(
        code=item.code, title=title.strip(), facts=builder.facts_in(facts), expected=expected, written_by_id=actor.account_id)
    said = {"item": item.code, "example": example.pk, "expected": expected}
    ledger.record("rule.example_added", actor, f"policy:{item.policy.number}", said)
    return example


@ledger.act
def remove_example(*, actor: Actor, item: PolicyItem, example: RuleExample) -> None:
    base.require(access.may_edit(actor, item.policy.issuer_id))
    said = {"item": item.code, "example": example.pk}
    example.delete()
    ledger.record("rule.example_removed", actor, f"policy:{item.policy.number}", said)

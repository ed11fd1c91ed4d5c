"""Matching again what may have changed, and telling each enterprise once what is new for it (M3-014, M3-030).

Only differences are written: who newly fits, whose amount is another, who fits no longer. A match is no decision.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import SYSTEM, Actor
from qinqing.ledger import actions as ledger
from qinqing.notices import actions as notices
from qinqing.notices.templates import IN_APP, SMS, Template
from qinqing.parties.models import Mandate

from .. import access
from ..models import Match, MatchRound, PolicyItem
from ..queries.matches import Found

CHUNK = 2_000
NEW = Template("match.new", _("符合一项政策：%(title)s"), _("按现有数据您已经够条件。点开看依据、金额和怎么兑现。"),
               (IN_APP, SMS))
CHANGED = Template("match.changed", _("金额有变化：%(title)s"), _("规则或数据有变，点开看新的金额和依据。"))


@ledger.act
def renew_matches(*, actor: Actor, item: PolicyItem, found: Found) -> MatchRound:
    """What differs from the last time, and who is told of it."""
    base.require(access.may_edit(actor, item.policy.issuer_id))
    standing = {match.enterprise_id: match for match in Match.objects.filter(code=item.code, ended_at=None)}
    new = [key for key in found.amounts if key not in standing]
    changed = [match for key, match in standing.items() if key in found.amounts and match.amount_fen != found.amounts[key]]
    gone = [match.pk for key, match in standing.items() if key not in found.amounts]
    _write(item, found, new, changed, gone)
    told = _tell(NEW, item, new) + _tell(CHANGED, item, [match.enterprise_id for match in changed])
    counted = {"enterprises": found.enterprises, "eligible": len(found.amounts), "unknown": found.unknown}
    said = {"version": item.version, "digest": found.digest, "rivals": found.rivals, "matched_at": base.now(), **counted}
    kept, _created = MatchRound.objects.update_or_create(code=item.code, defaults=said)
    differences = {"new": len(new), "changed": len(changed), "ended": len(gone), "told": told}
    facts = {"item": item.code, "version": item.version, "snapshot": found.digest, **counted, **differences}
    ledger.record("match.renewed", actor, f"policy:{item.policy.number}", facts)
    return kept


def _write(item: PolicyItem, found: Found, new: list[int], changed: list[Match], gone: list[int]) -> None:
    now = base.now()
    Match.objects.filter(pk__in=gone).update(ended_at=now)
    for match in changed:
        match.amount_fen, match.version = found.amounts[match.enterprise_id], item.version
    Match.objects.bulk_update(changed, ["amount_fen", "version"], batch_size=CHUNK)
    fresh = [Match(enterprise_id=key, code=item.code, version=item.version, amount_fen=found.amounts[key], since=now, told_at=now)
             for key in new]
    Match.objects.bulk_create(fresh, batch_size=CHUNK)


def _tell(template: Template, item: PolicyItem, enterprises: Iterable[int]) -> int:
    """Everybody who acts for them, once for each version of the item, by the way each has chosen."""
    chosen = list(enterprises)
    people = Mandate.objects.on(base.today()).filter(enterprise__in=chosen).values_list("account", flat=True)
    if not chosen:
        return 0
    return notices.notify(
        actor=SYSTEM, template=template.key, about=f"item:{item.code}", to=people, url=f"/policies/{item.policy.number}/",
        dedupe=f"{item.code}:{item.version}", title=item.title)

"""Writing down which demands a policy answers (M0-006)."""

from collections.abc import Sequence

from qinqing import base
from qinqing.base import Actor
from qinqing.casework.models import Matter
from qinqing.ledger import actions as ledger

from .. import access
from ..models import Demand, Policy


@ledger.act
def cite_demands(*, actor: Actor, policy: Policy, matters: Sequence[Matter]) -> Policy:
    """These instead of those the actor sees there; what the actor may not know of stays."""
    locked = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    base.require(access.may_edit(actor, locked.issuer_id))
    seen = Demand.objects.filter(policy=locked, matter__in=Matter.objects.visible_to(actor))
    seen.exclude(matter__in=matters).delete()
    Demand.objects.bulk_create([Demand(policy=locked, matter=matter) for matter in matters], ignore_conflicts=True)
    cited = sorted(matter.number for matter in matters)
    ledger.record("policy.demands_cited", actor, f"policy:{locked.number}", {"matters": cited})
    return locked

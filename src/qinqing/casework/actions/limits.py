"""A city's own limits: what a profile says instead of the platform's defaults."""

from collections.abc import Sequence
from dataclasses import dataclass

from qinqing import base
from qinqing.base import Actor
from qinqing.ledger import actions as ledger

from .. import access
from ..models import LimitRule


@dataclass(frozen=True)
class LimitRow:
    kind: str
    track: str
    timer: str
    limit: str
    basis: str


@ledger.act
def set_limits(*, actor: Actor, rows: Sequence[LimitRow]) -> None:
    """New limits hold for clocks that start from now on; a running clock keeps the limit it started with."""
    base.require(access.may_set_limits(actor))
    for row in rows:
        LimitRule.objects.update_or_create(
            kind=row.kind, track=row.track, timer=row.timer, defaults={"limit": row.limit, "basis": row.basis})
    limits = {f"{row.kind}.{row.track}.{row.timer}": row.limit for row in rows}
    ledger.record("limit.set", actor, "limits:city", {"limits": limits})

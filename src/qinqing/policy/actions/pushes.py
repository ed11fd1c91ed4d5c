"""Handing a department the list of those who newly fit its reliefs: recorded, since data of enterprises leave (M3-030)."""

import hashlib
from collections.abc import Sequence
from datetime import date

from qinqing import base
from qinqing.base import Actor
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Unit

from ..access import pushes as access


@ledger.act
def hand_over_list(*, actor: Actor, unit: Unit, since: date, lines: Sequence[tuple[str, str]]) -> None:
    """`lines` are codes of items and of enterprises; the ledger keeps how many and their digest."""
    base.require(access.may_take_list(actor, unit.pk))
    digest = hashlib.sha256("\n".join(",".join(line) for line in lines).encode()).hexdigest()
    facts = {"since": since, "count": len(lines), "items": sorted({item for item, _ in lines}), "sha256": digest}
    ledger.record("push.handed_over", actor, f"unit:{unit.pk}", facts)

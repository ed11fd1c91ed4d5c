"""Looking up how far a matter is for who asks by phone."""

from qinqing import base
from qinqing.base import Actor
from qinqing.ledger import actions as ledger

from .. import access, queries
from ..models import Matter


@ledger.act
def look_up(*, actor: Actor, number: str, caller: str) -> Matter | None:
    """The matter whose number and phone or credit code the caller knows. What found nothing is on record as well."""
    base.require(access.may_look_up(actor))
    matter = queries.of_caller(number, caller)
    ledger.record("matter.looked_up", actor, f"matter:{matter.pk}" if matter else actor.ref, {"found": matter is not None})
    return matter

"""关联企业: what was brought without an account becomes an enterprise's own matter."""

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Account, Enterprise, Mandate

from .. import kinds
from ..models import Matter
from . import moving, telling


@ledger.act
def attach(*, actor: Actor, matter: Matter, enterprise: Enterprise, code: str, version: int | None = None) -> Matter:
    """Whoever brought it agrees by the code that was told to nobody else; the enterprise is one that has been verified.

    From here on everybody who acts for the enterprise reads it, and one of them is told what happens.
    """
    matter = moving.take(actor, matter, "attach", version=version)
    consents = kinds.get(matter.kind).consents
    if consents is None or not consents(matter, code):
        raise base.Refused(say("查询码不对。要由提交人本人告诉您查询码，才算同意关联。"), field="code")
    contact = _contact(enterprise)
    if contact is None:
        unverified = say("%(enterprise)s还没有经过认证的办事人，请企业先认证。", enterprise=enterprise.name)
        raise base.Refused(unverified, field="enterprise")
    moving.move(matter, "attach", at=base.now(), enterprise=enterprise, enterprise_name=enterprise.name, contact=contact,
                **_county(matter, enterprise))
    moving.record("attached", actor, matter, enterprise=enterprise.pk)
    telling.attached(matter)
    return matter


def _contact(enterprise: Enterprise) -> Account | None:
    """The first who acts for it today."""
    mandate = Mandate.objects.on(base.today()).filter(enterprise=enterprise).select_related("account").order_by("pk").first()
    return mandate and mandate.account


def _county(matter: Matter, enterprise: Enterprise) -> dict[str, object]:
    """The enterprise's, unless whoever brought it named another."""
    if matter.county_id is not None or enterprise.county is None:
        return {}
    return {"county": enterprise.county, "county_name": enterprise.county.name}

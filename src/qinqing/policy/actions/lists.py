"""Taking over a 事项清单: drafts with their benefits, all of it or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from qinqing import base
from qinqing.base import Actor
from qinqing.ledger import actions as ledger

from .. import access, lists
from ..models import Policy, PolicyItem
from . import documents, items

OF_POLICY = ("document_number", "summary", "issuer", "issued_on", "effective_from", "effective_to")
OF_ITEM = ("code", "title", "benefit_class", "mode", "conditions", "benefit", "owner", "window_from", "window_to", "rule")


@ledger.act
def import_list(*, actor: Actor, rows: Sequence[Mapping[str, Any]], content: bytes = b"") -> list[PolicyItem]:
    """Each row adds one benefit, to a draft that is there or to a new one; the first refusal names its line."""
    base.require(access.may_keep(actor))
    added = [_taken(actor, line, row) for line, row in enumerate(rows, 2)]
    ledger.record("policy.imported", actor, "policies:list", {"rows": len(added), "sha256": hashlib.sha256(content).hexdigest()})
    return added


def _taken(actor: Actor, line: int, row: Mapping[str, Any]) -> PolicyItem:
    try:
        policy = Policy.objects.filter(number=row["number"]).first() or documents.register(
            actor=actor, number=row["number"], title=row["policy"], **{name: row[name] for name in OF_POLICY})
        limit: dict[str, Any] = {"limit": f"{row['limit_days']}wd"} if row.get("limit_days") else {}
        return items.add_item(actor=actor, policy=policy, **{name: row[name] for name in OF_ITEM}, **limit)
    except base.Refused as refusal:
        raise base.Refused(lists.refused(line, refusal.sentence), field="file") from refusal


"""What the enterprise holds in its hand: the opening entry with what it commits to laid open."""

import json
from typing import Any

from qinqing.base import Actor, Verdict
from qinqing.documents.models import Attachment
from qinqing.ledger import queries as ledger
from qinqing.ledger.queries import receipt_sources

from .. import access
from ..models import Matter, Statement
from ..terms import Speech
from .standing import standing


def original_of(matter: Matter) -> Statement:
    return matter.statements.get(speech=Speech.ORIGINAL)


def may_read_receipt(actor: Actor, matter: Matter) -> Verdict:
    """A receipt names the enterprise, so it is not for those whom the name is hidden from."""
    return access.may_know_enterprise(actor, matter.anonymity, standing(actor, matter))


def receipt_of(matter: Matter) -> dict[str, Any]:
    """What the enterprise holds in its hand: the opening entry with its title and text laid open."""
    entry, disclosures = _opening(matter)
    return ledger.receipt(entry, disclosures)


def receipt_source(number: str) -> receipt_sources.Opened | None:
    """For `qinqing ledger receipt NUMBER`."""
    matter = Matter.objects.filter(number=number).first()
    return _opening(matter) if matter else None


def _opening(matter: Matter) -> receipt_sources.Opened:
    original = original_of(matter)
    entry = ledger.entry_of(f"matter:{matter.pk}", "matter.opened")
    assert entry is not None
    opened = {"title": (matter.salt, matter.title), "text": (original.salt, original.text)}
    for place, file in enumerate(_files_of(original, len(json.loads(entry.facts).get("files", [])))):
        opened[f"files.{place}"] = (file.salt, file.sha256)
    return entry, {name: said for name, said in opened.items() if said[0]}  # what was erased lost its salt


def _files_of(statement: Statement, many: int) -> list[Attachment]:
    """The first so many, in the order they came; one that was erased keeps its place."""
    if not many:
        return []
    return list(Attachment.objects.of(f"matter:{statement.matter_id}").filter(statement=statement.pk)[:many])

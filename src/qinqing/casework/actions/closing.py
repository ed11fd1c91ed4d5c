"""销号 and what comes after it: striking off, reopening a false closing."""

from django.db.models import Q

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from ..models import Matter
from ..terms import Audience, Part, Speech
from . import moving, telling

_UNDONE = Q(part=Part.HELPER, ended_at=None) & (Q(signed_at=None) | Q(answered_at=None))  # nobody waits for it any more


@ledger.act
def close(*, actor: Actor, matter: Matter, text: str = "", version: int | None = None) -> Matter:
    """Strike off: with evidence, with the enterprise's word, by a person who did not answer it (M1-036)."""
    matter = moving.take(actor, matter, "close", version=version)
    now = base.now()
    statement = moving.remark(matter, actor, Speech.CLOSING, text, at=now, audience=Audience.STAFF)
    matter.assignments.filter(_UNDONE).update(ended_at=now)
    moving.end(matter, "close", at=now)
    moving.record("closed", actor, matter, statement, outcome=matter.outcome, ground=matter.ground)
    telling.closed(matter)
    return matter


@ledger.act
def reopen(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """虚假销号 or insufficient evidence: back to work, one level up, with the reason on record."""
    matter = moving.take(actor, matter, "reopen", version=version)
    reason = moving.written(reason, "reason", say("请写明为什么重新办理。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.DECISION, reason, at=now)
    moving.rework(matter, "reopen", at=now)
    moving.record("reopened", actor, matter, statement, round=matter.round)
    telling.reopened(matter)
    return matter

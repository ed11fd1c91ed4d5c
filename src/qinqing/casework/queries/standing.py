"""How an actor stands to a matter, and what is possible now."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from qinqing import base
from qinqing.base import Actor, Verdict
from qinqing.base.actor import UNIT_STAFF
from qinqing.clock import spans

from .. import access, kinds, rules, terms
from ..models import Matter, Reply
from ..terms import Part, Speech, State
from .deadlines import calendar


def standing(actor: Actor, matter: Matter) -> access.Standing:
    """How the actor stands to the matter, for `access.may`."""
    parts = {row.part for row in matter.assignments.all()
             if {row.unit_id, row.section_id} & actor.unit_ids and row.ended_at is None
             } if actor.role in UNIT_STAFF else set()
    answer = current_reply(matter) if matter.state == State.CONFIRMED else None
    return access.Standing(
        own_enterprise=actor.enterprise_id is not None and actor.enterprise_id == matter.enterprise_id,
        lead=Part.LEAD in parts, helper=Part.HELPER in parts,
        own_county=actor.county_id is not None and actor.county_id == matter.county_id,
        express=matter.route in terms.EXPRESS, nameless=matter.enterprise_id is None,
        registered=actor.unit_id is not None and actor.unit_id == matter.registered_for_id,
        answered=bool(answer and answer.answered_by_id == actor.account_id),
        proposed=matter.proposed_by_id is not None and matter.proposed_by_id == actor.account_id,
        unit_ids=actor.unit_ids)


def facts(matter: Matter) -> rules.Facts:
    """What stands beside the state. Four small queries: one that counts it all costs more to build than they to run."""
    counted = Q(speech=Speech.OBJECTION) | Q(speech=Speech.EVIDENCE, round=matter.round)
    speeches = Counter(matter.statements.filter(counted).values_list("speech", flat=True))
    grounded = [terms.Outcome.EXPLAINED, terms.Outcome.REFERRED]
    extensions = list(matter.extensions.values_list("granted", flat=True))
    return rules.Facts(
        state=State(matter.state), paused=matter.paused_at is not None, objection_open=matter.objected_at is not None,
        objections=speeches[Speech.OBJECTION], extensions=extensions.count(True), extension_open=None in extensions,
        promised=matter.promised_on is not None, supervised=matter.supervised_at is not None,
        evidence=speeches[Speech.EVIDENCE] + matter.replies.filter(round=matter.round, outcome__in=grounded).count(),
        rejections=matter.confirmations.filter(solved=False).count(), disputed=matter.disputed_at is not None,
        proposed=matter.proposed_by_id is not None, silent=_silent(matter),
        appealed=matter.appealed_at is not None, raised=matter.appealed_at is not None or matter.rejected_at is not None)


def _silent(matter: Matter) -> bool:
    """Asked whether it is solved, the enterprise let its days to answer pass."""
    if matter.state != State.REPLIED or matter.replied_at is None:
        return False
    return spans.working_days_between(matter.replied_at, base.now(), calendar()) >= terms.DAYS_TO_ANSWER


def current_reply(matter: Matter) -> Reply | None:
    return matter.replies.filter(round=matter.round).order_by("-answered_at", "-id").first()


@dataclass(frozen=True)
class Option:
    """A verb on the page: possible or greyed with its reason."""

    verb: str
    verdict: Verdict


def options(actor: Actor, matter: Matter) -> dict[str, Option]:
    """Every verb this actor may ever say here; those not possible now carry the reason."""
    stand, now = standing(actor, matter), facts(matter)
    leaves_out = kinds.get(matter.kind).leaves_out
    allowed = (verb for verb in rules.MOVES if verb not in leaves_out and access.may(verb, actor, stand))
    return {verb: Option(verb, _possible(verb, now)) for verb in allowed}


def _possible(verb: str, now: rules.Facts) -> Verdict:
    reason = rules.obstacle(verb, now)
    return Verdict(ok=reason is None, reason=reason)


def shown_enterprise(actor: Actor, matter: Matter, stand: access.Standing | None = None) -> str:
    """The enterprise's name, or the sentence that stands for it when it asked not to be named."""
    verdict = access.may_know_enterprise(actor, matter.anonymity, stand or standing(actor, matter))
    return matter.enterprise_name if verdict else str(verdict.reason)

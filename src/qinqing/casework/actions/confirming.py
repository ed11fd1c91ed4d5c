"""The enterprise's word, and what may stand in its place."""

from datetime import date

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from .. import queries, rules
from ..models import Confirmation, Contact, Matter, Reply, Statement
from ..terms import Audience, Ground, Level, Means, Speech, Timer
from . import clocks, moving, telling


@ledger.act
def confirm(*, actor: Actor, matter: Matter, satisfaction: int | None = None, comment: str = "",
            version: int | None = None) -> Matter:
    """“Solved”, says the enterprise. How satisfied it is, is another question, and may stay open."""
    matter = moving.take(actor, matter, "confirm", version=version)
    said = _settle(actor, matter, "confirm", Ground.ENTERPRISE, comment=comment, satisfaction=satisfaction)
    moving.record("confirmed", actor, matter, said, round=matter.round)
    telling.confirmed(matter)
    return matter


def _answer(matter: Matter) -> Reply:
    """What is to be confirmed: nothing is, without a reply in this round."""
    answer = queries.current_reply(matter)
    assert answer is not None
    return answer


def _settle(actor: Actor, matter: Matter, verb: str, ground: Ground, *, comment: str = "",
            satisfaction: int | None = None) -> Statement | None:
    """The matter counts as confirmed; gives what was said about it, if anything was."""
    now = base.now()
    answer = _answer(matter)
    Confirmation.objects.create(matter=matter, reply=answer, ground=ground, solved=True, satisfaction=satisfaction,
                                decided_by_id=actor.account_id, decided_at=now)
    audience = Audience.EVERYBODY if ground == Ground.ENTERPRISE else Audience.STAFF
    said = moving.remark(matter, actor, Speech.CONFIRMATION, comment, at=now, audience=audience)
    clocks.stop(matter, Timer.DECISION, at=now)
    clocks.start(matter, Timer.CLOSE, at=now)
    moving.move(matter, verb, at=now, ground=ground, outcome=answer.outcome, confirmed_at=now, disputed_at=None,
                **moving.SEEN_TO)
    return said


@ledger.act
def reject(*, actor: Actor, matter: Matter, text: str, new_facts: str = "", satisfaction: int | None = None,
           version: int | None = None) -> Matter:
    """“Not solved”: it is handled anew, one level up. Said again without new facts, the office decides."""
    again = queries.facts(matter).rejections > 0 and not new_facts.strip()
    verb = "dispute" if again else "reject"
    matter = moving.take(actor, matter, verb, version=version)
    text = moving.written(text, "text", say("请写下还有什么没解决。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.CONFIRMATION, "\n".join(filter(None, [text, new_facts.strip()])), at=now)
    Confirmation.objects.create(matter=matter, reply=_answer(matter), ground=Ground.ENTERPRISE,
                                solved=False, satisfaction=satisfaction, decided_by_id=actor.account_id, decided_at=now)
    if again:
        clocks.start(matter, Timer.DECISION, at=now)
        moving.move(matter, verb, at=now, disputed_at=now, level=max(matter.level, Level.OFFICE))
    else:
        moving.rework(matter, verb, at=now, rejected_at=now)
    moving.record("disputed" if again else "rejected", actor, matter, statement, round=matter.round, level=matter.level)
    telling.rejected(matter)
    return matter


@ledger.act
def order_rework(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """The office sides with the enterprise: handle it anew."""
    matter = moving.take(actor, matter, "order_rework", version=version)
    reason = moving.written(reason, "reason", say("请写明裁定理由。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.DECISION, reason, at=now)
    moving.rework(matter, "order_rework", at=now)
    moving.record("rework_ordered", actor, matter, statement)
    telling.reopened(matter)
    return matter


@ledger.act
def contact(*, actor: Actor, matter: Matter, means: str, reached: bool, text: str,
            version: int | None = None) -> Contact:
    """Put on record that somebody outside the unit tried to reach the enterprise."""
    matter = moving.take(actor, matter, "contact", version=version)
    text = moving.written(text, "text", say("请写下联系的结果。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.CONTACT, text, at=now, audience=Audience.STAFF)
    attempt = Contact.objects.create(matter=matter, round=matter.round, means=Means(means), reached=reached,
                                     made_by_id=actor.account_id, made_at=now)
    moving.move(matter, "contact", at=now)
    moving.record("contacted", actor, matter, statement, means=means, reached=reached)
    return attempt


@ledger.act
def judge_unreached(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """Three documented attempts on different working days by two means stand for the enterprise's word."""
    matter = moving.take(actor, matter, "judge_unreached", version=version)
    reason = moving.written(reason, "reason", say("请写明联系经过。"))
    if matter.contacts.filter(round=matter.round, reached=True).exists():
        raise base.Refused(say("联系上过企业，不能认定为联系不上：请按企业说的办。"), field="reason")
    attempts = [(row.made_at.astimezone(base.TZ).date(), row.means)
                for row in matter.contacts.filter(round=matter.round, reached=False)]
    if not rules.attempts_suffice(_on_working_days(attempts)):
        raise base.Refused(say("要在三个不同的工作日、用至少两种方式联系过，才能这样认定。"), field="reason")
    said = _settle(actor, matter, "judge_unreached", Ground.UNREACHED, comment=reason)
    moving.record("judged_unreached", actor, matter, said, attempts=len(attempts))
    telling.judged(matter)
    return matter


def _on_working_days(attempts: list[tuple[date, str]]) -> list[tuple[date, str]]:
    calendar = queries.calendar()
    return [(day, means) for day, means in attempts if calendar.is_workday(day)]


@ledger.act
def propose_reasonable(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """合理诉求已办到位, first person: what was reasonable has been done; a second one must agree."""
    matter = moving.take(actor, matter, "propose_reasonable", version=version)
    reason = moving.written(reason, "reason", say("请写明哪些合理诉求已办到位，依据是什么。"))
    now = base.now()
    statement = moving.say_in(matter, actor, Speech.DECISION, reason, at=now, audience=Audience.OFFICE)
    moving.move(matter, "propose_reasonable", at=now, proposed_by_id=actor.account_id)
    moving.record("proposed_reasonable", actor, matter, statement)
    return matter


@ledger.act
def judge_reasonable(*, actor: Actor, matter: Matter, reason: str, version: int | None = None) -> Matter:
    """合理诉求已办到位, second person. Such closings are counted apart."""
    matter = moving.take(actor, matter, "judge_reasonable", version=version)
    reason = moving.written(reason, "reason", say("请写明认定理由。"))
    said = _settle(actor, matter, "judge_reasonable", Ground.REASONABLE, comment=reason)
    moving.record("judged_reasonable", actor, matter, said, proposed_by=matter.proposed_by_id)
    telling.judged(matter)
    return matter

"""What is shown of one matter to staff: on its own page, and, shorter, beside the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.base import Actor, say
from qinqing.base.words import Sentence
from qinqing.documents import queries as documents
from qinqing.parties import access as parties_access
from qinqing.parties import queries as parties
from qinqing.ui import dates

from .. import kinds, queries
from ..forms.speaking import VerbForm
from ..models import Matter
from ..terms import SUPERVISED, Ground, Part, State, Timer
from . import course, secrecy, verbs


def page(request: HttpRequest, matter: Matter, *, chosen: str = "", form: VerbForm | None = None) -> dict[str, Any]:
    """Everything the matter's own page shows."""
    actor, clocks = request.actor, queries.clocks_of(matter, request.actor)
    return {
        **head(actor, matter), **acting(actor, matter, chosen=chosen, form=form), **_said(actor, matter),
        "events": course.items(actor, matter), "holders": _holders(matter), "clocks": queries.latest(matter, clocks),
        "enterprise": enterprise(actor, matter), "former": _others(queries.former(actor, matter)),
        "similar": _others(queries.similar(actor, matter.title)), "bar": queries.solution_days(matter, clocks),
    }


def panel(request: HttpRequest, matter: Matter, *, back: str) -> dict[str, Any]:
    """What stands beside the list: the decision, what it rests on, and the last steps."""
    actor = request.actor
    return {
        **head(actor, matter), **acting(actor, matter), **_said(actor, matter), "back": back, "beside": True,
        "events": course.items(actor, matter, latest=3),
        "enterprise": enterprise(actor, matter), "former": _others(queries.former(actor, matter)),
    }


# —— the head ——

def head(actor: Actor, matter: Matter) -> dict[str, Any]:
    return {
        "matter": matter, "tags": _tags(matter), "light": queries.light(matter), "where": where(matter),
        "topic": kinds.get(matter.kind).topics.get(matter.topic, ""), "warnings": _warnings(actor, matter),
    }


def _tags(matter: Matter) -> list[Any]:
    supervised = SUPERVISED if matter.is_open and matter.supervised_at else None
    return [tag for tag in (queries.status(matter), queries.asked_of_office(matter), supervised) if tag]


def where(matter: Matter) -> Sentence:
    """Who has it now and until when, in one sentence for those who handle it."""
    if not matter.is_open:
        return say(_ENDED[State(matter.state)].text, into=matter.merged_into, day=dates.day(matter.closed_at))
    if matter.paused_at:
        return say("等企业补充，暂停计时")
    due = dates.day(matter.due_at) if matter.due_at else ""
    timer = Timer(matter.timer).label if matter.timer else ""
    late = matter.due_at is not None and matter.due_at < base.now()
    sentence = (_LATE if late else _OPEN)[_stage(matter)]
    return say(sentence.text, unit=matter.unit_name, due=due, timer=timer)


def _stage(matter: Matter) -> str:
    """The state, or the fact within it that makes another sentence of it."""
    if matter.objected_at:
        return "objected"
    if matter.disputed_at:
        return "disputed"
    if matter.state == State.HANDLING and matter.promised_on:
        return "promised"
    if matter.state == State.HANDLING and matter.review_on:
        return "shelved"
    return matter.state


_OPEN = {
    "objected": say("%(unit)s提出派单异议，等营商环境办裁定，%(due)s前"),
    "disputed": say("企业再次认为没解决，等营商环境办裁定，%(due)s前"),
    "promised": say("%(unit)s答应%(due)s前办成"), "shelved": say("条件还不具备，%(unit)s%(due)s前复核"),
    State.SUBMITTED: say("等营商环境办受理交办，%(due)s前"), State.ACCEPTED: say("等营商环境办交办，%(due)s前"),
    State.DISPATCHED: say("等%(unit)s签收，%(due)s前"), State.HANDLING: say("%(unit)s在办，%(due)s前%(timer)s"),
    State.REPLIED: say("已答复，等企业确认"), State.CONFIRMED: say("等营商环境办核查销号，%(due)s前"),
}
_LATE = {
    "objected": say("%(unit)s提出派单异议，营商环境办应在%(due)s前裁定，已经超期"),
    "disputed": say("企业再次认为没解决，营商环境办应在%(due)s前裁定，已经超期"),
    "promised": say("%(unit)s答应%(due)s前办成，已经超期"), "shelved": say("条件还不具备，%(unit)s应在%(due)s前复核，已经超期"),
    State.SUBMITTED: say("营商环境办应在%(due)s前受理交办，已经超期"),
    State.ACCEPTED: say("营商环境办应在%(due)s前交办，已经超期"),
    State.DISPATCHED: say("%(unit)s应在%(due)s前签收，已经超期"),
    State.HANDLING: say("%(unit)s在办，应在%(due)s前%(timer)s，已经超期"),
    State.REPLIED: say("已答复，等企业确认"),
    State.CONFIRMED: say("营商环境办应在%(due)s前核查销号，已经超期"),
}
_ENDED = {
    State.CLOSED: say("已销号，%(day)s"), State.WITHDRAWN: say("企业已撤回，%(day)s"),
    State.MERGED: say("已并入 %(into)s，%(day)s"),
}


def _warnings(actor: Actor, matter: Matter) -> list[tuple[str, Any]]:
    """(tone, sentence): what to know before acting."""
    said = [*secrecy.warnings(actor, matter), *_own_part(actor, matter), *_asked(matter)]
    if matter.is_open and matter.reminded_at:
        said.append(("info", say("企业%(day)s提醒过办理。", day=dates.day(matter.reminded_at))))
    if matter.transfers:
        said.append(("info", say("已转办 %(n)s 次，首接单位是%(unit)s。", n=matter.transfers, unit=matter.first_receiver)))
    if matter.ground in (Ground.UNREACHED, Ground.REASONABLE):
        said.append(("info", say("不是企业确认的：%(ground)s，单独统计。", ground=Ground(matter.ground).label)))
    if grade := queries.satisfaction_with(actor, matter):
        said.append(("info", say("满意度：%(grade)s。承办单位看不到。", grade=grade.label)))
    return said


def _asked(matter: Matter) -> list[tuple[str, Any]]:
    """What the office was asked and has not answered: whose turn it is, and by when."""
    asked = [(getattr(matter, moment), sentences) for moment, sentences in _ASKED.items()]
    return [("warn", _answer(matter, at, *sentences)) for at, sentences in asked if at]


def _answer(matter: Matter, since: datetime, in_time: Sentence, late: Sentence) -> Sentence:
    due = queries.answer_due(matter, since)
    sentence = late if due and due < base.now() else in_time
    return say(sentence.text, unit=matter.unit_name, day=dates.day(since), due=dates.day(due) if due else "")


_ASKED = {
    "extension_asked_at": (
        say("%(unit)s%(day)s申请延期，等营商环境办在%(due)s前审批。"),
        say("%(unit)s%(day)s申请延期，营商环境办应在%(due)s前审批，已经超期。")),
    "appealed_at": (
        say("企业%(day)s请市里过问，等营商环境办在%(due)s前答复企业。"),
        say("企业%(day)s请市里过问，营商环境办应在%(due)s前答复企业，已经超期。")),
    "rejected_at": (
        say("企业%(day)s说还没解决，重新办理。等营商环境办在%(due)s前过问，答复企业。"),
        say("企业%(day)s说还没解决，重新办理。营商环境办应在%(due)s前过问，答复企业，已经超期。")),
}


def _own_part(actor: Actor, matter: Matter) -> list[tuple[str, Any]]:
    """What a helper owes the lead, and by when: the head of the page speaks of the lead."""
    if matter.unit_id in actor.unit_ids or not actor.unit_ids:
        return []
    running = [clock for clock in queries.clocks_of(matter, actor) if clock.timer == Timer.HELPER and clock.stopped_at is None]
    return [_owed(clock.due_at) for clock in running if clock.due_at]


def _owed(due: datetime) -> tuple[str, Any]:
    if due < base.now():
        return "warn", say("本单位协办，协办意见应在%(day)s前给主办单位，已经超期。", day=dates.day(due))
    return "info", say("本单位协办，协办意见在%(day)s前给主办单位。", day=dates.day(due))


# —— the words ——

def _said(actor: Actor, matter: Matter) -> dict[str, Any]:
    """The original text with its files, and what the kind of matter adds."""
    kind = kinds.get(matter.kind)
    original = queries.original_of(matter)
    files = documents.lines(one for one in queries.attachments(matter, actor) if one.statement == original.pk)
    return {"original": original, "files": files, "detail": kind.detail(matter, actor) if kind.detail else None}


# —— the verbs ——

@dataclass(frozen=True)
class Choice:
    """A verb in the list of what can be done: a way to its form, or greyed with the reason."""

    name: str
    label: Any
    icon: str
    url: str
    key: str
    reason: Any


def acting(actor: Actor, matter: Matter, *, chosen: str = "", form: VerbForm | None = None) -> dict[str, Any]:
    """The form of the verb chosen, or else of the decision that is wanted now, and the way to all others."""
    found = verbs.offers(actor, matter)
    offer = found.get(chosen) or verbs.wanted(found)
    form = form or (offer.verb.form(actor=actor, matter=matter) if offer and offer.verdict else None)
    choices = [_choice(matter, one) for one in found.values() if one is not offer]
    return {
        "offer": offer, "form": form, "open_choices": [one for one in choices if one.reason is None],
        "shut_choices": [one for one in choices if one.reason is not None],
    }


def _choice(matter: Matter, offer: verbs.Offer) -> Choice:
    verb = offer.verb
    return Choice(offer.name, verb.label, verb.icon, reverse("desk_act", args=[matter.number, offer.name]), verb.key,
                  None if offer.verdict else offer.verdict.reason)


# —— who and until when ——

def _holders(matter: Matter) -> list[tuple[Any, str]]:
    """The parts of units that are still theirs, with section, person and how far they are."""
    parts = [part for part in matter.assignments.all() if part.ended_at is None]
    rows = [(part.get_part_display(), "，".join(_part(part))) for part in sorted(parts, key=lambda part: part.part != Part.LEAD)]
    return rows or [(_("主办"), _("还没有交办"))]


def _part(part) -> list[str]:
    people = "·".join(str(one) for one in (part.section, part.handler) if one)
    state = _("已给意见") if part.answered_at else _("已签收") if part.signed_at else _("待签收")
    return [part.unit.name, *([people] if people else []), state]


# —— the enterprise ——

def enterprise(actor: Actor, matter: Matter) -> dict[str, Any]:
    """Its name or why it is not named, and the contact masked, with the way to see it."""
    known = secrecy.knows_name(actor, matter)
    facts = [(_("名称"), queries.shown_enterprise(actor, matter))]
    if not known or matter.enterprise is None:
        return {"facts": facts, "contact": None, "known": known}
    firm = matter.enterprise
    facts += [(_("信用代码"), firm.code), (_("规模"), firm.get_size_class_display()), (_("县区"), matter.county_name)]
    return {"facts": [(term, value) for term, value in facts if value], "contact": _contact(actor, matter), "known": known}


def _contact(actor: Actor, matter: Matter) -> dict[str, Any]:
    name, phone, email = parties.masked_contact_of(matter.contact or matter.enterprise)
    may = parties_access.may_reveal_contact(actor, matter.county_id)
    return {"name": name, "phone": phone or email, "may": bool(may), "reason": may.reason}


def _others(rows: list[Matter]) -> list[dict[str, Any]]:
    """Other matters as short lines."""
    return [{"title": row.title, "url": reverse("desk_matter", args=[row.number]), "tag": queries.status(row),
             "note": " · ".join(filter(None, [row.unit_name, row.get_outcome_display()])),
             "at": (row.closed_at or row.received_at).astimezone(base.TZ)} for row in rows]

"""What staff can say about a matter: verb, form and action in one table, and which of them this actor is offered now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qinqing.base import Actor, Verdict, no
from qinqing.base.actor import UNIT_STAFF

from .. import actions, queries, rules
from ..forms import attaching, closing, dispatching, handling
from ..forms.speaking import VerbForm
from ..models import Assignment, Matter
from ..terms import Part


@dataclass(frozen=True)
class Verb:
    """`moves` are those of the table that it may turn out to be; `wanted`: a matter in this state waits for it."""

    label: Any
    icon: str
    form: type[VerbForm]
    act: Callable[..., Any]
    moves: tuple[str, ...]
    done: Any
    wanted: bool = False
    key: str = ""


# What is wanted comes first, in the order in which one of several is taken up.
VERBS: dict[str, Verb] = {
    "decide_objection": Verb(
        pgettext_lazy("button", "裁定派单异议"), "scale",
        dispatching.ObjectionDecisionForm, actions.decide_objection, ("uphold_objection", "reject_objection"),
        _("已裁定派单异议。"), wanted=True),
    "decide_extension": Verb(
        pgettext_lazy("button", "审批延期"), "calendar-check",
        handling.ExtensionDecisionForm, actions.decide_extension, ("decide_extension",),
        _("已答复延期申请。"), wanted=True),
    "order_rework": Verb(
        pgettext_lazy("button", "裁定重办"), "rotate",
        closing.ReworkForm, actions.order_rework, ("order_rework",),
        _("已裁定重新办理。"), wanted=True),
    "judge_reasonable": Verb(
        pgettext_lazy("button", "认定合理诉求已办到位"), "checks",
        closing.JudgementForm, actions.judge_reasonable, ("judge_reasonable",),
        _("已认定。"), wanted=True),
    "dispatch": Verb(
        pgettext_lazy("button", "交办"), "send",
        dispatching.DispatchForm, actions.dispatch, ("dispatch",),
        _("已交办%(unit)s。"), wanted=True, key="D"),
    "see_to": Verb(
        pgettext_lazy("button", "过问，答复企业"), "message-check",
        closing.SeeToForm, actions.see_to, ("see_to",),
        _("已答复企业，承办单位也看得到。"), wanted=True),
    "sign": Verb(
        pgettext_lazy("button", "签收"), "writing-sign",
        dispatching.SignForm, actions.sign, ("sign",),
        _("已签收。"), wanted=True, key="S"),
    "sign_as_helper": Verb(
        pgettext_lazy("button", "签收协办"), "writing-sign",
        dispatching.HelperSignForm, actions.sign_as_helper, ("sign_as_helper",),
        _("已签收协办。"), wanted=True),
    "answer_as_helper": Verb(
        pgettext_lazy("button", "协办意见"), "messages",
        dispatching.HelperAnswerForm, actions.answer_as_helper, ("answer_as_helper",),
        _("协办意见已给主办单位。"), wanted=True),
    "fulfil": Verb(
        pgettext_lazy("button", "承诺已办成"), "checks",
        handling.FulfilForm, actions.fulfil, ("fulfil",),
        _("已请企业确认。"), wanted=True),
    "reply": Verb(
        pgettext_lazy("button", "答复"), "message-check",
        handling.ReplyForm, actions.reply, ("reply", "reply_later"),
        _("已答复企业。"), wanted=True, key="R"),
    "close": Verb(
        pgettext_lazy("button", "销号"), "rosette-discount-check",
        closing.CloseForm, actions.close, ("close",),
        _("已销号。"), wanted=True),
    "accept": Verb(
        pgettext_lazy("button", "先受理"), "circle-check",
        dispatching.PlainForm, actions.accept, ("accept",),
        _("已受理。")),
    "progress": Verb(
        pgettext_lazy("button", "办理进展"), "progress",
        handling.ProgressForm, actions.report_progress, ("progress",),
        _("办理进展已告诉企业。"), key="P"),
    "ask": Verb(
        pgettext_lazy("button", "退回补正"), "message-question",
        handling.AskForm, actions.ask, ("ask",),
        _("已请企业补充，暂停计时。")),
    "merge": Verb(
        pgettext_lazy("button", "并件"), "git-merge",
        dispatching.MergeForm, actions.merge, ("merge",),
        _("已并件。"), key="G"),
    "attach": Verb(
        pgettext_lazy("button", "关联企业"), "building-factory-2",
        attaching.AttachForm, actions.attach, ("attach",),
        _("已关联到企业，企业以后自己看得到。")),
    "separate": Verb(
        pgettext_lazy("button", "分开单办"), "rotate",
        dispatching.SeparationForm, actions.separate, ("separate",),
        _("已分开单办。")),
    "object": Verb(
        pgettext_lazy("button", "派单异议"), "arrow-back-up",
        dispatching.ObjectionForm, actions.object_to_dispatch, ("object",),
        _("派单异议已提交，裁定期间不计时。")),
    "assign": Verb(
        pgettext_lazy("button", "定承办人"), "user-check",
        dispatching.AssignForm, actions.assign, ("assign",),
        _("承办人已定。")),
    "request_extension": Verb(
        pgettext_lazy("button", "申请延期"), "calendar-plus",
        handling.ExtensionForm, actions.request_extension, ("request_extension",),
        _("延期申请已提交。")),
    "transfer": Verb(
        pgettext_lazy("button", "转办"), "arrows-exchange",
        dispatching.TransferForm, actions.transfer, ("transfer",),
        _("已转%(unit)s。")),
    "file_evidence": Verb(
        pgettext_lazy("button", "提交办结依据"), "paperclip",
        handling.EvidenceForm, actions.file_evidence, ("file_evidence",),
        _("办结依据已存。")),
    "supplement": Verb(
        pgettext_lazy("button", "代企业补充"), "message-plus",
        handling.SupplementForm, actions.supplement, ("supplement",),
        _("补充情况已记。")),
    "contact": Verb(
        pgettext_lazy("button", "记录联系"), "phone",
        closing.ContactForm, actions.contact, ("contact",),
        _("联系情况已记。")),
    "propose_reasonable": Verb(
        pgettext_lazy("button", "提议合理诉求已办到位"), "checks",
        closing.ProposalForm, actions.propose_reasonable, ("propose_reasonable",),
        _("已提议，等另一人认定。")),
    "judge_unreached": Verb(
        pgettext_lazy("button", "认定联系不上"), "phone-off",
        closing.UnreachedForm, actions.judge_unreached, ("judge_unreached",),
        _("已认定联系不上。")),
    "recall": Verb(
        pgettext_lazy("button", "收回另办"), "arrow-back-up",
        dispatching.RecallForm, actions.recall, ("recall",),
        _("已收回，请另行交办。")),
    "reopen": Verb(
        pgettext_lazy("button", "重新办理"), "rotate",
        closing.ReopenForm, actions.reopen, ("reopen",),
        _("已重新办理。")),
    "supervise": Verb(
        pgettext_lazy("button", "督办"), "flag-exclamation",
        closing.SupervisionForm, actions.supervise, ("supervise",),
        _("已督办。")),
    "lift_supervision": Verb(
        pgettext_lazy("button", "解除督办"), "flag-off",
        closing.LiftForm, actions.lift_supervision, ("lift_supervision",),
        _("已解除督办。")),
    "note": Verb(
        pgettext_lazy("button", "内部备注"), "note",
        handling.NoteForm, actions.note, ("note",),
        _("备注已记。"), key="N"),
}


HELPERS = ("sign_as_helper", "answer_as_helper")


@dataclass(frozen=True)
class Offer:
    """A verb on this actor's page: possible, or greyed with its reason."""

    name: str
    verb: Verb
    verdict: Verdict


def offers(actor: Actor, matter: Matter) -> dict[str, Offer]:
    """Every verb this actor may ever say here, in the order of the table."""
    verdicts = _verdicts(actor, matter)
    return {name: Offer(name, verb, verdicts[name]) for name, verb in VERBS.items() if name in verdicts}


def wanted(found: dict[str, Offer]) -> Offer | None:
    """The decision that the matter waits for from this actor."""
    return next((offer for offer in found.values() if offer.verb.wanted and offer.verdict), None)


def _verdicts(actor: Actor, matter: Matter) -> dict[str, Verdict]:
    options = queries.options(actor, matter)
    found = {name: [options[move].verdict for move in verb.moves if move in options] for name, verb in VERBS.items()}
    several = {name: next((one for one in verdicts if one), verdicts[0]) for name, verdicts in found.items() if verdicts}
    part = _helper_part(actor, matter)
    return several | _as_helper(part, several) if part else several


def _as_helper(part: Assignment, verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
    """The verbs of a helper that its own part stands in the way of."""
    signed, answered = part.signed_at is not None, part.answered_at is not None
    reasons = {name: rules.helper_obstacle(name, signed=signed, answered=answered) for name in HELPERS if verdicts.get(name)}
    return {name: no(reason) for name, reason in reasons.items() if reason}


def _helper_part(actor: Actor, matter: Matter) -> Assignment | None:
    if actor.role not in UNIT_STAFF:
        return None
    return next((part for part in matter.assignments.all() if part.part == Part.HELPER and part.ended_at is None
                 and {part.unit_id, part.section_id} & actor.unit_ids), None)

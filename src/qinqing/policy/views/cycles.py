"""The desk of benefits that are paid unasked: every cycle, one of them with its steps, its list, its objections (M3-031)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qinqing import base
from qinqing.base import Actor, Verdict
from qinqing.eligibility import catalogue
from qinqing.parties.models import Unit
from qinqing.parties.views.pages import form_page, found_by, sent
from qinqing.ui import sheets
from qinqing.ui.terms import NavItem

from .. import actions
from ..access import cycles as access
from ..forms import benefits as forms
from ..models import Cycle, Entitlement, Objection
from ..queries import cycles as queries
from ..rules import cycles as rules
from ..terms.cycles import ICONS, TONES, State, Step
from . import cycle_steps

LIST_HEADINGS = ("信用代码", "企业名称", "成立日期", "金额（元）", "状态", "核查结果", "原因", "企业自报、必须核对的数据")
WRITE = "policy/benefit_write.html"


class Plain(django_forms.Form):
    """Nothing to fill in; the button says it."""


@dataclass(frozen=True)
class Verb:
    """Something to do with a cycle, `when` its time has come; while `step` is under way it is what the cycle waits for."""

    label: Any
    form: type[django_forms.Form]
    act: Callable[..., Any]
    may: Callable[[Actor, Cycle], Verdict]
    step: Step
    when: Callable[[queries.Standing], Any]
    note: Any = ""


def _runs(actor: Actor, cycle: Cycle) -> Verdict:
    return access.may_run(actor, cycle.unit_id)


VERBS = {
    "check": Verb(pgettext_lazy("button", "导入核查结果"), forms.CheckForm, actions.check, _runs, Step.CHECK,
                  lambda standing: standing.cycle.checked_at is None,
                  _("先导出名单交部门逐户核查。每户都要有结果；没通过的企业会看到原因，可以请人复核。")),
    "notice": Verb(pgettext_lazy("button", "公示名单"), Plain, actions.publish_list,
                   lambda actor, cycle: access.may_sign(actor, cycle.unit_id, cycle.matched_by_id), Step.NOTICE,
                   lambda standing: standing.cycle.checked_at and standing.cycle.noticed_at is None,
                   _("名单对外公示 5 个工作日，写明企业名称和金额；个人经营者的姓名隐去。")),
    "ask": Verb(pgettext_lazy("button", "请企业确认"), Plain, actions.ask_consent, _runs, Step.CONFIRMATION,
                lambda standing: standing.notice_over and standing.cycle.asked_at is None,
                _("长期同意的直接进入拨付，其余的通知企业确认账户。有异议没答复的先不进，不影响其他企业。")),
    "funds": Verb(pgettext_lazy("button", "登记资金到位"), forms.SumForm, actions.record_funds,
                  lambda actor, cycle: access.may_fund(actor, cycle.funder_id), Step.FUNDING,
                  lambda standing: standing.cycle.checked_at and not standing.is_finished
                  and standing.cycle.funded_fen < standing.cycle.budget_fen),
    "order": Verb(pgettext_lazy("button", "开拨付单"), Plain, actions.order_payment, _runs, Step.PAYMENT,
                  lambda standing: standing.counts.get(State.CONFIRMED) and standing.cycle.funded_fen > standing.committed,
                  _("按企业成立先后，资金够拨到哪一户就到哪一户。开单后由单位负责人签发。")),
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    name: str
    verb: Verb
    verdict: Verdict
    primary: bool


@found_by(access.may_look)
def register(request: HttpRequest) -> HttpResponse:
    """The cycles of one's own unit; city offices see all."""
    owns = any(row.owner_id in request.actor.unit_ids for row in queries.payable(base.today()))
    return render(request, "policy/cycles.html", {"rows": queries.of_actor(request.actor), "owns": owns})


@found_by(access.may_look)
def open_one(request: HttpRequest) -> HttpResponse:
    form = forms.OpenForm(sent(request), actor=request.actor)
    return form_page(
        request, form, partial(actions.open_cycle, actor=request.actor), template=WRITE, title=_("比对新的一批"),
        note=_("按现在掌握的数据，把在册企业逐户比对；不用企业申请。"), back=reverse("cycles"),
        onward=lambda cycle: reverse("cycle", args=[cycle.number]))


def found(request: HttpRequest, number: str) -> Cycle:
    rows = Cycle.objects.visible_to(request.actor).select_related("item__policy", "unit", "funder", "late_matter")
    return get_object_or_404(rows, number=number)


@found_by(access.may_look)
def cycle(request: HttpRequest, number: str) -> HttpResponse:
    standing = queries.standing(found(request, number))
    return render(request, "policy/cycle.html", {
        "standing": standing, "cycle": standing.cycle, "columns": cycle_steps.columns(standing),
        "account": cycle_steps.account(standing.balance), "offers": _offers(request.actor, standing),
        "objections": queries.objections(standing.cycle), "orders": queries.orders(standing.cycle),
        "tally": _tally(standing), "may_run": _runs(request.actor, standing.cycle),
    })  # fmt: skip


def _offers(actor: Actor, standing: queries.Standing) -> list[Offer]:
    """What can be done now; what the cycle waits for stands out."""
    return [Offer(name, verb, verb.may(actor, standing.cycle), verb.step == standing.step)
            for name, verb in VERBS.items() if verb.when(standing)]


def _tally(standing: queries.Standing) -> list[NavItem]:
    there = reverse("cycle_list", args=[standing.cycle.number])
    return [NavItem(f"{there}?state={state}", str(state.label), count=standing.counts[state], icon=ICONS[state])
            for state in State if standing.counts.get(state)]


@found_by(access.may_look)
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One verb of a cycle: its form, and what comes of it."""
    one, verb = found(request, number), VERBS.get(name)
    if verb is None:
        raise Http404
    base.require(verb.may(request.actor, one))
    there = reverse("cycle", args=[number])
    return form_page(request, filled(request, verb.form), partial(verb.act, actor=request.actor, cycle=one), onward=there,
                     template=WRITE, title=verb.label, about=one.item.title, note=verb.note, back=there)


def filled(request: HttpRequest, form: type[django_forms.Form], **more: Any) -> django_forms.Form:
    return form(sent(request), request.FILES or None, **more)


@found_by(access.may_look)
def why(request: HttpRequest, number: str) -> HttpResponse:
    """Why the money is expected on that day, leg by leg."""
    standing = queries.standing(found(request, number))
    context = {"standing": standing, "cycle": standing.cycle, "steps": cycle_steps.derivation(standing)}
    return render(request, "policy/cycle_why.html", context)


# —— the list ——


@found_by(access.may_look)
def entitlements(request: HttpRequest, number: str) -> HttpResponse:
    one, state = found(request, number), request.GET.get("state", "")
    state = state if state in State.values else ""
    search = request.GET.get("q", "").strip()
    rows = queries.page(queries.entitlements(one, state=state, search=search), request.GET.get("page", ""))
    context = {"cycle": one, "page": rows, "state": state, "q": search, "states": State.choices}
    return render(request, "policy/cycle_list.html", context)


@found_by(access.may_look)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The list for a department: it comes back with a result for each. What only the enterprise says must be looked at."""
    one = found(request, number)
    rows = [(row.enterprise.code, row.name, row.registered_on or "", rules.yuan(row.amount_fen), row.get_state_display(), "",
             row.reason, _own_word(row)) for row in queries.entitlements(one)]
    return download(sheets.csv_of([LIST_HEADINGS, *rows]), f"{one.number}.csv")


def _own_word(row: Entitlement) -> str:
    held = catalogue.standard().facts
    return "、".join(held[used["name"]].label.zh for used in row.facts if not used["source"] and used["name"] in held)


def download(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@found_by(access.may_look)
def entitlement(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One enterprise in a cycle: the values used, how it went, and what can still be done."""
    one = found(request, number)
    row = get_object_or_404(one.entitlements.select_related("enterprise"), enterprise__code=code.upper())
    return render(request, "policy/entitlement.html", {
        "cycle": one, "row": row, "facts": known(row), "payments": row.payments.select_related("order", "claw_back"),
        "may_run": _runs(request.actor, one), "tone": TONES[State(row.state)], "icon": ICONS[State(row.state)],
        "may_lead": access.may_sign(request.actor, one.unit_id, None),
    })  # fmt: skip


def known(row: Entitlement) -> list[dict[str, Any]]:
    """The values that decided, in words: what, how much, who says so, for which day."""
    held = catalogue.standard().facts
    units = dict(Unit.objects.filter(code__in={used["source"] for used in row.facts}).values_list("code", "name"))
    names = {"register": _("市场主体登记"), "": _("企业自报")} | units
    return [{"label": held[used["name"]].label, "value": _said(held[used["name"]], used["value"]),
             "source": names.get(used["source"], used["source"]), "as_of": used["as_of"]}
            for used in row.facts if used["name"] in held]


def _said(fact: catalogue.Fact, value: Any) -> Any:
    return value if fact.tree is not None else fact.say(fact.read(value))


# —— objections ——


def objection_of(request: HttpRequest, number: str, matter: str) -> Objection:
    rows = Objection.objects.select_related("matter", "about", "raised_by", "cycle__item")
    return get_object_or_404(rows, cycle=found(request, number), matter__number=matter)


OBJECTION_VERBS = {
    "propose": (pgettext_lazy("button", "提出处理意见"), forms.ProposalForm, actions.propose_decision),
    "decide": (pgettext_lazy("button", "决定"), forms.DecisionForm, actions.decide_objection),
}


@found_by(access.may_look)
def objection(request: HttpRequest, number: str, matter: str, name: str) -> HttpResponse:
    """Two persons: one proposes, the leader decides."""
    one = objection_of(request, number, matter)
    if name not in OBJECTION_VERBS:
        raise Http404
    label, form, doing = OBJECTION_VERBS[name]
    there = reverse("cycle", args=[number])
    return form_page(request, filled(request, form), partial(doing, actor=request.actor, objection=one), onward=there, back=there,
                     template="policy/objection.html", title=label, objection=one, words=queries.said(one))



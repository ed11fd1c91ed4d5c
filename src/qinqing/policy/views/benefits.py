"""What an enterprise gets and got, what waits for its word, and why it was left out; lists on public notice (M3-031, M3-032)."""

from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qinqing import base
from qinqing.base import Actor, say
from qinqing.parties.models import Enterprise
from qinqing.parties.views.pages import form_page, found_by, sent

from .. import actions
from ..access import cycles as access
from ..forms import benefits as forms
from ..models import Cycle, Entitlement, PayeeAccount
from ..queries import benefits as queries
from ..rules import cycles as rules
from ..terms.cycles import ICONS, TONES, State
from . import cycles

SAY = "policy/benefit_say.html"
YES = frozenset({State.CONFIRMING, State.RETURNED})
NO = YES | {State.NOTICED, State.CONFIRMED}


@found_by(access.may_object)
def benefits(request: HttpRequest) -> HttpResponse:
    """Everything received, with sum and how it came; above it what waits for a yes; below it what was not given, and why."""
    return render(request, "policy/benefits.html", {"own": queries.of_enterprise(request.actor)})


def own(request: HttpRequest, number: str) -> Entitlement:
    row = queries.told(request.actor).filter(cycle__number=number).first()
    if row is None:
        raise Http404
    return row


@found_by(access.may_object)
def benefit(request: HttpRequest, number: str) -> HttpResponse:
    """One benefit: what was decided by rule, on which values of whose; a person reviews it when asked."""
    row = own(request, number)
    return render(request, "policy/benefit.html", {
        "row": row, "cycle": row.cycle, "facts": cycles.known(row), "account": rules.masked_account(row.account),
        "may_confirm": row.state in YES, "may_decline": row.state in NO,
        "may_rate": row.state == State.PAID and row.rating is None,
        "returned": queries.last_return(row), "objections": queries.own_objections(request.actor, row.cycle),
        "tone": TONES[State(row.state)], "icon": ICONS[State(row.state)], "may_ask": row.cycle.finished_at is None,
    })  # fmt: skip


def _account(actor: Actor) -> dict[str, Any]:
    """What is on file, so that nothing is typed twice; before the first time the enterprise's own name."""
    kept = PayeeAccount.objects.filter(enterprise=actor.enterprise_id).first()
    if kept is None:
        return {"payee": Enterprise.objects.visible_to(actor).get().name}
    return {"payee": kept.payee, "bank": kept.bank, "number": kept.number, "standing": kept.standing}


@found_by(access.may_object)
def keep_account(request: HttpRequest) -> HttpResponse:
    form = forms.AccountForm(sent(request), initial=_account(request.actor))
    return form_page(request, form, partial(actions.keep_account, actor=request.actor), onward="benefits", template=SAY,
                     title=pgettext_lazy("button", "保存收款账户"), heading=_("收款账户"), back=reverse("benefits"))


def _rate(*, actor: Actor, entitlement: Entitlement, rating: Any) -> Entitlement:
    return actions.rate(actor=actor, entitlement=entitlement, rating=rating)


def _review(*, actor: Actor, entitlement: Entitlement, text: str) -> Any:
    return actions.object_to(actor=actor, cycle=entitlement.cycle, about=entitlement.enterprise, text=text)


SAYINGS: dict[str, tuple[Any, Any, type[django_forms.Form], Any, Any]] = {
    "confirm": (_("确认收款账户"), pgettext_lazy("button", "确认，拨到这个账户"), forms.AccountForm, actions.confirm,
                _("账号除这一页外只显示后四位，完整账号只进国库拨付单。")),
    "decline": (_("放弃这一笔"), pgettext_lazy("button", "放弃"), forms.DeclineForm, actions.decline,
                _("放弃后这一批不再拨付，以后的批次照常比对。")),
    "review": (_("请人复核"), pgettext_lazy("button", "提交复核"), forms.ReviewForm, _review,
               _("结果是按规则自动比对的。提交后由兑现单位的人逐项核对，两人决定，5 个工作日内答复。")),
    "rate": (_("评价兑现"), pgettext_lazy("button", "提交评价"), forms.RatingForm, _rate, ""),
}


@found_by(access.may_object)
def say_it(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One thing the enterprise says about its benefit."""
    row = own(request, number)
    if name not in SAYINGS:
        raise Http404
    heading, title, form, doing, note = SAYINGS[name]
    initial = _account(request.actor) if name == "confirm" else None
    there = reverse("benefit", args=[number])
    return form_page(request, form(sent(request), initial=initial), partial(doing, actor=request.actor, entitlement=row),
                     onward=there, back=there, template=SAY, title=title, heading=heading, about=row.cycle.item.title, note=note)


# —— public notice ——


def notices(request: HttpRequest) -> HttpResponse:
    return render(request, "policy/notices.html", {"rows": queries.noticed()})


def notice(request: HttpRequest, number: str) -> HttpResponse:
    """Who is on the list while the notice lasts; afterwards the totals alone."""
    one = get_object_or_404(Cycle.objects.public().select_related("item__policy", "unit"), number=number)
    search = request.GET.get("q", "").strip()
    return render(request, "policy/notice.html", {
        "cycle": one, "notice": queries.notice(one, search, request.GET.get("page", "")), "q": search})


@login_required
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """An objection to another's place in the list, or to one's own not being there."""
    base.require(access.may_object(request.actor))
    one = get_object_or_404(Cycle.objects.public().select_related("item"), number=number)

    def doing(*, code: str, text: str) -> Any:
        about = Enterprise.objects.filter(code=code).first()
        listed = about and (about.pk == request.actor.enterprise_id or queries.is_listed(one, about))
        if not listed:
            raise base.Refused(say("名单里没有 %(code)s。对本企业没有列入有异议，填本企业的代码。", code=code), field="code")
        return actions.object_to(actor=request.actor, cycle=one, about=about, text=text)

    form = forms.ObjectionForm(sent(request), initial={"code": request.GET.get("code", "")})
    return form_page(request, form, doing, template=SAY, title=pgettext_lazy("button", "提交异议"), heading=_("对名单有异议"),
                     about=one.item.title, note=_("兑现单位 5 个工作日内答复。答复前，被提异议的企业先不拨付。"),
                     back=reverse("benefit_notice", args=[number]),
                     onward=lambda made: reverse("case", args=[made.matter.number]))

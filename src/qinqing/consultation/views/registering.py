"""代企业登记: staff enter what came by phone, letter or visit, with the time it came (M1-006)."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.casework import access as casework_access
from qinqing.casework import queries as casework
from qinqing.casework.views import desk
from qinqing.documents import intake
from qinqing.ui import dates

from .. import actions, terms
from ..forms import RegisterForm
from ..models import Difficulty, Guest


@desk.staff
def register(request: HttpRequest) -> HttpResponse:
    """A refused form comes back with all that was typed."""
    base.require(casework_access.may_register(request.actor))
    form = RegisterForm(request.POST or None, request.FILES or None, actor=request.actor)
    key = request.POST.get("key") or secrets.token_urlsafe(18)
    entered = _entered(request, form, key) if request.method == "POST" and form.is_valid() else None
    if entered is None:
        context = {"form": form, "key": key, "icons": terms.TOPIC_ICONS, "lost": len(request.FILES.getlist("files"))}
        return render(request, "consultation/register.html", context, status=422 if form.is_bound else 200)
    messages.success(request, _told(*entered))
    number = entered[0].matter.number
    return redirect("desk_matter", number) if casework.find(request.actor, number) else redirect("register")


def _entered(request: HttpRequest, form: RegisterForm, key: str) -> tuple[Difficulty, str] | None:
    """The difficulty with the code to tell the caller; None when it was refused, with the sentence at its field."""
    try:
        return actions.register(actor=request.actor, key=key, **_said(form))
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _said(form: RegisterForm) -> dict[str, Any]:
    values = {name: value for name, value in form.cleaned_data.items() if name != "unlisted"}
    return values | {"files": [intake.receive(upload) for upload in values["files"]]}


def _told(difficulty: Difficulty, query_code: str) -> str:
    matter = difficulty.matter
    said = _("已登记，编号 %(number)s，%(day)s前告诉企业谁在办。") % {"number": matter.number, "day": dates.day(matter.due_at)}
    return said + (_("请把查询码 %(code)s 告诉来电人，只显示这一次。") % {"code": query_code} if query_code else "")


@desk.staff
@require_POST
def guest_contact(request: HttpRequest, number: str) -> HttpResponse:
    """How to reach who left a number, shown once to who says what for."""
    matter = casework.find(request.actor, number)
    if matter is None or not Guest.objects.filter(difficulty=matter.pk).exists():
        raise Http404
    context: dict[str, Any] = {"matter": matter, "purpose": request.POST.get("purpose", "")}
    try:
        context["revealed"] = actions.reveal_guest(actor=request.actor, matter=matter, purpose=context["purpose"])
    except base.Refused as refusal:
        context["refusal"] = str(refusal)
    template = "consultation/_guest.html" if desk.is_partial(request, "guest") else "consultation/guest.html"
    return render(request, template, context, status=422 if "refusal" in context else 200)

"""What the pages here share: who finds them, and how a form becomes one action."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.ui.terms import NavItem

from .. import access


def found_by(may: Callable[[base.Actor], base.Verdict]) -> Callable:
    """The page is there for those who may; a stranger gets 404, a visitor the sign-in page."""

    def decorate(view: Callable) -> Callable:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not may(request.actor):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def tabs(actor: base.Actor, current: str) -> list[NavItem]:
    """The parts of the administration that this role finds."""
    parts = (
        ("units", _("组织机构"), access.may_see_units), ("people", _("人员账号"), access.may_see_people),
        ("enterprises", _("企业名录"), access.may_register_enterprise),
        ("mandates", _("企业授权"), access.may_see_mandates), ("log", _("操作日志"), access.may_read_logs),
        ("reveals", _("查看联系方式的记录"), access.may_read_logs),
    )  # fmt: skip
    return [NavItem(reverse(name), label, current=name == current) for name, label, may in parts if may(actor)]


def admin_page(request: HttpRequest, current: str, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {"tabs": tabs(request.actor, current), **context})


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[..., Any],
    *,
    onward: str | Callable[[Any], str],
    template: str = "parties/form.html",
    **words: Any,
) -> HttpResponse:
    """Show the form; when it is sent and right, act with its values and go on. A refusal stands beside its field."""
    if form.is_bound and form.is_valid():
        try:
            done = act(**form.cleaned_data)
        except base.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect(onward(done) if callable(onward) else onward)
    return render(request, template, {"form": form, **words}, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> Any:
    """The posted values, or nothing yet."""
    return request.POST if request.method == "POST" else None

"""One's own page, and the log of the audit administrator."""

from functools import partial

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .. import access, actions, forms, queries
from . import told
from .pages import admin_page, form_page, found_by, sent


@login_required
def me(request: HttpRequest) -> HttpResponse:
    account = request.user
    act = partial(actions.change_account, actor=request.actor, account=account)
    form = forms.ProfileForm(sent(request), initial=forms.profile_of(account))
    words = {
        "factors": Authenticator.objects.filter(user=account).count(),
        "factors_configured": bool(settings.MFA_SUPPORTED_TYPES),
        "saved": "saved" in request.GET,
    }
    return form_page(request, form, act, onward=f"{reverse('me')}?saved", template="parties/me.html", **words)


@login_required
def administration(request: HttpRequest) -> HttpResponse:
    """The first page of the administration that this role has."""
    for may, name in (
        (access.may_see_units, "units"), (access.may_register_enterprise, "enterprises"),
        (access.may_see_mandates, "mandates"), (access.may_read_logs, "log"),
    ):  # fmt: skip
        if may(request.actor):
            return redirect(name)
    return redirect("me")


@found_by(access.may_read_logs)
def log(request: HttpRequest) -> HttpResponse:
    """Everything that was done, newest first, in words; of enterprises and their people references only."""
    page = queries.log(before=request.GET.get("before", ""))
    return admin_page(request, "log", "parties/log.html", page=page, rows=told.told(page.rows))


@found_by(access.may_read_logs)
def reveals(request: HttpRequest) -> HttpResponse:
    """Who looked at which contact, and what for."""
    return admin_page(request, "reveals", "parties/reveals.html", page=queries.reveals(before=request.GET.get("before", "")))

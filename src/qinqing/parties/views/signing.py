"""Signing in: by password, by a code, as a demo character; and choosing what to act as."""

from collections.abc import Callable
from functools import wraps

import requests
from allauth.account import views as allauth
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .. import actions, adapter, queries
from ..middleware import ACTING_AS


def only_if(configured: Callable[[], bool]) -> Callable:
    """A page that is not there while its way of signing in is not configured."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def shown(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not configured():
                raise Http404
            return view(request, *args, **kwargs)

        return shown

    return decorate


# —— ways in ——


class SignInView(allauth.LoginView):
    """In the demo one changes one's character here; elsewhere a signed-in person has nothing to sign in to."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not settings.DEMO_MODE:
            return redirect("acting_as")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        return {
            **super().get_context_data(**kwargs),
            "tiles": queries.demo_tiles() if settings.DEMO_MODE else [],
            "by_code": adapter.codes_can_be_sent(),
            "by_identity": bool(settings.OIDC_URL),
            "identity_name": settings.OIDC_NAME,
            "by_passkey": settings.PASSKEYS,
        }

    def form_invalid(self, form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


sign_in = SignInView.as_view()
request_code = only_if(adapter.codes_can_be_sent)(allauth.request_login_code)
confirm_code = only_if(adapter.codes_can_be_sent)(allauth.confirm_login_code)


@require_POST
def demo_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """As one of the demo's characters, without a password; not there outside the demo."""
    if not settings.DEMO_MODE:
        raise Http404
    account = get_object_or_404(queries.demo_accounts(), username=key)
    if request.user.is_authenticated:
        adapter.AccountAdapter(request).logout(request)
    return perform_login(request, Login(user=account))


def _reaching_out(view: Callable) -> Callable:
    """An identity provider that cannot be reached is said, not crashed over."""

    @wraps(view)
    def reaching(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except requests.RequestException:
            return render(request, "parties/identity_unreachable.html", status=503)

    return reaching


identity_sign_in = _reaching_out(openid.login)
identity_callback = _reaching_out(openid.callback)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "parties/too_many.html", status=429)


# —— after signing in ——


@login_required
def acting_as(request: HttpRequest) -> HttpResponse:
    """Which post or mandate to act in; a person with one has nothing to choose, but sees it."""
    onward = _onward(request)
    if request.method == "POST":
        chosen = actions.choose_role(actor=queries.person(request.user), account=request.user, ref=request.POST.get("ref", ""))
        request.session[ACTING_AS] = chosen.acting_as
        return redirect(onward or settings.LOGIN_REDIRECT_URL)
    choices = queries.acting_choices(request.user)
    return render(request, "parties/acting_as.html", {"choices": choices, "next": onward})


def _onward(request: HttpRequest) -> str:
    """The address that was wanted before, if it is ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""

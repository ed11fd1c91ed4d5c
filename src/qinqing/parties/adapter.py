"""How django-allauth asks us: phones, codes, passwords; every sign-in, failure and lock-out becomes an entry.

Codes go out through `code_sender`, which the package that sends notices sets when it is ready.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import get_pending_stage
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qinqing import base

from . import actions, queries, rules
from .middleware import ACTING_AS
from .models import Account

CodeSender = Callable[[Account, str, str], None]  # the account, its phone, the code

code_sender: CodeSender | None = None

SAID = {"account/messages/password_changed.txt": _("密码已修改。"), "account/messages/password_set.txt": _("密码已设置。")}


def codes_can_be_sent() -> bool:
    return settings.SMS_SIGN_IN and code_sender is not None


def phone_awaiting_code(request: HttpRequest) -> str:
    """The number that this browser is signing in with, while its code has not been typed."""
    stage = get_pending_stage(request)
    return stage.state.get("phone") or "" if stage else ""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("用户名、手机号或密码不对。"),
        "phone_password_mismatch": _("用户名、手机号或密码不对。"),
        "too_many_login_attempts": _("登录失败次数过多，请 15 分钟后再试。"),
        "incorrect_code": _("验证码不对，请核对短信。"),
        "incorrect_password": _("密码不对。"),
        "enter_current_password": _("现在的密码不对。"),
        "rate_limited": _("操作太频繁，请稍后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators and offices."""
        return False

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):  # noqa: PLR0917 - allauth's signature
        """Only what a page does not already show."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said)

    # —— phones and codes ——

    def phone_form_field(self, **options: Any):
        from .forms import MobileField

        return MobileField(**options)

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def get_user_by_phone(self, phone: str) -> Account | None:
        return Account.objects.filter(phone=phone, is_active=True).first() if phone else None

    def set_phone_verified(self, user: Account, phone: str) -> None:
        actions.verify_phone(actor=queries.person(user), account=user, phone=phone)

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **_options: Any) -> None:
        if code_sender is not None:
            code_sender(user, phone, code)

    # —— passwords ——

    def set_password(self, user: Account, password: str) -> None:
        actions.change_password(actor=queries.person(user), account=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return settings.LOGIN_REDIRECT_URL

    # —— in, out, and not in ——

    def login(self, request: HttpRequest, user: Account) -> None:
        """Who may act as one thing only, acts as that."""
        records = get_authentication_records(request, user)
        super().login(request, user)
        actions.sign_in(actor=queries.person(user), account=user, method=records[-1]["method"] if records else "demo")
        choices = queries.acting_choices(user)
        if len(choices) == 1:
            request.session[ACTING_AS] = choices[0].ref

    def post_login(self, request: HttpRequest, user: Account, **options: Any) -> HttpResponse:
        """First a password of one's own, then a role, then on to where one wanted to go."""
        response = super().post_login(request, user, **options)
        if user.password_issued:
            return redirect("account_change_password")
        if ACTING_AS not in request.session:
            return redirect(add_query_params(reverse("acting_as"), {"next": response["Location"]}))
        return response

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if isinstance(user, Account):
            actions.sign_out(actor=queries.person(user), account=user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        account = _account_named(credentials)
        actor = queries.person(account) if account else base.PUBLIC
        actions.sign_in_failed(actor=actor, account=account, method="password")
        key = self._get_login_attempts_cache_key(request, **credentials)
        if not ratelimit.consume(request, app="allauth.account", action="login_failed", key=key, dry_run=True):
            actions.lock_out(actor=actor, account=account)


def _account_named(credentials: dict[str, Any]) -> Account | None:
    username, phone = credentials.get("username", "").lower(), credentials.get("phone", "")
    found = Account.objects.filter(username=username).first()
    return found or (Account.objects.filter(phone=phone).first() if phone else None)


@receiver(signals.login_code_rejected)
def record_rejected_code(user: Account, **_others: Any) -> None:
    actions.sign_in_failed(actor=queries.person(user), account=user, method="code")


@receiver(mfa_signals.authenticator_added)
@receiver(mfa_signals.authenticator_removed)
def record_factor(signal: Any, user: Account, authenticator: Authenticator, **_others: Any) -> None:
    added = signal is mfa_signals.authenticator_added
    actions.change_factor(actor=queries.person(user), account=user, kind=authenticator.type, added=added)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """The city's unified identity signs in who has an account here; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        account = _account_claimed(sociallogin.account.extra_data)
        if account is None:
            raise ImmediateHttpResponse(render(request, "parties/identity_unknown.html", status=403))
        sociallogin.connect(request, account)


def _account_claimed(data: dict[str, Any]) -> Account | None:
    """The account whose phone or user name the configured claim names."""
    claims = {**data.get("id_token", {}), **data.get("userinfo", {})}
    claimed = str(claims.get(settings.OIDC_CLAIM) or "")
    if not claimed:
        return None
    standing = Account.objects.filter(is_active=True)
    phone = rules.normalised_phone(claimed)
    return (
        standing.filter(phone=phone).first()
        if rules.MOBILE.fullmatch(phone)
        else standing.filter(username=claimed.lower()).first()
    )

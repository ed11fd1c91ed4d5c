"""Accounts and what they hold: made, posted, mandated, locked, erased."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import access, actions, forms, queries
from ..models import Account, Mandate
from .pages import admin_page, form_page, found_by, sent

shown = found_by(access.may_see_people)
secured = found_by(access.may_erase)
mandating = found_by(access.may_see_mandates)


def _address(account: Account) -> str:
    return reverse("person", args=[account.id])


@shown
def person_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    page = queries.people(request.actor, search=search, after=request.GET.get("after", ""))
    may_create = access.may_create_account(request.actor)
    return admin_page(request, "people", "parties/person_list.html", page=page, search=search, may_create=may_create)


@shown
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account.objects.visible_to(request.actor), id=pk)
    return admin_page(request, "people", "parties/person_detail.html", **_facts(request, account))


def _facts(request: HttpRequest, account: Account) -> dict:
    return {
        "account": account,
        "contact": queries.masked_contact_of(account),
        "posts": account.posts.select_related("unit").order_by("-valid_from", "-id"),
        "mandates": account.mandates.select_related("enterprise").order_by("-valid_from", "-id"),
        "may_change": access.may_change_account(request.actor, account.id),
        "may_secure": access.may_lock(request.actor, account.id),
    }


@found_by(access.may_create_account)
def person_create(request: HttpRequest) -> HttpResponse:
    act = partial(actions.create_account, actor=request.actor)
    seen = access.may_see_people(request.actor)
    words = {"title": _("建立账号"), "button": _("建立"), "back": reverse("people" if seen else "mandates")}
    form = forms.AccountForm(sent(request))
    return form_page(request, form, act, onward=_address if seen else reverse("mandate_grant"), **words)


@found_by(lambda actor: access.may_change_account(actor, 0))
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, id=pk)
    act = partial(actions.change_account, actor=request.actor, account=account)
    words = {"title": _("修改账号资料"), "about": account.name, "button": _("保存"), "back": _address(account)}
    form = forms.ProfileForm(sent(request), initial=forms.profile_of(account))
    return form_page(request, form, act, onward=_address(account), **words)


@secured
def person_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, id=pk)
    act = partial(actions.appoint, actor=request.actor, account=account)
    words = {"title": _("任职"), "about": account.name, "button": _("任职"), "back": _address(account)}
    return form_page(request, forms.PostForm(sent(request)), act, onward=_address(account), **words)


@secured
def person_lock(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, id=pk)
    act = partial(actions.lock_account, actor=request.actor, account=account)
    words = {"title": _("停用账号"), "about": account.name, "button": _("停用"), "back": _address(account), "danger": True}
    return form_page(request, forms.LockForm(sent(request)), act, onward=_address(account), **words)


@require_POST
@secured
def person_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, id=pk)
    actions.unlock_account(actor=request.actor, account=account)
    return redirect(_address(account))


@require_POST
@secured
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown once, on the answer itself, and kept nowhere."""
    account = get_object_or_404(Account, id=pk)
    password = actions.issue_password(actor=request.actor, account=account)
    facts = _facts(request, account)
    response = admin_page(request, "people", "parties/person_detail.html", password=password, **facts)
    response["Cache-Control"] = "no-store"
    return response


@secured
def person_erase(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, id=pk)

    def act(username):
        return actions.erase_person(actor=request.actor, account=account)

    words = {
        "title": _("依法删除个人信息"), "about": account.name, "button": _("删除"), "back": _address(account), "danger": True,
        "note": _("姓名、手机号、邮箱和相关文字会立即删除，任职和授权同时终止，不能恢复。办理记录保留，人名显示为“已依法删除”。"),
    }  # fmt: skip
    return form_page(request, forms.EraseForm(sent(request), account=account), act, onward=_address(account), **words)


# —— mandates ——


@mandating
def mandate_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    page = queries.mandates(request.actor, search=search, after=request.GET.get("after", ""))
    return admin_page(request, "mandates", "parties/mandate_list.html", page=page, search=search)


@mandating
def mandate_grant(request: HttpRequest) -> HttpResponse:
    def act(code, username, **values):
        return actions.grant_mandate(actor=request.actor, enterprise=code, account=username, **values)

    words = {"title": _("授权经办人"), "button": _("授权"), "back": reverse("mandates")}
    form = forms.MandateForm(sent(request), initial={"code": request.GET.get("code")})
    return form_page(request, form, act, onward=reverse("mandates"), **words)


@require_POST
@mandating
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate.objects.select_related("enterprise"), id=pk)
    actions.end_mandate(actor=request.actor, mandate=mandate)
    return redirect("mandates")

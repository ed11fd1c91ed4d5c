"""The register of enterprises: looked up by code or by any name it ever had, registered, renamed, moved."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import access, actions, forms, queries
from ..models import Enterprise
from .pages import admin_page, form_page, found_by, sent

registering = found_by(access.may_register_enterprise)


def _onward(request: HttpRequest, enterprise: Enterprise) -> str:
    """Its page, or the list for a county that it is not, or no longer, in."""
    mine = access.may_change_enterprise(request.actor, enterprise.county_id)
    return reverse("enterprise", args=[enterprise.id]) if mine else reverse("enterprises")


def _found(request: HttpRequest, pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.visible_to(request.actor).select_related("division", "county"), id=pk)


@registering
def enterprise_list(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    page = queries.enterprises(request.actor, search=search, after=request.GET.get("after", ""))
    return admin_page(request, "enterprises", "parties/enterprise_list.html", page=page, search=search)


@registering
def enterprise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = _found(request, pk)
    return admin_page(
        request,
        "enterprises",
        "parties/enterprise_detail.html",
        enterprise=enterprise,
        names=enterprise.names.order_by("-valid_from", "-id"),
        contact=queries.masked_contact_of(enterprise),
        mandates=enterprise.mandates.select_related("account", "enterprise").order_by("-valid_from", "-id"),
        may_change=access.may_change_enterprise(request.actor, enterprise.county_id),
        may_mandate=access.may_grant_mandate(request.actor, enterprise.county_id),
    )


@registering
def enterprise_register(request: HttpRequest) -> HttpResponse:
    act = partial(actions.register_enterprise, actor=request.actor)
    words = {"title": _("登记一家企业"), "button": _("登记"), "back": reverse("enterprises")}
    return form_page(request, forms.RegisterForm(sent(request)), act, onward=partial(_onward, request), **words)


@registering
def enterprise_rename(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = _found(request, pk)
    act = partial(actions.rename_enterprise, actor=request.actor, enterprise=enterprise)
    return _changed(request, enterprise, forms.RenameEnterpriseForm(sent(request), enterprise=enterprise), act, _("修改企业名称"))


@registering
def enterprise_move(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = _found(request, pk)
    act = partial(actions.move_enterprise, actor=request.actor, enterprise=enterprise)
    return _changed(request, enterprise, forms.MoveEnterpriseForm(sent(request)), act, _("迁移企业"))


def _changed(request: HttpRequest, enterprise: Enterprise, form, act, title: str) -> HttpResponse:
    words = {"title": title, "about": enterprise.name, "button": _("保存"), "back": _onward(request, enterprise)}
    return form_page(request, form, act, onward=lambda _done: _onward(request, enterprise), **words)

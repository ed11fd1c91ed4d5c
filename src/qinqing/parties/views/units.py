"""The tree of units: looked at, grown, renamed, moved, merged; and who holds which post."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import access, actions, forms, queries
from ..models import Post, Unit
from .pages import admin_page, form_page, found_by, sent

shown = found_by(access.may_see_units)
managed = found_by(access.may_manage_units)


def _address(unit: Unit) -> str:
    return reverse("unit", args=[unit.id])


@shown
def unit_list(request: HttpRequest) -> HttpResponse:
    may_manage = access.may_manage_units(request.actor)
    return admin_page(request, "units", "parties/unit_list.html", rows=queries.unit_tree(), may_manage=may_manage)


@shown
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.select_related("parent", "county", "successor"), id=pk)
    return admin_page(
        request,
        "units",
        "parties/unit_detail.html",
        unit=unit,
        posts=queries.posts_in(unit),
        versions=queries.versions_of(unit),
        may_manage=access.may_manage_units(request.actor) if unit.valid_to is None else None,
        may_appoint=access.may_appoint(request.actor, 0) if unit.valid_to is None else None,
    )


@managed
def unit_create(request: HttpRequest) -> HttpResponse:
    form = forms.UnitForm(sent(request), initial={"parent": request.GET.get("parent")})
    act = partial(actions.create_unit, actor=request.actor)
    words = {"title": _("设立单位"), "button": _("设立"), "back": reverse("units")}
    return form_page(request, form, act, onward=_address, **words)


@managed
def unit_rename(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, id=pk)
    form = forms.RenameForm(sent(request), initial={"name": unit.name})
    act = partial(actions.rename_unit, actor=request.actor, unit=unit)
    return _changed(request, unit, form, act, _("单位更名"))


@managed
def unit_move(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, id=pk)
    form = forms.MoveForm(sent(request), apart_from=unit, initial={"parent": unit.parent_id})
    act = partial(actions.move_unit, actor=request.actor, unit=unit)
    return _changed(request, unit, form, act, _("调整隶属"))


@managed
def unit_merge(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, id=pk)
    form = forms.MergeForm(sent(request), apart_from=unit)
    act = partial(actions.merge_units, actor=request.actor, units=[unit])
    return _changed(request, unit, form, act, _("并入其他单位"))


@managed
def unit_phone(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, id=pk)
    form = forms.PhoneForm(sent(request), initial={"phone": unit.phone})
    act = partial(actions.change_unit_phone, actor=request.actor, unit=unit)
    return _changed(request, unit, form, act, _("修改办公电话"))


def _changed(request: HttpRequest, unit: Unit, form, act, title: str) -> HttpResponse:
    words = {"title": title, "about": unit.name, "button": _("保存"), "back": _address(unit)}
    return form_page(request, form, act, onward=_address(unit), **words)


# —— posts ——

posted = found_by(lambda actor: access.may_appoint(actor, 0))


@posted
def unit_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, id=pk)

    def act(username, **values):
        return actions.appoint(actor=request.actor, account=username, unit=unit, **values)

    words = {"title": _("任职"), "about": unit.name, "button": _("任职"), "back": _address(unit)}
    return form_page(request, forms.AppointForm(sent(request)), act, onward=_address(unit), **words)


@require_POST
@posted
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("unit"), id=pk)
    actions.end_post(actor=request.actor, post=post)
    from_person = request.POST.get("back") == "person"
    return redirect(reverse("person", args=[post.account_id]) if from_person else _address(post.unit))

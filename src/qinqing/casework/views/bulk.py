"""Many rows at once: each row is an act of its own, and the page says which were done, which not, and why."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.base import Actor, Role

from .. import access, actions, queries
from ..forms.dispatching import LeadForm
from ..models import Matter
from . import desk

MOST = 100


class Button(NamedTuple):
    """One act of the bulk bar, with its key."""

    name: str
    value: str
    label: Any
    key: str


def buttons(actor: Actor, tab: str) -> list[Button]:
    """What can be done to many rows of this tab at once."""
    if tab == "to_sign" and actor.role in (Role.LIAISON, Role.UNIT_LEADER):
        return [Button("move", "sign", pgettext_lazy("button", "签收"), "S")]
    if tab == "to_dispatch" and actor.role in access.DISPATCHERS | {Role.COUNTY_OFFICE}:
        return [Button("move", "dispatch", pgettext_lazy("button", "交办"), "D")]
    return []


@desk.staff
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    move = _MOVES.get(request.POST.get("move", ""))
    if move is None:
        raise Http404
    picked = _picked(request.POST.getlist("picked"))
    if not picked:
        messages.error(request, _("还没有选事项，先在每行前面打勾。"))
        return desk.gone_to(request, desk.way_back(request, "/desk/"))
    return move(request, picked)


def _picked(keys: Iterable[str]) -> list[tuple[str, int]]:
    """(number, version) of the rows picked; what is no key is left out."""
    parts = [key.rpartition(".") for key in keys]
    return [(number, int(version)) for number, _dot, version in parts if number and version.isdecimal()][:MOST]


def _sign(request: HttpRequest, picked: list[tuple[str, int]]) -> HttpResponse:
    return _done(request, picked, _sign_own)


def _sign_own(*, actor: Actor, matter: Matter, version: int) -> None:
    """The part that is the signer's: the lead's, or a helper's."""
    if access.may("sign_as_helper", actor, queries.standing(actor, matter)):
        actions.sign_as_helper(actor=actor, matter=matter)
    else:
        actions.sign(actor=actor, matter=matter, version=version)


def _dispatch(request: HttpRequest, picked: list[tuple[str, int]]) -> HttpResponse:
    """All to one lead unit, which is chosen on a page that shows what will be dispatched."""
    asked = "lead" in request.POST
    form = LeadForm(request.POST if asked else None, auto_id="lead_%s", label_suffix="")
    if form.is_valid():
        return _done(request, picked, actions.dispatch, lead=form.cleaned_data["lead"])
    context = {"form": form, "picked": picked, "rows": _rows(request.actor, picked), "back": desk.way_back(request, "/desk/")}
    return render(request, "casework/bulk_dispatch.html", context, status=422 if asked else 200)


def _rows(actor: Actor, picked: list[tuple[str, int]]) -> list[Matter]:
    return list(Matter.objects.visible_to(actor).filter(number__in=[number for number, _version in picked]).order_by("queue_at"))


_MOVES = {"sign": _sign, "dispatch": _dispatch}


# —— row by row ——

def _done(request: HttpRequest, picked: list[tuple[str, int]], act: Callable[..., Any], **said: Any) -> HttpResponse:
    reasons = {number: _refusal(request.actor, act, number, version=version, **said) for number, version in picked}
    _report(request, reasons)
    return desk.gone_to(request, desk.way_back(request, "/desk/"))


def _refusal(actor: Actor, act: Callable[..., Any], number: str, **said: Any) -> str:
    """Why this row was not done; empty when it was."""
    matter = queries.find(actor, number)
    if matter is None:
        return _("没有找到这件事。")
    try:
        act(actor=actor, matter=matter, **said)
    except base.Stale:
        return _("刚刚有了新的变化，请打开看过再办。")
    except (base.Refused, base.Denied) as refusal:
        return str(refusal)
    return ""


def _report(request: HttpRequest, reasons: dict[str, str]) -> None:
    done = [number for number, reason in reasons.items() if not reason]
    failed = [(number, reason) for number, reason in reasons.items() if reason]
    if done:
        messages.success(request, _("办好 %(n)s 件：%(numbers)s。") % {"n": len(done), "numbers": "、".join(done)})
    if failed:
        lines = format_html_join("", '<li><a href="/desk/matters/{0}/">{0}</a> {1}</li>', failed)
        messages.warning(request, format_html("{}<ul>{}</ul>", _("没办成 %(n)s 件：") % {"n": len(failed)}, lines))

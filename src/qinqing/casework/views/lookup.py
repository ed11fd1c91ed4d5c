"""查进度: the hotline tells a caller how far a matter is, and learns nothing else of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.ui import dates

from .. import access, actions, queries
from ..forms.looking import LookUpForm
from ..models import Matter
from ..terms import AT_UNIT
from . import desk


@desk.staff
def look_up(request: HttpRequest) -> HttpResponse:
    base.require(access.may_look_up(request.actor))
    form = LookUpForm(request.POST or None, label_suffix="")
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        matter = actions.look_up(actor=request.actor, **form.cleaned_data)
        context["told"] = _told(matter) if matter else None
        if matter is None:
            form.add_error(None, _("没有找到。请核对编号，和来电人说的电话或信用代码：两样都要对得上。"))
    missing = form.is_bound and not context.get("told")
    return render(request, "casework/look_up.html", context, status=404 if missing else 200)


def _told(matter: Matter) -> dict[str, Any]:
    """State, who has it, by when."""
    status = queries.status(matter)
    holder = matter.unit_name if matter.state in AT_UNIT and not matter.objected_at else status.turn
    return {"number": matter.number, "status": status, "holder": holder, "due": _due(matter)}


def _due(matter: Matter) -> str:
    if not matter.is_open:
        return ""
    return dates.day(matter.due_at) if matter.due_at else _("暂停计时，日期待定") if matter.paused_at else _("等企业确认，不计时")

"""Registers of what was not paid out but left to enterprises: taxes, fees, rent; taken in as whole files (M3-033, M3-034)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qinqing.parties.views.pages import form_page, found_by

from .. import actions
from ..access import cycles as access
from ..forms.benefits import ReliefForm
from ..queries import reliefs as queries
from . import cycles


@found_by(access.may_take_in)
def register(request: HttpRequest) -> HttpResponse:
    context = {"years": queries.by_year(request.actor), "files": queries.files(request.actor)}
    return render(request, "policy/reliefs.html", context)


@found_by(access.may_take_in)
def take_in(request: HttpRequest) -> HttpResponse:
    """What is wrong names its row and column, and nothing is half-written."""
    form = cycles.filled(request, ReliefForm, actor=request.actor)
    return form_page(
        request, form, partial(actions.import_reliefs, actor=request.actor), onward="reliefs", back=reverse("reliefs"),
        template=cycles.WRITE, title=pgettext_lazy("button", "导入减免台账"),
        note=_("税费由税务、人社等部门从业务系统导出；房租由国资监管部门按出租方和承租方登记。"))

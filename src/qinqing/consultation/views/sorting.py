"""A person corrects what a difficulty is about (M1-013)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing.casework import queries as casework
from qinqing.casework.views import desk

from .. import actions
from ..forms import SortForm


@desk.staff
@require_POST
def sort(request: HttpRequest, number: str) -> HttpResponse:
    matter = casework.find(request.actor, number)
    if matter is None:
        raise Http404
    form = SortForm(request.POST)
    if form.is_valid():
        actions.sort(actor=request.actor, matter=matter, **form.cleaned_data)
        messages.success(request, _("分类已改，原来的分类留在办理记录里。"))
    else:
        messages.error(request, _("没有这个分类，请从列表里选。"))
    return redirect("desk_matter", number)

"""Published figures: read by everybody, entered by the city's offices (M0-004, M0-005)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qinqing.parties.views.pages import form_page, found_by, sent

from . import access, actions, queries
from .forms import MeasureForm, ValueForm


def reported(request: HttpRequest) -> HttpResponse:
    context = {"series": queries.series(), "may_enter": access.may_enter(request.actor)}
    return render(request, "yearbook/reported.html", context)


@found_by(access.may_enter)
def enter(request: HttpRequest) -> HttpResponse:
    act = partial(actions.enter, actor=request.actor)
    return form_page(request, ValueForm(sent(request)), act, onward="reported", template="yearbook/enter.html")


@found_by(access.may_enter)
def add_measure(request: HttpRequest) -> HttpResponse:
    act = partial(actions.add_measure, actor=request.actor)
    return form_page(request, MeasureForm(sent(request)), act, onward="reported_enter", template="yearbook/measure.html")

"""Saying something about one's own matter: a page with one form for each verb, and the confirmation (M1-036)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing import base
from qinqing.documents import intake

from .. import actions
from ..forms import portal as forms
from ..models import Matter
from . import case, saying


def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """A page with one form; what was typed is still there when it could not be taken."""
    matter = case.found(request, number)
    if verb not in saying.VERBS:
        raise Http404
    doing = saying.VERBS[verb]
    form = doing.form(request.POST or None, request.FILES or None, initial={"version": matter.version})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _taken(form, lambda: _say(request, matter, doing, form))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, doing.done)
            return redirect("case", number=number)
        if status == HTTPStatus.CONFLICT:
            form = _again(form, case.found(request, number))
    question = case.question_to(matter) if verb == "supplement" else None
    context = {"matter": matter, "verb": doing, "label": doing.named(is_open=matter.is_open), "form": form, "question": question}
    return render(request, "casework/case_act.html", context, status=status)


def _say(request: HttpRequest, matter: Matter, verb: saying.Verb, form: forms.Versioned) -> None:
    said = dict(form.cleaned_data)
    files = {"files": [intake.receive(upload) for upload in said.pop("files")]} if "files" in said else {}
    verb.act(actor=request.actor, matter=matter, **said, **files)


def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """“Solved or not” and “satisfied or not”: two questions, one page."""
    matter = case.found(request, number)
    if request.method != "POST":
        return redirect("case", number=number)
    form = forms.ConfirmForm(request.POST)
    status = _taken(form, lambda: _answer(request, matter, form.cleaned_data))
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _DONE[form.cleaned_data["solved"]])
        return redirect("case", number=number)
    if status == HTTPStatus.CONFLICT:
        matter = case.found(request, number)
        form = _again(form, matter)
    return case.shown(request, matter, form=form, status=status)


def _answer(request: HttpRequest, matter: Matter, said: dict[str, Any]) -> None:
    common = {"actor": request.actor, "matter": matter, "version": said["version"], "satisfaction": said["satisfaction"]}
    if said["solved"] == "yes":
        actions.confirm(comment=said["text"], **common)
    else:
        actions.reject(text=said["text"], new_facts=said["new_facts"], **common)


_DONE = {
    "yes": gettext_lazy("您已确认解决。核查依据后销号。"),
    "no": gettext_lazy("已记下还没解决，由上一级盯着办。"),
}


def _taken(form: forms.Versioned, say: Callable[[], None]) -> HTTPStatus:
    """Say it, when the form is whole; a refusal stands beside its field."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        say()
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    except base.Stale:
        return HTTPStatus.CONFLICT
    return HTTPStatus.SEE_OTHER


def _again(late: forms.Versioned, matter: Matter) -> forms.Versioned:
    """The same words for the matter as it is now; the writer looks before sending them once more."""
    data = late.data.copy()
    data["version"] = matter.version
    form = type(late)(data, late.files)
    form.full_clean()
    form.add_error(None, _("您写的时候，这件事有了新的变化。请看一眼现在的情况，再提交一次。您写的内容还在。"))
    return form

"""部门比对: asking, the list as a file, the answers as a file, and where it stands (M3-030)."""

import hashlib
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.eligibility import catalogue
from qinqing.parties.views.pages import form_page, found_by, sent
from qinqing.ui import sheets

from .. import access, actions, building, comparing
from ..forms.comparisons import AnswerForm, AskForm
from ..models import Comparison, PolicyItem
from ..queries import comparisons as queries

SHOWN = 20  # problems on the page at once
MAX_BYTES = 10_000_000


@found_by(access.may_compare)
def comparisons(request: HttpRequest) -> HttpResponse:
    """Those one has to do with, and a form for another."""
    def ask(**said: Any) -> Comparison:
        return _ask(request, **said)

    return form_page(
        request, AskForm(sent(request), actor=request.actor), ask, onward=lambda done: f"/desk/comparisons/{done.pk}/",
        template="policy/comparisons.html", rows=queries.listed(request.actor), catalogue=catalogue.standard().facts.values())


def _ask(request: HttpRequest, *, name: str, operator: str, value: str, unit: Any, item: PolicyItem | None) -> Comparison:
    name = building.named(name)
    asked = building.valued(name, operator, value.strip())
    enterprises = queries.lacking(request.actor, name, item)
    return actions.ask_comparison(
        actor=request.actor, name=name, operator=operator, value=asked, unit=unit, enterprises=enterprises)


@found_by(access.may_compare)
def comparison(request: HttpRequest, number: int) -> HttpResponse:
    """Where it stands; whoever is asked brings the file back here."""
    found = _found(request, number)
    may_answer = access.may_answer_comparison(request.actor, found.comparison.unit_id)
    form = AnswerForm(request.POST, request.FILES) if request.method == "POST" else AnswerForm()
    context = {"counted": found, "may_answer": bool(may_answer), "form": form}
    if request.method == "POST":
        base.require(may_answer)
        read = _read(form, found.comparison) if form.is_valid() else None
        if read and _taken(request, form, found.comparison, read):
            return redirect("comparison", number=number)
        context |= {"problems": read.problems[:SHOWN], "warnings": read.warnings[:SHOWN]} if read else {}
    wrong = form.errors or context.get("problems") or context.get("warnings")
    return render(request, "policy/comparison.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _found(request: HttpRequest, number: int) -> queries.Counted:
    found = queries.one(request.actor, number)
    if found is None:
        raise Http404
    return found


def _read(form: AnswerForm, of: Comparison) -> comparing.Read | None:
    """The file, checked as a whole; what it cannot be read for stands at the file."""
    upload = form.cleaned_data["file"]
    if upload.size > MAX_BYTES:
        form.add_error("file", _("文件太大，最多 10 MB。"))
        return None
    content = upload.read()
    form.digest = hashlib.sha256(content).hexdigest()
    try:
        rows = sheets.rows_of(content, comparing.NEEDED)
    except base.Refused as refusal:
        form.add_error("file", str(refusal))
        return None
    codes = frozenset(queries.rows(of).values_list("enterprise__code", flat=True))
    read = comparing.read(rows, queries.question(of), codes, queries.known(of))
    return replace(read, warnings=()) if form.cleaned_data["checked"] else read


def _taken(request: HttpRequest, form: AnswerForm, of: Comparison, read: comparing.Read) -> bool:
    """Nothing is written while there is a problem, or a warning nobody looked at."""
    if read.problems or read.warnings:
        return False
    said = {name: form.cleaned_data[name] for name in ("responsible", "as_of")}
    try:
        actions.answer_comparison(actor=request.actor, comparison=of, answers=read.answers, sha256=form.digest, **said)
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("已导入 %(n)s 家的结果。") % {"n": len(read.answers)})
    return True


@found_by(access.may_compare)
def download(request: HttpRequest, number: int) -> HttpResponse:
    """The list to be filled in: nothing but code, name and the condition."""
    found = _found(request, number)
    rows = [(row.enterprise.code, row.enterprise.name, found.words, row.get_answer_display(), row.value or "")
            for row in queries.rows(found.comparison)]
    answer = HttpResponse(sheets.csv_of([comparing.HEADINGS, *rows]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="comparison-{number}.csv"'
    return answer

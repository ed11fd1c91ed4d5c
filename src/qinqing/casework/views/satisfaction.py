"""How satisfied enterprises said they were, by unit, and for the office the answers behind a total (M0-007)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from qinqing import base
from qinqing.parties.models import Unit

from .. import access, queries
from ..terms import SMALL_CELL, Satisfaction
from . import desk

LATEST = 200


@desk.staff
@require_safe
def satisfaction(request: HttpRequest) -> HttpResponse:
    rows = [(row.unit, row.totals, [(grade.label, n) for grade, n in row.totals.grades.items()] if row.totals else [])
            for row in queries.satisfaction_by_unit(request.actor)]
    return render(request, "casework/satisfaction.html", {
        "rows": rows, "grades": Satisfaction.labels, "as_of": base.now(), "fewest": SMALL_CELL,
        "single": bool(access.may_see_satisfaction(request.actor))})


@desk.staff
@require_safe
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of one unit's total."""
    unit = get_object_or_404(Unit, code=code)
    found = queries.satisfaction_answers(request.actor, unit)
    context = {"unit": unit, "total": found.count(), "answers": found[:LATEST]}
    return render(request, "casework/satisfaction_answers.html", context)

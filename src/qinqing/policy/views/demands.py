"""The measures by how many demands they answer (M0-006)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qinqing import base
from qinqing.parties.views.pages import found_by

from .. import access
from ..queries import demands


@found_by(access.may_keep)
def measures(request: HttpRequest) -> HttpResponse:
    return render(request, "policy/measures.html", {
        "rows": demands.measures(request.actor), "without": demands.without(request.actor), "day": base.today()})

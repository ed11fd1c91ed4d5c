"""How long the steps took: for staff, over what they may see (M0-007)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qinqing import base
from qinqing.ui.terms import NavItem

from .. import queries
from . import desk


@desk.staff
@require_safe
def durations(request: HttpRequest) -> HttpResponse:
    years = queries.years(request.actor)
    year = _asked(request.GET.get("year", ""), years)
    choice = [NavItem(f"{request.path}?year={one}", str(one), current=one == year) for one in years]
    return render(request, "casework/durations.html", {"taken": queries.durations(request.actor, year), "years": choice})


def _asked(said: str, years: list[int]) -> int:
    if not said:
        return years[0] if years else base.today().year
    if not said.isdecimal() or int(said) not in years:
        raise Http404
    return int(said)

"""Where a leader's day begins: how matters stand, each figure leading to its rows."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qinqing import base
from qinqing.base import Actor
from qinqing.ui.terms import NavItem

from .. import access, queries
from . import desk, filters

NOTHING_SAID = QueryDict()


class Line(NamedTuple):
    """A row of the table: what it is called, and each count with the list behind it."""

    name: Any
    cells: list[tuple[str, int, str]]   # column, count, address
    satisfied: str


@desk.staff
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    base.require(access.may_see_overview(request.actor))
    seen = queries.overview(request.actor)
    return render(request, "casework/overview.html", {
        "seen": seen, "tally": _tally(request.actor, seen), "columns": _columns(),
        "units": [_line("unit", one, graded=seen.graded) for one in seen.units],
        "counties": [_line("county", one, graded=False) for one in seen.counties],
    })


def _tally(actor: Actor, seen: queries.Overview) -> list[NavItem]:
    whole = seen.whole
    figures = [("running", _("在办"), whole.running, ""), ("overdue", _("已超期"), whole.overdue, "alert-triangle"),
               ("supervised", _("督办中"), whole.supervised, "flag-exclamation")]
    if seen.waiting is not None:
        figures.append(("to_consider", _("等我定夺"), seen.waiting, "scale"))
    return [NavItem(filters.address(NOTHING_SAID, tab=tab), label, count=count, icon=icon) for tab, label, count, icon in figures]


def _columns() -> dict[str, str]:
    """The tab that lists a count, and what the count is called."""
    return {"running": _("在办"), "overdue": _("已超期"), "supervised": _("督办中")}


def _line(whose: str, one: queries.Standing, *, graded: bool) -> Line:
    cells = [(label, getattr(one, tab), filters.address(NOTHING_SAID, tab=tab, **{whose: one.code}))
             for tab, label in _columns().items()]
    return Line(one.name or filters.NONE[whose], cells, _satisfied(one) if graded else "")


def _satisfied(one: queries.Standing) -> str:
    if one.satisfied is None:
        return _("不足 5 件")
    return f"{one.satisfied} / {one.answered}"

"""The library: every policy that is public, found by words and by what it gives to whom (M3-014, M3-026, M3-027)."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.ui.terms import NavItem

from .. import terms
from ..forms.library import LibraryForm
from ..queries import elsewhere
from ..queries import library as queries

PER_PAGE = 20
FILTERS = ("benefit_class", "mode", "issuer", "county", "size")


def library(request: HttpRequest) -> HttpResponse:
    day, form = base.today(), LibraryForm(request.GET)
    wanted = form.wanted
    page = Paginator(queries.found(wanted, day), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "policy/library.html", {
        "filters": [form[name] for name in FILTERS], "wanted": wanted, "page": page, "day": day,
        "offered": elsewhere.offered(),
        "rows": queries.shown(page.object_list, day),
        "standings": _standings(request.GET, wanted.standing, queries.standings(day)), "withheld": queries.withheld(),
        "newer": _at(request.GET, page, -1), "older": _at(request.GET, page, 1),
        "narrowed": any(getattr(wanted, name) for name in FILTERS),
    })  # fmt: skip


def _standings(asked: QueryDict, chosen: str, counts: dict[str, int]) -> list[NavItem]:
    """All, and each standing that occurs, with how many there are of it in the whole library."""
    shown = [("", _("全部"), sum(counts.values()))]
    shown += [(standing, terms.Standing(standing).label, count) for standing, count in counts.items() if count]
    return [NavItem(_changed(asked, standing=standing), label, current=standing == chosen, count=count)
            for standing, label, count in shown]


def _changed(asked: QueryDict, **values: str) -> str:
    changed = asked.copy()
    changed.pop("page", None)
    for name, value in values.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def _at(asked: QueryDict, page: Page, step: int) -> str:
    there = page.has_previous() if step < 0 else page.has_next()
    return _changed(asked, page=str(page.number + step)) if there else ""

"""The workbench: what waits for this actor, the most urgent first (M1-004)."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from qinqing.base import Actor
from qinqing.base.actor import UNIT_STAFF
from qinqing.ui.terms import NavItem

from .. import access, kinds, queries
from ..models import Matter
from ..terms import SUPERVISED
from . import bulk, desk, filters, sheet

ONE_STATE = frozenset({"to_dispatch", "to_sign", "handling", "replied", "to_close"})  # tabs whose name says the state


class Row(NamedTuple):
    """One line of the list, ready to be drawn; `key` carries the version that was seen."""

    key: str
    number: str
    url: str
    title: str
    note: str
    light: Any
    tag: Any
    topic: Any
    at: Any
    read: bool
    current: bool


@desk.staff
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    if not request.GET and access.may_see_overview(request.actor):
        return redirect("overview")
    panel = _opened(request)
    if desk.is_partial(request, "panel"):
        return render(request, "casework/_panel.html", panel)
    wanted = filters.wanted(request.GET)
    if number := queries.numbered(request.actor, wanted.query):
        return redirect("desk_matter", number)
    page = queries.worklist(request.actor, wanted, after=request.GET.get("after", ""), size=filters.size(request.GET))
    return render(request, "casework/worklist.html", {
        **panel, **listed(request, wanted, page), "chips": filters.chips(request), "query": wanted.query,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "tab", "after", "open")],
        "may_register": access.may_register(request.actor),
    })


def _opened(request: HttpRequest) -> dict[str, Any]:
    """The matter beside the list, if the address names one."""
    number = filters.said(request.GET, "open")
    if not number:
        return {}
    matter = queries.find(request.actor, number)
    if matter is None:
        raise Http404
    return sheet.panel(request, matter, back=filters.address(request.GET, after=request.GET.get("after")))


def listed(request: HttpRequest, wanted: queries.Filter, page: queries.Page) -> dict[str, Any]:
    query, opened = request.GET, request.GET.get("open", "")
    rows = [(group.label, [_row(request.actor, row, page, opened) for row in group.rows]) for group in page.groups]
    return {
        "page": page, "groups": rows, "tabs": [_tab(query, page, *tab) for tab in page.tabs],
        "older": filters.address(query, after=page.after, tab=page.tab.key) if page.after else "",
        "first": filters.address(query, tab=page.tab.key) if query.get("after") else "",
        "empty": None if page.total else _nothing(request.actor, query, page), "searched": _searched(wanted, page),
        "bulk": bulk.buttons(request.actor, page.tab.key),
        "here": request.get_full_path(), "one_state": page.tab.key in ONE_STATE,
    }


def _row(actor: Actor, row: Matter, page: queries.Page, opened: str) -> Row:
    return Row(
        key=f"{row.number}.{row.version}", number=row.number, url=reverse("desk_matter", args=[row.number]), title=row.title,
        note=" · ".join(filter(None, [row.county_name, _enterprise(actor, row), _holder(actor, row)])),
        light=queries.light(row, days=page.calendar),
        tag=queries.asked_of_office(row) or (SUPERVISED if row.is_open and row.supervised_at else queries.status(row)),
        topic=kinds.get(row.kind).topics.get(row.topic, ""), at=row.received_at if row.is_open else row.closed_at,
        read=not queries.awaits(actor, row), current=row.number == opened)


def _enterprise(actor: Actor, row: Matter) -> str:
    return queries.shown_enterprise(actor, row, queries.listed_standing(actor, row)).rstrip("。")


def _holder(actor: Actor, row: Matter) -> str:
    """The unit that leads; one's own is not named."""
    return _("%(unit)s主办") % {"unit": row.unit_name} if row.unit_name and row.unit_id not in actor.unit_ids else ""


def _tab(query, page: queries.Page, tab: queries.Tab, count: str) -> NavItem:
    alarm = tab.key == "overdue" and count not in ("", "0")
    apart = tab.across and tab == next(one for one, _count in page.tabs if one.across)
    return NavItem(filters.address(query, tab=tab.key), tab.label, current=tab == page.tab, count=count or None, alarm=alarm,
                   apart=apart)


def _searched(wanted: queries.Filter, page: queries.Page) -> str:
    """How many the search found over everything this actor may see, whatever tab is looked at."""
    if not wanted.query:
        return ""
    found = next(count for tab, count in page.tabs if tab.key == "all")
    return _("在您能看到的全部事项里，找到 %(n)s 件。点上面的标签，只看其中一部分。") % {"n": found}


# —— nothing to show ——

def _nothing(actor: Actor, query, page: queries.Page) -> dict[str, str]:
    """Why the list is empty, and the next useful thing."""
    if _narrowed(query):
        tab = query.get("tab", "") if page.tab.key != "all" else ""
        return {"title": _("没有符合筛选的事项"), "icon": "filter-off", "link": _("去掉全部筛选"),
                "url": filters.address({"tab": tab})}
    title = _EMPTY[page.tab.key]
    overdue = next((count for tab, count in page.tabs if tab.key == "overdue"), "0")
    if page.tab.key == "overdue" or overdue == "0":
        return {"title": title}
    text = _("还有 %(n)s 件已超期。") % {"n": overdue}
    link = _("去办理") if actor.role in UNIT_STAFF else _("去催办")
    return {"title": title, "text": text, "url": filters.address(query, tab="overdue"), "link": link}


def _narrowed(query) -> bool:
    return any(query.get(name) for name in (*filters.NAMES, "mine", "q"))


_EMPTY = {
    "to_dispatch": gettext_lazy("待交办事项已全部交办"), "to_decide": gettext_lazy("没有要裁定的事项"),
    "at_units": gettext_lazy("没有单位在办的事项"), "passed_on": gettext_lazy("没有正在办的事项"),
    "to_supplement": gettext_lazy("没有等企业补充的事项"), "to_consider": gettext_lazy("没有等您定夺的事项"),
    "supervised": gettext_lazy("没有督办中的事项"),
    "to_sign": gettext_lazy("待签收事项已全部签收"),
    "handling": gettext_lazy("没有正在办理的事项"), "overdue": gettext_lazy("没有超期事项"),
    "soon": gettext_lazy("今明两天没有到期的事项"),
    "replied": gettext_lazy("没有等企业确认的事项"), "to_close": gettext_lazy("没有待核查销号的事项"),
    "running": gettext_lazy("没有在办事项"), "ended": gettext_lazy("还没有结束的事项"),
}


@desk.staff
@require_safe
def choices(request: HttpRequest, name: str) -> HttpResponse:
    """What one filter can be set to: a page of links, or the same list beside its chip."""
    context: dict[str, Any] = {"choices": filters.choices(request, name), "name": filters.NAMES[name]}
    part = desk.is_partial(request, "choices")
    return render(request, "casework/_filter_choices.html" if part else "casework/filter_choices.html", context)


"""精准推送: per benefit who fits, was told, has read and has it; per department who newly gets relief (M3-014, M3-030)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing.parties.models import Enterprise
from qinqing.parties.views.pages import found_by
from qinqing.ui import sheets
from qinqing.ui.terms import NavItem

from .. import access, actions, rematching, snapshots
from ..queries import pushes as queries
from ..queries.pushes import Department, Fitting, Pushed
from ..terms.pushes import PURPOSE, Part

HEADINGS = ("统一社会信用代码", "企业名称", "政策事项", "金额（元）", "从哪天起符合", "用途")
FEN, PER_PAGE = 100, 50


@dataclass(frozen=True)
class Row:
    """One enterprise in a list, and what it fits."""

    pushed: Pushed
    one: Fitting
    enterprise: Enterprise


@found_by(access.may_keep)
def pushes(request: HttpRequest) -> HttpResponse:
    since = _since(request)
    rows = queries.pushed(request.actor, since)
    return render(request, "policy/pushes.html", {
        "rows": [(row, _shares(row)) for row in rows], "departments": queries.departments(request.actor, rows), "since": since,
        "snapshot": snapshots.current(), "left_out": len(frozenset[int]().union(*(row.left_out for row in rows))),
    })  # fmt: skip


def _since(request: HttpRequest) -> date:
    """Who fits since then counts as new; a made-up day is none."""
    try:
        return queries.new_from(parse_date(request.GET.get("since") or request.POST.get("since") or ""))
    except ValueError:
        return queries.new_from()


def _shares(row: Pushed) -> dict[str, Fraction | None]:
    """Of those told how many have read it; of those who fit how many have it."""
    counts = row.counts
    return {"read": _share(counts["read"], counts["told"]), "taken": _share(counts["taken"], counts["all"])}


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


@found_by(access.may_keep)
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Match now instead of waiting for the worker."""
    if snapshots.current() is None:
        snapshots.renew()
    rematching.renew_when_due()
    messages.success(request, _("已重新匹配，新符合的企业各通知一次。"))
    return redirect("pushes")


# —— one item ——


@found_by(access.may_keep)
def push(request: HttpRequest, code: str) -> HttpResponse:
    """The enterprises behind each figure of an item."""
    row, asked = _pushed(request, code), request.GET.get("show", "")
    part = Part(asked) if asked in Part.values else Part.ALL
    page = _page(request, [(row, one) for one in row.part(part)])
    chips = [NavItem(_address(request, show=each.value, page=""), each.label, current=each == part,
                     count=row.counts[each.name.lower()]) for each in Part]
    trail = [(reverse("pushes"), _("政策推送")), ("", row.item.title)]
    return render(request, "policy/push.html", {
        "row": row, "chips": chips, "page": page, "rows": _rows(page.object_list), "trail": trail, **_turning(request, page)})


def _pushed(request: HttpRequest, code: str) -> Pushed:
    row = next((row for row in queries.pushed(request.actor, _since(request)) if row.item.code == code), None)
    if row is None:
        raise Http404
    return row


@found_by(access.may_keep)
def download(request: HttpRequest, code: str) -> HttpResponse:
    """Whom it fits now, for handling it: for the owner, the issuer and a city office."""
    row = _pushed(request, code)
    return _file(_rows([(row, one) for one in row.fitting]), code)


# —— one department ——


@found_by(access.may_keep)
def department(request: HttpRequest, code: str) -> HttpResponse:
    """Who newly fits a relief that the department gives."""
    found = _department(request, code)
    page = _page(request, found.new)
    trail = [(reverse("pushes"), _("政策推送")), ("", found.unit.name)]
    return render(request, "policy/push_department.html", {
        "found": found, "page": page, "rows": _rows(page.object_list), "since": _since(request), "trail": trail,
        **_turning(request, page)})


@found_by(access.may_keep)
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """The list as a file; that it was taken is recorded."""
    found = _department(request, code)
    rows = _rows(found.new)
    lines = [(row.pushed.item.code, row.enterprise.code) for row in rows]
    actions.hand_over_list(actor=request.actor, unit=found.unit, since=_since(request), lines=lines)
    return _file(rows, f"{code}-relief")


def _department(request: HttpRequest, code: str) -> Department:
    rows = queries.pushed(request.actor, _since(request))
    found = next((one for one in queries.departments(request.actor, rows) if one.unit.code == code), None)
    if found is None:
        raise Http404
    return found


# —— rows and files ——


def _rows(found: Sequence[tuple[Pushed, Fitting]]) -> list[Row]:
    firms = queries.enterprises(one for _, one in found)
    return [Row(pushed, one, firms[one.enterprise_id]) for pushed, one in found]


def _file(rows: Sequence[Row], name: str) -> HttpResponse:
    answer = HttpResponse(sheets.csv_of([HEADINGS, *_lines(rows)]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(rows: Sequence[Row]) -> Iterator[Sequence[Any]]:
    for row in rows:
        money = "" if row.one.fen is None else Decimal(row.one.fen) / FEN
        yield row.enterprise.code, row.enterprise.name, row.pushed.item.title, money, row.one.since, PURPOSE


def _page(request: HttpRequest, found: Sequence[tuple[Pushed, Fitting]]) -> Page:
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def _turning(request: HttpRequest, page: Page) -> dict[str, str]:
    newer = _address(request, page=str(page.number - 1)) if page.has_previous() else ""
    return {"newer": newer, "older": _address(request, page=str(page.number + 1)) if page.has_next() else ""}


def _address(request: HttpRequest, **changed: str) -> str:
    asked = request.GET.dict() | changed
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"

"""精准推送: per benefit who fits, who was told, who has read it; the list for the department (M3-014, M3-030)."""

from decimal import Decimal
from fractions import Fraction

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing.parties.views.pages import found_by
from qinqing.ui import sheets

from .. import access, rematching, snapshots
from ..queries import matches as queries

HEADINGS = ("统一社会信用代码", "企业名称", "政策事项", "金额（元）", "从哪天起符合")
FEN = 100


@found_by(access.may_keep)
def pushes(request: HttpRequest) -> HttpResponse:
    rows = [(row, Fraction(row.read, row.told) if row.told else None) for row in queries.pushed(request.actor)]
    return render(request, "policy/pushes.html", {"rows": rows, "snapshot": snapshots.current()})


@found_by(access.may_keep)
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Match now instead of waiting for the worker."""
    if snapshots.current() is None:
        snapshots.renew()
    rematching.renew_when_due()
    messages.success(request, _("已重新匹配，新符合的企业各通知一次。"))
    return redirect("pushes")


def _yuan(fen: int | None) -> Decimal | str:
    return "" if fen is None else Decimal(fen) / FEN


@found_by(access.may_keep)
def download(request: HttpRequest, code: str) -> HttpResponse:
    """Whom it fits now, for handling it: for the owner, the issuer and a city office."""
    row = next((row for row in queries.pushed(request.actor) if row.item.code == code), None)
    if row is None:
        raise Http404
    lines = [(match.enterprise.code, match.enterprise.name, row.item.title, _yuan(match.amount_fen), match.since.date())
             for match in queries.listed(row.item)]
    answer = HttpResponse(sheets.csv_of([HEADINGS, *lines]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    return answer

"""发布前模拟: one sentence answers how many more, how much, whether it fits, and who loses (M3-030)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing.casework.views.desk import way_back
from qinqing.eligibility.trees import SECTIONS
from qinqing.eligibility.units import Unreadable
from qinqing.parties import industry
from qinqing.parties.views.pages import found_by
from qinqing.ui import sheets

from .. import access, building, crossing, simulating, snapshots
from ..models import PolicyItem
from ..queries import builder
from ..queries import facts as known

FEN = 100
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 300, 74, 110, 18, 44


@found_by(access.may_keep)
def simulate(request: HttpRequest, code: str) -> HttpResponse:
    """The draft, or the rule in force with one threshold moved, against the rule in force."""
    item, snapshot = _found(request, code), snapshots.current()
    draft = builder.draft(item)
    context = {"item": item, "draft": draft, "snapshot": snapshot, "trail": _trail(item)}
    if snapshot is None:
        return render(request, "policy/simulate.html", context)
    trial = _trial(request, item, draft.rule if draft else None)
    if trial is None:
        messages.warning(request, _("规则还有写得不通的地方，改好才能模拟。"))
        return redirect("rule", code=code)
    return render(request, "policy/simulate.html", context | _simulated(item, trial, snapshot))


@found_by(access.may_keep)
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The cross table as a file, with the same cells hidden."""
    item, snapshot = _found(request, code), snapshots.current()
    draft = builder.draft(item)
    trial = _trial(request, item, draft.rule if draft else None)
    if snapshot is None or trial is None:
        raise Http404
    found = simulating.outcomes(snapshot.columns, {"after": trial.tried}, snapshot.columns.on)["after"]
    answer = HttpResponse(sheets.csv_of(_sheet(_crossing(found, snapshot))), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-simulation.csv"'
    return answer


def _found(request: HttpRequest, code: str) -> PolicyItem:
    item = builder.item(request.actor, code)
    if item is None:
        raise Http404
    return item


# —— what is tried ——


@dataclass(frozen=True)
class Trial:
    """`rule` as it is written, `tried` with the threshold that was asked for; `in_force` is what it is held against."""

    rule: Any
    tried: Any
    in_force: Any
    thresholds: list[simulating.Threshold]
    chosen: simulating.Threshold | None
    to: str
    wanted: int | None
    wrong: Any


def _trial(request: HttpRequest, item: PolicyItem, draft: Any) -> Trial | None:
    """None where the rule cannot be read."""
    rule = draft or item.rule
    if not building.check(rule, code=item.code, title=item.title, on=item.valid_from).is_sound:
        return None
    thresholds, to = list(simulating.thresholds(rule)), request.GET.get("to", "")
    chosen = next((one for one in thresholds if one.key == request.GET.get("vary")), thresholds[0] if thresholds else None)
    wanted, wrong = _wanted(to, chosen)
    tried = simulating.moved(rule, chosen, wanted) if chosen and wanted is not None else rule
    return Trial(rule, tried, item.rule if draft or wanted is not None else None, thresholds, chosen, to, wanted, wrong)


def _simulated(item: PolicyItem, trial: Trial, snapshot: snapshots.Snapshot) -> dict[str, Any]:
    day, chosen, wanted = snapshot.columns.on, trial.chosen, trial.wanted
    found = simulating.simulate(snapshot.columns, trial.tried, trial.in_force, day, known.counties())
    points = simulating.curve(snapshot.columns, trial.rule, chosen, day, wanted) if chosen else []
    drawn = [point for point in points if not point.is_few]
    return {
        "found": found, "thresholds": trial.thresholds, "chosen": chosen, "to": trial.to, "wrong": trial.wrong,
        "wanted": chosen.fact.say(wanted) if chosen and wanted is not None else None,
        "points": [(point, _is_over(point, item.budget_fen)) for point in points],
        "chart": _chart(drawn, item.budget_fen) if len(drawn) > 1 else None, "budget": _budget(found, item.budget_fen),
        "bars": _bars(found.changes), "unknown_share": _share(found.after.unknown, snapshot.columns.rows),
        "groups": [(_("按县区"), _("县区"), _named(found.by_place)), (_("按规模"), _("规模"), _named(found.by_size)),
                   (_("按行业门类"), _("门类"), _named(found.by_section))],
        "crossing": _grid(_crossing(found.after, snapshot)),
    }  # fmt: skip


def _wanted(text: str, threshold: simulating.Threshold | None) -> tuple[int | None, Any]:
    """Another number for the threshold, or why it is none."""
    if not text.strip() or threshold is None:
        return None, None
    try:
        return threshold.fact.read(text.strip()), None
    except Unreadable as unreadable:
        return None, unreadable.sentence


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


@dataclass(frozen=True)
class Budget:
    """How the cost stands to the budget; `share_at_most` if everybody unknown were eligible."""

    fen: int
    share: Fraction
    share_at_most: Fraction

    @property
    def fits(self) -> bool:
        return self.share <= 1

    @property
    def fits_at_most(self) -> bool:
        return self.share_at_most <= 1


def _budget(found: simulating.Simulation, fen: int | None) -> Budget | None:
    return Budget(fen, _share(found.after.cost, fen), _share(found.at_most, fen)) if fen else None


def _bars(changes: list[simulating.Change]) -> list[dict[str, Any]]:
    most = max((change.count for change in changes), default=0) or 1
    words = {"new": _("新增"), "more": _("多得"), "same": _("不变"), "less": _("少得"), "lost": _("失去")}
    return [{"label": words[change.key], "change": change, "width": 0 if change.is_few else change.count * 200 // most,
             "loses": change.key in ("less", "lost")} for change in changes]


def _named(groups: list[simulating.Group]) -> list[dict[str, Any]]:
    """Groups with their names, the largest first; several that are few stand under all of their names."""
    whole = sum(group.fen for group in groups)
    rows = [{"label": _called(group), "group": group, "share": _share(group.fen, whole) if whole else None} for group in groups]
    return sorted(rows, key=lambda row: (len(row["group"].labels) > 1, -row["group"].count))


def _called(group: simulating.Group) -> str:
    return "、".join(str(_label(label)) for label in group.labels)


def _label(label: Any) -> Any:
    if label == "":
        return _("没有登记")
    section = industry.find(label) if label in SECTIONS else None
    return f"{label} {section.name}" if section else label


# —— county × size ——


def _crossing(found: simulating.Outcome, snapshot: snapshots.Snapshot) -> crossing.Crossing:
    return crossing.crossed(found, simulating.places(snapshot.columns, known.counties()), simulating.sizes(snapshot.columns))


def _grid(table: crossing.Crossing) -> dict[str, Any]:
    """The table with the names of its lines and columns."""
    return {"table": table, "columns": [(_called(group), group) for group in table.columns],
            "lines": [(_called(line.group), line) for line in table.lines]}


def _sheet(table: crossing.Crossing) -> Iterator[Sequence[Any]]:
    """One row for each cell, so that a spreadsheet can turn it as it likes; totals stand at the end of each county."""
    yield _("县区"), _("规模"), _("户数"), _("金额（元）")
    for line in table.lines:
        for column, cell in zip(table.columns, line.cells, strict=True):
            yield _called(line.group), _called(column), *((_("不显示"), _("不显示")) if cell.is_hidden else _figures(cell))
        yield _called(line.group), _("合计"), *_figures(line.group)
    for column in table.columns:
        yield _("合计"), _called(column), *_figures(column)
    yield _("合计"), _("合计"), *((_("不足 5 家"), "") if table.total.is_few else _figures(table.total))


def _figures(of: simulating.Group | crossing.Cell) -> tuple[int, Decimal]:
    return of.count, Decimal(of.fen) / FEN


# —— the chart ——


@dataclass(frozen=True)
class Dot:
    """A point of the curve where it is drawn; those with few enterprises are not."""

    x: str
    y: str
    point: simulating.Point
    is_over: bool


def _chart(points: list[simulating.Point], budget: int | None) -> dict[str, Any]:
    """Money up, where there is any, else enterprises; thresholds to the right."""
    by_money = any(point.fen for point in points)
    heights = [point.fen if by_money else point.count for point in points]
    most = _rounded_up(max([*heights, (budget or 0) if by_money else 0, 1]))
    low, high = points[0].number, points[-1].number
    dots = [Dot(_x(point.number, low, high), _y(height, most), point, _is_over(point, budget))
            for point, height in zip(points, heights, strict=True)]
    return {
        "dots": dots, "line": " ".join(f"{dot.x},{dot.y}" for dot in dots), "by_money": by_money, "most": most,
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "bottom": HEIGHT - BOTTOM, "top": TOP,
        "budget_y": _y(budget, most) if budget and by_money else None, "marks": [_y(most * part // 4, most) for part in range(5)],
    }  # fmt: skip


def _rounded_up(height: int) -> int:
    """To two figures, so that the axis ends on a number that can be said."""
    unit = 10 ** max(0, len(str(height)) - 2)
    return -(-height // unit) * unit


def _is_over(point: simulating.Point, budget: int | None) -> bool:
    return bool(budget) and point.fen > (budget or 0)


def _x(number: int, low: int, high: int) -> str:
    return f"{LEFT + (WIDTH - LEFT - RIGHT) * (number - low) / ((high - low) or 1):.1f}"


def _y(height: int, most: int) -> str:
    return f"{HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height / most:.1f}"


def _trail(item: PolicyItem) -> list[tuple[str, Any]]:
    return [(reverse("rules"), _("编规则")), (reverse("rule", args=[item.code]), item.title), ("", _("模拟"))]


@found_by(access.may_keep)
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Build the columns now instead of waiting for the worker."""
    built = snapshots.renew()
    values = {"rows": built.columns.rows, "seconds": built.seconds}
    messages.success(request, _("快照已更新：%(rows)s 户，用了 %(seconds)s 秒。") % values)
    return redirect(way_back(request, reverse("rules")))

"""The public figures of a year: each with its definition, scope and n; as a page, as CSV and as JSON (M0-007, M1-030)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.casework import queries as casework
from qinqing.casework.terms import SMALL_CELL, Satisfaction
from qinqing.clock.wording import MONTHS
from qinqing.consultation import figures as consultation
from qinqing.consultation.terms import KIND
from qinqing.ui import sheets
from qinqing.ui.figures import percent
from qinqing.ui.terms import NavItem
from qinqing.yearbook import queries as yearbook

MINUTE = 60
TELLING = 30  # closed matters: a median of fewer says little
TITLES = {
    "channel": _("从哪里来"), "topic": _("哪一类困难"), "county": _("哪个县区"), "month": _("哪个月收到"),
    "scope": _("共性还是个性"), "outcome": _("办得怎样"),
}
DEFINITIONS = {
    "collected": _("当年收到、去掉并件和撤回的件数"),
    "raw_intakes": _("加上并入的件数"),
    "on_time": _("办结期限内答复的，占已答复的"),
    "median_days": _("从收到到销号的工作日，收到当天不算；一半的事比它快，一半比它慢"),
    "overdue": _("不分哪年收到，现在过了期限还没办的"),
    "broken": _("答复里承诺的日子过了才办成、过了才改答复，或者到现在还没办的，占全部承诺"),
}
IN_FIVES = format_lazy(_("每满 {n} 个回答更新一次，免得认出是谁答的"), n=SMALL_CELL)
GROUPS = (
    (_("非常满意、满意"), (Satisfaction.VERY_GOOD, Satisfaction.GOOD)), (_("基本满意"), (Satisfaction.FAIR,)),
    (_("不满意、非常不满意"), (Satisfaction.BAD, Satisfaction.VERY_BAD)),
)


@dataclass(frozen=True)
class Line:
    """One line of a table: how many, and which share of all."""

    label: Any
    count: int
    share: str
    width: int


@dataclass(frozen=True)
class Table:
    key: str
    title: Any
    lines: list[Line]
    total: int
    definition: Any = ""


@dataclass(frozen=True)
class Report:
    """Everything the page says about a year; at most a minute old."""

    totals: consultation.Figures
    course: casework.YearFigures
    tables: list[Table]
    satisfaction: Table | None

    @property
    def rates(self) -> list[consultation.Rate]:
        return [self.totals.resolution, self.totals.solution]

    @property
    def every_table(self) -> list[Table]:
        return [*self.tables, *([self.satisfaction] if self.satisfaction else [])]


def figures(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    report = report_of(year)
    choice = [NavItem(f"{request.path}?year={one}", str(one), current=one == year) for one in consultation.years()]
    context = {"report": report, "year": year, "years": choice, "definitions": DEFINITIONS, "small_cell": SMALL_CELL,
               "reported": yearbook.of_year(year)}
    return render(request, "site/figures.html", context)


def figures_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same table for a spreadsheet."""
    rows = [(_("指标"), _("分类"), _("数量"), _("单位"), _("样本"), _("口径")), *_rows(report_of(_known(year)))]
    answer = HttpResponse(sheets.csv_of(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{KIND.key}-{year}.csv"'
    return answer


def figures_json(request: HttpRequest, year: int) -> JsonResponse:
    names = ("measure", "group", "value", "unit", "n", "definition")
    report = report_of(_known(year))
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in _rows(report)]
    return JsonResponse({"year": year, "as_of": report.totals.as_of.astimezone(base.TZ), "figures": rows},
                        json_dumps_params={"ensure_ascii": False})


def _plain(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    if asked:
        return _known(int(asked) if asked.isdecimal() else 0)
    return shown_year()


def shown_year() -> int:
    """This year; while little is closed yet, the one before says more."""
    year = base.today().year
    return year if report_of(year).course.closed >= TELLING or year - 1 not in consultation.years() else year - 1


def _known(year: int) -> int:
    if year not in consultation.years():
        raise Http404
    return year


def report_of(year: int) -> Report:
    if _report.cache_info().currsize > MINUTE:
        _report.cache_clear()
    return _report(year, int(base.now().timestamp()) // MINUTE)


def forget() -> None:
    """For who changed the figures' own past, as tests do."""
    _report.cache_clear()


@cache
def _report(year: int, minute: int) -> Report:  # the minute is the age of the figures
    totals = consultation.of_year(year)
    tables = [Table(by, title, _lines(_broken_down(year, by)), totals.collected) for by, title in TITLES.items()]
    return Report(totals, casework.year_figures(KIND.key, year), tables, _satisfaction(year))


def _broken_down(year: int, by: str) -> list[tuple[Any, int]]:
    shares = consultation.breakdown(year, by)
    if by != "month":
        return [(share.label, share.count) for share in shares]
    today = base.today()
    begun = today.month if year == today.year else len(shares)  # of a month to come nothing is known, not nothing
    return [(month, share.count) for month, share in zip(MONTHS, shares[:begun], strict=False)]


def _lines(counted: list[tuple[Any, int]]) -> list[Line]:
    """Each with its share of all; the longest bar is the whole width."""
    total, most = sum(count for _name, count in counted), max((count for _name, count in counted), default=0)
    return [Line(label, count, percent(Fraction(count, total)) if total else "", 100 * count // most if most else 0)
            for label, count in counted]


def _satisfaction(year: int) -> Table | None:
    """In three groups; None when so few answered, in all or in one group, that somebody would stand out."""
    found = casework.satisfaction_of_year(KIND.key, year)
    if found is None:
        return None
    lines = _lines([(label, sum(found.grades[grade] for grade in grades)) for label, grades in GROUPS])
    few = any(0 < line.count < SMALL_CELL for line in lines)
    return None if few else Table("satisfaction", _("满不满意"), lines, found.answered, IN_FIVES)


def _rows(report: Report) -> Iterator[tuple[Any, Any, Any, Any, int, Any]]:
    """(measure, group, value, unit, n, definition) of everything on the page; what cannot be computed is empty."""
    totals, course = report.totals, report.course
    on_time = round(100 * course.on_time / course.settled, 2) if course.settled else None
    yield _("收到"), "", totals.collected, _("件"), totals.collected, DEFINITIONS["collected"]
    yield _("收到，含并件"), "", totals.raw_intakes, _("件"), totals.raw_intakes, DEFINITIONS["raw_intakes"]
    for rate in report.rates:
        yield rate.label, "", rate.percent and float(rate.percent), "%", rate.whole, rate.definition
    yield _("按期答复"), "", on_time, "%", course.settled, DEFINITIONS["on_time"]
    yield _("办理用时中位数"), "", course.median_days, _("个工作日"), course.closed, DEFINITIONS["median_days"]
    yield _("正在超期"), "", course.overdue, _("件"), course.overdue, DEFINITIONS["overdue"]
    yield _("承诺到期没兑现"), "", course.broken, _("次"), course.promises, DEFINITIONS["broken"]
    for table in report.every_table:
        for line in table.lines:
            yield table.title, line.label, line.count, _("件"), table.total, table.definition

"""The staff list: tabs, filters, counts and pages by key, fast by shape (M1-004).

An open row sorts by its reader's turn: by `queue_at` (its due moment, or the end of time), for a helper by that of its
part. So “overdue” and “due soon” are ranges of one index; a page continues after the last key, so a deep page costs what
the first one does.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import Actor, Role
from qinqing.base.actor import INTAKE, LEADERS, UNIT_STAFF
from qinqing.clock.calendar import Calendar
from qinqing.workdays import queries as workdays

from .. import access, search
from ..models import Assignment, Matter, MatterQuerySet
from ..terms import AT_OFFICE, AT_UNIT, Level, State
from . import turns

CAP = 1000  # counts stop here: "999+" is all a person needs
COLUMNS = (
    "number", "kind", "title", "topic", "enterprise_name", "county_name", "anonymity", "state", "is_open", "version", "level",
    "received_at", "closed_at", "paused_at", "promised_on", "review_on", "supervised_at", "objected_at", "disputed_at",
    "extension_asked_at", "appealed_at", "rejected_at", "to_decide", "registered_for_id", "unit_id", "unit_name", "due_at",
    "soon_at", "queue_at",
)
NOBODY = "-"  # what a filter says for “not given to any unit”, “of no county”


@dataclass(frozen=True)
class Tab:
    """A part of the list. The first of them share out the open matters; those `across` look at all of them by a fact."""

    key: str
    label: object
    where: Q | None = None     # None: depends on the moment, see `_where`
    counted: bool = True
    across: bool = False
    newest: bool = False       # not by urgency: nothing is due here


_SETTLED = Q(to_decide=False)
_RUNNING = Tab("running", _("全部在办"), Q(is_open=True), across=True)
_OVERDUE = Tab("overdue", _("已超期"), across=True)
_SOON = Tab("soon", _("今明到期"), across=True)
_SUPERVISED = Tab("supervised", _("督办中"), Q(is_open=True, supervised_at__isnull=False), across=True)
_ENDED = Tab("ended", _("已结束"), Q(is_open=False), counted=False, across=True, newest=True)
_ALL = Tab("all", _("全部"), Q(), newest=True)  # what a search looks over

OFFICE_TABS = (
    Tab("to_dispatch", _("待交办"), Q(state__in=sorted(AT_OFFICE)) & _SETTLED),
    Tab("to_decide", _("待裁定"), Q(to_decide=True)),  # what has ended too, when the city is asked to look at it
    Tab("at_units", _("单位在办"), Q(state__in=sorted(AT_UNIT)) & _SETTLED),
    Tab("replied", _("待企业确认"), Q(state=State.REPLIED) & _SETTLED),
    Tab("to_close", _("待核查销号"), Q(state=State.CONFIRMED)),
    _RUNNING, _OVERDUE, _SOON, _ENDED,
)
COUNTY_TABS = tuple(replace(tab, where=Q(is_open=True, to_decide=True)) if tab.key == "to_decide" else tab for tab in OFFICE_TABS)
UNIT_TABS = (
    Tab("to_sign", _("待签收"), Q(state__in=sorted(AT_UNIT), unsigned=True)),
    Tab("handling", _("办理中"), Q(state__in=sorted(AT_UNIT), unsigned=False)),
    Tab("replied", _("待企业确认"), Q(state=State.REPLIED)),
    Tab("to_close", _("待核查销号"), Q(state=State.CONFIRMED)),
    _RUNNING, _OVERDUE, _SOON, _ENDED,
)
INTAKE_TABS = (
    Tab("passed_on", _("正在办"), Q(is_open=True, paused_at__isnull=True) & ~Q(state=State.REPLIED)),
    Tab("to_supplement", _("待企业补充"), Q(is_open=True, paused_at__isnull=False)),
    Tab("replied", _("待企业确认"), Q(state=State.REPLIED, paused_at__isnull=True)),
    _ENDED,
)
LEADER_TABS = (_SUPERVISED, _OVERDUE, _SOON, _RUNNING, _ENDED)
AWAITING_LEADER = Q(is_open=True, level=Level.LEADER, supervised_at__isnull=True)  # unsolved, gone up to the top
CITY_LEADER_TABS = (Tab("to_consider", _("等我定夺"), AWAITING_LEADER), *LEADER_TABS)


def tabs_for(actor: Actor) -> tuple[Tab, ...]:
    if actor.role in UNIT_STAFF:
        return UNIT_TABS
    if actor.role in INTAKE:
        return INTAKE_TABS
    if actor.role in LEADERS:
        return CITY_LEADER_TABS if actor.role == Role.CITY_LEADER else LEADER_TABS
    return COUNTY_TABS if actor.role == Role.COUNTY_OFFICE else OFFICE_TABS


@dataclass(frozen=True)
class Filter:
    """What the address says: every filter has a URL."""

    tab: str = ""
    topic: str = ""
    county: str = ""
    channel: str = ""
    unit: str = ""
    mine: bool = False
    query: str = ""

    @property
    def narrows(self) -> bool:
        return self != Filter(tab=self.tab)


@dataclass(frozen=True)
class Group:
    label: object
    rows: list[Matter] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    tab: Tab
    tabs: list[tuple[Tab, str]]   # with the count as shown, of what the filters leave
    groups: list[Group]
    total: int                    # rows on this page
    after: str                    # key of the next page, empty when this is the last
    arrived: str                  # how many came in today, as shown; nothing while filters narrow the list
    calendar: Calendar            # what the rows' lights are counted with


def worklist(actor: Actor, wanted: Filter, *, after: str = "", size: int = 25) -> Page:
    """One page of the list with its counts: the same number of queries whatever the size."""
    calendar = workdays.calendar()
    day = _Day(base.now(), _end_of_tomorrow(base.now(), calendar))
    tabs = (_ALL, *tabs_for(actor)) if wanted.query else tabs_for(actor)
    visible = _narrowed(_turned(actor), actor, wanted)
    counts, arrived = _counted_within(visible, tabs, day) if wanted.narrows else _counted(actor, tabs, day)
    tab = next((tab for tab in tabs if tab.key == wanted.tab), _first(actor, counts))
    found = _after(visible.filter(_where(tab, day)), tab, after).values_list("pk", "turn_at", turns.soon(actor))
    places = list(found[:size + 1])
    rows = _read(places[:size])
    next_key = _key(rows[-1], tab) if len(places) > size else ""
    return Page(tab, counts, _grouped(rows, tab, day), len(rows), next_key, arrived, calendar)


def _first(actor: Actor, counts: list[tuple[Tab, str]]) -> Tab:
    """Where who asks for no tab begins: the first of the actor's own that holds anything; a handler signs for nothing."""
    own = [(tab, count) for tab, count in counts if not (tab.across or (tab.key == "to_sign" and actor.role == Role.HANDLER))]
    return next((tab for tab, count in own if count != "0"), counts[0][0])


def _read(places: list[tuple[int, datetime, datetime | None]]) -> list[Matter]:
    """The rows that stand at these places, in their order."""
    rows = Matter.objects.only(*COLUMNS).in_bulk([pk for pk, _turn, _soon in places])
    return [turns.as_read(rows[pk], turn_at, soon_at) for pk, turn_at, soon_at in places]


def _turned(actor: Actor) -> MatterQuerySet:
    return turns.turned(Matter.objects.visible_to(actor), actor)


class _Day(NamedTuple):
    """The moment of reading, and the end of the next working day."""

    now: datetime
    tomorrow: datetime


def _where(tab: Tab, day: _Day) -> Q:
    if tab.where is not None:
        return tab.where
    if tab.key == "overdue":
        return Q(is_open=True, turn_at__lt=day.now)
    return Q(is_open=True, turn_at__gte=day.now, turn_at__lte=day.tomorrow)


def _end_of_tomorrow(now: datetime, calendar: Calendar) -> datetime:
    """The end of the next working day."""
    day = now.date() + timedelta(days=1)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(23, 59, 59), base.TZ)


def _narrowed(rows: MatterQuerySet, actor: Actor, wanted: Filter) -> MatterQuerySet:
    exact = {"topic": wanted.topic, "county__code": wanted.county, "channel": wanted.channel, "unit__code": wanted.unit}
    nobody = {f"{name.partition('__')[0]}__isnull": True for name, value in exact.items() if value == NOBODY}
    rows = rows.filter(**nobody, **{name: value for name, value in exact.items() if value not in ("", NOBODY)})
    if wanted.mine:
        rows = rows.filter(handler=actor.account_id)
    return rows.filter(_matching(actor, wanted.query)) if wanted.query else rows


def numbered(actor: Actor, query: str) -> str:
    """The number of the one matter that was asked for by its full number; empty when there is none."""
    known = Matter.objects.visible_to(actor).filter(number=query.upper()) if "-" in query else Matter.objects.none()
    return known.values_list("number", flat=True).first() or ""


def _matching(actor: Actor, query: str) -> Q:
    """Number, or enterprise, or any text; a hidden name is never found by those it is hidden from."""
    named = Q(enterprise_name__contains=query)
    if not access.may_know_enterprise(actor, "from_unit", access.Standing()):
        named &= Q(anonymity="open")
    return Q(number__icontains=query) | named | Q(pk__in=search.matching(query))


def _after(rows: MatterQuerySet, tab: Tab, after: str) -> MatterQuerySet:
    """The rows behind a key; the first comparison lets the index start there, the second breaks ties."""
    rows = _ordered(rows, tab)
    if tab.newest:
        return rows.filter(pk__lt=int(after)) if after.isdecimal() else rows
    try:
        moment, pk = after.rsplit("_", 1)
        at = datetime.fromtimestamp(int(moment) / 1_000_000, base.TZ)
        return rows.filter(turn_at__gte=at).exclude(turn_at=at, pk__lte=int(pk))
    except (ValueError, OverflowError):
        return rows


def _ordered(rows: MatterQuerySet, tab: Tab) -> MatterQuerySet:
    return rows.order_by("-pk") if tab.newest else rows.order_by("turn_at", "pk")


def _key(row: Matter, tab: Tab) -> str:
    return str(row.pk) if tab.newest else f"{int(row.queue_at.timestamp() * 1_000_000)}_{row.pk}"


def _grouped(rows: list[Matter], tab: Tab, day: _Day) -> list[Group]:
    """Rows in their order under the day they want attention."""
    if tab.newest:
        return [Group(_("最近收到的在前"), rows)] if rows else []
    groups: dict[str, Group] = {}
    for row in rows:
        label = _when(row, day)
        groups.setdefault(str(label), Group(label)).rows.append(row)
    return list(groups.values())


def _when(row: Matter, day: _Day) -> Promise:
    if row.due_at is None:
        return _("不计时，等别人")
    if row.due_at < day.now:
        return _("已超期，需要马上处理")
    return _("今明到期") if row.due_at <= day.tomorrow else _("往后到期")


# —— counts ——

def _counted(actor: Actor, tabs: tuple[Tab, ...], day: _Day) -> tuple[list[tuple[Tab, str]], str]:
    """Each tab with its count, and how many came in today, in one query."""
    counted = [tab for tab in tabs if tab.counted]
    wheres = [*(_where(tab, day) for tab in counted), _arrived(actor, day.now)]
    rows = _turned(actor)
    *numbers, arrived = _capped(rows, wheres) if access.row_filter(actor) is None else _aggregated(rows.running(), wheres)
    found = dict(zip(counted, numbers, strict=True))
    return [(tab, _shown(found.get(tab))) for tab in tabs], _shown(arrived)


def _counted_within(rows: MatterQuerySet, tabs: tuple[Tab, ...], day: _Day) -> tuple[list[tuple[Tab, str]], str]:
    """Each tab with what the filters leave of it, those that ended too, in one pass."""
    numbers = _aggregated(rows, [_where(tab, day) for tab in tabs])
    return [(tab, _shown(number)) for tab, number in zip(tabs, numbers, strict=True)], ""


def _arrived(actor: Actor, now: datetime) -> Q:
    """What came in today: to a unit by dispatch, to an office from outside."""
    midnight = datetime.combine(now.date(), time(), base.TZ)
    if actor.role not in UNIT_STAFF:
        return Q(is_open=True, opened_at__gte=midnight)
    given = Assignment.objects.filter(unit__in=actor.unit_ids, ended_at__isnull=True, dispatched_at__gte=midnight)
    return Q(pk__in=given.values("matter"))


def _shown(number: int | None) -> str:
    if number is None:
        return ""
    return str(number) if number < CAP else f"{CAP - 1}+"


def _capped(rows: MatterQuerySet, wheres: list[Q]) -> list[int]:
    """For who sees all: each count reads its index and stops at the cap; all in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for where in wheres:
        sql, values = rows.filter(where).order_by().values("pk")[:CAP].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS capped)")  # noqa: S608 - the ORM's own SQL, with its parameters
        params += values
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return list(cursor.fetchone())


def _aggregated(rows: MatterQuerySet, wheres: list[Q]) -> list[int]:
    """For who sees a part: one pass over the rows of that part."""
    counts = rows.aggregate(**{f"c{i}": Count("pk", filter=where) for i, where in enumerate(wheres)})
    return [counts[f"c{i}"] for i in range(len(wheres))]

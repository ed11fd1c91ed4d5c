"""The read side of cycles: how far each has come, what adds up, when the money will be there (M3-031)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from qinqing import base
from qinqing.base import Actor
from qinqing.casework import queries as casework
from qinqing.clock import spans
from qinqing.ui import sheets
from qinqing.workdays import queries as workdays

from ..models import Cycle, Entitlement, EntitlementQuerySet, Objection, Payment, PaymentOrder, PolicyItem
from ..rules import cycles as rules
from ..rules.cycles import Balance, Group, Progress, Stretch, yuan
from ..terms import Mode
from ..terms.cycles import Leg, PaymentState, State, Step

PAGE = 100


@dataclass(frozen=True)
class Standing:
    """A cycle as it stands: the step under way and those over, the sums, the road with its days, the last day allowed."""

    cycle: Cycle
    balance: Balance
    counts: dict[str, int]
    over: frozenset[Step]
    step: Step
    road: list[Stretch]
    due_on: date
    open_objections: int
    committed: int

    @property
    def expected_on(self) -> date:
        return self.road[-1].ends

    @property
    def is_late(self) -> bool:
        return rules.is_late(self.due_on, base.now(), self.balance.owed.count)

    @property
    def spare(self) -> int:
        """Working days between the day expected and the last one allowed; negative when it comes after."""
        calendar = workdays.calendar()
        ahead = spans.working_days_between(self.expected_on, self.due_on, calendar)
        return ahead or -spans.working_days_between(self.due_on, self.expected_on, calendar)

    @property
    def short_fen(self) -> int:
        """What the budget lacks for all who remain."""
        return max(0, self.balance.remaining.fen - self.cycle.budget_fen)

    @property
    def ordered_percent(self) -> int:
        return min(100, 100 * self.committed // self.cycle.budget_fen)

    @property
    def paid_percent(self) -> int:
        return min(100, 100 * self.balance.paid.fen // self.cycle.budget_fen)

    @property
    def notice_over(self) -> bool:
        return is_notice_over(self.cycle)

    @property
    def is_finished(self) -> bool:
        return self.cycle.finished_at is not None


def standing(cycle: Cycle) -> Standing:
    """Six queries, however many enterprises."""
    groups = _groups(cycle)
    counts = {group.state: sum(other.count for other in groups if other.state == group.state) for group in groups}
    balance, waiting = rules.balance(groups), cycle.objections.filter(decided_at=None).count()
    progress = _progress(cycle, balance, counts, waiting)
    calendar = workdays.calendar()
    road = rules.road(reached(cycle), past_legs(cycle), base.today(), calendar)
    return Standing(
        cycle, balance, counts, rules.done_steps(progress), rules.current_step(progress), road,
        rules.due_on(local_day(cycle.matched_at), cycle.limit, calendar), waiting, committed(cycle))


def _groups(cycle: Cycle) -> list[Group]:
    rows = cycle.entitlements.order_by().values("state", "left_at", "added", "held")
    summed = rows.annotate(count=Count("pk"), matched=Sum("matched_fen"), amount=Sum("amount_fen"))
    return [Group(**row) for row in summed]


def _progress(cycle: Cycle, balance: Balance, counts: dict[str, int], open_objections: int) -> Progress:
    return Progress(
        checked=cycle.checked_at is not None, noticed=cycle.noticed_at is not None, notice_over=is_notice_over(cycle),
        open_objections=open_objections, asked=cycle.asked_at is not None,
        funded=cycle.funded_fen >= balance.remaining.fen, counts=counts)


def is_notice_over(cycle: Cycle) -> bool:
    return cycle.notice_until is not None and base.today() > cycle.notice_until


def local_day(moment: object) -> date:
    return moment.astimezone(base.TZ).date()  # type: ignore[attr-defined,no-any-return] # a DateTimeField's value


def reached(cycle: Cycle) -> list[date | None]:
    """The day of the match, and the day on which each leg ended."""
    moments = (cycle.matched_at, cycle.checked_at, cycle.asked_at, cycle.ordered_at, cycle.finished_at)
    return [local_day(moment) if moment else None for moment in moments]


def past_legs(cycle: Cycle) -> dict[Leg, list[int]]:
    """How long each leg took in the finished cycles of the same benefit."""
    taken: dict[Leg, list[int]] = {leg: [] for leg in Leg}
    calendar = workdays.calendar()
    past = Cycle.objects.filter(item__code=cycle.item.code, finished_at__isnull=False).exclude(pk=cycle.pk)
    for one in past:
        for leg, days in rules.legs_taken(reached(one), calendar):
            taken[leg].append(days)
    return taken


def of_actor(actor: Actor) -> list[Standing]:
    """The cycles that this actor sees, the latest first."""
    rows = Cycle.objects.visible_to(actor).select_related("item__policy", "unit", "funder")
    return [standing(cycle) for cycle in rows[:PAGE]]


def payable(day: date) -> QuerySet[PolicyItem]:
    """The benefits that may be matched and paid on a day."""
    return PolicyItem.objects.in_force(day).filter(mode=Mode.AUTOMATIC, rule__has_key="amount")


def late() -> list[Cycle]:
    """Whose last day is over while somebody who agreed still waits, and for which no matter is open yet."""
    owed = Q(entitlements__state__in=[State.CONFIRMED, State.ORDERED, State.RETURNED])
    rows = Cycle.objects.filter(owed, finished_at=None, late_matter=None).select_related("item__policy", "unit").distinct()
    return [cycle for cycle in rows if standing(cycle).is_late]


# —— who does not answer ——


def silent() -> list[Cycle]:
    """In which somebody who was asked has said neither yes nor no, and has a day to do so."""
    rows = Cycle.objects.filter(entitlements__state=State.CONFIRMING, entitlements__answer_by__isnull=False)
    return list(rows.select_related("item__policy", "unit").distinct())


def to_remind(cycle: Cycle) -> list[Entitlement]:
    """Whose time is nearly over and who has not been told so."""
    calendar, today = workdays.calendar(), base.today()
    rows = _silent_rows(cycle).filter(reminded_at=None)
    return [row for row in rows if row.answer_by and rules.is_time_to_remind(row.answer_by, today, calendar)]


def unanswered(cycle: Cycle) -> list[Entitlement]:
    """Whose last day is over, and who was reminded of it. Who has an open objection is not held to it."""
    return list(_silent_rows(cycle).filter(answer_by__lt=base.today(), reminded_at__isnull=False))


def _silent_rows(cycle: Cycle) -> EntitlementQuerySet:
    return cycle.entitlements.filter(state=State.CONFIRMING, held=False).order_by("id")


# —— the rows of a cycle ——


def entitlements(cycle: Cycle, *, state: str = "", search: str = "") -> EntitlementQuerySet:
    """In the stated order; by state, and by name or code."""
    rows = cycle.entitlements.select_related("enterprise").in_order()
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(enterprise__code=search.upper()))
    return rows


@dataclass(frozen=True)
class Page:
    """One page of a list, of `count` in all; the numbers of the pages beside it are empty where there is none."""

    rows: list[Entitlement]
    count: int
    first: int
    newer: str
    older: str

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def page(rows: QuerySet[Entitlement], asked: str) -> Page:
    number, count = int(asked) if asked.isdecimal() and int(asked) else 1, rows.count()
    begin = (number - 1) * PAGE
    shown = list(rows[begin : begin + PAGE])
    return Page(shown, count, begin + 1, str(number - 1) if number > 1 else "", str(number + 1) if count > begin + PAGE else "")


def objections(cycle: Cycle) -> QuerySet[Objection]:
    """Open ones first."""
    rows = cycle.objections.select_related("matter", "about", "raised_by", "proposed_by")
    return rows.order_by(F("decided_at").desc(nulls_first=True), "raised_at")


def said(objection: Objection) -> str:
    """The objector's own words."""
    return str(casework.original_of(objection.matter).text)


def orders(cycle: Cycle) -> list[PaymentOrder]:
    """With what has become of their lines: `paid`, `returned`, `waiting`."""
    counted = {state.value: Count("payments", filter=Q(payments__state=state)) for state in PaymentState}
    rows = cycle.orders.annotate(paid=counted["paid"], returned=counted["returned"], waiting=counted["ordered"])
    return list(rows.select_related("drawn_by", "signed_by"))


def committed(cycle: Cycle) -> int:
    """What has gone out or is ordered, in 分; what came back does not count."""
    lines = Payment.objects.filter(order__cycle=cycle).exclude(state=PaymentState.RETURNED)
    return int(lines.aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def waiting(order: PaymentOrder) -> dict[str, int]:
    """The codes of those in an order of whom nothing is heard yet, with their sums in 分."""
    lines = order.payments.filter(state=PaymentState.ORDERED)
    return dict(lines.values_list("entitlement__enterprise__code", "amount_fen"))


# —— the file for the treasury ——


FILE_HEADINGS = (
    "序号", "信用代码", "企业名称", "户名", "开户银行", "账号", "金额（元）", "预算科目", "功能分类", "经济分类", "摘要",
)


def file_rows(order: PaymentOrder) -> list[Sequence[str]]:
    """Line by line what the treasury pays; the last line is the sum. In Chinese, whoever reads it."""
    cycle = order.cycle
    lines = order.payments.select_related("entitlement__enterprise").order_by("id")
    rows = [(str(number), line.entitlement.enterprise.code, line.entitlement.name, line.payee, line.bank, line.account,
             yuan(line.amount_fen), cycle.budget_item, cycle.function_class, cycle.economic_class, cycle.number)
            for number, line in enumerate(lines, 1)]
    total = ("合计", "", "", "", "", "", yuan(order.sum_fen), "", "", "", cycle.number)
    return [FILE_HEADINGS, *rows, total]


def file_of(order: PaymentOrder) -> bytes:
    """Byte for byte the same however often it is made."""
    return sheets.csv_of(file_rows(order)).encode()


def fingerprint(order: PaymentOrder) -> str:
    return hashlib.sha256(file_of(order)).hexdigest()

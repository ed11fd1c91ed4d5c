"""The rules of a cycle in which a benefit is paid unasked: when it arrives, whom the money reaches, what adds up (M3-031). Pure.

Nothing here is promised: an expected day is counted from limits, or from how long past cycles took, on the working calendar.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median, median_low

from qinqing.base.words import Sentence, say
from qinqing.clock import rules as clock
from qinqing.clock import spans
from qinqing.clock.calendar import Calendar
from qinqing.clock.limits import Limit, Unit

from ..terms.cycles import ANSWER_LIMIT, LEARN_FROM, LEFT, LEG_LIMITS, OWED, REMIND_BEFORE, Leg, State, Step

FEN_OF_YUAN, YUAN_OF_WAN = 100, 10_000
ACCOUNT = re.compile(r"\d{8,32}")
UNIT_SLIP = 2_000  # times the median: an amount that far off was written in the other unit
FEW = 5            # of fewer amounts nothing can be said about what is usual


# —— when ——


@dataclass(frozen=True)
class Stretch:
    """A leg of the road, taken or ahead. `by`: `done`, `limit`, or `median` of `n` past cycles; days are working days."""

    leg: Leg
    begins: date
    ends: date
    days: int
    by: str
    n: int = 0


def road(reached: Sequence[date | None], past: Mapping[Leg, Sequence[int]], today: date, calendar: Calendar) -> list[Stretch]:
    """Every leg with its days; `reached` are the day of the match and the days on which each leg ended, None ahead.

    A leg that is late ends today at the earliest, and what follows is counted from there.
    """
    begins = reached[0]
    assert begins is not None
    stretches = []
    for leg, ended in zip(Leg, reached[1:], strict=True):
        stretch = _taken(leg, begins, ended, calendar) if ended else _ahead(leg, begins, past.get(leg, ()), today, calendar)
        stretches.append(stretch)
        begins = stretch.ends
    return stretches


def _taken(leg: Leg, begins: date, ended: date, calendar: Calendar) -> Stretch:
    return Stretch(leg, begins, ended, spans.working_days_between(begins, ended, calendar), "done")


def _ahead(leg: Leg, begins: date, past: Sequence[int], today: date, calendar: Calendar) -> Stretch:
    learned = len(past) >= LEARN_FROM
    days = median_low(past) if learned else Limit.parse(LEG_LIMITS[leg]).amount
    ends = max(_after(begins, days, calendar), today)
    return Stretch(leg, begins, ends, days, "median" if learned else "limit", len(past) if learned else 0)


def _after(begins: date, days: int, calendar: Calendar) -> date:
    end = clock.deadline(begins, Limit(days, Unit.WORKING_DAY), calendar).on if days else begins
    assert end is not None
    return end


def due_on(matched_on: date, limit: str, calendar: Calendar) -> date:
    """The last day on which the money may arrive (川办函〔2024〕17号)."""
    end = clock.deadline(matched_on, Limit.parse(limit), calendar).on
    assert end is not None
    return end


def notice_end(from_day: date, days: int, calendar: Calendar) -> date:
    """The last day of a notice; the day it goes up is not counted."""
    return _after(from_day, days, calendar)


def answer_by(asked_on: date, calendar: Calendar) -> date:
    """The last day on which an enterprise that was asked may say yes or no."""
    return due_on(asked_on, ANSWER_LIMIT, calendar)


def is_time_to_remind(answer_by: date, today: date, calendar: Calendar) -> bool:
    """From the last working days of the time to answer on."""
    return today > answer_by or spans.working_days_between(today, answer_by, calendar) <= REMIND_BEFORE


def reminded_until(answer_by: date, today: date, calendar: Calendar) -> date:
    """Who is reminded too late has the days that a reminder gives."""
    return answer_by if today <= answer_by else _after(today, REMIND_BEFORE, calendar)


# —— which step ——


@dataclass(frozen=True)
class Progress:
    """What of a cycle is done: moments, and how many enterprises each state holds."""

    checked: bool = False
    noticed: bool = False
    notice_over: bool = False
    open_objections: int = 0
    asked: bool = False
    funded: bool = False
    counts: Mapping[str, int] | None = None

    def holds(self, *states: str) -> int:
        return sum((self.counts or {}).get(state, 0) for state in states)


def done_steps(progress: Progress) -> frozenset[Step]:
    """The steps that are over. Objections may outlast the notice without holding the others up."""
    waiting = progress.holds(State.CONFIRMING)
    unpaid = progress.holds(State.CONFIRMED, State.RETURNED)
    under_way = progress.holds(State.ORDERED)
    before = {
        Step.MATCH: True, Step.CHECK: progress.checked, Step.NOTICE: progress.noticed and progress.notice_over,
        Step.OBJECTION: progress.noticed and progress.notice_over and not progress.open_objections,
        Step.CONFIRMATION: progress.asked and not waiting, Step.FUNDING: progress.asked and progress.funded,
        Step.PAYMENT: progress.asked and not waiting and not unpaid,
        Step.ARRIVAL: progress.asked and not waiting and not unpaid and not under_way,
    }
    return frozenset(step for step, over in before.items() if over)


def current_step(progress: Progress) -> Step:
    """The first step that is not over; objections alone keep nobody else waiting once the enterprises are asked."""
    over = done_steps(progress)
    skipped = {Step.OBJECTION} if progress.asked else set()
    return next((step for step in Step if step not in over | skipped), Step.RATING)


# —— whom the money reaches ——


def affordable(amounts: Iterable[int], money: int) -> int:
    """How many of the amounts, in their stated order, the money pays; the first that does not fit ends it.

    Nobody further down is paid before somebody further up, however small the sum.
    """
    count = 0
    for amount in amounts:
        money -= amount
        if money < 0:
            break
        count += 1
    return count


# —— what adds up ——


@dataclass(frozen=True)
class Group:
    """Entitlements of one fate together; `matched` is what the rule gave, `amount` what stands now, both in 分."""

    state: str
    left_at: str
    added: bool
    held: bool
    count: int
    matched: int
    amount: int


@dataclass(frozen=True)
class Sum:
    count: int = 0
    fen: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.count + other.count, self.fen + other.fen)

    def __neg__(self) -> "Sum":
        return Sum(-self.count, -self.fen)


@dataclass(frozen=True)
class Balance:
    """From what was matched to what remains: `matched + added + corrected − checked_out − objected_out − declined − lapsed`."""

    matched: Sum = Sum()
    checked_out: Sum = Sum()
    objected_out: Sum = Sum()
    added: Sum = Sum()
    corrected: int = 0
    declined: Sum = Sum()
    lapsed: Sum = Sum()
    remaining: Sum = Sum()
    held: Sum = Sum()
    paid: Sum = Sum()
    owed: Sum = Sum()

    @property
    def adds_up(self) -> bool:
        left = -(self.checked_out + self.objected_out + self.declined + self.lapsed)
        return self.matched + self.added + Sum(0, self.corrected) + left == self.remaining


def balance(groups: Iterable[Group]) -> Balance:
    """Every group counted once in what came in, and once in what became of it."""
    total = Balance()
    for group in groups:
        total = _became(_came_in(total, group), group)
    return total


def _came_in(total: Balance, group: Group) -> Balance:
    if group.added:
        return replace(total, added=total.added + Sum(group.count, group.amount))
    corrected = total.corrected + group.amount - group.matched
    return replace(total, matched=total.matched + Sum(group.count, group.matched), corrected=corrected)


def _became(total: Balance, group: Group) -> Balance:
    here = Sum(group.count, group.amount)
    if group.state in LEFT:
        field = _left_how(group)
        return replace(total, **{field: getattr(total, field) + here})
    total = replace(total, remaining=total.remaining + here, held=total.held + (here if group.held else Sum()))
    total = replace(total, owed=total.owed + (here if group.state in OWED else Sum()))
    return replace(total, paid=total.paid + here) if group.state == State.PAID else total


def _left_how(group: Group) -> str:
    if group.state in (State.DECLINED, State.LAPSED):
        return group.state
    return "checked_out" if group.left_at == Step.CHECK else "objected_out"


# —— accounts ——


def account_number(given: str) -> str:
    """As a bank reads it: without blanks and hyphens."""
    return re.sub(r"[\s-]", "", given)


def account_fault(number: str) -> Sentence | None:
    if ACCOUNT.fullmatch(number):
        return None
    return say("账号应是 8 到 32 位数字，请对照开户许可证或存折。")


def payee_fault(name: str, payee: str, *, own_name_only: bool) -> Sentence | None:
    """A company is paid under its own name; a sole trader or a farm may have its operator's account."""
    if own_name_only and payee != name:
        return say("户名要和企业名称一致：%(name)s。", name=name)
    return None


def masked_account(number: str) -> str:
    """The last four digits."""
    return f"****{number[-4:]}" if number else ""


# —— money in files ——


def slipped_units(amounts: Mapping[int, int]) -> list[int]:
    """The rows whose amount is so far from the usual one that 元 and 万元 were probably mixed up."""
    if len(amounts) < FEW:
        return []
    usual = median(amounts.values())
    return [row for row, amount in amounts.items() if amount * UNIT_SLIP < usual or amount > usual * UNIT_SLIP]


def other_sum(given: int, ordered: int) -> Sentence | None:
    """What to say of a sum in an answer that is not the order's; ten thousand times of it is a slip of the unit."""
    if given == ordered:
        return None
    if ordered in (given * YUAN_OF_WAN, given / YUAN_OF_WAN):
        return say("拨付单是 %(sum)s 元，是不是把万元和元弄混了？", sum=yuan(ordered))
    return say("拨付单是 %(sum)s 元，对不上", sum=yuan(ordered))


def yuan(fen: int) -> str:
    return f"{fen // FEN_OF_YUAN}.{fen % FEN_OF_YUAN:02d}"


def is_late(due: date, now: datetime, owed: int) -> bool:
    """Whether somebody who has said yes still waits for money after the last day."""
    return owed > 0 and now.date() > due


def legs_taken(reached: Sequence[date | None], calendar: Calendar) -> Iterator[tuple[Leg, int]]:
    """How long each finished leg of a past cycle took, in working days."""
    for leg, begins, ends in zip(Leg, reached, reached[1:], strict=False):
        if begins is not None and ends is not None:
            yield leg, spans.working_days_between(begins, ends, calendar)

"""What may befall a difficulty between receipt and striking off: one short story each."""

from collections.abc import Callable
from datetime import date

from qinqing.casework.terms import Means, Outcome

from .days import DAY, MINUTE
from .lives import (
    OFFICE,
    Life,
    accept,
    answer,
    begin,
    close,
    confirm,
    dispatch,
    explain,
    fulfil,
    progress,
    promise,
    respond,
    said,
    sign,
    submit,
)
from .source import read

YEAR_END = date(2021, 1, 15)  # by then what was promised for the year has been done
EARLY = {"urgent": (2, 5), "express": (4, 8)}  # working days to the reply, well within the limits
REPLY_ON = (9, 14)


# —— roads without a hitch ——


def decided_on_the_spot(life: Life) -> None:
    begin(life, asks=life.chance(15))
    _settle(life)


def _settle(life: Life) -> None:
    _conclude(life, life.rng.randint(*EARLY.get(life.problem.track, REPLY_ON)))


def _conclude(life: Life, reply_on: int) -> None:
    """Answered on that working day after receipt, confirmed, struck off."""
    life.until_working_day(reply_on)
    answer(life)
    confirm(life)
    close(life)


def studied(life: Life) -> None:
    """The harder ones: half of them answered at once, half with a promise that is kept."""
    begin(life, asks=life.chance(40))
    if life.problem.track in EARLY or life.chance(50):
        _settle(life)
    else:
        _promise_and_keep(life)


def _promise_and_keep(life: Life) -> None:
    life.until_working_day(life.rng.randint(9, 13))
    due = min(life.days.after(life.now.date(), life.rng.randint(18, 45)), YEAR_END)
    promise(life, due)
    while life.days.after(life.now.date(), 12) < due:
        life.wait(10)
        progress(life)
    life.until(max(due - life.rng.randint(1, 6) * DAY, life.now.date() + DAY))
    fulfil(life)
    confirm(life)
    close(life)


def explained(life: Life) -> None:
    begin(life)
    life.until_working_day(life.rng.randint(1, 2))
    explain(life)
    confirm(life)
    close(life)


def shelved(life: Life) -> None:
    """Not feasible now: a day is named on which it is looked at again."""
    begin(life)
    life.until_working_day(life.rng.randint(8, 12))
    review = read("fates")["reviewed"][life.problem.id]
    text = life.result("not_feasible", day=said(review))
    life.do("reply", life.handler, text=text, outcome=Outcome.NOT_YET, review_on=review)


def promised(life: Life) -> None:
    """In progress when the year ends: promised for a day of the next, with news on the way."""
    begin(life)
    life.until_working_day(life.rng.randint(10, 14))
    promise(life, read("fates")["promised"][life.problem.id])
    for _ in range(2):
        life.wait(life.rng.randint(8, 20))
        if life.now.date() < YEAR_END:
            progress(life)


# —— realistic flaws ——


def entered_late(life: Life, by: str) -> None:
    """Heard on a visit and entered days later: accepted at once, but late."""
    life.wait(3)
    submit(life, received=life.received, by=f"{by}-handler-1")
    life.soon()
    life.do("accept", life.opener)
    dispatch(life)
    life.soon()
    life.do("sign", life.liaison, handler=life.handler)
    life.soon()
    progress(life)
    _settle(life)


def late(life: Life, lead: str) -> None:
    life.lead = lead
    begin(life)
    _conclude(life, life.rng.randint(17, 23))


def extended(life: Life, lead: str) -> None:
    life.lead = lead
    begin(life)
    life.until_working_day(life.rng.randint(11, 13))
    life.do("request_extension", life.handler, limit="10wd", reason=life.phrase("extension"))
    life.wait(1)
    life.do("decide_extension", life.opener, granted=True, reason=life.phrase("extension_granted"))
    _conclude(life, life.rng.randint(18, 23))


def reopened(life: Life, lead: str) -> None:
    life.lead = lead
    begin(life)
    life.until_working_day(life.rng.randint(8, 11))
    answer(life)
    life.days_later(life.rng.randint(1, 3))
    life.do("reject", life.firm, text=life.phrase("not_solved"), satisfaction=2)
    life.wait(2)
    progress(life)
    _conclude(life, life.rng.randint(17, 21))


def objected(life: Life, wrong: str) -> None:
    """Sent to the wrong department, whose objection is upheld."""
    right = life.lead
    submit(life)
    accept(life, within=1)
    dispatch(life, to=wrong)
    life.soon()
    life.do("object_to_dispatch", life.liaison, reason=life.phrase("objection", unit=life.world.units[right]))
    life.soon()
    life.do("decide_objection", life.opener, upheld=True, reason=life.phrase("objection_upheld", unit=life.world.units[right]))
    dispatch(life, to=right)
    sign(life)
    respond(life)
    _settle(life)


def passed_on(life: Life, first: str) -> None:
    right = life.lead
    life.lead = first
    begin(life, within=1)
    _hand_on(life, right)
    _settle(life)


def ping_pong(life: Life, first: str) -> None:
    life.lead = first
    begin(life, within=1)
    for unit in ("demo-b", "demo-c", first):
        life.wait(1)
        _hand_on(life, unit)
    _settle(life)


def _hand_on(life: Life, to: str) -> None:
    life.now += 5 * MINUTE
    life.do("transfer", life.liaison, to=to, reason=life.phrase("transfer", unit=life.world.units[to]))
    life.lead = to
    sign(life)


def unreached(life: Life) -> None:
    """Three attempts on three working days by two means stand for the enterprise's word."""
    begin(life)
    life.until_working_day(life.rng.randint(8, 12))
    answer(life)
    for means in (Means.PHONE, Means.MESSAGE, Means.PHONE):
        life.wait(2)
        life.do("contact", life.opener, means=means, reached=False, text=life.phrase("contact_failed"))
    life.wait(1)
    life.do("judge_unreached", life.opener, reason=life.phrase("unreached"))
    close(life)


def reasonable(life: Life) -> None:
    """Two of the office agree that what was reasonable has been done."""
    begin(life)
    life.until_working_day(life.rng.randint(9, 13))
    answer(life, outcome=Outcome.PARTLY)
    life.wait(8)
    life.do("propose_reasonable", life.opener, reason=life.phrase("reasonable"))
    life.wait(1)
    second = next(member for member in OFFICE if member not in {life.opener, life.closer})
    life.do("judge_reasonable", second, reason=life.phrase("reasonable"))
    close(life)


def overdue(life: Life, lead: str) -> None:
    """Still open when the year ends: never answered, or a promise not kept."""
    life.lead = lead
    begin(life)
    life.until_working_day(life.rng.randint(10, 14))
    if lead == "demo-county":
        promise(life, date(2020, 12, 31))
    else:
        progress(life)


BY_UNIT: dict[str, Callable[[Life, str], None]] = {
    "slow_entry": entered_late, "late": late, "extended": extended, "reopened": reopened, "objected": objected,
    "passed_on": passed_on, "ping_pong": ping_pong, "overdue": overdue,
}  # fmt: skip
PLAIN: dict[str, Callable[[Life], None]] = {
    "unreached": unreached, "reasonable": reasonable, "on_the_spot": decided_on_the_spot, "after_study": studied,
    "by_explanation": explained, "in_progress": promised, "not_feasible": shelved,
}  # fmt: skip

"""January 2021: difficulties under way when the simulated year ends, one for each thing that a desk may show."""

from collections.abc import Callable
from datetime import date

from qinqing.casework.terms import QUIET_DAYS

from .lives import Life, accept, answer, begin, confirm, dispatch, explain, progress, respond, sign, submit

LAST_DAY, ANSWER_BY = date(2021, 1, 29), date(2021, 2, 5)  # the last day in office before the year of the demo ends


def submitted(life: Life) -> None:
    submit(life)


def accepted(life: Life) -> None:
    submit(life)
    life.soon()
    life.do("accept", life.opener)


def dispatched(life: Life) -> None:
    submit(life)
    accept(life, within=1)
    dispatch(life)


def objected(life: Life) -> None:
    dispatched(life)
    life.soon()
    life.do("object_to_dispatch", life.liaison, reason=life.problem.more["reason"])


def handling(life: Life) -> None:
    begin(life, within=1)


def paused(life: Life) -> None:
    dispatched(life)
    sign(life)
    life.wait(1)
    life.do("ask", life.handler, question=life.problem.more["question"])


def extending(life: Life) -> None:
    begin(life, within=1)
    life.until_working_day(10)
    life.do("request_extension", life.handler, limit="10wd", reason=life.phrase("extension"))


def replied(life: Life) -> None:
    begin(life, within=1)
    life.until_working_day(9)
    answer(life)


def disputed(life: Life) -> None:
    """Said twice not to be solved, without new facts: the office has to decide."""
    begin(life, within=1)
    life.until_working_day(5)
    answer(life)
    life.days_later(1)
    life.do("reject", life.firm, text=life.phrase("not_solved"), satisfaction=2)
    life.wait(1)
    progress(life)
    life.until_working_day(13)
    answer(life)
    life.until(LAST_DAY)
    life.do("reject", life.firm, text=life.phrase("not_solved"), satisfaction=1)


def confirmed(life: Life) -> None:
    if life.problem.basis:
        begin(life, within=1)
        explain(life)
    else:
        replied(life)
    life.until(LAST_DAY)
    confirm(life, within=1)


def appealed(life: Life) -> None:
    submit(life)
    accept(life, within=1)
    helper = life.problem.more["helper"]
    dispatch(life, helpers=[helper])
    life.soon()
    life.do("sign_as_helper", f"{helper}-liaison")
    sign(life)
    respond(life)
    life.wait(QUIET_DAYS)
    life.do("appeal", life.firm, text=life.phrase("appeal"))


def supervised(life: Life) -> None:
    begin(life)
    life.until(LAST_DAY)
    life.do("supervise", "xnb-1", reason=life.phrase("supervision"), due_on=ANSWER_BY)


STAGES: dict[str, Callable[[Life], None]] = {
    "submitted": submitted, "accepted": accepted, "dispatched": dispatched, "unsigned": dispatched, "objected": objected,
    "handling": handling, "paused": paused, "extending": extending, "replied": replied, "disputed": disputed,
    "confirmed": confirmed, "appealed": appealed, "supervised": supervised,
}  # fmt: skip

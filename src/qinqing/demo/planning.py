"""The whole history as one list of steps in the order of time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

from . import benefits, fates, january, policies, source
from .days import DAY, at, moment
from .lives import Life, Step, World, accept, start_of, submit

YEAR = 2020
SUPERVISED_ON, ANSWER_BY = date(2020, 12, 14), date(2020, 12, 31)
LONGEST = 5_000  # characters of one text


def history(world: World) -> list[Step]:
    """Everything that happens, from December 2019 to January 2021."""
    lives = [*_year(world), *_duplicates(world), *_withdrawn(world), *_earlier(world), *_january(world)]
    steps = [step for life in lives for step in life.steps]
    return sorted([*steps, *_changes(), *policies.steps(world.days), *benefits.steps(world.days)], key=lambda step: step.at)


def _changes() -> Iterator[Step]:
    """In the middle of the year an enterprise is renamed, another moves to the next county, and a bureau is renamed."""
    book = source.read("fates")
    renamed, moved = book["renamed"], book["moved"]
    yield _change(renamed["day"], "rename_enterprise", "yshj-1", firm=renamed["firm"], name=renamed["name"])
    yield _change(moved["day"], "move_enterprise", "yshj-1", firm=moved["firm"], division=moved["division"])
    for unit in book["units"]:
        if "renamed" in unit:
            yield _change(unit["renamed"]["day"], "rename_unit", "system-admin", unit=unit["code"], name=unit["renamed"]["name"])


def _change(day: date, verb: str, who: str, **said: Any) -> Step:
    return Step(at(day, time(9, 10)), None, verb, who, said)


# —— the 149 ——


def _year(world: World) -> Iterator[Life]:
    told = _told()
    for problem in source.problems().values():
        life = Life(problem, world, start_of(problem, world.days, YEAR))
        fate, unit = told.get(problem.id, (problem.outcome, ""))
        if unit:
            fates.BY_UNIT[fate](life, unit)
        else:
            fates.PLAIN[fate](life)
        if problem.id in source.read("fates")["supervised"]:
            _supervise(life)
        yield life


def _told() -> dict[str, tuple[str, str]]:
    """What is told of single ones: their fate, and the unit it falls on."""
    book = source.read("fates")
    on_units = {key: (fate, unit) for fate in fates.BY_UNIT for unit, keys in book[fate].items() for key in keys}
    return on_units | {key: (fate, "") for fate in ("unreached", "reasonable") for key in book[fate]}


def _supervise(life: Life) -> None:
    life.until(SUPERVISED_ON)
    life.do("supervise", "xnb-1", reason=life.phrase("supervision"), due_on=ANSWER_BY)


# —— beside them ——


def _duplicates(world: World) -> Iterator[Life]:
    for problem, days_later in source.duplicates():
        original = source.problems()[problem.more["of"]]
        day = start_of(original, world.days, YEAR).date() + days_later * DAY
        yield _merged(Life(problem, world, at(world.days.working(day), time(9, 20))))


def _merged(life: Life) -> Life:
    submit(life)
    life.soon()
    life.do("merge", life.opener, into=life.problem.more["of"], reason=life.phrase("merged"))
    return life


def _withdrawn(world: World) -> Iterator[Life]:
    for row in source.read("beside")["withdrawn"]:
        life = Life(source.problem(row), world, moment(row["received"]))
        submit(life)
        accept(life, within=1)
        life.now = moment(row["withdrawn"])
        life.do("withdraw", life.firm, reason=row["reason"])
        yield life


def _earlier(world: World) -> Iterator[Life]:
    """One of the year before, and its duplicate that came in this year: neither is of the year."""
    rows = source.read("beside")["earlier"]
    original = source.problem(rows["problem"])
    life = Life(original, world, moment(rows["problem"]["received"]))
    fates.decided_on_the_spot(life)
    yield life
    yield _merged(Life(source.duplicate(rows["duplicate"], original), world, moment(rows["duplicate"]["received"])))


def _january(world: World) -> Iterator[Life]:
    for row in source.read("beside")["january"]:
        life = Life(_lengthened(source.problem(row)), world, moment(row["received"]))
        january.STAGES[row["stage"]](life)
        yield life


def _lengthened(problem: source.Problem) -> source.Problem:
    """The one text that fills what a form takes to the last character."""
    if not problem.more.get("long"):
        return problem
    point = "\n（{n}）第{n}段，演示用的重复文字，只为写满表单允许的长度，没有别的意思，请不必细读。"
    points = "".join(point.format(n=n) for n in range(1, LONGEST))
    return replace(problem, text=(problem.text + points)[:LONGEST])

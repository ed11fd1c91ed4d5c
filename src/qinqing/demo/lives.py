"""The life of one difficulty, planned beforehand: what each side says, and at which minute of which day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from qinqing.casework.terms import Outcome, Route

from .days import DAY, MINUTE, Days, at
from .source import SEED, Problem, read

OFFICE = ("yshj-1", "yshj-2", "yshj-3", "yshj-4")
FAST = frozenset({"urgent", "express", "inquiry"})
SOON = 40  # office minutes
EARLIEST, LATEST = 8, 21  # hours in which an enterprise writes
DESKS = {
    Route.HOTLINE: ("rxb-operator", 12), Route.CHAMBER_IMPORT: ("chamber", 24), Route.EVALUATION_FINDING: ("evaluator", 6),
    Route.SUPERVISOR_FORM: ("myb", 3), Route.MAILBOX: ("szfb", 3), Route.EXPRESS_PHONE: ("szfb", 3),
    Route.EXPRESS_LETTER: ("szfb", 3), Route.EXPRESS_MAIL: ("szfb", 3),
}  # fmt: skip
GRADES = (5, 5, 5, 5, 5, 5, 4, 4, 4, None)
POOR_GRADES = (4, 3, 3, 2, None)
GOOD = {4, 5}


@dataclass(frozen=True)
class Step:
    """One verb: when, about which difficulty (None: about none), by whom, and what it says."""

    at: datetime
    problem: Problem | None
    verb: str
    who: str
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """What everybody in the story knows: working days, and what the units are called."""

    days: Days
    units: Mapping[str, str]


class Life:
    """Steps one after the other; `now` only ever goes forward."""

    def __init__(self, problem: Problem, world: World, start: datetime) -> None:
        self.problem, self.world, self.days, self.now = problem, world, world.days, start
        self.received = start
        self.lead = problem.department
        self.rng = Random(f"{SEED}:{problem.id}")
        self.opener, self.closer = self.rng.sample(OFFICE, 2)
        self.steps: list[Step] = []

    def do(self, verb: str, who: str, **said: Any) -> None:
        self.steps.append(Step(self.now, self.problem, verb, who, said))

    # —— time passes ——

    def wait(self, count: int) -> None:
        """To office hours `count` working days on; with 0 later on the same day, while it lasts."""
        if count:
            self.now = at(self.days.after(self.now.date(), count), time())
        self.now = self.days.office_minute(self.rng, after=self.now)

    def soon(self) -> None:
        self.now = self.days.office_minute(self.rng, after=self.now, within=SOON)

    def until(self, day: date) -> None:
        """To office hours of that day, unless it is past already."""
        self.now = self.days.office_minute(self.rng, after=max(self.now, at(day, time())))

    def until_working_day(self, count: int) -> None:
        """To the `count`-th working day after receipt."""
        self.until(self.days.after(self.received.date(), count))

    def days_later(self, count: int) -> None:
        """An enterprise keeps no office hours."""
        hour, minute = self.rng.randrange(EARLIEST, LATEST), self.rng.randrange(60)
        self.now = max(self.now + 20 * MINUTE, at(self.now.date() + count * DAY, time(hour, minute)))

    def shortly(self, within: int) -> None:
        """At once on a fast track, else within so many working days."""
        if self.problem.track in FAST:
            self.soon()
        else:
            self.wait(self.rng.randint(0, within))

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    # —— what is said ——

    def phrase(self, kind: str, **values: str) -> str:
        return self.rng.choice(read("phrases")[kind]).format(**values)

    def own_phrase(self, kind: str) -> str:
        """A phrase of the difficulty's topic."""
        return self.rng.choice(read("phrases")[self.problem.topic][kind])

    def result(self, kind: str, **values: str) -> str:
        return self.rng.choice(read("phrases")["replies"][kind]).format(result=self.problem.result, **values)

    # —— who ——

    @property
    def firm(self) -> str:
        return f"ent-{self.problem.firm.lower()}"

    @property
    def handler(self) -> str:
        return f"{self.lead}-handler-1"

    @property
    def liaison(self) -> str:
        return f"{self.lead}-liaison"

    @property
    def at_fault(self) -> bool:
        return self.lead.startswith("demo-")

    def desk(self) -> str:
        """Who enters it: the enterprise itself, the unit that visited, or one of the desks of the route."""
        route = Route(self.problem.route)
        if route in DESKS:
            name, count = DESKS[route]
            return f"{name}-{self.rng.randint(1, count)}"
        return self.firm if route == Route.PORTAL else f"{self.problem.department}-handler-1"


# —— the parts of which lives are made ——


def submit(life: Life, *, received: datetime | None = None, by: str = "") -> None:
    life.do("submit", by or life.desk(), received_at=received)


def accept(life: Life, *, within: int = 2) -> None:
    life.shortly(within)
    life.do("accept", life.opener)


def dispatch(life: Life, *, to: str = "", helpers: Iterable[str] = ()) -> None:
    life.lead = to or life.lead
    life.now += life.rng.randint(2, 6) * MINUTE
    life.do("dispatch", life.opener, lead=life.lead, helpers=list(helpers))


def sign(life: Life) -> None:
    life.shortly(1)
    life.do("sign", life.liaison, handler=life.handler)


def respond(life: Life, *, asks: bool = False) -> None:
    """The first word to the enterprise: how it stands. Where something is missing, it is asked for before."""
    life.shortly(1)
    if asks:
        _ask(life)
        life.soon()
    progress(life)


def _ask(life: Life) -> None:
    pairs = read("phrases")[life.problem.topic]
    number = life.rng.randrange(len(pairs["questions"]))
    life.do("ask", life.handler, question=pairs["questions"][number])
    life.days_later(life.rng.randint(1, 3))
    life.do("supplement", life.firm, text=pairs["answers"][number])


def progress(life: Life) -> None:
    life.do("report_progress", life.handler, text=life.own_phrase("progress"))


def answer(life: Life, *, outcome: str = "") -> None:
    """A reply that settles it, with what shows that it is done."""
    kind = "after_study" if life.problem.outcome == "after_study" else "on_the_spot"
    evidence = life.own_phrase("evidence")
    life.do("reply", life.handler, text=life.result(kind), outcome=outcome or life.problem.settled, evidence=evidence)


def promise(life: Life, until: date) -> None:
    """A reply that names the day by which it will be done."""
    text = life.result("promised", day=said(until))
    life.do("reply", life.handler, text=text, outcome=life.problem.settled, promised_on=until)


def fulfil(life: Life) -> None:
    text = life.phrase("fulfilled", result=life.problem.result, evidence=life.own_phrase("evidence"))
    life.do("fulfil", life.handler, text=text)


def explain(life: Life) -> None:
    text = life.result("by_explanation")
    life.do("reply", life.handler, text=text, outcome=Outcome.EXPLAINED, basis=life.problem.basis)


def confirm(life: Life, *, within: int = 8) -> None:
    """The enterprise says “solved”; how satisfied it is stays its secret now and then."""
    life.days_later(life.rng.randint(min(3, within), within))
    grade = life.rng.choice(POOR_GRADES if life.at_fault else GRADES)
    comment = life.phrase("thanks") if grade in GOOD and life.chance(60) else ""
    life.do("confirm", life.firm, satisfaction=grade, comment=comment)


def close(life: Life) -> None:
    life.wait(life.rng.randint(2, 4))
    life.do("close", life.closer, text=life.phrase("closing"))


def said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def begin(life: Life, *, asks: bool = False, within: int = 2) -> None:
    """From receipt to the first word of the unit that leads."""
    submit(life)
    accept(life, within=within)
    dispatch(life)
    sign(life)
    respond(life, asks=asks)


def start_of(problem: Problem, days: Days, year: int) -> datetime:
    """When it came in: in its month, what is fast in the morning of a working day, the portal at any hour."""
    rng = Random(f"{SEED}:{problem.id}:start")
    last = {12: 15}.get(problem.month, 31)  # what comes in late in December would end in the next year
    working = [day for day in days.of_month(year, problem.month) if day.day <= last]
    if problem.track in FAST:
        return at(rng.choice(working), time(9, rng.randrange(5, 60)))
    if problem.route == Route.PORTAL:
        hour = time(rng.randrange(EARLIEST, LATEST), rng.randrange(60))
        return at(date(year, problem.month, rng.randint(1, min(last, 28))), hour)
    return days.office_minute(rng, after=at(rng.choice(working), time()))

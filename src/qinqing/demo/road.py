"""Walking the road: each planned step is one action, at its own moment, by its own actor."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from qinqing import base
from qinqing.casework import actions as casework
from qinqing.consultation import actions as consultation
from qinqing.parties import actions as parties
from qinqing.parties.models import Enterprise

from . import benefits, policies
from .lives import Step
from .people import Cast
from .source import Problem

CHANGES = {
    **{action.__name__: action for action in (parties.move_enterprise, parties.rename_enterprise, parties.rename_unit)},
    **policies.STEPS, **benefits.STEPS,
}
VERBS: dict[str, Callable[..., Any]] = {
    action.__name__: action
    for action in (
        casework.accept, casework.appeal, casework.ask, casework.close, casework.confirm, casework.contact,
        casework.decide_extension, casework.decide_objection, casework.dispatch, casework.fulfil, casework.judge_reasonable,
        casework.judge_unreached, casework.merge, casework.object_to_dispatch, casework.propose_reasonable, casework.reject,
        casework.reply, casework.report_progress, casework.request_extension, casework.sign, casework.sign_as_helper,
        casework.supervise, casework.supplement, casework.transfer, casework.withdraw,
    )
}  # fmt: skip


class Road:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.matters: dict[str, Any] = {}

    def walk(self, steps: Iterable[Step]) -> None:
        """A month of history is one transaction of the database; each step stays an act of its own."""
        for _, month in groupby(steps, key=lambda step: (step.at.year, step.at.month)):
            with transaction.atomic():
                for step in month:
                    self.go(step)

    def go(self, step: Step) -> None:
        actor = self.cast.actor(step.who)
        said = dict(self.meant(name, value) for name, value in step.said.items())
        with base.clock_at(step.at):
            if step.problem is None:
                CHANGES[step.verb](actor=actor, **said)
            elif step.verb == "submit":
                self.submit(step.problem, actor, said["received_at"])
            else:
                VERBS[step.verb](actor=actor, matter=self.matters[step.problem.id], **said)

    def meant(self, name: str, value: Any) -> tuple[str, Any]:
        """A code as the row that it stands for."""
        if name in {"lead", "to", "unit"}:
            return name, self.cast.units[value]
        if name == "helpers":
            return name, [self.cast.units[code] for code in value]
        if name == "firm":
            return "enterprise", self.enterprise(value)
        rows = {"handler": self.cast.accounts, "division": self.cast.divisions, "into": self.matters}
        return name, rows[name][value] if name in rows else value

    def submit(self, problem: Problem, actor: base.Actor, received_at: datetime | None) -> None:
        more = problem.more
        enterprise = None if more.get("anonymous") else self.enterprise(problem.firm)
        difficulty = consultation.submit(
            actor=actor, title=problem.title, text=problem.text, topic=problem.topic,
            enterprise=enterprise, contact_id=self.cast.accounts[f"ent-{problem.firm.lower()}"].pk if enterprise else None,
            wish=more.get("wish", ""), track=problem.track, route=problem.route, anonymity=more.get("anonymity", "open"),
            about_unit=self.cast.units[more["about"]] if "about" in more else None, received_at=received_at,
            urgent=problem.urgent, county=self.cast.divisions[problem.county], scope=problem.scope,
            may_publish=problem.route == "portal" and problem.outcome in {"on_the_spot", "after_study"},
        )  # fmt: skip
        self.matters[problem.id] = difficulty.matter

    def enterprise(self, key: str) -> Enterprise:
        """As it is called and where it sits at this moment."""
        return Enterprise.objects.get(code=self.cast.codes[key])

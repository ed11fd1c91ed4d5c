"""The steps of a cycle as a page shows them: whose, when, how many, how much, and who left with which reason."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qinqing.base import Named, Sentence, say
from qinqing.parties.models import Unit
from qinqing.ui import dates, figures

from ..models import Cycle
from ..queries.cycles import Standing
from ..rules.cycles import Balance, Sum
from ..terms.cycles import OWNERS, Leg, Owner, State, Step

LEG_OF = {
    Step.CHECK: Leg.CHECKING, Step.NOTICE: Leg.NOTIFYING, Step.OBJECTION: Leg.NOTIFYING, Step.CONFIRMATION: Leg.ORDERING,
    Step.FUNDING: Leg.ORDERING, Step.PAYMENT: Leg.ORDERING, Step.ARRIVAL: Leg.ARRIVING,
}  # fmt: skip
SHOWN = [step for step in Step if step != Step.RATING]


@dataclass(frozen=True)
class Column:
    """`state` is done, now or todo; `note` says what else must be known of the step."""

    step: Step
    state: str
    owner: str
    when: Any
    sum: Sum
    note: Any

    @property
    def icon(self) -> str:
        return {"done": "circle-check", "now": "progress"}.get(self.state, "circle-dashed")


def columns(standing: Standing) -> list[Column]:
    return [_column(standing, step) for step in SHOWN]


def _column(standing: Standing, step: Step) -> Column:
    state = "done" if step in standing.over else "now" if step == standing.step else "todo"
    sums = _sums(standing.balance, standing)
    return Column(step, state, owner(standing.cycle, step), _when(standing, step), sums[step], _note(standing, step))


def owner(cycle: Cycle, step: Step) -> str:
    names = {Owner.UNIT: _named(cycle.unit), Owner.FUNDER: _named(cycle.funder)}
    return str(names.get(OWNERS[step], OWNERS[step].label))


def _named(unit: Unit) -> Named:
    return Named(unit.name, unit.name_en)


def _sums(balance: Balance, standing: Standing) -> dict[Step, Sum]:
    """What each step leaves; ahead of the present one it is what would go on."""
    kept = balance.matched + -balance.checked_out
    heard = kept + balance.added + Sum(0, balance.corrected) + -balance.objected_out
    agreed = balance.owed + balance.paid
    return {
        Step.MATCH: balance.matched, Step.CHECK: kept, Step.NOTICE: kept, Step.OBJECTION: heard, Step.CONFIRMATION: agreed,
        Step.FUNDING: Sum(balance.remaining.count, standing.cycle.funded_fen), Step.PAYMENT: _ordered(standing),
        Step.ARRIVAL: balance.paid,
    }


def _ordered(standing: Standing) -> Sum:
    """What has been ordered or has arrived: agreed, without those that still wait or came back."""
    return Sum(standing.counts.get(State.ORDERED, 0) + standing.balance.paid.count, standing.committed)


def _when(standing: Standing, step: Step) -> Any:
    cycle = standing.cycle
    ended = {Step.MATCH: cycle.matched_at, Step.CHECK: cycle.checked_at, Step.ARRIVAL: cycle.finished_at}.get(step)
    if ended:
        return _short(ended)
    if step == Step.NOTICE and cycle.noticed_at and cycle.notice_until:
        return say("%(begins)s 到 %(ends)s", begins=_short(cycle.noticed_at), ends=_short(cycle.notice_until))
    stretch = next(one for one in standing.road if one.leg == LEG_OF[step])
    return say("预计 %(day)s前", day=_short(stretch.ends)) if step not in standing.over else ""


def _short(day: date) -> str:
    return dates.day(day, weekday=False)


def _note(standing: Standing, step: Step) -> Any:
    cycle, balance, counts = standing.cycle, standing.balance, standing.counts
    notes: dict[Step, Sentence | str] = {
        Step.MATCH: say("看了 %(n)s 户，%(unknown)s 户缺数据，没算进来", n=figures.number(cycle.enterprises),
                        unknown=figures.number(cycle.unknown)),
        Step.CHECK: say("退出 %(n)s 户", n=balance.checked_out.count) if cycle.checked_at else "",
        Step.NOTICE: _("至少 5 个工作日"),
        Step.OBJECTION: say("成立退出 %(out)s 户，新增 %(added)s 户，待答复 %(open)s 件", out=balance.objected_out.count,
                            added=balance.added.count, open=standing.open_objections),
        Step.CONFIRMATION: say("等企业确认 %(n)s 户，放弃 %(out)s 户，逾期 %(lapsed)s 户", n=counts.get(State.CONFIRMING, 0),
                               out=balance.declined.count, lapsed=balance.lapsed.count),
        Step.FUNDING: say("预算 %(budget)s", budget=figures.amount(cycle.budget_fen)),
        Step.PAYMENT: _("拨付单由两人签发"),
        Step.ARRIVAL: say("退回待更正 %(n)s 户", n=counts.get(State.RETURNED, 0)),
    }
    return notes[step]


# —— what adds up ——


@dataclass(frozen=True)
class Line:
    """One line of the account; `minus` what left."""

    label: Any
    sum: Sum
    minus: bool = False


def account(balance: Balance) -> list[Line]:
    """From what was matched to what remains; lines of nothing are left out, the first stays."""
    lines = [
        Line(_("核查退出"), balance.checked_out, minus=True), Line(_("异议成立退出"), balance.objected_out, minus=True),
        Line(_("企业放弃"), balance.declined, minus=True), Line(_("逾期未确认"), balance.lapsed, minus=True),
        Line(_("异议成立新增"), balance.added),
        Line(_("复核更正金额"), Sum(0, balance.corrected)),
    ]
    return [Line(_("比对出"), balance.matched), *(line for line in lines if line.sum != Sum())]


# —— why this day ——


def derivation(standing: Standing) -> list[dict[str, Any]]:
    """The road as `ui/_calculation.html` draws it."""
    return [{
        "title": stretch.leg.label, "text": _because(stretch), "value": dates.day(stretch.ends),
        "note": say("从%(day)s起", day=_short(stretch.begins)),
    } for stretch in standing.road]


def _because(stretch: Any) -> Sentence:
    if stretch.by == "done":
        return say("用了 %(n)s 个工作日", n=stretch.days)
    if stretch.by == "median":
        return say("%(n)s 个工作日：以前 %(past)s 批的中位数", n=stretch.days, past=stretch.n)
    return say("%(n)s 个工作日：本步骤的时限", n=stretch.days)

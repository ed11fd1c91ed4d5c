"""Benefits paid unasked in the simulated year, and what was left to enterprises: three cycles as steps, registers of relief."""

from collections.abc import Iterator
from datetime import date, time
from random import Random
from typing import Any

from qinqing import base
from qinqing.base import SYSTEM, Actor
from qinqing.casework import actions as casework
from qinqing.parties import queries as parties
from qinqing.parties.actions import FactRow
from qinqing.parties.models import Enterprise, Unit
from qinqing.parties.terms import PermittedUse
from qinqing.policy import actions, lateness
from qinqing.policy.models import Cycle, Entitlement, PolicyItem
from qinqing.policy.terms.cycles import Finding, PaymentState, ReliefKind, State

from .days import Days, at
from .lives import Step
from .source import SEED, firms, read

FEN = 100
INSURED, STANDING = 60, 54   # firms whose insurance is known; those of them that agreed to their account beforehand
SPECIAL, GROWN = 7, 6        # firms that were honoured, that grew above the designated size
KNOWN_ON, HONOURED_ON = date(2020, 10, 31), date(2020, 12, 31)
REFUND, HONOUR, GROWTH = "POL03-2020-1", "POL11-2021-1", "POL09-2021-1"
MONEY = {"function_class": "2150805 中小企业发展专项（演示）", "economic_class": "50701 费用补贴（演示）"}
CHECKED_OUT = ("核查时失业保险断缴 2 个月", "上年裁员率核实为 7.2%")
SOURCE = "演示数据：总额取自广元市“六大机制”介绍文章，逐户为虚构分摊"
YEAR = 2020
RELIEFS = (  # kind, unit, titles, lines, and what they come to in 分
    (ReliefKind.TAX, "tax", ("增值税减免", "企业所得税减免", "六税两费减征"), 3_700, 55_200_000_000),
    (ReliefKind.FEE, "rsj", ("社会保险费阶段性减免", "失业保险费率下调"), 1_500, 25_600_000_000),
    (ReliefKind.RENT, "gzw", ("国有资产类经营用房房租减免",), 1_184, 3_302_000_000),
)  # fmt: skip
LANDLORDS = tuple(f"演示国有资产经营公司第{n}管理部" for n in "一二三四五六")


def _companies(industry: str = "") -> list[str]:
    """The one whose owner a visitor may become stands first."""
    owner = read("samples")["owner"]["firm"]
    found = [key for key, (firm, _) in firms().items() if firm.form == "company" and firm.industry.startswith(industry)]
    return sorted(found, key=lambda key: (key != owner, key))


# —— what the departments know ——


def facts(codes: dict[str, str]) -> Iterator[FactRow]:
    rng, companies = Random(f"{SEED}:benefits"), _companies()
    for key in companies[:INSURED]:
        paid, rate = rng.randrange(600, 9_000) * 10, rng.randrange(0, 50)
        yield from _said(codes[key], "rsj", KNOWN_ON, ui_months="24个月", ui_paid=f"{paid}元", layoff_rate=f"{rate / 10}%")
        yield from _said(codes[key], "fgw", KNOWN_ON, blacklisted=False)
    makers = _companies("C")
    for key in makers[1 : 1 + SPECIAL]:
        yield from _said(codes[key], "jxj", HONOURED_ON, zjtx=True)
    for key in makers[-GROWN:]:
        yield from _said(codes[key], "tjj", HONOURED_ON, first_above_scale_year="2019年度", above_scale=True)
        yield from _said(codes[key], "fgw", HONOURED_ON, blacklisted=False)


def _said(code: str, unit: str, day: date, **values: Any) -> Iterator[FactRow]:
    for name, value in values.items():
        yield FactRow(code=code, name=name, value=value, as_of=day, source=unit, permitted_use=PermittedUse.MATCHING)


# —— three cycles ——


def steps(days: Days) -> Iterator[Step]:
    """One from match to rating; one in which enterprises are asked and money is awaited; one on public notice at the end."""
    yield from _accounts(days)
    yield from _refund(days)
    yield from _honour()
    yield from _growth()


def _step(day: date, hour: int, verb: str, who: str, minute: int = 10, **said: Any) -> Step:
    return Step(at(day, time(hour, minute)), None, verb, who, said)


def _accounts(days: Days) -> Iterator[Step]:
    rng = Random(f"{SEED}:accounts")
    for key in _companies()[1:STANDING]:
        day = days.working(date(2020, 10, 12 + rng.randrange(10)))
        yield _step(day, 10, "keep_payee", f"ent-{key.lower()}", minute=rng.randrange(60))


def _refund(days: Days) -> Iterator[Step]:
    """With a review, somebody who declines, one who never answers, one account that was wrong, and a rating."""
    asking, declining, reviewing = _companies()[STANDING:][:3]
    unit, leader = "rsj-handler-1", "rsj-leader"
    yield _step(date(2020, 11, 2), 10, "open_benefit", unit, policy="POL03", name="2020 年稳岗返还（演示）",
                budget_fen=400_000_000, budget_item="失业保险基金支出（演示）")
    yield _step(date(2020, 11, 4), 15, "check_benefit", unit, cycle=REFUND, out=CHECKED_OUT)
    yield _step(date(2020, 11, 5), 9, "put_on_notice", leader, cycle=REFUND)
    yield _step(date(2020, 11, 9), 10, "ask_review", f"ent-{reviewing.lower()}", cycle=REFUND)
    yield _step(date(2020, 11, 10), 9, "propose_review", unit, cycle=REFUND)
    yield _step(date(2020, 11, 10), 16, "decide_review", leader, cycle=REFUND)
    yield _step(date(2020, 11, 12), 10, "agree_to_review", f"ent-{reviewing.lower()}", cycle=REFUND)
    yield _step(date(2020, 11, 12), 15, "close_review", "yshj-1", cycle=REFUND)
    yield _step(date(2020, 11, 13), 9, "ask_enterprises", unit, cycle=REFUND)
    yield _step(date(2020, 11, 16), 11, "accept_benefit", f"ent-{asking.lower()}", cycle=REFUND)
    yield _step(date(2020, 11, 16), 14, "refuse_benefit", f"ent-{declining.lower()}", cycle=REFUND)
    for key in _companies()[STANDING + 2 : INSURED - 1]:
        yield _step(date(2020, 11, 17), 10, "accept_benefit", f"ent-{key.lower()}", cycle=REFUND)
    yield _step(date(2020, 11, 17), 10, "accept_benefit", f"ent-{_companies()[0].lower()}", cycle=REFUND, minute=40)
    yield _step(date(2020, 11, 18), 9, "bring_funds", "czj-handler-1", cycle=REFUND)
    yield from _ordered(date(2020, 11, 19), date(2020, 11, 23), 1, "户名与账号不符（演示）")
    yield _step(date(2020, 11, 25), 10, "correct_account", "system-admin", cycle=REFUND)
    yield from _ordered(date(2020, 11, 26), date(2020, 11, 30), 2, "")
    yield _step(date(2020, 11, 27), 16, "look_for_answers", "system-admin")
    yield _step(date(2020, 12, 7), 9, "look_for_answers", "system-admin")
    for key in _companies()[1:30:3]:
        yield _step(days.working(date(2020, 12, 3)), 15, "rate_benefit", f"ent-{key.lower()}", cycle=REFUND)


def _ordered(drawn: date, settled: date, position: int, returned: str) -> Iterator[Step]:
    yield _step(drawn, 9, "order_benefit", "rsj-handler-1", cycle=REFUND)
    yield _step(drawn, 15, "sign_benefit", "rsj-leader", cycle=REFUND, position=position)
    yield _step(settled, 10, "settle_benefit", "rsj-handler-1", cycle=REFUND, position=position, returned=returned)


def _honour() -> Iterator[Step]:
    """On the last day of the story the owner whom a visitor may become is asked; the money is not there yet."""
    unit = "jxj-handler-1"
    yield _step(date(2021, 1, 11), 10, "open_benefit", unit, policy="POL11", name="2020 年度专精特新奖励（演示）",
                budget_fen=200_000_000, budget_item="工业发展资金（演示）")
    yield _step(date(2021, 1, 13), 10, "check_benefit", unit, cycle=HONOUR, out=())
    yield _step(date(2021, 1, 15), 10, "put_on_notice", "jxj-leader", cycle=HONOUR)
    yield _step(date(2021, 1, 25), 9, "ask_enterprises", unit, cycle=HONOUR)


def _growth() -> Iterator[Step]:
    unit = "jxj-handler-1"
    yield _step(date(2021, 1, 26), 10, "open_benefit", unit, policy="POL09", name="2020 年度首次入规奖励（演示）",
                budget_fen=100_000_000, budget_item="工业发展资金（演示）", minute=30)
    yield _step(date(2021, 1, 27), 10, "check_benefit", unit, cycle=GROWTH, out=())
    yield _step(date(2021, 1, 28), 10, "put_on_notice", "jxj-leader", cycle=GROWTH)


# —— the steps as acts ——


def keep_payee(*, actor: Actor) -> None:
    actions.keep_account(actor=actor, standing=True, **_account(actor))


def _account(actor: Actor) -> dict[str, str]:
    name = Enterprise.objects.get(pk=actor.enterprise_id).name
    return {"payee": name, "bank": "演示银行广元支行", "number": f"6200{actor.enterprise_id:012d}"}


def open_benefit(*, actor: Actor, policy: str, name: str, budget_fen: int, budget_item: str) -> None:
    actions.open_cycle(
        actor=actor, item=PolicyItem.objects.current().get(code=policy), name=name, funder=Unit.objects.get(code="czj"),
        budget_fen=budget_fen, budget_item=budget_item, **MONEY)


def _cycle(number: str) -> Cycle:
    return Cycle.objects.get(number=number)


def check_benefit(*, actor: Actor, cycle: str, out: tuple[str, ...]) -> None:
    """The first by code fail for the given reasons; the owner of the sign-in page stands first and fits."""
    rows = list(_cycle(cycle).entitlements.order_by("enterprise__code").values_list("enterprise__code", flat=True))
    reasons = dict(zip(rows[3:], out, strict=False))
    found = [actions.Checked(code, Finding.FAILS if code in reasons else Finding.FITS, reasons.get(code, "")) for code in rows]
    actions.check(actor=actor, cycle=_cycle(cycle), rows=found, responsible="核查责任人（演示）")


def put_on_notice(*, actor: Actor, cycle: str) -> None:
    actions.publish_list(actor=actor, cycle=_cycle(cycle))


def ask_enterprises(*, actor: Actor, cycle: str) -> None:
    actions.ask_consent(actor=actor, cycle=_cycle(cycle))


def ask_review(*, actor: Actor, cycle: str) -> None:
    own = Enterprise.objects.get(pk=actor.enterprise_id)
    actions.object_to(actor=actor, cycle=_cycle(cycle), about=own, text="上年缴费少算了一个月，请核对。")


def propose_review(*, actor: Actor, cycle: str) -> None:
    objection = _cycle(cycle).objections.get()
    amount = _cycle(cycle).entitlements.get(enterprise=objection.about).amount_fen
    actions.propose_decision(
        actor=actor, objection=objection, upheld=True, reason="经核对缴费记录，确实少算一个月，已更正金额。",
        amount_fen=amount * 12 // 11)


def decide_review(*, actor: Actor, cycle: str) -> None:
    actions.decide_objection(actor=actor, objection=_cycle(cycle).objections.get(), agreed=True)


def agree_to_review(*, actor: Actor, cycle: str) -> None:
    casework.confirm(actor=actor, matter=_cycle(cycle).objections.get().matter, satisfaction=5)


def close_review(*, actor: Actor, cycle: str) -> None:
    casework.close(actor=actor, matter=_cycle(cycle).objections.get().matter)


def _own(actor: Actor, cycle: str) -> Entitlement | None:
    return _cycle(cycle).entitlements.filter(enterprise=actor.enterprise_id).first()


def accept_benefit(*, actor: Actor, cycle: str) -> None:
    """Who is asked says yes; who was left out has nothing to say."""
    row = _own(actor, cycle)
    if row and row.state == State.CONFIRMING:
        actions.confirm(actor=actor, entitlement=row, **_account(actor))


def refuse_benefit(*, actor: Actor, cycle: str) -> None:
    row = _own(actor, cycle)
    if row and row.state == State.CONFIRMING:
        actions.decline(actor=actor, entitlement=row, reason="已享受其他返还")


def bring_funds(*, actor: Actor, cycle: str) -> None:
    one = _cycle(cycle)
    actions.record_funds(actor=actor, cycle=one, amount_fen=one.budget_fen)


def order_benefit(*, actor: Actor, cycle: str) -> None:
    actions.order_payment(actor=actor, cycle=_cycle(cycle))


def sign_benefit(*, actor: Actor, cycle: str, position: int) -> None:
    actions.sign_payment(actor=actor, order=_cycle(cycle).orders.get(position=position))


def settle_benefit(*, actor: Actor, cycle: str, position: int, returned: str) -> None:
    """Everything arrives; with `returned` one comes back."""
    order = _cycle(cycle).orders.get(position=position)
    codes = list(order.payments.order_by("id").values_list("entitlement__enterprise__code", flat=True))
    back = [actions.Settled(code, PaymentState.RETURNED, returned) for code in codes[:1] if returned]
    there = [actions.Settled(code, PaymentState.PAID) for code in codes[len(back):]]
    actions.settle(actor=actor, order=order, rows=back + there, on=base.today())


def correct_account(*, actor: Actor, cycle: str) -> None:
    """The enterprise whose payment came back says its account anew."""
    row = _cycle(cycle).entitlements.get(state=State.RETURNED)
    mandate = row.enterprise.mandates.get()
    own = parties.actor_for(mandate.account, f"mandate:{mandate.pk}")
    actions.confirm(actor=own, entitlement=row, **_account(own) | {"number": f"6201{row.enterprise_id:012d}"})


def look_for_answers(*, actor: Actor) -> None:
    """The worker's round: who has not answered is reminded; later, ended."""
    lateness.look()


def rate_benefit(*, actor: Actor, cycle: str) -> None:
    row = _own(actor, cycle)
    if row and row.state == State.PAID:
        actions.rate(actor=actor, entitlement=row, rating=4 + actor.enterprise_id % 2)


STEPS = {step.__name__: step for step in (
    accept_benefit, agree_to_review, ask_enterprises, ask_review, bring_funds, check_benefit, close_review, correct_account,
    decide_review, keep_payee, look_for_answers, open_benefit, order_benefit, propose_review, put_on_notice, rate_benefit,
    refuse_benefit, settle_benefit, sign_benefit,
)}  # fmt: skip


# —— what was left to enterprises ——


def take_in_reliefs() -> None:
    """Each kind is one file; its lines come to the published sum exactly."""
    codes = list(Enterprise.objects.order_by("code").values_list("code", flat=True))
    for kind, unit, titles, count, fen in RELIEFS:
        rows = list(_lines(kind, titles, codes, count, fen))
        actions.import_reliefs(actor=SYSTEM, kind=kind, unit=Unit.objects.get(code=unit), source=SOURCE, rows=rows)


def _lines(kind: ReliefKind, titles: tuple[str, ...], codes: list[str], count: int, fen: int) -> Iterator[actions.ReliefRow]:
    rng = Random(f"{SEED}:{kind}")
    weights = [rng.lognormvariate(0, 1) for _ in range(count)]
    share = fen / sum(weights)
    amounts = [max(FEN, int(share * weight) // FEN * FEN) for weight in weights]
    amounts[0] += fen - sum(amounts)
    for number, amount in enumerate(amounts, 2):
        begins = date(YEAR, 3 * rng.randrange(4) + 1, 1)
        landlord = rng.choice(LANDLORDS) if kind == ReliefKind.RENT else ""
        yield actions.ReliefRow(
            number, rng.choice(codes), amount, begins, _quarter_end(begins), rng.choice(titles), landlord=landlord,
            automatic=kind != ReliefKind.RENT)


def _quarter_end(begins: date) -> date:
    return date(begins.year, begins.month + 2, 31 if begins.month in (1, 10) else 30)

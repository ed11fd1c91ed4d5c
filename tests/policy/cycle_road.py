"""A cycle on its way in March 2026: the land office pays its reward, the power company's bureau brings the money."""

from datetime import date, datetime

from qinqing import base
from qinqing.base import Role
from qinqing.parties.models import Enterprise, Fact
from qinqing.policy import actions
from qinqing.policy.models import Cycle, Entitlement, PayeeAccount, PolicyItem
from qinqing.policy.queries import cycles as queries
from qinqing.policy.terms.cycles import Finding, PaymentState
from tests import characters
from tests.policy import road

FEN = 3_000_000
BUDGET = {
    "budget_item": "企业稳岗奖励（演示）", "function_class": "2150805 中小企业发展专项", "economic_class": "50701 费用补贴",
}  # fmt: skip


def at(day: int, hour: int = 10, month: int = 3):
    return base.clock_at(datetime(2026, month, day, hour))


def firms(town, count: int, *, standing: bool = True) -> list[Enterprise]:
    """Enterprises that the rule reaches, with an account they agreed to beforehand."""
    rows = Enterprise.objects.bulk_create(
        Enterprise(code=f"92510802MA{number:08d}", name=f"广元演示{number}商行", kind="company", county=town.county,
                   registered_on=date(2015, 1, 1), salt="0" * 64)
        for number in range(count))
    for row in rows:
        known(town, row, save=False)
    Fact.objects.bulk_create(fact for row in rows for fact in known(town, row, save=False))
    if standing:
        PayeeAccount.objects.bulk_create(
            PayeeAccount(enterprise=row, payee=row.name, bank="演示银行广元支行", number=f"6222{row.pk:012d}", standing=True,
                         salt="0" * 64, kept_at=base.now())
            for row in rows)
    return rows


def known(town, enterprise, *, employees: int = 12, save: bool = True) -> list[Fact]:
    facts = [
        Fact(enterprise=enterprise, name=name, value=value, source=town.land, as_of=date(2026, 2, 28), permitted_use="matching",
             salt="0" * 64, recorded_at=base.now())
        for name, value in (("employees", employees), ("blacklisted", False))
    ]  # fmt: skip
    return Fact.objects.bulk_create(facts) if save else facts


def item(town, leader) -> PolicyItem:
    with at(2, 9):
        return road.published(town, leader).items.get()


def leader(town):
    return road.leader(town)


def second(town):
    """Another leader of the land office, where the first has done the first half."""
    return characters.in_post("second", "苏", town.land, Role.UNIT_LEADER)


def opened(town, of: PolicyItem, **more) -> Cycle:
    with at(3):
        return actions.open_cycle(
            actor=town.chen, item=of, name="2026 年第一批", funder=town.power, **{"budget_fen": 100 * FEN} | BUDGET | more)


def checked(town, cycle: Cycle, **out: str) -> Cycle:
    """`out`: reasons by code of those who do not fit."""
    codes = cycle.entitlements.values_list("enterprise__code", flat=True)
    rows = [actions.Checked(code, Finding.FAILS if code in out else Finding.FITS, out.get(code, "")) for code in codes]
    with at(4):
        return actions.check(actor=town.chen, cycle=cycle, rows=rows, responsible="陈")


def noticed(leader, cycle: Cycle) -> Cycle:
    with at(5):
        return actions.publish_list(actor=leader, cycle=cycle)


def asked(town, cycle: Cycle) -> Cycle:
    with at(13):
        return actions.ask_consent(actor=town.chen, cycle=cycle)


def funded(town, cycle: Cycle, fen: int = 100 * FEN) -> Cycle:
    with at(16):
        return actions.record_funds(actor=town.wei, cycle=cycle, amount_fen=fen)


def ordered(town, leader, cycle: Cycle):
    with at(17):
        order = actions.order_payment(actor=town.chen, cycle=cycle)
        return actions.sign_payment(actor=leader, order=order)


def settled(town, order, **returned: str):
    """`returned`: reasons by code of those that came back."""
    codes = order.payments.values_list("entitlement__enterprise__code", flat=True)
    rows = [actions.Settled(code, PaymentState.RETURNED if code in returned else PaymentState.PAID, returned.get(code, ""))
            for code in codes]
    with at(19):
        return actions.settle(actor=town.chen, order=order, rows=rows, on=date(2026, 3, 19))


ACCOUNT = {"payee": "广元演示新材料有限公司", "bank": "演示银行广元支行", "number": "6222 0000 1111 2222"}


def of(cycle, enterprise) -> Entitlement:
    return cycle.entitlements.get(enterprise=enterprise)


def standing(cycle) -> queries.Standing:
    return queries.standing(Cycle.objects.get(pk=cycle.pk))


def states(cycle) -> dict[str, int]:
    return standing(cycle).counts


def balance(cycle):
    return standing(cycle).balance

"""From consent to account: two persons sign, nobody is paid twice, what comes back goes out again, what is late is told."""

from datetime import date

import pytest

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.casework.terms import State as MatterState
from qinqing.ledger.models import Entry
from qinqing.policy import actions, lateness
from qinqing.policy.models import Cycle, Entitlement, Payment, PaymentOrder
from qinqing.policy.queries import benefit_invariants
from qinqing.policy.queries import cycles as queries
from qinqing.policy.rules.cycles import Sum
from qinqing.policy.terms.cycles import State, Step

from . import cycle_road as road
from .cycle_road import ACCOUNT, FEN, at, balance, of, states

pytestmark = pytest.mark.django_db


# —— payment ——


def test_without_funds_the_refusal_names_whose_turn_it_is(town, confirmed):
    assert road.standing(confirmed).step == Step.FUNDING
    with at(17), pytest.raises(base.Refused, match="由市供电公司负责"):
        actions.order_payment(actor=town.chen, cycle=confirmed)
    with at(16), pytest.raises(base.Refused, match="超过预算"):
        actions.record_funds(actor=town.wei, cycle=confirmed, amount_fen=101 * FEN)
    with pytest.raises(base.Denied):
        actions.record_funds(actor=town.chen, cycle=confirmed, amount_fen=FEN)


def test_money_for_some_is_paid_in_the_stated_order_and_the_rest_waits(town, leader, confirmed):
    Entitlement.objects.filter(enterprise=town.other).update(registered_on=date(2001, 1, 1))
    road.funded(town, confirmed, 2 * FEN + 1)
    order = road.ordered(town, leader, confirmed)
    assert (order.count, order.sum_fen) == (2, 2 * FEN)
    assert of(confirmed, town.other).state == State.ORDERED
    assert states(confirmed) == {State.ORDERED: 2, State.CONFIRMED: 2}


def test_the_files_sum_is_the_registers_and_two_persons_sign(town, leader, confirmed):
    road.funded(town, confirmed)
    with at(17):
        order = actions.order_payment(actor=town.chen, cycle=confirmed)
        with pytest.raises(base.Denied):
            actions.sign_payment(actor=town.chen, order=order)
        with pytest.raises(base.Refused, match="没有待拨付"):
            actions.order_payment(actor=town.chen, cycle=confirmed)
        actions.sign_payment(actor=leader, order=order)
    lines = queries.file_of(order).decode("utf-8-sig").splitlines()
    assert lines[-1].split(",")[6] == "120000.00"
    assert "6222000011112222" in queries.file_of(order).decode()
    assert len(lines) == 1 + 4 + 1


def test_a_file_that_was_tampered_with_is_not_signed(town, leader, confirmed):
    road.funded(town, confirmed)
    with at(17):
        order = actions.order_payment(actor=town.chen, cycle=confirmed)
        Payment.objects.filter(entitlement__enterprise=town.enterprise).update(account="6222999999999999")
        with pytest.raises(base.Refused, match="不一致"):
            actions.sign_payment(actor=leader, order=order)


def test_what_came_back_is_corrected_and_paid_once_more_and_the_cycle_ends(town, leader, confirmed):
    road.funded(town, confirmed)
    order = road.ordered(town, leader, confirmed)
    road.settled(town, order, **{town.enterprise.code: "户名不符"})
    assert states(confirmed) == {State.PAID: 3, State.RETURNED: 1}
    with at(20):
        actions.confirm(actor=town.lin, entitlement=of(confirmed, town.enterprise), **ACCOUNT | {"number": "6222000011113333"})
    again = road.ordered(town, leader, confirmed)
    assert (again.count, again.sum_fen) == (1, FEN)
    road.settled(town, again)
    cycle = Cycle.objects.get(pk=confirmed.pk)
    assert cycle.finished_at is not None
    assert balance(cycle).paid == balance(cycle).remaining == Sum(4, 4 * FEN)
    assert Payment.objects.filter(entitlement__enterprise=town.enterprise).count() == 2


def test_an_answer_of_the_treasury_that_names_a_stranger_is_refused_whole(town, leader, confirmed):
    road.funded(town, confirmed)
    order = road.ordered(town, leader, confirmed)
    rows = [actions.Settled(town.enterprise.code, "paid"), actions.Settled("91X", "paid")]
    with at(19), pytest.raises(base.Refused, match="91X 不在这张拨付单里"):
        actions.settle(actor=town.chen, order=order, rows=rows, on=date(2026, 3, 19))
    assert states(confirmed) == {State.ORDERED: 4}


def test_a_bank_that_failed_is_tried_again_without_the_enterprise(town, leader, confirmed):
    road.funded(town, confirmed)
    order = road.ordered(town, leader, confirmed)
    road.settled(town, order, **{town.enterprise.code: "清算系统故障"})
    actions.reissue(actor=town.chen, entitlement=of(confirmed, town.enterprise))
    assert of(confirmed, town.enterprise).state == State.CONFIRMED
    with pytest.raises(base.Stale):
        actions.reissue(actor=town.chen, entitlement=of(confirmed, town.enterprise))


def paid(town, leader, confirmed):
    road.funded(town, confirmed)
    road.settled(town, road.ordered(town, leader, confirmed))
    return Payment.objects.get(entitlement__enterprise=town.enterprise)


def test_it_is_rated_once_it_is_there(town, leader, confirmed):
    with pytest.raises(base.Stale):
        actions.rate(actor=town.lin, entitlement=of(confirmed, town.enterprise), rating=5)
    paid(town, leader, confirmed)
    assert actions.rate(actor=town.lin, entitlement=of(confirmed, town.enterprise), rating=5).rating == 5
    with pytest.raises(base.Stale):
        actions.rate(actor=town.lin, entitlement=of(confirmed, town.enterprise), rating=1)


def test_money_is_claimed_back_with_reason_and_ground_and_never_more_than_was_paid(town, leader, confirmed):
    payment = paid(town, leader, confirmed)
    claim = {"reason": "材料不实", "basis": "民营经济促进法第七十六条"}
    with pytest.raises(base.Refused, match=r"不能超过拨付的 30000\.00 元"):
        actions.claw_back(actor=leader, payment=payment, amount_fen=FEN + 1, **claim)
    with pytest.raises(base.Refused, match="依据哪一条"):
        actions.claw_back(actor=leader, payment=payment, amount_fen=FEN, **claim | {"basis": " "})
    demanded = actions.claw_back(actor=leader, payment=payment, amount_fen=FEN, **claim)
    actions.record_recovery(actor=town.chen, claw_back=demanded, amount_fen=FEN - 1)
    with pytest.raises(base.Refused, match=r"还差 0\.01 元"):
        actions.record_recovery(actor=town.chen, claw_back=demanded, amount_fen=2)


# —— late ——


def test_what_is_not_paid_in_sixty_working_days_becomes_a_matter_once(town, confirmed):
    with at(29, month=5):
        lateness.look()
        assert not Matter.objects.filter(kind="benefit_late").exists()
    with at(3, month=6):
        lateness.look()
        lateness.look()
        matter = Matter.objects.get(kind="benefit_late")
        assert road.standing(confirmed).is_late
    assert (matter.unit, matter.state, matter.urgent) == (town.land, MatterState.DISPATCHED, True)


def test_every_verb_is_one_entry(town, leader, confirmed):
    paid(town, leader, confirmed)
    verbs = Entry.objects.filter(verb__regex="^(cycle|payment|entitlement)").values_list("verb", flat=True)
    assert list(verbs) == [
        "cycle.opened", "cycle.checked", "cycle.noticed", "cycle.asked", "entitlement.confirmed", "entitlement.confirmed",
        "cycle.funded", "payment.ordered", "payment.signed", "payment.settled"]  # fmt: skip


# —— what must hold ——


TAMPERINGS = {
    "file": lambda: Payment.objects.filter(pk=Payment.objects.first().pk).update(account="6222999999999999"),
    "sum": lambda: PaymentOrder.objects.update(sum_fen=1),
    "state": lambda: Entitlement.objects.filter(pk=Entitlement.objects.first().pk).update(state=State.CONFIRMED),
    "funds": lambda: Cycle.objects.update(funded_fen=1),
    "amount": lambda: Entitlement.objects.filter(pk=Entitlement.objects.first().pk).update(amount_fen=1),
}


@pytest.mark.parametrize("what", [None, *TAMPERINGS])
def test_what_does_not_add_up_is_found_and_nothing_else(town, leader, confirmed, what):
    paid(town, leader, confirmed)
    if what:
        TAMPERINGS[what]()
    assert bool(list(benefit_invariants.broken())) is bool(what)

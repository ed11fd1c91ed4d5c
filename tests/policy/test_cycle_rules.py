"""When the money arrives, whom it reaches, and that every sum adds up."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing import base
from qinqing.policy.rules import cycles as rules
from qinqing.policy.rules.cycles import Group, Progress, Sum
from qinqing.policy.terms.cycles import LEFT, Leg, State, Step
from qinqing.workdays import queries as workdays

MONDAY = date(2026, 3, 2)
CALENDAR = workdays.package_calendar()
AHEAD = [MONDAY, None, None, None, None]


def ends(stretches):
    return [stretch.ends for stretch in stretches]


# —— when ——


def test_the_road_ahead_is_counted_from_limits():
    road = rules.road(AHEAD, {}, MONDAY, CALENDAR)
    assert ends(road) == [date(2026, 3, 9), date(2026, 3, 18), date(2026, 4, 1), date(2026, 4, 7)]  # 清明 is 6 April
    assert {stretch.by for stretch in road} == {"limit"}


def test_three_past_cycles_tell_how_long_it_takes_two_do_not():
    past = {Leg.CHECKING: [2, 9, 3], Leg.NOTIFYING: [1, 1]}
    checking, notifying, *_ = rules.road(AHEAD, past, MONDAY, CALENDAR)
    assert (checking.by, checking.n, checking.days, checking.ends) == ("median", 3, 3, date(2026, 3, 5))
    assert (notifying.by, notifying.n, notifying.days) == ("limit", 0, 7)


def test_what_is_done_keeps_its_days_and_what_is_late_ends_today():
    reached = [MONDAY, date(2026, 3, 4), None, None, None]
    checking, notifying, ordering, _ = rules.road(reached, {}, date(2026, 4, 1), CALENDAR)
    assert (checking.by, checking.days) == ("done", 2)
    assert notifying.ends == date(2026, 4, 1)
    assert ordering.begins == notifying.ends


@given(st.lists(st.integers(0, 30), max_size=5), st.integers(0, 60))
def test_no_day_lies_before_the_one_before_it(past, later):
    today = date.fromordinal(MONDAY.toordinal() + later)
    road = rules.road(AHEAD, dict.fromkeys(Leg, past), today, CALENDAR)
    assert ends(road) == sorted(ends(road))
    assert road[0].ends >= today


def test_the_last_day_is_sixty_working_days_after_the_match():
    assert rules.due_on(date(2020, 10, 9), "60wd", CALENDAR) == date(2020, 12, 31)


@pytest.mark.parametrize(("now", "owed", "late"), [
    (datetime(2026, 3, 2, 23), 5, False), (datetime(2026, 3, 3, 1), 5, True), (datetime(2026, 3, 3, 1), 0, False),
])
def test_it_is_late_when_somebody_who_agreed_still_waits(now, owed, late):
    assert rules.is_late(MONDAY, now.replace(tzinfo=base.TZ), owed) is late


# —— which step ——


@pytest.mark.parametrize(("progress", "step"), [
    (Progress(), Step.CHECK),
    (Progress(checked=True), Step.NOTICE),
    (Progress(checked=True, noticed=True), Step.NOTICE),
    (Progress(checked=True, noticed=True, notice_over=True, open_objections=1), Step.OBJECTION),
    (Progress(checked=True, noticed=True, notice_over=True), Step.CONFIRMATION),
    (Progress(checked=True, noticed=True, notice_over=True, asked=True, open_objections=1,
              counts={State.CONFIRMING: 2}), Step.CONFIRMATION),
    (Progress(checked=True, noticed=True, notice_over=True, asked=True, counts={State.CONFIRMED: 2}), Step.FUNDING),
    (Progress(checked=True, noticed=True, notice_over=True, asked=True, funded=True, counts={State.CONFIRMED: 2}), Step.PAYMENT),
    (Progress(checked=True, noticed=True, notice_over=True, asked=True, funded=True, counts={State.ORDERED: 2}), Step.ARRIVAL),
    (Progress(checked=True, noticed=True, notice_over=True, asked=True, funded=True, counts={State.RETURNED: 1}), Step.PAYMENT),
    (Progress(checked=True, noticed=True, notice_over=True, asked=True, funded=True, counts={State.PAID: 2}), Step.RATING),
])
def test_the_step_under_way_is_the_first_that_is_not_over(progress, step):
    assert rules.current_step(progress) == step


# —— whom the money reaches ——


@pytest.mark.parametrize(("amounts", "money", "count"), [
    ([], 10, 0), ([5, 5, 5], 10, 2), ([5, 6, 1], 10, 1), ([11, 1], 10, 0), ([5, 5], 10, 2), ([1], 0, 0),
])
def test_money_stops_at_the_first_that_it_does_not_pay(amounts, money, count):
    assert rules.affordable(amounts, money) == count


FEN = st.integers(0, 10**9)
GROUPS = st.builds(
    Group, state=st.sampled_from(list(State)), left_at=st.sampled_from([Step.CHECK, Step.OBJECTION]), added=st.booleans(),
    held=st.booleans(), count=st.integers(0, 5), matched=FEN, amount=FEN)


@given(st.lists(GROUPS, max_size=12))
def test_what_was_matched_minus_what_left_is_what_remains(groups):
    balance = rules.balance(groups)
    assert balance.adds_up
    assert balance.remaining.fen == sum(group.amount for group in groups if group.state not in LEFT)


def group(state, count, amount, **more):
    return Group(**{"state": state, "left_at": "", "added": False, "held": False, "count": count, "matched": amount,
                    "amount": amount} | more)


def test_a_balance_says_why_somebody_left():
    balance = rules.balance([
        group(State.EXCLUDED, 2, 200, left_at=Step.CHECK), group(State.EXCLUDED, 1, 50, left_at=Step.OBJECTION),
        group(State.DECLINED, 1, 70), group(State.PAID, 1, 30, added=True), group(State.CONFIRMED, 1, 90, matched=80, held=True),
        group(State.LAPSED, 3, 60),
    ])
    assert (balance.lapsed, balance.adds_up) == (Sum(3, 60), True)
    assert (balance.matched, balance.checked_out, balance.objected_out) == (Sum(8, 460), Sum(2, 200), Sum(1, 50))
    assert (balance.declined, balance.added, balance.corrected) == (Sum(1, 70), Sum(1, 30), 10)
    assert (balance.remaining, balance.held, balance.paid, balance.owed) == (Sum(2, 120), Sum(1, 90), Sum(1, 30), Sum(1, 90))


# —— accounts and files ——


@pytest.mark.parametrize(("given", "number", "sound"), [
    ("6222 0000-1111 2222", "6222000011112222", True), ("1234567", "1234567", False), ("6222a0000111", "6222a0000111", False),
])
def test_an_account_number_is_digits_alone(given, number, sound):
    assert rules.account_number(given) == number
    assert (rules.account_fault(number) is None) is sound


def test_a_company_is_paid_under_its_own_name_and_a_sole_trader_as_it_says():
    assert "广元演示公司" in str(rules.payee_fault("广元演示公司", "张三", own_name_only=True))
    assert rules.payee_fault("广元演示小吃店", "张三", own_name_only=False) is None


def test_an_account_shows_its_last_four_digits():
    assert (rules.masked_account("6222000011112222"), rules.masked_account("")) == ("****2222", "")


@pytest.mark.parametrize(("amounts", "rows"), [
    ([100_000, 90_000, 110_000, 95_000, 10], [6]), ([100_000] * 4 + [10**9], [6]), ([100, 90_000, 110_000], []), ([5] * 9, []),
])
def test_an_amount_in_the_other_unit_is_noticed(amounts, rows):
    assert rules.slipped_units(dict(enumerate(amounts, 2))) == rows

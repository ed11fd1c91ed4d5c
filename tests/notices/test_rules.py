"""When it rings, when it is tried again, and what a person may send once more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing import base
from qinqing.notices import rules, terms
from qinqing.notices.terms import State


def at(day, hour, minute=0, second=0):
    return datetime(2020, 4, day, hour, minute, second, tzinfo=base.TZ)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (at(27, 21, 59, 59), None),
        (at(27, 22), at(28, 8)),
        (at(27, 23, 30), at(28, 8)),
        (at(28, 0), at(28, 8)),
        (at(28, 7, 59, 59), at(28, 8)),
        (at(28, 8), None),
        (at(28, 12), None),
        (at(30, 22), datetime(2020, 5, 1, 8, tzinfo=base.TZ)),
    ],
)
def test_the_quiet_hours(moment, until):
    assert rules.quiet_until(moment) == until


def test_the_quiet_hours_are_those_of_shanghai():
    assert rules.quiet_until(datetime(2020, 4, 27, 14, 30, tzinfo=UTC)) == at(28, 8)
    assert rules.quiet_until(datetime(2020, 4, 27, 22, 30, tzinfo=UTC)) == at(28, 8)
    assert rules.quiet_until(datetime(2020, 4, 27, 2, tzinfo=UTC)) is None


@given(st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1), timezones=st.just(base.TZ)))
def test_whatever_is_held_comes_out_within_ten_hours_by_day(moment):
    until = rules.quiet_until(moment)
    assert until is None or timedelta(0) < until - moment <= timedelta(hours=10)
    assert rules.quiet_until(until or moment) is None


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 180)])
def test_each_attempt_waits_longer(attempts, minutes):
    assert rules.next_attempt(attempts, at(27, 12)) == at(27, 12) + timedelta(minutes=minutes)


def test_six_attempts_are_enough():
    assert rules.next_attempt(terms.MAX_ATTEMPTS, at(27, 12)) is None
    assert terms.MAX_ATTEMPTS == 6


@pytest.mark.parametrize(
    ("state", "due", "reason"),
    [
        (State.FAILED, 0, None),
        (State.PENDING, 60, None),
        (State.HELD, 60, None),
        (State.CLAIMED, -1, None),
        (State.CLAIMED, 60, "这条正在发送，请稍后看结果。"),
        (State.SENT, 0, "这条已经发出，不再重发。"),
    ],
)
def test_by_hand_anything_goes_out_again_but_what_has_gone(state, due, reason):
    verdict = rules.may_send_again(state, at(27, 12) + timedelta(seconds=due), at(27, 12))
    assert bool(verdict) is (reason is None)
    assert (str(verdict.reason) if verdict.reason else None) == reason

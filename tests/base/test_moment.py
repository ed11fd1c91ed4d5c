"""The injected clock."""

from datetime import datetime, timedelta

from qinqing import base
from qinqing.base import moment


def test_the_clock_can_be_held():
    with base.clock_at(datetime(2020, 4, 26, 9)):
        assert base.now().isoformat() == "2020-04-26T09:00:00+08:00"
        assert str(base.today()) == "2020-04-26"


def test_utc_moments_are_shown_in_shanghai():
    late = datetime.fromisoformat("2020-12-31T15:50:00+00:00")
    with base.clock_at(late):
        assert str(base.today()) == "2020-12-31"
        assert base.now().hour == 23


def test_a_constant_offset_shifts_business_time_only():
    base.set_offset(timedelta(days=-365))
    try:
        assert base.machine_now() - base.now() > timedelta(days=364)
    finally:
        base.set_offset(timedelta(0))
    assert abs(moment.machine_now() - base.now()) < timedelta(seconds=5)

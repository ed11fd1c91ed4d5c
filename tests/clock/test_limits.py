"""Limits as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing import base
from qinqing.clock.limits import LARGEST, Limit, Unit


@pytest.mark.parametrize(("text", "unit", "amount", "label"), [
    ("7wd", Unit.WORKING_DAY, 7, "7 个工作日"),
    ("30d", Unit.DAY, 30, "30 天"),
    ("3m", Unit.MONTH, 3, "3 个月"),
    ("1wh", Unit.WORKING_HOUR, 1, "1 个工作小时"),
])
def test_a_limit_is_read_and_said(text, unit, amount, label):
    limit = Limit.parse(f" {text} ")
    assert (limit.unit, limit.amount) == (unit, amount)
    assert str(limit) == text
    assert str(limit.label) == label


@pytest.mark.parametrize("text", [
    "", "7", "wd", "0d", "-1d", "7 wd", "7WD", "1.5d", "7x", "07d", "\uff17d", "\u0667d", "99999d", "7wdd",
])
def test_what_is_no_limit_is_refused_and_named(text):
    with pytest.raises(base.Refused) as refused:
        Limit.parse(text)
    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("beyond", [-1, 0, None])
def test_a_limit_out_of_range_is_refused(unit, beyond):
    with pytest.raises(base.Refused, match="最长"):
        Limit(LARGEST[unit] + 1 if beyond is None else beyond, unit)


@given(st.sampled_from(Unit).flatmap(lambda unit: st.builds(Limit, st.integers(1, LARGEST[unit]), st.just(unit))))
def test_reading_gives_back_what_was_written(limit):
    assert Limit.parse(str(limit)) == limit

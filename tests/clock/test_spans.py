"""Working time between two moments, and the light."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.base.moment import TZ
from qinqing.clock import spans
from qinqing.clock.limits import Limit, Unit
from qinqing.clock.rules import deadline
from qinqing.clock.spans import Level

from .published import CALENDAR, FIRST, LAST, at, day


@pytest.mark.parametrize(("start", "end", "days"), [
    ("2026-09-30", "2026-10-15", 7),
    ("2026-10-09", "2026-10-12", 2),   # over a working Saturday
    ("2026-10-01", "2026-10-07", 0),
    ("2026-10-12", "2026-10-12", 0),
    ("2026-10-13", "2026-10-12", 0),
])
def test_working_days_lie_after_the_first_and_up_to_the_last(start, end, days):
    assert spans.working_days_between(day(start), day(end), CALENDAR) == days
    assert spans.working_days_between(at(f"{start}T23:00"), at(f"{end}T01:00"), CALENDAR) == days


def test_moments_of_another_zone_lie_on_the_day_they_have_here():
    utc = datetime.fromisoformat("2026-10-12T16:30:00+00:00")   # already the thirteenth
    assert spans.working_days_between(utc, at("2026-10-14T09:00"), CALENDAR) == 1


@pytest.mark.parametrize(("start", "end", "minutes"), [
    ("2026-10-12T09:20", "2026-10-12T15:40", 260),   # about four hours, with the lunch break
    ("2026-10-12T12:00", "2026-10-12T14:00", 0),
    ("2026-09-30T17:30", "2026-10-08T09:30", 60),
    ("2026-10-12T00:00", "2026-10-13T23:59", 14 * 60),
    ("2026-10-12T10:00", "2026-10-12T09:00", 0),
    ("2026-10-13T10:00", "2026-10-12T09:00", 0),
])
def test_working_time_is_what_lies_within_the_shifts(start, end, minutes):
    assert spans.working_hours_between(at(start), at(end), CALENDAR) == timedelta(minutes=minutes)


@given(st.dates(FIRST, date(2026, 6, 1)), st.integers(1, 30), st.integers(0, 1439))
def test_a_limit_in_hours_holds_just_its_hours(start, hours, minute):
    moment = datetime.combine(start, datetime.min.time(), TZ) + timedelta(minutes=minute)
    due = deadline(moment, Limit(hours, Unit.WORKING_HOUR), CALENDAR)
    assert spans.working_hours_between(moment, due.at, CALENDAR) == timedelta(hours=hours)


# —— when it turns ——

@pytest.mark.parametrize(("start", "limit", "due", "soon"), [
    ("2026-09-30T16:40", "7wd", "2026-10-15T23:59:59", "2026-10-14T00:00"),    # one working day left
    ("2026-03-02T09:00", "15wd", "2026-03-23T23:59:59", "2026-03-18T00:00"),   # three of fifteen
    ("2026-10-16T09:00", "1wd", "2026-10-19T23:59:59", "2026-10-16T09:00"),    # from the start on
    ("2026-09-25T09:00", "2wd", "2026-09-29T23:59:59", "2026-09-28T00:00"),
    ("2026-01-15T09:00", "30d", "2026-02-14T23:59:59", "2026-02-08T00:00"),    # six of thirty days
    ("2026-10-09T09:00", "3d", "2026-10-12T23:59:59", "2026-10-10T00:00"),     # the working Saturday before
    ("2026-10-01T09:00", "4d", "2026-10-05T23:59:59", "2026-10-01T09:00"),     # no working day left at all
    ("2026-11-30T09:00", "3m", "2027-02-28T23:59:59", "2027-02-10T00:00"),     # eighteen of ninety days
    ("2026-10-12T09:00", "1wh", "2026-10-12T10:00", "2026-10-12T09:00"),      # within a day: from its start
    ("2026-09-30T17:55", "1wh", "2026-10-08T09:55", "2026-09-30T17:55"),      # over the holiday, one working day
    ("2026-10-12T16:00", "20wh", "2026-10-15T15:00", "2026-10-14T00:00"),     # one working day left
    ("2026-10-12T16:00", "35wh", "2026-10-19T10:00", "2026-10-16T00:00"),     # likewise, over a weekend
    ("2026-10-12T09:00", "60wh", "2026-10-21T15:00", "2026-10-19T17:00"),     # a fifth, twelve hours, is more than a day
])
def test_the_light_turns_a_day_or_a_fifth_before_the_end(start, limit, due, soon):
    assert spans.soon_from(at(start), at(due), Limit.parse(limit), CALENDAR) == at(soon)


@given(st.dates(FIRST, LAST - timedelta(days=400)), st.integers(1, 60), st.integers(0, 100), st.sampled_from([7, 15, 30]))
def test_soon_is_exactly_when_little_is_left(start, amount, after, minutes):
    limit = Limit(amount, Unit.WORKING_DAY)
    due = deadline(start, limit, CALENDAR)
    now = datetime.combine(start, datetime.min.time(), TZ) + timedelta(days=after, minutes=minutes)
    left = spans.working_days_between(now, due.at, CALENDAR)
    turned = now >= spans.soon_from(start, due.at, limit, CALENDAR)
    assert turned == (left <= max(1, amount // 5))


# —— the light ——

def light(now, due="2026-10-15T23:59:59", limit="7wd", **state):
    due = due and at(due)
    soon = due and spans.soon_from(at("2026-09-30T16:40"), due, Limit.parse(limit), CALENDAR)
    found = spans.light_of(at(now), due=due, soon=soon, calendar=CALENDAR, **state)
    return found.level, str(found.text)


@pytest.mark.parametrize(("now", "level", "text"), [
    ("2026-09-30T17:00", Level.NORMAL, "剩 7 天"),
    ("2026-10-08T08:00", Level.NORMAL, "剩 6 天"),
    ("2026-10-13T23:59", Level.NORMAL, "剩 2 天"),
    ("2026-10-14T00:00", Level.SOON, "剩 1 天"),
    ("2026-10-15T08:00", Level.SOON, "剩 7 小时"),
    ("2026-10-15T15:59", Level.SOON, "剩 2 小时"),
    ("2026-10-15T17:20", Level.SOON, "剩 40 分钟"),
    ("2026-10-15T18:00", Level.SOON, "今天到期"),
    ("2026-10-16T00:00", Level.OVERDUE, "超 1 天"),
    ("2026-10-18T12:00", Level.OVERDUE, "超 1 天"),   # the weekend adds nothing
    ("2026-10-19T00:30", Level.OVERDUE, "超 2 天"),
])
def test_the_light_of_a_limit_in_days(now, level, text):
    assert light(now) == (level, text)


@pytest.mark.parametrize(("now", "level", "text"), [
    ("2026-10-08T09:30", Level.SOON, "剩 1 小时"),
    ("2026-10-08T10:18", Level.SOON, "剩 12 分钟"),
    ("2026-10-08T10:30", Level.SOON, "今天到期"),
    ("2026-10-08T10:31", Level.OVERDUE, "超 1 分钟"),
    ("2026-10-08T15:00", Level.OVERDUE, "超 2 小时"),
    ("2026-10-09T08:00", Level.OVERDUE, "超 1 天"),
])
def test_the_light_of_a_limit_in_hours(now, level, text):
    assert light(now, due="2026-10-08T10:30", limit="1wh") == (level, text)


def test_a_date_on_a_day_off_is_named_when_no_working_day_comes_before_it():
    assert light("2026-10-16T09:00", due="2026-10-18T23:59:59", limit="30d") == (Level.SOON, "10 月 18 日到期")
    assert light("2026-10-18T09:00", due="2026-10-18T23:59:59", limit="30d") == (Level.SOON, "今天到期")
    assert light("2026-10-17T09:00", due="2026-10-16T23:59:59", limit="30d") == (Level.OVERDUE, "已超期")


@pytest.mark.parametrize(("state", "expected"), [
    ({"paused": True}, (Level.PAUSED, "暂停计时")),
    ({"paused": True, "due": None}, (Level.PAUSED, "暂停计时")),
    ({"due": None}, (Level.PAUSED, "期限待定")),
    ({"done": True}, (Level.DONE, "已完成")),
    ({"done": date(2026, 11, 9)}, (Level.DONE, "11 月 9 日")),
    ({"done": True, "paused": True}, (Level.DONE, "已完成")),
])
def test_a_clock_that_does_not_run(state, expected):
    assert light("2026-10-08T09:00", **state) == expected


def test_a_pause_hides_no_lateness_but_an_end_does():
    assert light("2026-10-19T09:00", paused=True) == (Level.OVERDUE, "超 2 天")
    assert light("2026-10-19T09:00", done=True)[0] is Level.DONE


def test_moments_of_the_database_are_taken_to_shanghai():
    utc = datetime.fromisoformat
    found = spans.light_of(utc("2026-10-07T16:30:00+00:00"), due=utc("2026-10-15T15:59:59+00:00"),
                           soon=utc("2026-10-13T16:00:00+00:00"), calendar=CALENDAR)
    assert (found.level, str(found.text)) == (Level.NORMAL, "剩 6 天")

"""Deadlines: worked cases as tables, and what must hold for all of them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qinqing import base
from qinqing.base.moment import TZ
from qinqing.clock.calendar import Calendar
from qinqing.clock.limits import Limit, Unit
from qinqing.clock.rules import Pause, deadline, month_end
from qinqing.clock.steps import StepKind

from .published import CALENDAR, FIRST, LAST, at, day, is_workday


def due(start, limit, **rule):
    return deadline(start, Limit.parse(limit), CALENDAR, **rule)


# —— worked cases ——

@pytest.mark.parametrize(("start", "limit", "on"), [
    ("2024-02-08", "1wd", "2024-02-09"),
    ("2024-02-08", "5wd", "2024-02-21"),
    ("2024-04-30", "5wd", "2024-05-10"),
    ("2024-09-30", "5wd", "2024-10-12"),   # a working Saturday
    ("2025-01-24", "1wd", "2025-01-26"),   # a working Sunday
    ("2025-01-27", "5wd", "2025-02-10"),
    ("2025-09-30", "7wd", "2025-10-16"),
    ("2026-02-13", "1wd", "2026-02-14"),   # a working Saturday
    ("2026-02-13", "5wd", "2026-02-27"),
    ("2026-09-30", "7wd", "2026-10-15"),
    ("2026-03-02", "15wd", "2026-03-23"),
    ("2026-10-11", "1wd", "2026-10-12"),   # received on a Sunday: Monday is the first day
    ("2026-10-03", "1wd", "2026-10-08"),   # received on a holiday
])
def test_working_days_are_counted_from_the_day_after(start, limit, on):
    found = due(day(start), limit)
    assert (found.on, found.at, found.provisional) == (day(on), at(f"{on}T23:59:59"), False)


def test_paused_days_are_left_out():
    assert due(day("2026-03-02"), "15wd", pause_days=3).on == day("2026-03-26")
    assert due(day("2026-09-30"), "7wd", pauses=[(day("2026-10-12"), day("2026-10-14"))]).on == day("2026-10-20")


def test_beyond_the_published_calendar_a_date_is_provisional():
    found = due(day("2026-12-31"), "1wd")
    assert (found.on, found.provisional) == (day("2027-01-04"), True)


@pytest.mark.parametrize(("start", "limit", "roll", "on"), [
    ("2026-01-15", "30d", True, "2026-02-14"),   # a Saturday, but a working day
    ("2026-08-26", "30d", True, "2026-09-28"),
    ("2026-08-26", "30d", False, "2026-09-25"),
    ("2026-07-03", "90d", True, "2026-10-08"),
    ("2026-11-30", "3m", False, "2027-02-28"),
    ("2026-11-30", "3m", True, "2027-03-01"),
    ("2024-02-29", "12m", False, "2025-02-28"),
    ("2026-01-31", "1m", False, "2026-02-28"),
    # Payment to small firms: 30 and 60 days from delivery, never rolled.
    ("2026-01-15", "30d", False, "2026-02-14"),
    ("2026-06-01", "60d", False, "2026-07-31"),
    ("2026-01-15", "60d", False, "2026-03-16"),
])
def test_calendar_days_and_months_roll_where_the_rule_says_so(start, limit, roll, on):
    assert due(day(start), limit, roll=roll).on == day(on)


def test_only_a_date_that_asked_the_calendar_can_be_provisional():
    assert not due(day("2026-12-31"), "30d").provisional
    assert due(day("2026-12-31"), "29d", roll=True).provisional   # a Friday that may become a holiday
    assert due(day("2026-12-01"), "31d", roll=True).provisional


def test_a_date_that_rolls_into_a_year_not_published_is_provisional():
    until_2022 = Calendar(CALENDAR.holidays, CALENDAR.workdays, frozenset(range(2004, 2023)), "1")
    found = deadline(day("2022-12-01"), Limit.parse("30d"), until_2022, roll=True)   # 31 December is a Saturday
    assert (found.on, found.provisional) == (day("2023-01-03"), True)


@pytest.mark.parametrize(("start", "limit", "until"), [
    ("2026-09-30T17:30", "1wh", "2026-10-08T09:30"),
    ("2026-10-10T11:30", "1wh", "2026-10-10T14:30"),   # over the lunch of a working Saturday
    ("2026-10-12T08:00", "1wh", "2026-10-12T10:00"),   # before the first shift
    ("2026-10-12T13:00", "1wh", "2026-10-12T15:00"),   # at lunch
    ("2026-10-12T17:00", "1wh", "2026-10-12T18:00"),   # ends with the shift, not the next morning
    ("2026-10-12T18:00", "1wh", "2026-10-13T10:00"),
    ("2026-10-16T20:00", "1wh", "2026-10-19T10:00"),   # Friday evening
    ("2026-10-11T12:00", "8wh", "2026-10-13T10:00"),
])
def test_working_hours_run_through_the_shifts(start, limit, until):
    found = due(at(start), limit)
    assert (found.at, found.on) == (at(until), at(until).date())


@pytest.mark.parametrize(("since", "until", "ends"), [
    ("2026-10-12T10:00", "2026-10-12T10:40", "2026-10-12T11:10"),
    ("2026-10-12T10:00", "2026-10-12T14:00", "2026-10-12T14:30"),
    ("2026-10-12T11:30", "2026-10-13T09:00", "2026-10-12T10:30"),   # begins when all is done
    ("2026-10-11T09:00", "2026-10-12T09:00", "2026-10-12T10:30"),   # over before the receipt
    ("2026-10-12", "2026-10-12", "2026-10-13T10:00"),               # the whole day
])
def test_hours_stand_still_between_two_moments(since, until, ends):
    pause = (at(since), at(until)) if "T" in since else (day(since), day(until))
    assert due(at("2026-10-12T09:30"), "1wh", pauses=[pause]).at == at(ends)


def test_pauses_in_hours_may_overlap():
    pauses = [(at("2026-10-12T10:00"), at("2026-10-12T10:30")), (at("2026-10-12T10:10"), at("2026-10-12T10:20")),
              (at("2026-10-12T10:15"), at("2026-10-12T10:40"))]
    assert due(at("2026-10-12T09:30"), "1wh", pauses=pauses).at == at("2026-10-12T11:10")


@pytest.mark.parametrize(("pauses", "ends"), [
    ([("10:00", "10:40"), ("10:10", "10:20")], "2026-10-12T11:10"),   # one within the other
    ([("10:00", None), ("10:10", "10:20")], None),
])
def test_a_pause_within_another_adds_nothing(pauses, ends):
    standing = [tuple(time and at(f"2026-10-12T{time}") for time in pause) for pause in pauses]
    assert due(at("2026-10-12T09:30"), "1wh", pauses=standing).at == (ends and at(ends))


def test_moments_count_by_their_day_in_shanghai():
    late = datetime.fromisoformat("2026-10-08T16:30:00+00:00")   # the ninth, half past midnight
    assert due(late, "1wd").on == day("2026-10-10")
    paused = [(datetime.fromisoformat("2026-10-11T17:00:00+00:00"), at("2026-10-14T09:00"))]
    assert due(at("2026-09-30T16:40"), "7wd", pauses=paused).on == day("2026-10-20")


def test_seconds_are_dropped_from_working_hours():
    assert due(at("2026-10-12T09:30:59"), "1wh").at == at("2026-10-12T10:30")


# —— open pauses ——

def test_an_open_pause_leaves_the_date_unknown_and_says_what_is_left():
    found = due(day("2026-09-30"), "7wd", pauses=[(day("2026-10-12"), None)])
    assert (found.on, found.at, found.left) == (None, None, Limit(4, Unit.WORKING_DAY))
    assert found.derivation[-1].kind is StepKind.PAUSED


def test_a_pause_opened_after_the_last_day_changes_nothing():
    assert due(day("2026-09-30"), "7wd", pauses=[(day("2026-10-16"), None)]).on == day("2026-10-15")


@pytest.mark.parametrize(("start", "limit", "since", "left"), [
    ("2026-10-12T09:30", "3wh", "2026-10-12T10:00", "3wh"),   # an hour begun counts whole
    ("2026-10-12T09:00", "3wh", "2026-10-12T10:00", "2wh"),
    ("2026-10-12T09:00", "30d", "2026-10-23T10:00", "20d"),
    ("2026-10-12T09:00", "1m", "2026-10-23T10:00", "21d"),
])
def test_what_is_left_is_in_the_unit_that_was_counted(start, limit, since, left):
    assert due(at(start), limit, pauses=[(at(since), None)]).left == Limit.parse(left)


def test_a_pause_may_open_between_the_last_day_and_the_day_it_rolls_to():
    rule = {"roll": True, "pauses": [(day("2026-09-28"), None)]}
    assert due(day("2026-08-26"), "30d", **rule).left == Limit(1, Unit.WORKING_DAY)
    rule["pauses"] = [(day("2026-09-28"), day("2026-09-29"))]
    assert due(day("2026-08-26"), "30d", **rule).on == day("2026-09-30")


# —— extensions ——

@pytest.mark.parametrize(("start", "limit", "extension", "on"), [
    ("2026-09-30", "7wd", "5wd", "2026-10-22"),
    ("2026-03-02", "60d", "30d", "2026-05-31"),
    ("2026-09-30", "7wd", "30d", "2026-11-14"),   # from 15 October, other units
    ("2026-09-30", "30d", "2wd", "2026-11-03"),
    ("2026-11-30", "3m", "1m", "2027-03-28"),     # from the last day of the time before it
])
def test_an_extension_is_counted_from_the_last_day(start, limit, extension, on):
    assert due(day(start), limit, extensions=[Limit.parse(extension)]).on == day(on)


def test_an_extension_follows_before_the_last_day_is_rolled():
    assert due(day("2026-08-26"), "30d", extensions=[Limit.parse("1d")], roll=True).on == day("2026-09-28")


def test_hours_may_follow_days_and_days_hours():
    assert due(day("2026-10-09"), "1wd", extensions=[Limit.parse("1wh")]).at == at("2026-10-12T10:00")
    assert due(at("2026-10-09T17:30"), "1wh", extensions=[Limit.parse("1wd")]).at == at("2026-10-12T23:59:59")


def test_another_unit_is_counted_from_nothing():
    found = due(day("2026-09-30"), "7wd", extensions=[Limit.parse("30d"), Limit.parse("2d")])
    assert [(step.total, step.unit) for step in found.derivation if step.kind is StepKind.COUNTED] == [
        (7, Unit.WORKING_DAY), (30, Unit.DAY), (32, Unit.DAY)]


# —— what cannot be counted ——

@pytest.mark.parametrize(("start", "limit", "rule", "says"), [
    (day("2026-10-08"), "1wh", {}, "写明时间"),
    (at("2026-10-08T09:30"), "1wh", {"pause_days": 1}, "暂停要写明起止时间"),
    (day("2026-10-08"), "7wd", {"pauses": [(day("2026-10-14"), day("2026-10-12"))]}, "不能早于开始"),
    (day("2026-10-08"), "7wd", {"pause_days": -1}, "最长"),
])
def test_what_cannot_be_counted_is_refused(start, limit, rule, says):
    with pytest.raises(base.Refused, match=says):
        due(start, limit, **rule)


# —— the derivation ——

def test_the_steps_tell_the_whole_count():
    found = due(at("2026-09-30T16:40"), "7wd", pauses=[Pause(day("2026-10-12"), day("2026-10-14"), "补照片")])
    assert [(step.kind, step.first_on, step.last_on, step.count, step.total) for step in found.derivation] == [
        (StepKind.RECEIVED, day("2026-09-30"), day("2026-09-30"), 0, 0),
        (StepKind.SKIPPED, day("2026-10-01"), day("2026-10-07"), 7, 0),
        (StepKind.COUNTED, day("2026-10-08"), day("2026-10-10"), 3, 3),
        (StepKind.PAUSED, day("2026-10-12"), day("2026-10-14"), 3, 3),
        (StepKind.COUNTED, day("2026-10-15"), day("2026-10-20"), 4, 7),
        (StepKind.DUE, day("2026-10-20"), day("2026-10-20"), 0, 7),
    ]
    assert found.derivation[2].adjusted == (day("2026-10-10"),)
    assert found.derivation[2].passed == (day("2026-10-11"),)
    assert found.derivation[3].pause.reason == "补照片"
    assert found.calendar_version == "2026-1"


def test_extensions_made_up_days_conversions_and_rolling_are_steps():
    kinds = [step.kind for step in due(
        day("2026-03-31"), "1m", pause_days=1, extensions=[Limit.parse("2d")], roll=True).derivation]
    assert kinds == [StepKind.RECEIVED, StepKind.CONVERTED, StepKind.COUNTED, StepKind.MADE_UP, StepKind.COUNTED,
                     StepKind.EXTENDED, StepKind.COUNTED, StepKind.ROLLED, StepKind.DUE]


# —— what must always hold ——

DAYS = st.dates(FIRST, LAST - timedelta(days=400))
AMOUNTS = st.integers(1, 60)
UNITS = st.sampled_from(Unit)
LIMITS = st.builds(Limit, AMOUNTS, st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.WORKING_HOUR]))
OFFSETS = st.tuples(st.integers(-5, 60), st.integers(0, 20))


def moments(days):
    return st.builds(datetime.combine, days, st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.just(TZ))


def pauses_after(start, offsets):
    first = [start + timedelta(days=offset) for offset, _ in offsets]
    return [(since, since + timedelta(days=length)) for since, (_, length) in zip(first, offsets, strict=True)]


@given(moments(DAYS), LIMITS)
def test_more_is_never_earlier(start, limit):
    longer = Limit(limit.amount + 1, limit.unit)
    assert deadline(start, limit, CALENDAR).at < deadline(start, longer, CALENDAR).at


@given(moments(DAYS), LIMITS, st.lists(OFFSETS, max_size=3), st.booleans())
def test_a_pause_never_shortens(start, limit, offsets, roll):
    without = deadline(start, limit, CALENDAR, roll=roll)
    paused = deadline(start, limit, CALENDAR, pauses=pauses_after(start, offsets), roll=roll)
    assert paused.at >= without.at


@given(moments(DAYS), LIMITS, st.lists(OFFSETS, min_size=2, max_size=4), st.randoms())
def test_the_order_of_pauses_does_not_matter(start, limit, offsets, random):
    pauses = pauses_after(start, offsets)
    shuffled = random.sample(pauses, len(pauses))
    assert deadline(start, limit, CALENDAR, pauses=pauses) == deadline(start, limit, CALENDAR, pauses=shuffled)


@given(moments(DAYS), AMOUNTS, AMOUNTS, st.sampled_from([Unit.WORKING_DAY, Unit.DAY, Unit.WORKING_HOUR]),
       st.lists(OFFSETS, max_size=2))
def test_a_limit_may_be_split(start, one, other, unit, offsets):
    pauses = pauses_after(start, offsets)
    whole = deadline(start, Limit(one + other, unit), CALENDAR, pauses=pauses)
    parts = deadline(start, Limit(one, unit), CALENDAR, pauses=pauses, extensions=[Limit(other, unit)])
    assert (whole.at, whole.derivation[-1].total) == (parts.at, parts.derivation[-1].total)


@given(moments(DAYS), LIMITS, OFFSETS, st.integers(1, 40))
def test_an_open_pause_hides_only_dates_that_lie_beyond_it(start, limit, offset, length):
    since = start + timedelta(days=offset[0])
    opened = deadline(start, limit, CALENDAR, pauses=[(since, None)])
    ended = deadline(start, limit, CALENDAR, pauses=[(since, since + timedelta(days=length))])
    assert opened.at in (None, deadline(start, limit, CALENDAR).at)
    assert opened.at in (None, ended.at)


@given(DAYS, AMOUNTS, st.integers(0, 10))
def test_pause_days_are_so_many_days_more(start, amount, paused):
    assume(paused)
    whole = deadline(start, Limit(amount + paused, Unit.WORKING_DAY), CALENDAR)
    assert deadline(start, Limit(amount, Unit.WORKING_DAY), CALENDAR, pause_days=paused).on == whole.on


@given(moments(DAYS), st.builds(Limit, AMOUNTS, UNITS), st.lists(OFFSETS, max_size=3), st.booleans())
def test_the_derivation_accounts_for_every_day(start, limit, offsets, roll):
    found = deadline(start, limit, CALENDAR, pauses=pauses_after(start, offsets), roll=roll)
    counted = [step for step in found.derivation if step.kind is StepKind.COUNTED]
    total = sum(step.count for step in counted)
    assert counted[-1].total == total == found.derivation[-1].total
    if limit.unit in (Unit.WORKING_DAY, Unit.DAY):
        assert total == limit.amount
    said = {d for step in found.derivation for d in (*step.days, *step.passed)}
    between = {start.date() + timedelta(days=n + 1) for n in range((counted[-1].last_on - start.date()).days)}
    assert said - {start.date()} == between


@given(DAYS, st.integers(1, 40))
def test_a_month_ends_on_the_same_number_or_the_last_day(start, months):
    end = month_end(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


# —— agreement with slow and plain counting ——

def counted_slowly(start, amount, *, working, pauses):
    on = start
    while amount:
        on += timedelta(days=1)
        standing = any(since <= on <= until for since, until in pauses)
        if not standing and (is_workday(on) or not working):
            amount -= 1
    return on


@given(DAYS, AMOUNTS, st.booleans(), st.lists(OFFSETS, max_size=3), st.booleans())
def test_days_agree_with_plain_counting(start, amount, working, offsets, roll):
    pauses = pauses_after(start, offsets)
    expected = counted_slowly(start, amount, working=working, pauses=pauses)
    if roll and not is_workday(expected):
        expected = counted_slowly(expected, 1, working=True, pauses=pauses)
    unit = Unit.WORKING_DAY if working else Unit.DAY
    assert deadline(start, Limit(amount, unit), CALENDAR, pauses=pauses, roll=roll).on == expected


@given(moments(DAYS), st.integers(1, 8),
       st.lists(st.tuples(st.integers(-600, 3000), st.integers(1, 900)), max_size=3))
def test_hours_agree_with_counting_every_minute(start, hours, offsets):
    pauses = [(start + timedelta(minutes=n), start + timedelta(minutes=n + length)) for n, length in offsets]
    minute, left = start, hours * 60
    while left:
        working = is_workday(minute.date()) and (
            time(9) <= minute.time() < time(12) or time(14) <= minute.time() < time(18))
        left -= working and not any(since <= minute < until for since, until in pauses)
        minute += timedelta(minutes=1)
    assert deadline(start, Limit(hours, Unit.WORKING_HOUR), CALENDAR, pauses=pauses).at == minute


@given(DAYS, AMOUNTS, st.data())
def test_a_holiday_inside_a_running_count_moves_the_date_later(start, amount, data):
    limit = Limit(amount, Unit.WORKING_DAY)
    before = deadline(start, limit, CALENDAR)
    counted = [on for step in before.derivation if step.kind is StepKind.COUNTED for on in step.days]
    added = data.draw(st.sampled_from(counted))
    changed = Calendar(
        {**CALENDAR.holidays, added: "临时放假"},
        {on: name for on, name in CALENDAR.workdays.items() if on != added}, CALENDAR.years, "2")
    assert deadline(start, limit, changed).on > before.on


def test_the_date_type_does_not_matter_for_days():
    assert due(date(2026, 9, 30), "7wd").at == due(datetime(2026, 9, 30, 23, 59), "7wd").at

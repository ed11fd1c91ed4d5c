"""The calendar of working days: as published, and as assumed beyond."""

from datetime import date, time, timedelta

import pytest

from qinqing.clock.calendar import STATUTORY, Calendar, DayKind, statutory

from .published import CALENDAR, FIRST, LAST, day, is_workday

# Weekdays off and weekend days at work, as the yearly notices say.
NOTICES = {
    2024: (
        """01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17
           10-01 10-02 10-03 10-04 10-07""",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12", 251,
    ),
    2025: (
        """01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02
           10-01 10-02 10-03 10-06 10-07 10-08""",
        "01-26 02-08 04-27 09-28 10-11", 248,
    ),
    2026: (
        """01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25
           10-01 10-02 10-05 10-06 10-07""",
        "01-04 02-14 02-28 05-09 09-20 10-10", 248,
    ),
}


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", NOTICES)
def test_a_published_year_is_as_the_notice_says(year):
    off, at_work, workdays = NOTICES[year]
    weekdays_off = [f"{d:%m-%d}" for d in days_of(year) if d.weekday() < 5 and not CALENDAR.is_workday(d)]
    weekends_on = [f"{d:%m-%d}" for d in days_of(year) if d.weekday() >= 5 and CALENDAR.is_workday(d)]
    assert (weekdays_off, weekends_on) == (off.split(), at_work.split())
    assert sum(map(CALENDAR.is_workday, days_of(year))) == workdays


def test_every_published_day_agrees_with_the_package():
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    assert [CALENDAR.is_workday(d) for d in days] == [is_workday(d) for d in days]
    assert all(map(CALENDAR.covers, days))


@pytest.mark.parametrize("year", [2027, 2028, 2030])
def test_beyond_the_notices_only_fixed_holidays_are_known(year):
    off = {(d.month, d.day) for d in days_of(year) if d.weekday() < 5 and not CALENDAR.is_workday(d)}
    assert off == {key for key in STATUTORY if date(year, *key).weekday() < 5}
    assert not any(d.weekday() >= 5 and CALENDAR.is_workday(d) for d in days_of(year))
    assert not any(map(CALENDAR.covers, days_of(year)))


def test_the_second_of_may_is_a_holiday_by_date_since_2025():
    assert [str(statutory(date(year, 5, 2))) for year in (2003, 2024, 2025, 2030)] == ["None", "None", "劳动节", "劳动节"]
    assert CALENDAR.is_workday(day("2003-05-02"))


def test_a_december_day_exchanged_by_next_years_notice_counts_before_its_own_year_is_published():
    calendar = Calendar({}, {day("2026-12-27"): "元旦"}, frozenset({2027}), "1")
    assert calendar.is_workday(day("2026-12-27"))
    assert not calendar.covers(day("2026-12-27"))


@pytest.mark.parametrize(("on", "kind", "name"), [
    ("2026-10-01", DayKind.HOLIDAY, "国庆节"),
    ("2026-10-03", DayKind.HOLIDAY, "国庆节"),   # a Saturday within the holiday
    ("2026-10-10", DayKind.ADJUSTED, "调休上班"),
    ("2026-10-11", DayKind.WEEKEND, "周末"),
    ("2026-10-12", DayKind.WORKDAY, "None"),
    ("2025-10-06", DayKind.HOLIDAY, "中秋节"),
    ("2027-01-01", DayKind.HOLIDAY, "元旦"),
    ("2027-05-02", DayKind.HOLIDAY, "劳动节"),   # a Sunday
    ("2027-10-04", DayKind.WORKDAY, "None"),      # surely off, but not published yet
])
def test_every_day_has_its_kind_and_name(on, kind, name):
    assert (CALENDAR.kind_of(day(on)), str(CALENDAR.name_of(day(on)))) == (kind, name)


def test_shifts_stand_on_working_days_only():
    assert [f"{start:%H:%M}-{end:%H:%M}" for start, end in CALENDAR.shifts_on(day("2026-10-10"))] == [
        "09:00-12:00", "14:00-18:00"]
    assert CALENDAR.shifts_on(day("2026-10-11")) == []


@pytest.mark.parametrize("shifts", [
    (), ((time(9), time(9)),), ((time(12), time(9)),), ((time(9), time(12)), (time(11), time(18))),
])
def test_shifts_that_overlap_or_run_backwards_are_no_calendar(shifts):
    with pytest.raises(ValueError, match="shifts"):
        Calendar({}, {}, frozenset(), "1", shifts)

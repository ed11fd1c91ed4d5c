"""Reading the calendar: cheap, versioned, and there even before any import."""

from datetime import date, time

import pytest

from qinqing import base
from qinqing.clock.calendar import DayKind
from qinqing.workdays import actions, queries, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    return actions.fill_from_package(actor=base.SYSTEM)


def import_notice(ban, notice, **choice):
    return actions.import_year(actor=ban, year=2027, rows=rules.read_csv(notice), source="通知", **choice)


def test_without_any_import_the_package_speaks():
    calendar = queries.calendar()
    assert calendar == queries.package_calendar()
    assert (calendar.version, calendar.covers(date(2026, 12, 31))) == ("package", True)
    assert calendar.is_workday(date(2026, 10, 10))


def test_the_filled_table_says_what_the_package_says(filled):
    calendar, package = queries.calendar(), queries.package_calendar()
    assert calendar.version == "1"
    assert (calendar.holidays, calendar.workdays, calendar.years) == (package.holidays, package.workdays, package.years)


def test_one_query_sees_the_version_and_the_days_stay_in_the_process(filled, django_assert_num_queries):
    known = queries.calendar()
    with django_assert_num_queries(1):
        assert queries.calendar() is known


def test_a_new_version_is_seen_at_once_and_the_old_one_remains(ban, notice, filled):
    before = queries.calendar()
    import_notice(ban, notice)
    after = queries.calendar()
    assert (before.version, after.version) == ("1", "2")
    assert (before.covers(date(2027, 5, 3)), after.covers(date(2027, 5, 3))) == (False, True)
    assert after.is_workday(date(2026, 12, 27))
    assert queries.calendar(1) is before


def test_shifts_are_the_callers(filled):
    summer = ((time(8, 30), time(12)), (time(15), time(18, 30)))
    assert queries.calendar(shifts=summer).shifts == summer
    assert queries.calendar().shifts == ((time(9), time(12)), (time(14), time(18)))


def test_the_edition_of_a_year_counts_from_one(ban, notice, filled):
    assert queries.edition_of(2027) is None
    import_notice(ban, notice)
    import_notice(ban, notice.replace(b"2027-10-04,holiday", b"2027-10-05,holiday"), new_edition=True)
    assert (queries.edition_of(2026).edition, queries.edition_of(2026).version) == (1, 1)
    assert (queries.edition_of(2027).edition, queries.edition_of(2027).version) == (2, 3)
    assert (queries.edition_of(2027, 2).edition, queries.edition_of(2027, 2).version) == (1, 2)
    assert queries.edition_of(2027, 1) is None
    assert [version.number for version in queries.editions()] == [1, 2, 3]


def test_the_days_of_a_year_are_those_of_the_version_that_rules_it(ban, notice, filled):
    assert queries.days_of(2027) == []
    import_notice(ban, notice)
    days = queries.days_of(2027)
    assert (str(days[0].day), days[0].kind, days[0].name, len(days)) == ("2026-12-27", "workday", "元旦", 13)
    assert {day.day.year for day in queries.days_of(2026)} == {2026}


def test_a_version_tells_what_it_changed(ban, notice, filled):
    assert queries.changes_of(1) == []
    import_notice(ban, notice)
    changed = {str(change.day): (change.before, change.after) for change in queries.changes_of(2)}
    assert changed["2026-12-27"] == (DayKind.WEEKEND, DayKind.ADJUSTED)
    assert changed["2027-02-05"] == (DayKind.WORKDAY, DayKind.HOLIDAY)
    assert "2027-10-01" not in changed   # was known to be a holiday anyway
    assert len(changed) == 6

"""Days and moments in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from qinqing import base
from qinqing.ui import dates

NOW = datetime(2020, 11, 23, 9, 30, tzinfo=base.TZ)
AT = datetime(2020, 11, 26, 14, 30, tzinfo=base.TZ)


@pytest.fixture(autouse=True)
def _held_clock():
    with base.clock_at(NOW):
        yield


@pytest.mark.parametrize(
    ("language", "day", "moment", "without"),
    [
        ("zh-hans", "11 月 26 日 周四", "11 月 26 日 周四 14:30", "11 月 26 日"),
        ("en", "Thu 26 Nov", "Thu 26 Nov, 14:30", "26 Nov"),
    ],
)
def test_this_year(language, day, moment, without):
    with translation.override(language):
        assert dates.day(AT) == dates.day(date(2020, 11, 26)) == day
        assert dates.moment(AT) == moment
        assert dates.day(AT, weekday=False) == without


@pytest.mark.parametrize(("language", "day"), [("zh-hans", "2021 年 1 月 3 日 周日"), ("en", "Sun 3 Jan 2021")])
def test_another_year_is_said(language, day):
    with translation.override(language):
        assert dates.day(date(2021, 1, 3)) == day


def test_a_moment_is_taken_in_shanghai():
    with translation.override("zh-hans"):
        assert dates.moment(datetime(2020, 11, 26, 23, 5, tzinfo=UTC)) == "11 月 27 日 周五 07:05"


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        (datetime(2020, 11, 23, 8, 12, tzinfo=base.TZ), "08:12", "08:12"),
        (datetime(2020, 11, 22, 16, 30, tzinfo=UTC), "00:30", "00:30"),
        (datetime(2020, 11, 22, 23, 59, tzinfo=base.TZ), "昨天", "Yesterday"),
        (datetime(2020, 11, 20, 8, 0, tzinfo=base.TZ), "11 月 20 日", "20 Nov"),
        (datetime(2019, 11, 20, 8, 0, tzinfo=base.TZ), "2019 年 11 月 20 日", "20 Nov 2019"),
    ],
)
def test_recent(at, chinese, english):
    with translation.override("zh-hans"):
        assert dates.recent(at) == chinese
    with translation.override("en"):
        assert dates.recent(at) == english


def test_weekday_names_start_on_monday():
    with translation.override("zh-hans"):
        assert "".join(dates.weekday_names()) == "一二三四五六日"
    with translation.override("en"):
        assert dates.weekday_names()[0] == "Mon"


def test_on_paper_the_year_is_always_there():
    with base.clock_at(AT):
        assert dates.dated(AT) == f"{AT.year} 年 {AT.month} 月 {AT.day} 日 {AT:%H:%M}"
        with translation.override("en"):
            assert dates.dated(AT) == f"{AT.day} {dates.ENGLISH_MONTHS[AT.month - 1]} {AT.year}, {AT:%H:%M}"

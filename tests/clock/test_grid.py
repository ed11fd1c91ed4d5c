"""A deadline as whole weeks."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from qinqing.clock import grid
from qinqing.clock.limits import Limit
from qinqing.clock.rules import deadline

from .published import CALENDAR, FIRST, LAST, at, day

PAUSE = (day("2026-10-12"), day("2026-10-14"))


def shown(start, limit, today=None, **rule):
    found = deadline(start, Limit.parse(limit), CALENDAR, **rule)
    return grid.weeks(found, CALENDAR, today=today)


def rows(weeks):
    return [(week.month, " ".join(f"{cell.day.day}:{cell.kind}{cell.ordinal or ''}" for cell in week.cells)) for week in weeks]


def test_a_pause_over_the_national_holiday():
    weeks = shown(at("2026-09-30T16:40"), "7wd", pauses=[PAUSE])
    assert rows(weeks) == [
        (9, "28:out 29:out 30:start 1:holiday 2:holiday 3:holiday 4:holiday"),
        (10, "5:holiday 6:holiday 7:holiday 8:workday1 9:workday2 10:adjusted3 11:weekend"),
        (None, "12:paused 13:paused 14:paused 15:workday4 16:workday5 17:weekend 18:weekend"),
        (None, "19:workday6 20:due7 21:out 22:out 23:out 24:out 25:out"),
    ]
    names = {cell.day.day: str(cell.name) for week in weeks for cell in week.cells if cell.name}
    assert [names[n] for n in (30, 1, 10, 11, 12, 20)] == ["收到", "国庆节", "调休上班", "周末", "暂停", "到期"]


def test_an_open_pause_is_shown_up_to_today():
    weeks = shown(day("2026-09-30"), "7wd", today=day("2026-10-19"), pauses=[(day("2026-10-15"), None)])
    assert rows(weeks)[2:] == [
        (None, "12:workday4 13:workday5 14:workday6 15:paused 16:paused 17:weekend 18:weekend"),
        (None, "19:paused 20:out 21:out 22:out 23:out 24:out 25:out"),
    ]


def test_an_open_pause_of_calendar_days_holds_the_weekend_too():
    weeks = shown(day("2026-10-12"), "30d", today=day("2026-10-18"), pauses=[(day("2026-10-15"), None)])
    assert rows(weeks) == [(10, "12:start 13:workday1 14:workday2 15:paused 16:paused 17:paused 18:paused")]


def test_calendar_days_count_weekends_and_show_the_day_they_roll_to():
    weeks = shown(day("2026-09-18"), "7d", roll=True)
    assert rows(weeks) == [
        (9, "14:out 15:out 16:out 17:out 18:start 19:weekend1 20:adjusted2"),
        (None, "21:workday3 22:workday4 23:workday5 24:workday6 25:holiday7 26:holiday 27:holiday"),
        (None, "28:due 29:out 30:out 1:out 2:out 3:out 4:out"),
    ]


def test_a_limit_in_hours_has_no_ordinals():
    assert rows(shown(at("2026-10-08T17:30"), "8wh")) == [(10, "5:out 6:out 7:out 8:start 9:workday 10:due 11:out")]


@given(st.dates(FIRST, LAST - timedelta(days=200)), st.integers(1, 40), st.sampled_from(["wd", "d"]))
def test_every_counted_day_has_its_number_once(start, amount, unit):
    cells = [cell for week in shown(start, f"{amount}{unit}") for cell in week.cells]
    assert [cell.ordinal for cell in cells if cell.ordinal] == list(range(1, amount + 1))
    assert [cell.day - cells[0].day for cell in cells] == [timedelta(days=n) for n in range(len(cells))]
    assert (cells[0].day.weekday(), cells[-1].day.weekday()) == (0, 6)

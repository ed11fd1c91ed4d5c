"""A deadline as plain values."""

import json

from qinqing.clock import export
from qinqing.clock.limits import Limit
from qinqing.clock.rules import deadline

from .published import CALENDAR, at, day


def values(start, limit, **rule):
    found = export.as_values(deadline(start, Limit.parse(limit), CALENDAR, **rule))
    return json.loads(json.dumps(found))


def test_days_give_a_date_and_every_day_counted():
    found = values(day("2026-09-30"), "7wd")
    assert (found["date"], found["provisional"], found["calendar"]) == ("2026-10-15", False, "2026-1")
    steps = found["derivation"]
    assert [step["step"] for step in steps] == ["received", "skipped", "counted", "due"]
    assert steps[1]["names"] == ["国庆节"]
    assert steps[2] == {
        "step": "counted", "from": "2026-10-08", "to": "2026-10-15", "count": 7, "total": 7, "unit": "wd",
        "days": ["2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15"],
        "text": "数上 7 个工作日：10 月 8 日到 15 日。10 月 10 日 周六调休上班，和平日一样计入。10 月 11 日是周末，不计。",
    }


def test_hours_give_a_time_and_every_stretch_in_minutes():
    found = values(at("2026-10-10T11:30"), "1wh")
    assert found["date"] == "2026-10-10T14:30"
    counted = found["derivation"][1]
    assert (counted["unit"], counted["count"]) == ("minute", 60)
    assert counted["times"] == [["2026-10-10T11:30", "2026-10-10T12:00"], ["2026-10-10T14:00", "2026-10-10T14:30"]]


def test_an_open_pause_gives_no_date():
    found = values(day("2026-09-30"), "7wd", pauses=[(day("2026-10-12"), None)])
    assert found["date"] is None

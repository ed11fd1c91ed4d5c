"""A wording is registered once, gets exactly its values, and outlives its own changes."""

from datetime import datetime

import pytest
from django.utils import translation

from qinqing import base
from qinqing.notices import templates
from qinqing.notices.templates import IN_APP, SMS, Template

NOON = datetime(2026, 11, 20, 12, tzinfo=base.TZ)


def test_the_values_are_those_of_the_wording_and_no_more():
    template = templates.get("thing.done")
    assert templates.values_for(template, {"number": 7, "unit": "某局", "phone": "139"}) == {"number": "7", "unit": "某局"}


def test_a_missing_value_is_a_fault_of_the_caller():
    with pytest.raises(TypeError, match=r"'thing\.done' needs unit"):
        templates.values_for(templates.get("thing.done"), {"number": 7})


def test_a_wording_in_its_words():
    assert templates.render("thing.done", {"number": "GY-1", "unit": "某局"}, NOON) == ("办好了，编号 GY-1", "由某局办理。")


def test_an_old_row_under_a_new_wording_shows_what_it_has():
    assert templates.render("thing.done", {"number": "GY-1"}, NOON).body == "由…办理。"
    assert templates.render("gone.since", {}, NOON).title == "通知"


def test_a_key_has_one_wording():
    other = Template("thing.done", "别的", "", (IN_APP, SMS))
    with pytest.raises(ValueError, match="registered twice"):
        templates.register(other)
    with pytest.raises(LookupError, match="no notice template"):
        templates.get("thing.unknown")


DUE = {"number": "GY-1", "due": "2026-11-26"}


def test_a_day_is_said_as_people_say_it():
    with base.clock_at(NOON):
        assert templates.render("thing.due", DUE, NOON).body == "11 月 26 日 周四前告诉您。"
        with translation.override("en"):
            assert templates.spoken(DUE)["due"] == "Thu 26 Nov"


@pytest.mark.parametrize(("day", "hour", "body"), [
    (26, 23, "11 月 26 日 周四前告诉您。"), (27, 0, "原定11 月 26 日 周四前告诉您。"),
])  # fmt: skip
def test_what_promises_a_day_that_has_passed_says_what_is_true_then(day, hour, body):
    at = datetime(2026, 11, day, hour, 30, tzinfo=base.TZ)
    with base.clock_at(at):
        assert templates.render("thing.due", DUE, at).body == body


def test_what_happened_is_said_in_the_readers_language():
    with translation.override("en"):
        assert templates.spoken({"what": "督办"})["what"] == "Supervision"

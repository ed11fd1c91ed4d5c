"""A wording is registered once, gets exactly its values, and outlives its own changes."""

import pytest

from qinqing.notices import templates
from qinqing.notices.templates import IN_APP, SMS, Template


def test_the_values_are_those_of_the_wording_and_no_more():
    template = templates.get("thing.done")
    assert templates.values_for(template, {"number": 7, "unit": "某局", "phone": "139"}) == {"number": "7", "unit": "某局"}


def test_a_missing_value_is_a_fault_of_the_caller():
    with pytest.raises(TypeError, match=r"'thing\.done' needs unit"):
        templates.values_for(templates.get("thing.done"), {"number": 7})


def test_a_wording_in_its_words():
    assert templates.render("thing.done", {"number": "GY-1", "unit": "某局"}) == ("办好了，编号 GY-1", "由某局办理。")


def test_an_old_row_under_a_new_wording_shows_what_it_has():
    assert templates.render("thing.done", {"number": "GY-1"}).body == "由…办理。"
    assert templates.render("gone.since", {}).title == "通知"


def test_a_key_has_one_wording():
    other = Template("thing.done", "别的", "", (IN_APP, SMS))
    with pytest.raises(ValueError, match="registered twice"):
        templates.register(other)
    with pytest.raises(LookupError, match="no notice template"):
        templates.get("thing.unknown")

"""The plan of the year before anything is written: reproducible, in the order of time, by those who may."""

from collections import Counter
from datetime import date

import pytest

from qinqing.demo import loading, planning, source
from qinqing.demo.days import Days
from qinqing.demo.lives import World
from qinqing.ui.punctuation import normalise
from qinqing.workdays import queries as workdays
from tests.house.source import ROOT

FIRM_VERBS = {
    "submit", "supplement", "confirm", "reject", "withdraw", "appeal",
    "keep_payee", "ask_review", "agree_to_review", "accept_benefit", "refuse_benefit", "rate_benefit",
}  # fmt: skip


class Names(dict):
    """Every unit is called by its code."""

    def __missing__(self, code):
        return code


def plan():
    return planning.history(World(Days(workdays.package_calendar()), Names()))


@pytest.fixture(scope="module")
def steps():
    return plan()


def test_the_same_seed_plans_the_same_year(steps):
    assert plan() == steps


def test_the_plan_stands_in_the_order_of_time_and_ends_before_the_site_goes_on(steps):
    moments = [step.at for step in steps]
    assert moments == sorted(moments)
    assert moments[0].year == 2019
    assert moments[-1] < loading.NOW


def test_staff_act_in_office_hours_only(steps):
    days = Days(workdays.package_calendar())
    night = {"rxb-operator-12"}  # the hotline answers around the clock
    strays = [
        step for step in steps
        if not step.who.startswith("ent-") and step.who not in night
        and not any(start <= step.at <= end for start, end in days.calendar.shifts_on(step.at.date()))
    ]
    assert [(step.who, step.verb, step.at) for step in strays] == []


def test_an_enterprise_says_only_what_is_its_own_to_say(steps):
    said = {step.verb for step in steps if step.who.startswith("ent-")}
    assert said == FIRM_VERBS


def test_every_difficulty_of_the_year_is_submitted_once(steps):
    submitted = Counter(step.problem.id for step in steps if step.verb == "submit")
    assert set(submitted.values()) == {1}
    assert source.problems().keys() <= submitted.keys()


def test_fates_befall_different_difficulties():
    book = source.read("fates")
    struck = [key for fate in ("slow_entry", "late", "extended", "reopened", "objected", "passed_on", "ping_pong", "overdue")
              for keys in book[fate].values() for key in keys]
    struck += [*book["unreached"], *book["reasonable"]]
    assert Counter(struck).most_common(1)[0][1] == 1


@pytest.mark.parametrize("file", sorted((ROOT / "src/qinqing/demo/data").glob("*.yaml")), ids=lambda file: file.stem)
def test_texts_have_chinese_punctuation(file):
    assert [text for text in texts(source.read(file.stem)) if normalise(text) != text] == []


def texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else []


def test_working_days_are_those_of_the_calendar():
    days = Days(workdays.package_calendar())
    assert days.after(date(2020, 4, 24), 1) == date(2020, 4, 26)  # a Sunday at work
    assert days.after(date(2020, 4, 25), 0) == date(2020, 4, 26)
    assert days.after(date(2020, 9, 30), 1) == date(2020, 10, 9)
    assert days.of_month(2020, 2)[0] == date(2020, 2, 3)

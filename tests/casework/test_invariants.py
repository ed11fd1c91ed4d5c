"""Matters that nothing moves any more are found, whoever should move them."""

import pytest

from qinqing.casework import actions, queries
from tests.casework.road import at, handling, replied

pytestmark = pytest.mark.django_db


def stuck() -> list[str]:
    return [str(sentence) for _, sentence in queries.stuck()]


def test_an_answer_that_nobody_confirms_is_stuck_until_somebody_calls(town):
    matter = replied(town)
    with at(12):
        assert stuck() == []
    with at(25):
        assert stuck() == ["等企业 11 个工作日没有回音，请联系企业。"]
        actions.contact(actor=town.ban, matter=matter, means="phone", reached=False, text="没人接")
        assert stuck() == []


def test_a_question_that_nobody_answers_is_stuck(town):
    matter = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
    with at(20):
        assert stuck() == ["等企业 12 个工作日没有回音，请联系企业。"]


def test_long_overdue_and_silent(town):
    handling(town)
    with at(24):
        assert stuck() == ["已超期，15 个工作日没有任何动作。"]
        assert list(queries.broken()) == []

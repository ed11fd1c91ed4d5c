"""`qinqing route` and `qinqing similar`: from closed matters, with the reasons, and silent when nothing is like the text."""

import json

import pytest
from django.core.management import call_command

from qinqing.casework import actions
from tests import characters
from tests.casework import road

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    town = characters.make_town()
    matter = road.replied(town)
    with road.at(11):
        actions.confirm(actor=town.lin, matter=matter)
    with road.at(12):
        return actions.close(actor=town.bai, matter=matter)


def told(capsys, command, text):
    code = 0
    try:
        call_command(command, text)
    except SystemExit as end:
        code = end.code
    return code, json.loads(capsys.readouterr().out)


def test_a_text_goes_where_its_like_was_solved(closed, capsys):
    code, answer = told(capsys, "route", "扩建厂房缺工业用地")
    assert code == 0
    assert answer == {"departments": [
        {"code": "land", "name": "市自然资源局", "confidence": 1.0, "reasons": [f"{closed.number} {closed.title}"]}]}


def test_what_was_like_it_says_by_what(closed, capsys):
    code, answer = told(capsys, "similar", "扩建厂房缺工业用地")
    (row,) = answer["similar"]
    assert (code, row["number"], row["department"], row["outcome"]) == (0, closed.number, "市自然资源局", "solved")
    assert "用地" in row["shared"]
    assert 0 < row["likeness"] < 1


@pytest.mark.parametrize(("command", "key"), [("route", "departments"), ("similar", "similar")])
def test_nothing_alike_is_no(closed, capsys, command, key):
    assert told(capsys, command, "年货礼盒怎么报名") == (1, {key: []})


def test_an_open_matter_is_no_example(capsys):
    road.handling(characters.make_town())
    assert told(capsys, "route", "扩建厂房缺工业用地") == (1, {"departments": []})

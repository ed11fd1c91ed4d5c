"""Which limit holds: the track's own, else the standard one; the city's before the platform's."""

import pytest

from qinqing.base import SYSTEM
from qinqing.casework import actions, queries
from qinqing.casework.actions import LimitRow

pytestmark = pytest.mark.django_db

CITY = [
    ("standard", "accept", "2wd"), ("standard", "solution", "20wd"), ("standard", "close", "5wd"),
    ("inquiry", "solution", "4wd"), ("urgent", "accept", "2wh"),
]


@pytest.fixture
def city(db):
    actions.set_limits(actor=SYSTEM, rows=[LimitRow("difficulty", *row, "本市办法") for row in CITY])


@pytest.mark.parametrize(("track", "timer", "limit"), [
    ("standard", "solution", "20wd"),
    ("inquiry", "solution", "4wd"),     # the city's own for the track
    ("inquiry", "response", "1wd"),     # the platform's own for the track
    ("inquiry", "close", "5wd"),        # neither has one for the track: the city's standard
    ("inquiry", "accept", "2wd"),
    ("urgent", "accept", "2wh"),
    ("urgent", "sign", "4wh"),
    ("urgent", "decision", "1wd"),      # nobody says more than the platform's standard
    ("help", "solution", "7wd"),        # a track with a limit of its own keeps it beside the city's standard
])
def test_which_limit_holds(city, track, timer, limit):
    assert queries.limit_of("difficulty", track, timer)[0] == limit
    assert queries.limits_of("difficulty", track)[timer][0] == limit


def test_limits_of_a_track_are_one_query(city, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.limits_of("difficulty", "inquiry")

"""How long the steps took, by unit and month, over what one may see."""

import pytest
from django.test import Client

from qinqing.casework import queries
from qinqing.parties.models import Account
from tests import characters
from tests.casework import road

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return characters.make_town()


def page(actor, query="") -> str:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client.get(f"/desk/durations/{query}")


@pytest.mark.req("M0-007")
def test_each_step_is_counted_in_working_days_from_receipt(town):
    road.replied(town)      # received Monday 2 March, dispatched that day, answered Tuesday the 10th
    road.dispatched(town)   # dispatched, not answered
    found = queries.durations(town.ban, 2026)
    assert [(group.label, group.collected) for group in found.units] == [(town.land.name, 2)]
    assert found.whole.accepted == found.units[0].accepted == queries.durations(town.ban, 2026).months[0].accepted
    assert (found.whole.accepted.days, found.whole.accepted.n) == (0, 2)
    assert (found.whole.replied.days, found.whole.replied.n) == (6, 1)
    assert (found.whole.closed.days, found.whole.closed.n) == (None, 0)


def test_a_unit_counts_its_own_only(town):
    road.replied(town)
    assert queries.durations(town.chen, 2026).whole.collected == 1
    assert queries.durations(town.qiu, 2026).whole.collected == 0


def test_the_page_says_its_scope_and_refuses_years_nobody_has(town):
    road.replied(town)
    with road.at(11):
        shown = page(town.ban)
        assert "您看得到的 1 件" in shown.content.decode()
        assert town.land.name in shown.content.decode()
        assert page(town.ban, "?year=1999").status_code == 404
        assert page(town.lin).status_code == 404


def test_as_many_questions_for_many_as_for_one(town, django_assert_num_queries):
    road.replied(town)
    queries.durations(town.ban, 2026)
    with django_assert_num_queries(2):  # the rows, and which calendar rules
        queries.durations(town.ban, 2026)
    for _ in range(3):
        road.dispatched(town)
    with django_assert_num_queries(2):
        assert queries.durations(town.ban, 2026).whole.collected == 4

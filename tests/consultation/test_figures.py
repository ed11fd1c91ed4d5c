"""A year's figures: what counts, when it counts, and what a rate says while there is nothing."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.casework.terms import Channel, Ground, Outcome, State
from qinqing.consultation import figures
from qinqing.consultation.models import Difficulty

pytestmark = pytest.mark.django_db
MIDSUMMER = datetime(2020, 7, 1, 12, tzinfo=base.TZ)
LATER = datetime(2021, 6, 1, tzinfo=base.TZ)


@pytest.fixture(autouse=True)
def summer_of_2021():
    with base.clock_at(LATER):
        yield


def make(*, received=MIDSUMMER, state=State.SUBMITTED, outcome="", confirmed=None, into=None, channel=Channel.ONLINE):
    """A difficulty as it stands in the register, without the road that led there."""
    number = f"QQ-{Matter.objects.count() + 1}"
    matter = Matter.objects.create(
        number=number, kind="difficulty", track="standard", title="难", topic="land", channel=channel, route="portal", salt="0",
        state=state, is_open=state not in {State.CLOSED, State.MERGED, State.WITHDRAWN}, outcome=outcome,
        ground=Ground.ENTERPRISE if confirmed else "", received_at=received, opened_at=received, changed_at=received,
        confirmed_at=confirmed, merged_into=into, queue_at=received,
    )
    Difficulty.objects.create(matter=matter, topic="land", scope="common")
    return matter


def closed(outcome, confirmed=MIDSUMMER):
    return make(state=State.CLOSED, outcome=outcome, confirmed=confirmed)


def test_without_difficulties_there_is_no_rate():
    found = figures.of_year(2020)
    assert (found.collected, found.resolution.percent, found.solution.percent) == (0, None, None)


@pytest.mark.req("M1-030")
def test_explanations_are_resolved_and_not_solved():
    for outcome in (Outcome.SOLVED, Outcome.PARTLY, Outcome.EXPLAINED, Outcome.REFERRED):
        closed(outcome)
    found = figures.of_year(2020)
    assert (found.resolution.part, found.solution.part, found.collected) == (3, 2, 4)
    assert (found.resolution.percent, found.solution.percent) == (Decimal("75.00"), Decimal("50.00"))


def test_an_answer_that_nobody_has_taken_is_not_resolved():
    make(state=State.REPLIED)
    assert figures.of_year(2020).resolution.part == 0
    assert figures.unresolved(2020).count() == 1


def test_the_year_is_cut_at_the_end_of_the_next_january():
    closed(Outcome.SOLVED, confirmed=datetime(2021, 1, 31, 23, 59, tzinfo=base.TZ))
    closed(Outcome.SOLVED, confirmed=datetime(2021, 2, 1, 0, 0, tzinfo=base.TZ))
    assert figures.of_year(2020).resolution.part == 1
    assert figures.of_year(2020).as_of == datetime(2021, 1, 31, 23, 59, 59, 999999, tzinfo=base.TZ)
    assert figures.of_year(2021).as_of == LATER


def test_a_year_begins_and_ends_at_midnight_in_beijing():
    make(received=datetime(2020, 12, 31, 23, 50, tzinfo=base.TZ))
    make(received=datetime(2021, 1, 1, 0, 10, tzinfo=base.TZ))
    make(received=datetime(2019, 12, 31, 23, 59, tzinfo=base.TZ))
    assert [figures.of_year(year).collected for year in (2019, 2020, 2021)] == [1, 1, 1]
    assert {share.code: share.count for share in figures.breakdown(2020, "month") if share.count} == {"12": 1}


def test_merged_ones_are_intakes_of_what_they_were_merged_into():
    original, older = make(), make(received=MIDSUMMER - timedelta(days=365))
    make(state=State.MERGED, into=original)
    make(state=State.MERGED, into=older)
    make(state=State.WITHDRAWN)
    found = figures.of_year(2020)
    assert (found.collected, found.raw_intakes) == (1, 2)


@pytest.mark.req("M1-005")
def test_every_channel_has_its_line():
    make(channel=Channel.CHAMBER)
    shares = figures.breakdown(2020, "channel")
    assert [share.code for share in shares] == list(Channel.values)
    assert sum(share.count for share in shares) == 1


@pytest.mark.parametrize("by", figures.BREAKDOWNS)
def test_a_breakdown_costs_the_same_for_one_and_for_thirty(by, django_assert_max_num_queries):
    make()
    with django_assert_max_num_queries(2):
        figures.breakdown(2020, by)
    for _ in range(29):
        make()
    with django_assert_max_num_queries(2):
        assert sum(share.count for share in figures.breakdown(2020, by)) == 30

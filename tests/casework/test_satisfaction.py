"""How satisfied: the single answer for the office, totals of five and more for the unit, silence for nobody."""

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Confirmation
from qinqing.casework.terms import Satisfaction
from tests.casework.road import at, replied

pytestmark = pytest.mark.django_db


def answered(town, *grades):
    matter = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=matter)
    reply = matter.replies.get()
    matter.confirmations.all().delete()
    for grade in grades:
        Confirmation.objects.create(matter=matter, reply=reply, ground="enterprise", solved=True, satisfaction=grade,
                                    decided_at=base.now())
    return matter


def test_a_single_answer_is_for_the_office(town):
    matter = answered(town, 1)
    assert queries.satisfaction_with(town.ban, matter) == Satisfaction.VERY_BAD
    assert queries.satisfaction_with(town.chen, matter) is None
    assert queries.satisfaction_with(town.ban, answered(town)) is None


def test_silence_is_no_satisfaction(town):
    matter = answered(town, None)
    assert queries.satisfaction_with(town.ban, matter) is None
    assert queries.satisfaction_totals(town.ban, town.land).answered == 0


def test_a_unit_sees_totals_of_five_and_more_and_cannot_tell_who_came_last(town):
    answered(town, 5, 5, 4, 2)
    assert queries.satisfaction_totals(town.luo, town.land) is None
    assert queries.satisfaction_totals(town.ban, town.land).answered == 4
    answered(town, 1)
    assert queries.satisfaction_totals(town.luo, town.land).grades == {5: 2, 4: 1, 3: 0, 2: 1, 1: 1}
    answered(town, 1, 1)
    assert queries.satisfaction_totals(town.luo, town.land).answered == 5


def test_totals_are_nobody_elses(town):
    for stranger in (town.wei, town.lin, base.PUBLIC):
        with pytest.raises(base.Denied):
            queries.satisfaction_totals(stranger, town.land)

"""并件: one is handled for all who brought it, and nobody's words are lost on the way."""

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Matter
from qinqing.casework.terms import State
from qinqing.consultation import actions as consultation
from qinqing.notices.models import Notice
from tests.casework.road import at, fresh, submitted
from tests.characters import MONDAY

pytestmark = pytest.mark.django_db


def of_qiu(town, **kwargs) -> Matter:
    with base.clock_at(MONDAY):
        return consultation.submit(actor=town.qiu, title="也缺用地", text="地没有交", topic="land",
                                   enterprise=town.other, **kwargs).matter


def merged(town, matter, into):
    with at(2):
        return actions.merge(actor=town.ban, matter=matter, into=into, reason="同一件事")


def test_only_an_open_matter_takes_another_in(town):
    target, other = submitted(town), of_qiu(town)
    with at(2):
        actions.withdraw(actor=town.lin, matter=target, reason="已自行解决")
    with pytest.raises(base.Refused) as refusal:
        merged(town, other, target)
    assert refusal.value.field == "into"


def test_a_complaint_does_not_reach_its_unit_by_another_matter(town):
    target, complaint = submitted(town), of_qiu(town, about_unit=town.land)
    with pytest.raises(base.Refused) as refusal:
        merged(town, complaint, target)
    assert refusal.value.field == "into"


def test_what_was_merged_before_goes_along(town):
    first, second, third = submitted(town), of_qiu(town), submitted(town)
    merged(town, second, third)
    merged(town, third, first)
    assert fresh(second).merged_into_id == first.pk


@pytest.mark.req("M1-014")
def test_when_one_withdraws_the_other_claimant_is_not_lost(town):
    mine, his, again = submitted(town), of_qiu(town), submitted(town)
    merged(town, his, mine)
    merged(town, again, mine)
    with at(3):
        actions.withdraw(actor=town.lin, matter=mine, reason="已自行解决")
    his = fresh(his)
    assert (his.state, his.is_open, his.merged_into, his.outcome, his.closed_at) == (State.SUBMITTED, True, None, "", None)
    assert his.timer == "accept"
    assert his.due_at == fresh(his).clocks.get(timer="accept").due_at
    assert queries.timeline(town.qiu, his)[0].verb == "matter.separated"
    assert Notice.objects.filter(recipient=town.qiu.account_id, template="matter.separated").count() == 1
    assert fresh(again).state == State.MERGED


def test_the_office_takes_apart_what_is_not_the_same(town):
    mine, his = submitted(town), of_qiu(town)
    merged(town, his, mine)
    with at(3):
        with pytest.raises(base.Denied):
            actions.separate(actor=town.qiu, matter=his, reason="不是一件事")
        assert actions.separate(actor=town.ban, matter=his, reason="不是一件事").state == State.SUBMITTED

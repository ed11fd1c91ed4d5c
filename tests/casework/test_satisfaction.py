"""How satisfied: the single answer for the office, totals of five and more for the unit, silence for nobody."""

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Confirmation
from qinqing.casework.terms import Satisfaction
from tests.casework.pages import links, text
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
    assert queries.satisfaction_totals(town.ban, town.land) is None


def test_a_unit_sees_totals_of_five_and_more_and_cannot_tell_who_came_last(town):
    answered(town, 5, 5, 4, 2)
    assert queries.satisfaction_totals(town.luo, town.land) is None
    assert queries.satisfaction_totals(town.ban, town.land) is None
    answered(town, 1)
    assert queries.satisfaction_totals(town.luo, town.land).grades == {5: 2, 4: 1, 3: 0, 2: 1, 1: 1}
    answered(town, 1, 1)
    assert queries.satisfaction_totals(town.luo, town.land).answered == 5
    assert queries.satisfaction_totals(town.ban, town.land).answered == 7


def test_totals_are_nobody_elses(town):
    for stranger in (town.wei, town.lin, base.PUBLIC):
        with pytest.raises(base.Denied):
            queries.satisfaction_totals(stranger, town.land)


# —— the page ——

def test_the_office_reads_every_unit_and_the_rows_behind_a_total(town, signed_in):
    matter = answered(town, 5, 5, 4, 2, 1)
    ban = signed_in(town.ban)
    page = ban.get("/desk/satisfaction/")
    assert "市自然资源局 5 2 1 0 1 1" in text(page)
    assert "/desk/satisfaction/land/" in links(page)
    rows = ban.get("/desk/satisfaction/land/")
    assert "打分 5 次" in text(rows)
    assert links(rows, f"/desk/matters/{matter.number}/") == [f"/desk/matters/{matter.number}/"] * 5


def test_a_unit_reads_its_own_total_and_why_no_rows(town, signed_in):
    answered(town, 5, 5, 4, 2, 1, 1)
    luo, wei = signed_in(town.luo), signed_in(town.wei)
    page = luo.get("/desk/satisfaction/")
    assert "市自然资源局 5 2 1 0 1 1" in text(page)
    assert "这里不列是哪几件" in text(page)
    assert links(page, "/desk/satisfaction/land/") == []
    assert luo.get("/desk/satisfaction/land/").status_code == 403
    assert "还没有企业打分" in text(wei.get("/desk/satisfaction/"))


def test_fewer_than_five_are_not_shown_to_anybody(town, signed_in):
    answered(town, 5, 5, 4, 2)
    for who in (town.ban, town.hao, town.luo):
        assert "市自然资源局 不满 5 次，不显示" in text(signed_in(who).get("/desk/satisfaction/"))


def test_the_page_is_nobody_elses(town, signed_in):
    for who in (town.xian, town.operator):
        assert signed_in(who).get("/desk/satisfaction/").status_code == 403
    assert signed_in(town.lin).get("/desk/satisfaction/").status_code == 404


def test_the_table_asks_as_often_for_many_as_for_few(town, django_assert_num_queries):
    answered(town, 5, 5, 4, 2, 1)
    for _ in range(2):
        with django_assert_num_queries(2):
            queries.satisfaction_by_unit(town.ban)
        answered(town, 3, 3)


def test_an_office_does_not_count_what_it_may_not_know(town):
    matter = answered(town, 5, 5, 4, 2, 1)
    matter.about_unit = town.office
    matter.save()
    assert queries.satisfaction_by_unit(town.ban) == []
    assert len(queries.satisfaction_by_unit(town.hao)) == 1

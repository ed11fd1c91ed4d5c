"""The leaders' overview: every figure is a list of rows, no row stands there without one, few answers stay untold."""

import html
import re

import pytest

from qinqing.base import Role
from qinqing.casework import actions, queries
from qinqing.casework.models import Confirmation, Matter
from qinqing.casework.terms import Level
from tests import characters
from tests.casework.pages import links, source, text
from tests.casework.road import at, dispatched, handling, replied, submitted

pytestmark = pytest.mark.django_db


def test_a_leaders_desk_begins_with_the_overview_and_no_other_does(town, signed_in):
    with at(2):
        assert signed_in(town.hao).get("/desk/")["Location"] == "/desk/overview/"
        assert signed_in(town.ban).get("/desk/").status_code == 200
        assert signed_in(town.ban).get("/desk/overview/").status_code == 403


def test_every_figure_leads_to_as_many_rows(town, signed_in):
    submitted(town), dispatched(town), replied(town)
    supervised, high = handling(town), handling(town)
    Matter.objects.filter(pk=high.pk).update(level=Level.LEADER)
    with at(27, month=4):
        actions.supervise(actor=town.hao, matter=supervised, reason="企业等了很久")
        hao = signed_in(town.hao)
        page = hao.get("/desk/overview/")
        figures = re.findall(r'<a href="(/desk/\?tab=[^"]+)">(?:<b>)?(\d+)', source(page))
        shown = {html.unescape(address): int(count) for address, count in figures}
        assert len(shown) > 8
        for address, count in shown.items():
            assert source(hao.get(address)).count("data-open=") == count, address
    assert shown["/desk/?tab=running"] == 5
    assert shown["/desk/?tab=to_consider"] == shown["/desk/?tab=supervised"] == 1
    assert shown["/desk/?tab=running&unit=-"] == 1


def test_units_and_counties_without_matters_have_no_row(town, signed_in):
    dispatched(town)
    with at(3):
        page = text(signed_in(town.hao).get("/desk/overview/"))
    assert "市自然资源局 1" in page
    assert "市供电公司" not in page
    assert "西区" not in page


@pytest.mark.parametrize(("grades", "said"), [([5, 5, 4, 3], "0 不足 5 件"), ([5, 5, 4, 3, 2], "4 / 5")])
def test_fewer_than_five_answers_are_not_told(town, signed_in, grades, said):
    matter = replied(town)
    for grade in grades:
        with at(11):
            Confirmation.objects.create(matter=matter, reply=matter.replies.get(), ground="enterprise", solved=True,
                                        satisfaction=grade, decided_at=matter.received_at)
    with at(11):
        assert said in text(signed_in(town.hao).get("/desk/overview/"))


def test_a_county_leader_sees_the_county_and_no_grades(town, signed_in):
    submitted(town)
    county = characters.make_unit("east", "东区人民政府", "county", town.city, town.county)
    west = characters.make_unit("west", "西区人民政府", "county", town.city, town.elsewhere)
    with at(2):
        east = characters.in_post("east", "东", county, Role.COUNTY_LEADER)
        page = signed_in(east).get("/desk/overview/")
        assert "1 在办" in text(page)
        assert "满意" not in text(page)
        assert "/desk/?tab=to_consider" not in links(page)
        assert queries.overview(characters.in_post("west", "西", west, Role.COUNTY_LEADER)).whole.running == 0

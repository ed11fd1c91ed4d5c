"""What an enterprise asked to be kept is read by those who know it and must keep it, by itself, and by nobody else."""

import pytest

from qinqing.base import Role
from qinqing.casework import access
from qinqing.casework.access import Standing
from qinqing.casework.models import Matter
from qinqing.casework.terms import Route
from tests import characters
from tests.casework.pages import links, page_of, text
from tests.casework.road import at, handling, submitted

pytestmark = pytest.mark.django_db
FROM_UNIT, FROM_HANDLER = "名称保密：企业不让承办单位知道。", "名称保密：企业不让承办人知道。"
ABOUT = "反映的是市水务局，不能交给它办，也不要向它透露。"


@pytest.fixture
def water(town):
    return characters.make_unit("water", "市水务局", parent=town.city)


def read(signed_in, actor, matter):
    with at(4):
        return page_of(signed_in(actor), matter)


# —— the name ——

@pytest.mark.parametrize(("who", "told"), [
    ("ban", True), ("bai", True), ("xian", True), ("hao", True), ("luo", False), ("chen", False), ("wei", False),
])
def test_who_knows_a_name_hidden_from_the_unit_is_told_to_keep_it(town, signed_in, who, told):
    page = text(read(signed_in, getattr(town, who), handling(town, anonymity="from_unit")))
    assert (FROM_UNIT in page) is told
    assert ("演示新材料" in page) is told


@pytest.mark.parametrize(("who", "told"), [
    ("ban", True), ("xian", True), ("hao", True), ("luo", True), ("wei", True), ("chen", False),
])
def test_who_knows_a_name_hidden_from_the_handler_is_told_to_keep_it(town, signed_in, who, told):
    page = text(read(signed_in, getattr(town, who), handling(town, anonymity="from_handler")))
    assert (FROM_HANDLER in page) is told
    assert ("演示新材料" in page) is told


def test_an_open_name_is_nothing_to_keep(town, signed_in):
    assert "名称保密" not in text(read(signed_in, town.ban, handling(town)))


def test_beside_the_list_it_is_told_too(town, signed_in):
    matter = handling(town, anonymity="from_unit")
    with at(4):
        assert FROM_UNIT in text(signed_in(town.ban).get("/desk/", {"open": matter.number}))


@pytest.mark.parametrize(("who", "there"), [("ban", True), ("luo", False), ("chen", False)])
def test_where_the_name_is_hidden_nothing_leads_to_it(town, signed_in, who, there):
    """Neither a receipt that would not open, nor a history that would be empty."""
    matter, person = handling(town, anonymity="from_unit"), signed_in(getattr(town, who))
    with at(4):
        page = page_of(person, matter)
        receipt = f"/matters/{matter.number}/receipt/"
        assert (receipt in links(page)) is there
        assert (person.get(receipt).status_code == 200) is there
        beside = text(person.get("/desk/", {"open": matter.number}))
    for shown in (text(page), beside):
        assert ("以前没有提过困难" in shown) is there


# —— whom it is about ——

@pytest.mark.parametrize("who", ["ban", "bai", "xian", "hao", "luo", "chen", "wei"])
def test_who_handles_it_reads_whom_it_is_about(town, signed_in, water, who):
    assert ABOUT in text(read(signed_in, getattr(town, who), handling(town, about_unit=water)))


@pytest.mark.parametrize("role", [Role.LIAISON, Role.HANDLER, Role.UNIT_LEADER])
def test_whom_it_is_about_finds_nothing(town, signed_in, water, role):
    matter = handling(town, about_unit=water)
    assert read(signed_in, characters.in_post("accused", "水", water, role), matter).status_code == 404


@pytest.mark.parametrize("role", [Role.HOTLINE_OPERATOR, Role.CHAMBER, Role.EVALUATOR])
def test_who_entered_it_reads_what_was_entered(town, signed_in, water, role):
    hall = characters.make_unit("hall", "某登记单位", parent=town.city)
    clerk = characters.in_post("clerk", "何", hall, role)
    matter = handling(town, about_unit=water, anonymity="from_unit")
    Matter.objects.filter(pk=matter.pk).update(registered_for=hall, route=Route.HOTLINE)
    page = text(read(signed_in, clerk, matter))
    assert ABOUT in page
    assert FROM_UNIT in page


def test_never_the_unit_itself_whatever_else_it_is(town, water):
    accused = characters.in_post("accused", "水", water, Role.ENVIRONMENT_OFFICE)
    assert not access.may_know_subject(accused, Standing(registered=True, lead=True), water.pk)


@pytest.mark.parametrize("role", [Role.CHAMBER, Role.EVALUATOR])
def test_outsiders_know_only_what_they_brought(town, water, role):
    outsider = characters.in_post("outsider", "外", town.power, role)
    assert not access.may_know_subject(outsider, Standing(), water.pk)


# —— its own choice ——

def test_the_enterprise_reads_its_choice_back(town, signed_in, water):
    matter = submitted(town, anonymity="from_unit", about_unit=water)
    lin = signed_in(town.lin)
    with at(2):
        for address in ("", "receipt/"):
            page = text(lin.get(f"/matters/{matter.number}/{address}"))
            assert "名称保密 不让承办单位知道" in page
            assert "反映的单位 市水务局，不会交给它办，它也看不到" in page


def test_who_chose_nothing_reads_nothing_of_it(town, signed_in):
    matter = submitted(town)
    with at(2):
        for address in ("", "receipt/"):
            page = text(signed_in(town.lin).get(f"/matters/{matter.number}/{address}"))
            assert "名称保密" not in page
            assert "反映的单位" not in page


def test_a_strangers_page_is_not_there(town, signed_in, water):
    matter = submitted(town, anonymity="from_unit", about_unit=water)
    for address in ("", "receipt/"):
        assert signed_in(town.qiu).get(f"/matters/{matter.number}/{address}").status_code == 404

"""The workbench: who sees which rows, every filter by its address, pages by key, and how much it asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing import base
from qinqing.base import Role
from qinqing.casework import actions
from qinqing.consultation import actions as consultation
from tests import characters
from tests.casework.pages import links, source, text
from tests.casework.road import at, dispatched, handling, replied, submitted
from tests.characters import MONDAY

pytestmark = pytest.mark.django_db
QUERIES = 7  # session, account, post with its units, calendar, rows, counts, unread notices


def many(town, count, **fields):
    with base.clock_at(MONDAY):
        return [consultation.submit(actor=town.lin, title=f"第{n}件", text="缺地", topic="land", enterprise=town.enterprise,
                                    **fields).matter for n in range(count)]


# —— who gets in ——

def test_who_is_not_signed_in_is_asked_to_and_comes_back(town, client):
    answer = client.get("/desk/?tab=overdue")
    assert (answer.status_code, answer["Location"]) == (303, "/login/?next=/desk/%3Ftab%3Doverdue")


def test_who_has_two_posts_and_chose_none_is_asked_which(town, signed_in):
    characters.Post.objects.create(account_id=town.luo.account_id, unit=town.power, role=Role.LIAISON,
                                   valid_from=characters.LONG_AGO)
    nobody = signed_in(base.Actor(account_id=town.luo.account_id))
    assert nobody.get("/desk/")["Location"] == "/acting-as/?next=/desk/"


def test_an_enterprise_finds_no_workbench(town, signed_in):
    for address in ("/desk/", "/desk/bulk/", "/desk/filters/topic/", f"/desk/matters/{submitted(town).number}/"):
        assert signed_in(town.lin).get(address).status_code == 404


def test_administrators_are_told_why_they_read_no_business(town, signed_in):
    admin = characters.in_post("admin", "管", town.office, Role.SYSTEM_ADMIN)
    answer = signed_in(admin).get("/desk/")
    assert answer.status_code == 403
    assert "管理员不读业务数据" in text(answer)


# —— which rows ——

@pytest.mark.req("M1-004")
def test_the_office_has_what_is_to_be_dispatched_under_the_day_it_is_due(town, signed_in):
    submitted(town)
    with at(2, 11):
        page = text(signed_in(town.ban).get("/desk/"))
    assert "待交办 1 在办 1 已超期 0 今明到期 1" in page
    assert "今天新到 1 件" in page
    assert "今明到期 剩 1 天 二期扩建缺15亩工业用地 东区 · 广元演示新材料有限公司 待受理 用地 09:20" in page
    with at(5, 11):
        assert "已超期，需要马上处理 超 2 天" in text(signed_in(town.ban).get("/desk/"))


def test_a_unit_has_its_own_and_no_other(town, signed_in):
    dispatched(town)
    with at(2, 16):
        assert "待签收 1 办理中 0" in text(signed_in(town.luo).get("/desk/"))
        assert "待签收 1" in text(signed_in(town.wei).get("/desk/"))  # as helper
    other = characters.in_post("other", "另", characters.make_unit("hr", "市人社局", parent=town.city), Role.LIAISON)
    with at(2, 16):
        assert "二期扩建" not in text(signed_in(other).get("/desk/?tab=running"))


def test_a_county_has_its_own(town, signed_in):
    submitted(town)
    elsewhere = characters.make_unit("west-office", "西区营商环境办", "county_office", town.city, town.elsewhere)
    west = characters.in_post("west", "西", elsewhere, Role.COUNTY_OFFICE)
    with at(2):
        assert "二期扩建" in text(signed_in(town.xian).get("/desk/"))
        assert "二期扩建" not in text(signed_in(west).get("/desk/"))


def test_a_hidden_name_is_neither_shown_nor_found(town, signed_in):
    dispatched(town, anonymity="from_unit")
    with at(2, 16):
        luo, ban = signed_in(town.luo), signed_in(town.ban)
        page = text(luo.get("/desk/"))
        assert "二期扩建" in page
        assert "企业要求不公开名称" in page
        assert "演示新材料" not in page
        assert "二期扩建" not in text(luo.get("/desk/?tab=running&q=演示新材料"))
        assert "二期扩建" in text(ban.get("/desk/?tab=running&q=演示新材料"))


def test_what_waits_for_this_actor_stands_out(town, signed_in):
    dispatched(town)
    with at(2, 16):
        assert '<div class="rw">' in source(signed_in(town.luo).get("/desk/?tab=running"))
        assert '<div class="rw read">' in source(signed_in(town.ban).get("/desk/?tab=running"))


def test_supervision_comes_before_the_state(town, signed_in):
    matter = handling(town)
    with at(4):
        actions.supervise(actor=town.hao, matter=matter, reason="企业等了很久")
        assert "督办中 用地" in text(signed_in(town.luo).get("/desk/?tab=handling"))


# —— filters ——

@pytest.mark.parametrize(("query", "found"), [
    ("topic=land", True), ("topic=labour", False), ("county=510802", True), ("county=510811", False),
    ("channel=online", True), ("channel=chamber", False), ("unit=land", True), ("unit=power", False),
    ("q=0302-0001", True), ("q=演示新材料", True), ("q=工业用地", True), ("q=设备12月", True), ("q=15亩", True),
    ("q=地", True), ("q=冷库", False),
    ("topic=land&county=510802&unit=land", True),
])
def test_every_filter_has_an_address(town, signed_in, query, found):
    dispatched(town)
    with at(2, 16):
        page = text(signed_in(town.ban).get(f"/desk/?tab=running&{query}"))
    assert ("二期扩建" in page) is found
    assert ("没有符合筛选的事项" in page) is not found


def test_mine_are_those_i_handle(town, signed_in):
    matter = dispatched(town)
    with at(3):
        chen = characters.Account.objects.get(pk=town.chen.account_id)
        actions.sign(actor=town.luo, matter=matter, handler=chen)
        assert "二期扩建" in text(signed_in(town.chen).get("/desk/?tab=handling&mine=1"))
        assert "二期扩建" not in text(signed_in(town.luo).get("/desk/?tab=handling&mine=1"))


def test_a_filter_that_is_set_says_so_and_can_be_dropped(town, signed_in):
    with at(2):
        answer = signed_in(town.ban).get("/desk/?tab=running&topic=land&county=510802&q=地")
    assert "类别：用地" in text(answer)
    assert "县区：东区" in text(answer)
    assert "/desk/?tab=running&county=510802&q=%E5%9C%B0" in links(answer)


def test_the_choices_of_a_filter_are_a_page_and_a_part_of_it(town, signed_in):
    ban = signed_in(town.ban)
    address = "/desk/filters/county/?tab=running"
    page, part = ban.get(address), ban.get(address, headers={"HX-Request": "true", "HX-Target": "div#choices"})
    assert "按县区筛选" in text(page)
    assert "/desk/?tab=running&county=510811" in links(part)
    assert "<h1" not in source(part)
    assert source(part) in source(page)


def test_a_filter_that_narrows_nothing_is_not_offered(town, signed_in):
    assert signed_in(town.luo).get("/desk/filters/unit/").status_code == 404
    assert signed_in(town.xian).get("/desk/filters/county/").status_code == 404
    assert signed_in(town.ban).get("/desk/filters/colour/").status_code == 404


@pytest.mark.parametrize("query", ["tab=x", "size=7", "size=-1", "after=x_y", "after=9" * 30, "topic=%00", "q=%00", "q=%25"])
def test_a_made_up_address_does_no_harm(town, signed_in, query):
    submitted(town)
    with at(2):
        assert signed_in(town.ban).get(f"/desk/?{query}").status_code == 200


# —— pages ——

def test_pages_follow_one_another_without_gap_or_double(town, signed_in):
    many(town, 30)
    ban, seen, address = signed_in(town.ban), [], "/desk/?topic=land"
    with at(2):
        while address:
            answer = ban.get(address)
            seen += [link for link in links(answer, "/desk/matters/") if link.count("/") == 4]
            assert ("回到开头" in text(answer)) is ("after=" in address)
            address = next((link for link in links(answer, "after=") if "下一页" in text(answer)), "")
    assert len(seen) == len(set(seen)) == 30


@pytest.mark.parametrize("who", ["ban", "luo", "xian"])
def test_the_list_asks_the_same_of_the_database_for_25_rows_and_for_100(town, signed_in, who):
    for matter in many(town, 105):
        with at(2, 15):
            actions.dispatch(actor=town.ban, matter=matter, lead=town.land)
    client, counts = signed_in(getattr(town, who)), {}
    client.get("/desk/")  # the first of a minute also notes that the person is still there
    for size in (25, 100):
        with at(3), CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/desk/?tab=running&size={size}")
        assert source(answer).count("data-open=") == size
        counts[size] = len(asked)
    assert counts == {25: QUERIES, 100: QUERIES}


# —— nothing to show ——

def test_an_empty_list_says_what_that_means_and_what_is_next(town, signed_in):
    ban = signed_in(town.ban)
    with at(2):
        assert "待交办事项已全部交办" in text(ban.get("/desk/"))
        assert "没有超期事项" in text(ban.get("/desk/?tab=overdue"))
    dispatched(town)
    with at(6):
        answer = ban.get("/desk/")
    assert "还有 1 件已超期。 去催办" in text(answer)
    assert "/desk/?tab=overdue" in links(answer)


# —— beside the list ——

def test_the_panel_alone_is_the_panel_of_the_whole_page(town, signed_in):
    matter = replied(town)
    address = f"/desk/?tab=running&open={matter.number}"
    with at(11):
        ban = signed_in(town.ban)
        page, part = ban.get(address), ban.get(address, headers={"HX-Request": "true", "HX-Target": "aside#panel"})
    assert source(part) in source(page)
    assert "<html" not in source(part)
    assert "设备12月底到厂，地还没交。" in text(part)
    assert 'class="rw cur' in source(page)


def test_nobody_opens_what_is_not_theirs(town, signed_in):
    matter = submitted(town)
    assert signed_in(town.luo).get(f"/desk/?open={matter.number}").status_code == 404


def test_closing_the_panel_keeps_filter_and_page(town, signed_in):
    matter = submitted(town)
    with at(2):
        answer = signed_in(town.ban).get(f"/desk/?topic=land&open={matter.number}")
    assert 'href="/desk/?topic=land" data-shut' in source(answer)

"""The workbench: who sees which rows, every filter by its address, pages by key, and how much it asks of the database."""

import re

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
QUERIES = 8


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
    assert "待交办 1 待裁定 0 单位在办 0 待企业确认 0 待核查销号 0 全部在办 1 已超期 0 今明到期 1" in page
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


def test_a_row_says_which_unit_has_it_but_to_that_unit(town, signed_in):
    dispatched(town)
    with at(2, 16):
        assert "广元演示新材料有限公司 · 市自然资源局主办" in text(signed_in(town.ban).get("/desk/?tab=at_units"))
        assert "市自然资源局主办" in text(signed_in(town.wei).get("/desk/"))  # the helper
        assert "市自然资源局主办" not in text(signed_in(town.luo).get("/desk/"))


def counts(answer):
    """What the tabs say, by key."""
    tabs = re.search(r'(?s)<nav class="tabs".*?</nav>', source(answer))[0]
    return dict(re.findall(r'tab=(\w+)[^>]*>.*?<span class="num">(\d+)</span>', tabs))


def test_the_offices_tabs_share_out_what_is_open(town, signed_in):
    submitted(town), dispatched(town), handling(town), replied(town)
    objected = dispatched(town)
    with at(3):
        actions.object_to_dispatch(actor=town.luo, matter=objected, reason="属供电公司")
    with at(11):
        actions.confirm(actor=town.lin, matter=replied(town))
        found = counts(signed_in(town.ban).get("/desk/"))
    stages = {"to_dispatch": "1", "to_decide": "1", "at_units": "2", "replied": "1", "to_close": "1"}
    assert found == stages | {"running": "6", "overdue": found["overdue"], "soon": found["soon"]}


@pytest.mark.parametrize("role", [Role.CHAMBER, Role.EVALUATOR, Role.HOTLINE_OPERATOR])
def test_who_passes_on_has_tabs_of_what_was_passed_on(town, signed_in, role):
    passing = characters.in_post("passing", "传", characters.make_unit("club", "市商会", "chamber", town.city), role)
    with at(2):
        page = text(signed_in(passing).get("/desk/"))
    assert "正在办 0 待企业补充 0 待企业确认 0 已结束" in page
    assert "待交办" not in page


# —— where one begins ——

def current(answer):
    return re.search(r'aria-current="[^"]+"[^>]*>([^<\s]+)', re.search(r'(?s)<nav class="tabs".*?</nav>', source(answer))[0])[1]


@pytest.mark.req("M1-004")
def test_who_asks_for_no_tab_begins_at_the_first_that_holds_anything(town, signed_in):
    handling(town)
    with at(4):
        for who, label in ((town.luo, "办理中"), (town.chen, "办理中"), (town.wei, "待签收"), (town.ban, "单位在办")):
            assert current(signed_in(who).get("/desk/")) == label
        assert current(signed_in(town.luo).get("/desk/?topic=land")) == "办理中"
        assert current(signed_in(town.luo).get("/desk/?topic=labour")) == "待签收"
    dispatched(town)
    with at(4):
        assert current(signed_in(town.luo).get("/desk/")) == "待签收"
        assert current(signed_in(town.chen).get("/desk/")) == "办理中"  # who handles signs for nothing


def test_a_tab_that_is_asked_for_stays_though_it_is_empty(town, signed_in):
    handling(town)
    with at(4):
        assert current(signed_in(town.luo).get("/desk/?tab=to_sign")) == "待签收"
        assert current(signed_in(town.ban).get("/desk/?tab=to_dispatch")) == "待交办"


def test_the_next_page_is_of_the_same_tab(town, signed_in):
    many(town, 30)
    with at(2):
        assert "tab=to_dispatch" in links(signed_in(town.ban).get("/desk/"), "after=")[0]


# —— the search ——

@pytest.mark.req("M1-004")
def test_a_search_looks_over_all_that_one_may_see_and_says_where_it_is(town, signed_in):
    submitted(town), handling(town)
    with at(11):
        actions.withdraw(actor=town.lin, matter=submitted(town), reason="已自行解决")
        ban = signed_in(town.ban)
        answer = ban.get("/desk/?q=工业用地")
        assert "在您能看到的全部事项里，找到 3 件。" in text(answer)
        found = counts(answer)
        assert (found["all"], found["to_dispatch"], found["at_units"], found["to_close"], found["ended"]) == (
            "3", "1", "1", "0", "1")
        assert source(answer).count("data-open=") == 3
        assert source(ban.get("/desk/?q=工业用地&tab=ended")).count("data-open=") == 1
        assert 'name="tab"' not in source(ban.get("/desk/?tab=ended&topic=land"))  # the next search is over all again


def test_the_search_of_a_unit_finds_its_own_and_counts_no_others(town, signed_in):
    mine = dispatched(town)
    many(town, 3)
    with at(2, 16):
        page = text(signed_in(town.luo).get("/desk/?q=缺"))
    assert "找到 1 件" in page
    assert mine.title in page


def test_a_full_number_leads_to_its_matter(town, signed_in):
    matter = submitted(town)
    with at(2):
        asked = f"/desk/?tab=ended&q=%20{matter.number.lower()}%20"
        assert signed_in(town.ban).get(asked)["Location"] == f"/desk/matters/{matter.number}/"
        assert "找到 0 件" in text(signed_in(town.luo).get(asked))


# —— filters ——

@pytest.mark.parametrize(("query", "found"), [
    ("topic=land", True), ("topic=labour", False), ("county=510802", True), ("county=510811", False),
    ("channel=online", True), ("channel=chamber", False), ("unit=land", True), ("unit=power", False), ("unit=-", False),
    ("q=0302-000", True), ("q=演示新材料", True), ("q=工业用地", True), ("q=设备12月", True), ("q=15亩", True),
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
        assert "待交办事项已全部交办" in text(ban.get("/desk/?tab=to_dispatch"))
        assert "没有超期事项" in text(ban.get("/desk/?tab=overdue"))
    dispatched(town)
    with at(6):
        answer = ban.get("/desk/?tab=to_dispatch")
        theirs = text(signed_in(town.luo).get("/desk/?tab=handling"))
    assert "还有 1 件已超期。 去催办" in text(answer)
    assert "/desk/?tab=overdue" in links(answer)
    assert "还有 1 件已超期。 去办理" in theirs


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

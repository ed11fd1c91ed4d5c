"""What people read of policies: the library, the verdict on a policy's page, one's own list, the issuer's desk."""

import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qinqing import base
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.policy import actions
from qinqing.policy.models import Following, Policy, PolicyItem
from tests import characters

from . import road

pytestmark = pytest.mark.django_db
KNOWN = {"employees": "7人", "blacklisted": False, "apprentices": "7人"}


@pytest.fixture(autouse=True)
def _monday():
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture
def leader(town):
    return road.leader(town)


def as_(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def know(town, **facts):
    for name, value in facts.items():
        parties.record_fact(
            actor=town.chen, enterprise=town.enterprise, name=name, value=value, as_of=date(2026, 2, 1), source=town.land,
            permitted_use="matching")


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# —— the library ——


@pytest.mark.req("M3-026", "M3-027")
def test_everybody_finds_what_is_public_by_its_words_and_nothing_else(town, leader):
    road.published(town, leader)
    road.drafted(town, "P2", title="还没有发布的办法")
    kept_back = road.published(town, leader, "P3", title="依法不公开的办法")
    actions.withhold(actor=leader, policy=kept_back, ground="保密法第十三条", approver="王主任")
    page = text(Client().get("/policies/"))
    assert "企业稳岗奖励办法" in page
    assert "还没有发布" not in page
    assert "依法不公开的办法" not in page
    assert "依法不公开的 1 份不在内" in page
    assert "企业稳岗奖励办法" in text(Client().get("/policies/?q=一次性奖励"))
    assert "没有找到" in text(Client().get("/policies/?q=冷库"))


@pytest.mark.parametrize(("query", "found"), [
    ("standing=in_force", True), ("standing=expired", False), ("benefit_class=grant", True), ("benefit_class=relief", False),
    ("mode=automatic", True), ("mode=fast", False), ("issuer=land", True), ("issuer=power", True), ("size=small", True),
    ("size=large", False), ("county=510802", True), ("county=nonsense", True), ("standing=nonsense", True), ("page=99", True),
    ("q=%00", True), ("q=%25", False),
])
def test_every_filter_has_an_address_and_a_made_up_one_does_no_harm(town, leader, query, found):
    small = {"where": {"fact": "size", "in": ["micro", "small"]}}
    road.published(town, leader, rule=small)
    page = text(Client().get(f"/policies/?{query}"))
    assert ("企业稳岗奖励办法" in page) is found
    assert "有错误" not in page


def test_the_list_asks_the_same_of_the_database_for_one_and_for_five(town, leader):
    road.published(town, leader)
    Client().get("/policies/")
    one = queries_of(Client(), "/policies/")
    for number in range(2, 6):
        road.published(town, leader, f"P{number}")
    assert queries_of(Client(), "/policies/") == one


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# —— one policy ——


@pytest.mark.req("M3-012")
def test_a_policys_page_tells_when_each_piece_became_public_and_how_long_it_took(town, leader):
    policy = road.published(town, leader)
    with base.clock_at(datetime(2026, 3, 5, 10)):
        actions.record_channel(
            actor=town.chen, policy=policy, piece="list", channel="hall", published_on=date(2026, 3, 5), place="政务大厅")
        page = text(Client().get("/policies/P1/"))
        assert "印发当天" in page
        assert "印发后 3 个工作日" in page
        assert "3 月 11 日" in page  # seven working days after the second of March
    with base.clock_at(datetime(2026, 3, 20, 10)):
        assert "应在 3 月 11 日前公开，还没有公开" in text(Client().get("/policies/P1/")).replace(" ，", "，")


def test_a_visitor_reads_the_conditions_and_is_shown_the_way_in(town, leader):
    road.published(town, leader)
    page = text(Client().get("/policies/P1/"))
    assert "登录看看本企业符不符合" in page
    assert "职工满10人，奖3万元。" in page
    assert "依据第三条" in page


@pytest.mark.req("M3-030")
@pytest.mark.parametrize(("facts", "headline", "also"), [
    ({"employees": "12人", "blacklisted": False}, "符合", "3 万元"),
    ({"employees": "7人", "blacklisted": False}, "从业人数 ≥ 10 人", "差 3 人"),
    ({"blacklisted": False}, "还缺 1 个数据：从业人数", "数据在"),
    ({"employees": "12人", "blacklisted": True}, "不符合", "列入失信名单"),
])
def test_the_verdict_comes_first_with_the_own_value_its_source_and_day(town, leader, facts, headline, also):
    road.published(town, leader)
    know(town, **facts)
    page = text(as_(town.lin).get("/policies/P1/"))
    assert headline in page
    assert also in page
    assert "市自然资源局，2 月 1 日" in page


def test_of_those_that_are_not_paid_together_only_the_first_fits(town, leader):
    for number in ("P1", "P2"):
        policy = road.approved(town, leader, number, title=f"办法{number}")
        actions.change_item(actor=town.chen, item=policy.items.get(), reason="", stacking="exclusive", stacking_group="g")
        actions.publish(actor=leader, policy=policy)
    know(town, employees="12人", blacklisted=False)
    pages = {number: as_(town.lin).get(f"/policies/{number}/") for number in ("P1", "P2")}
    assert {number: page.context["verdicts"][0].fits for number, page in pages.items()} == {"P1": True, "P2": False}
    assert "不与“企业稳岗奖励办法”重复享受" in text(pages["P2"]) or "不与“办法P1”重复享受" in text(pages["P2"])


def test_a_number_is_tried_in_the_address_and_never_kept(town, leader):
    rule = {"where": {"fact": "apprentices", "ge": "10人"}, "amount": {"mul": ["apprentices", "5000元"]}}
    road.published(town, leader, rule=rule)
    know(town, **KNOWN)
    before = town.enterprise.facts.count()
    tried = text(as_(town.lin).get("/policies/P1/?if_apprentices=12"))
    assert "那样的话 符合 6 万元" in tried
    assert "还差 3 人" in tried
    assert "请填数字" in text(as_(town.lin).get("/policies/P1/?if_apprentices=abc"))
    assert town.enterprise.facts.count() == before


def test_a_part_of_the_page_is_what_the_page_includes(town, leader):
    road.published(town, leader)
    know(town, **KNOWN)
    whole = as_(town.lin).get("/policies/P1/").content.decode()
    part = as_(town.lin).get("/policies/P1/", headers={"HX-Request": "true", "HX-Target": "div#fit"}).content.decode()
    assert part.strip() in whole


def test_the_page_asks_the_same_of_the_database_whatever_it_holds(town, leader):
    policy = road.published(town, leader)
    know(town, **KNOWN)
    client = as_(town.lin)
    client.get("/policies/P1/")
    before = queries_of(client, "/policies/P1/")
    for place in ("甲", "乙", "丙"):
        actions.record_channel(
            actor=town.chen, policy=policy, piece="text", channel="hall", published_on=road.MONDAY, place=place)
    know(town, revenue="100万元", patents="3件")
    assert queries_of(client, "/policies/P1/") == before


@pytest.mark.parametrize("when", ["draft", "withheld"])
def test_what_is_not_public_is_not_found(town, leader, when):
    policy = road.drafted(town) if when == "draft" else road.published(town, leader)
    if when == "withheld":
        actions.withhold(actor=leader, policy=policy, ground="保密法第十三条", approver="王主任")
    assert [as_(who).get("/policies/P1/").status_code for who in (town.lin, town.wei)] == [404, 404]
    assert Client().get("/policies/P1/").status_code == 404


# —— what fits me ——


@pytest.mark.req("M3-014", "M3-030")
def test_my_policies_stand_in_four_groups_that_add_up(town, leader):
    numbers = {"P1": ("employees", "5人"), "P2": ("apprentices", "10人"), "P3": ("patents", "1件"), "P4": ("employees", "500人")}
    for number, (fact, least) in numbers.items():
        rule = {"where": {"fact": fact, "ge": least}, "amount": "2万元"}
        road.published(town, leader, number, title=f"办法{number}", rule=rule)
    everybody = {"where": {"fact": "employees", "ge": "1人"}}
    road.published(town, leader, "P5", title="过期的", effective_to=road.MONDAY, rule=everybody)
    know(town, **KNOWN)
    with base.clock_at(datetime(2026, 3, 3, 9)):
        page = as_(town.lin).get("/policies/mine/")
        mine = page.context["mine"]
    codes = [[verdict.item.code for verdict in group] for group in (mine.eligible, mine.near, mine.unknown, mine.others)]
    assert codes == [["P1-1"], ["P2-1"], ["P3-1"], ["P4-1"]]
    assert mine.count == 4
    shown = text(page)
    assert "1 项已经够条件，其中 1 项合计 2 万元" in shown
    assert "还差 3 人" in shown
    assert "有效发明专利" in shown


def test_what_must_be_applied_for_is_no_match_once_the_days_are_over(town, leader):
    policy = road.approved(town, leader, rule={"where": {"fact": "employees", "ge": "1人"}})
    item = policy.items.get()
    actions.change_item(actor=town.chen, item=item, reason="", mode="fast", window_from=road.MONDAY, window_to=date(2026, 3, 31))
    actions.publish(actor=leader, policy=policy)
    know(town, **KNOWN)
    with base.clock_at(datetime(2026, 4, 1, 9)):
        mine = as_(town.lin).get("/policies/mine/").context["mine"]
    assert [str(reason) for reason, _verdicts in mine.reasons] == ["申报期已过"]


def test_my_policies_are_for_whom_an_enterprise_is_behind(town):
    assert as_(town.chen).get("/policies/mine/").status_code == 404
    assert Client().get("/policies/mine/").status_code == 302


def test_one_is_told_of_changes_and_may_stop_that(town, leader):
    road.published(town, leader)
    client = as_(town.lin)
    client.post("/policies/P1/follow/")
    client.post("/policies/mine/follow/")
    assert Following.objects.count() == 2
    assert "不再关注" in text(client.get("/policies/P1/"))
    client.post("/policies/P1/follow/")
    assert Following.objects.count() == 1


# —— the issuer's desk ——


@pytest.mark.req("M3-012")
def test_the_whole_way_from_draft_to_public_over_http(town, leader):
    writer, head = as_(town.chen), as_(leader)
    draft = {
        "number": "P9", "issuer": town.land.pk, "title": "用地补助办法", "summary": "补助10万元", "level": "city",
        "issued_on": "2026-03-02", "effective_from": "2026-03-02", "effective_to": "",
    }  # fmt: skip
    assert writer.post("/desk/policies/new/", draft).headers["Location"] == "/desk/policies/P9/"
    writer.post("/desk/policies/P9/clause/", {"number": "第一条", "original": "补助10万元。", "plain": "补10万元。"})
    policy = Policy.objects.get(number="P9")
    clause = policy.clauses.get()
    item = {
        "code": "P9-1", "title": "用地补助", "benefit_class": "grant", "mode": "fast", "conditions": "职工满10人",
        "benefit": "10万元",
        "basis": clause.pk, "rule": '{"where": {"fact": "employees", "ge": "10"}, "amount": "10万元"}', "owner": town.land.pk,
        "limit": "60wd", "budget": "300", "stacking": "free", "valid_from": "2026-03-02", "window_from": "2026-03-02",
    }  # fmt: skip
    wrong = writer.post("/desk/policies/P9/item/", item | {"rule": '{"where": {"fact": "hired_grad", "ge": "1"}}'})
    assert wrong.status_code == 422
    assert "hired_grads" in text(wrong)
    assert "职工满10人" in wrong.content.decode()  # nothing that was typed is lost
    assert writer.post("/desk/policies/P9/item/", item).status_code == 302
    assert PolicyItem.objects.get(code="P9-1").budget_fen == 300_000_000
    for gate in ("fair_competition", "legality"):
        review = {
            "gate": gate, "reviewer": town.office.pk, "reviewed_on": "2026-03-02", "document_number": "1号", "passed": "yes",
        }  # fmt: skip
        assert writer.post("/desk/policies/P9/review/", review).status_code == 302
    assert "还有 1 条通俗解读没有核定" in text(head.post("/desk/policies/P9/publish/"))
    assert writer.post("/desk/policies/P9/publish/").status_code == 403
    head.post(f"/desk/policies/P9/clauses/{clause.pk}/approve/")
    assert head.post("/desk/policies/P9/publish/").status_code == 302
    assert Client().get("/policies/P9/").status_code == 200
    assert "要在限期内公开的" in text(writer.get("/desk/policies/"))


def test_the_versions_of_a_benefit_stand_beside_one_another(town, leader):
    item = road.published(town, leader).items.get()
    actions.change_item(actor=town.chen, item=item, reason="提高标准", benefit="一次性奖励5万元")
    page = text(as_(town.chen).get("/desk/policies/P1/items/P1-1/versions/"))
    assert "一次性奖励3万元 一次性奖励5万元" in page
    assert "提高标准" in page


def test_another_unit_finds_no_desk_of_a_policy_that_is_not_its_own(town, leader):
    road.published(town, leader)
    for address in ("/desk/policies/P1/", "/desk/policies/P1/repeal/", "/desk/policies/P1/items/P1-1/"):
        assert as_(town.wei).get(address).status_code == 404
        assert as_(town.ban).get(address).status_code == 200

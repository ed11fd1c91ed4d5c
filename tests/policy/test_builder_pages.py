"""Writing a rule on the page: typed, checked, kept, held against examples, adopted; and tried on everybody."""

import pytest

from qinqing.base import SYSTEM
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.policy import snapshots
from qinqing.policy.models import PolicyItem, RuleDraft, RuleExample
from tests import characters
from tests.policy import road
from tests.policy.test_builder import posted

pytestmark = pytest.mark.django_db
RULE, SIMULATE = "/desk/policies/items/P1-1/rule/", "/desk/policies/items/P1-1/simulate/"
CROSSED = "/desk/policies/items/P1-1/simulate.csv"
LOWER = {"where": {"all": [{"fact": "employees", "ge": "6人"}, {"fact": "blacklisted", "is": False}]}, "amount": "3万元"}


@pytest.fixture
def town(settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    town = characters.make_town()
    road.published(town, road.leader(town))
    return town


@pytest.fixture
def chen(client, town):
    return signed_in(client, town.chen)


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    client.get("/desk/")
    return client


def item():
    return PolicyItem.objects.current().get(code="P1-1")


def page(answer):
    return answer.content.decode()


def test_the_page_shows_the_rule_in_fields_and_in_words(chen):
    shown = page(chen.get(RULE))
    assert 'value="从业人数"' in shown
    assert "从业人数不少于10 人" in shown
    assert "列入失信名单：否" in shown


def test_a_button_adds_a_row_and_loses_nothing_that_was_typed(chen):
    sent = posted(road.RULE) | {"w.0.value": "77人", "press": "add:w:fact"}
    shown = page(chen.post(RULE, sent))
    assert 'name="w.2.fact"' in shown
    assert 'value="77人"' in shown


def test_a_fault_stands_at_its_row_and_a_button_mends_it(chen):
    sent = posted(road.RULE) | {"w.0.fact": "hired_grad"}
    shown = page(chen.post(RULE, sent))
    assert 'id="w.0-e"' in shown
    assert '<a href="#w.0">第 1 条：没有这个事实' in shown
    assert 'value="rename:w.0:hired_grads"' in shown
    assert "（第 1 条有错，读不出来）" in shown
    mended = page(chen.post(RULE, sent | {"press": "rename:w.0:hired_grads"}))
    assert 'id="w.0-e"' not in mended
    assert 'value="本年新招用高校毕业生"' in mended


def test_a_live_look_is_only_the_part_beside_the_form(chen):
    answer = chen.post(RULE, posted(LOWER), headers={"HX-Request": "true", "HX-Target": "div#look"})
    assert "从业人数不少于6 人" in page(answer)
    assert '<form method="post" action="/desk/policies/items/P1-1/rule/"' not in page(answer)


def test_a_draft_changes_nothing_until_it_is_adopted_with_a_reason(chen):
    chen.post(RULE, posted(LOWER) | {"press": "save"})
    assert (item().version, RuleDraft.objects.get().rule) == (1, LOWER)
    refused = chen.post(RULE, posted(LOWER) | {"press": "adopt"})
    assert refused.status_code == 422
    assert "请写明为什么改。" in page(refused)
    chen.post(RULE, posted(LOWER) | {"press": "adopt", "reason": "门槛太高"})
    assert (item().version, item().rule, RuleDraft.objects.count()) == (2, LOWER, 0)
    assert "从业人数不少于6 人" in page(chen.get(RULE))


def test_rule_text_edits_the_same_draft(chen):
    chen.post(f"{RULE}?as=text", {"rule": '{"where": {"fact": "employees", "ge": "8人"}}', "press": "save"})
    assert 'value="8人"' in page(chen.get(RULE))
    wrong = page(chen.post(f"{RULE}?as=text", {"rule": "{nonsense", "press": ""}))
    assert "{nonsense" in wrong


def test_an_example_that_disagrees_holds_the_rule_back(chen):
    told = {"title": "八人的店", "facts": "从业人数 8人\n列入失信名单 否", "expected": "no"}
    assert chen.post("/desk/policies/items/P1-1/examples/", told).status_code == 302
    refused = chen.post(RULE, posted(LOWER) | {"press": "adopt", "reason": "门槛太高"})
    assert "八人的店" in page(refused)
    assert item().version == 1
    chen.post(f"/desk/policies/items/P1-1/examples/{RuleExample.objects.get().pk}/remove/")
    chen.post(RULE, posted(LOWER) | {"press": "adopt", "reason": "门槛太高"})
    assert item().version == 2


@pytest.mark.parametrize(("facts", "sentence"), [
    ("从业人数", "第 1 行要写成"), ("从业人数 8人\n没有这个 3", "第 2 行"), ("从业人数 8万元", "第 1 行")])
def test_an_example_is_refused_at_its_line(chen, facts, sentence):
    answer = chen.post("/desk/policies/items/P1-1/examples/", {"title": "店", "facts": facts, "expected": "yes"})
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert RuleExample.objects.count() == 0


def test_who_did_not_issue_it_finds_no_rule(client, town):
    assert signed_in(client, town.luo).get(RULE).status_code == 200  # of the same unit
    client.logout()
    assert signed_in(client, town.wei).get(RULE).status_code == 404
    assert client.post(RULE, posted(LOWER) | {"press": "save"}).status_code == 404


def populated(town, *employees):
    for place, count in enumerate(employees):
        firm = characters.make_enterprise(f"91510899MA{place:08d}", f"演示{place}", town.county)
        for name, value in (("employees", f"{count}人"), ("blacklisted", False)):
            parties.record_fact(actor=SYSTEM, enterprise=firm, name=name, value=value, as_of=road.MONDAY, source=town.land,
                                permitted_use="matching")
    snapshots.renew()


def test_a_simulation_says_how_many_more_and_how_much_and_decides_nothing(chen, town):
    populated(town, *range(20))
    chen.post(RULE, posted(LOWER) | {"press": "save"})
    shown = page(chen.get(SIMULATE))
    assert "比在用的多 4 家" in shown
    assert "多花 12 万元" in shown
    assert "<b>符合的 14 家，合计 42 万元</b>" in shown
    assert "不足 5 家" in shown  # the four new ones
    assert item().version == 1


def test_a_threshold_can_be_moved_without_a_draft_and_a_wrong_one_is_told(chen, town):
    populated(town, *range(20))
    moved = page(chen.get(SIMULATE, {"vary": "where.all.0.ge", "to": "2人"}))
    assert "把“从业人数”从 10 人改到 2 人，会怎样" in moved
    assert "比在用的多 8 家" in moved
    assert "会怎样" not in page(chen.get(SIMULATE, {"vary": "where.all.0.ge", "to": "5万元"}))


@pytest.mark.req("M3-030")
def test_county_and_size_stand_against_each_other_on_the_page_and_in_the_file(chen, town):
    populated(town, *range(20))
    asked = {"vary": "where.all.0.ge", "to": "2人"}
    shown = page(chen.get(SIMULATE, asked))
    assert "县区和规模交叉看" in shown
    assert "/simulate.csv?vary=where.all.0.ge&amp;to=2" in shown
    written = page(chen.get(CROSSED, asked)).splitlines()
    assert written[0] == "\ufeff县区,规模,户数,金额（元）"
    assert written[-1] == "合计,合计,18,540000"


def test_few_are_in_no_file(chen, town):
    populated(town, 12, 13)
    assert page(chen.get(CROSSED)).splitlines()[1:] == ["合计,合计,不足 5 家,"]


def test_the_file_is_for_who_may_simulate(client, chen, town):
    assert chen.get(CROSSED).status_code == 404  # without a snapshot
    populated(town, 12)
    client.logout()
    assert signed_in(client, town.wei).get(CROSSED).status_code == 404


def test_without_a_snapshot_it_says_so_and_builds_one(chen):
    assert "还没有全市企业数据的快照" in page(chen.get(SIMULATE))
    assert chen.post("/desk/facts/snapshot/", {"next": SIMULATE}).headers["Location"] == SIMULATE
    assert "还没有全市企业数据的快照" not in page(chen.get(SIMULATE))


def test_a_broken_draft_is_not_simulated(chen, town):
    populated(town, 7)
    chen.post(RULE, posted(LOWER) | {"w.0.value": "5万元", "press": "save"})
    assert chen.get(SIMULATE).headers["Location"] == RULE


def test_the_list_of_rules_puts_drafts_first(chen, town):
    road.drafted(town, "P0")
    chen.post(RULE, posted(LOWER) | {"press": "save"})
    shown = page(chen.get("/desk/rules/"))
    assert shown.index("P1-1") < shown.index("P0-1")

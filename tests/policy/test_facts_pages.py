"""The enterprise and its facts: what is known, its own word, its consent, and what it says is wrong; coverage for the city."""

from datetime import date, timedelta

import pytest

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.parties import actions as parties
from qinqing.parties.models import Account, Fact
from qinqing.parties.terms import PermittedUse
from qinqing.policy import actions
from qinqing.policy.models import Consent, Correction
from qinqing.policy.queries import facts
from tests import characters

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def town(settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    return characters.make_town()


@pytest.fixture
def said(town):
    return parties.record_fact(
        actor=SYSTEM, enterprise=town.enterprise, name="employees", value="20人", as_of=MARCH, source=town.land,
        permitted_use=PermittedUse.MATCHING)


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    client.get("/me/")
    return client


def page(answer):
    return answer.content.decode()


def test_the_enterprise_reads_what_is_known_of_it_and_of_nobody_else(client, town, said):
    parties.record_fact(actor=SYSTEM, enterprise=town.other, name="employees", value="77人", as_of=MARCH, source=town.land)
    shown = page(signed_in(client, town.lin).get("/facts/"))
    assert "20 人" in shown
    assert town.land.name in shown
    assert "77" not in shown


def test_its_own_word_is_kept_as_such_and_matched_where_no_unit_says_otherwise(client, town):
    lin = signed_in(client, town.lin)
    assert lin.post("/facts/", {"name": "有效发明专利", "value": "3件", "as_of": "2026-03-02"}).status_code == 302
    (known,) = [one for one in facts.matched(town.enterprise) if one.name == "patents"]
    assert (known.number, known.is_own, str(known.holder)) == (3, True, "企业自报")
    assert "拨付前核对" in page(lin.get("/facts/"))


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"name": "专利件数", "value": "3件", "as_of": "2026-03-02"}, "没有这个事实"),
    ({"name": "从业人数", "value": "3万元", "as_of": "2026-03-02"}, "这里要的是人数"),
    ({"name": "高新技术企业", "value": "大概", "as_of": "2026-03-02"}, "只能填“是”或“否”"),
    ({"name": "统计调查总产值", "value": "3万元", "as_of": "2026-03-02"}, "只用于统计"),
    ({"name": "从业人数", "value": "3人", "as_of": "2199-01-01"}, "日期不能在将来"),
])
def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(client, town, sent, sentence):
    answer = signed_in(client, town.lin).post("/facts/", sent)
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert f'value="{sent["value"]}"' in page(answer)
    assert Fact.objects.count() == 0


def test_consent_is_given_once_and_taken_back(client, town):
    lin = signed_in(client, town.lin)
    lin.post("/facts/consent/", {"consent": "yes"})
    assert lin.post("/facts/consent/", {"consent": "yes"}).status_code == 409
    assert "林" in page(lin.get("/facts/"))
    lin.post("/facts/consent/", {"consent": "no"})
    assert Consent.objects.get().withdrawn_at is not None


def disputed(client, town, said):
    sent = {"wanted": "30人", "text": "二月又招了十个人。"}
    assert signed_in(client, town.lin).post(f"/facts/{said.pk}/wrong/", sent).status_code == 302
    return Correction.objects.get()


def test_a_wrong_fact_becomes_a_matter_of_who_said_it(client, town, said):
    correction = disputed(client, town, said)
    assert correction.matter.unit == town.land
    assert correction.matter.due_at is not None
    assert "正在核实" in page(client.get("/facts/"))
    again = client.post(f"/facts/{said.pk}/wrong/", {"text": "还是不对"})
    assert again.status_code == 409


def test_the_unit_answers_with_a_new_fact_and_the_old_one_stays(client, town, said):
    correction = disputed(client, town, said)
    chen, address = signed_in(client, town.chen), f"/desk/facts/corrections/{correction.matter.number}/"
    early = chen.post(address, {"value": "30人", "as_of": "2026-03-01"})
    assert early.status_code == 422
    assert "更正要用比 2026-03-01 晚的日期" in page(early)
    assert chen.post(address, {"value": "30人", "as_of": "2026-03-02"}).status_code == 302
    assert facts.numbers(town.enterprise)["employees"] == 30
    assert Fact.objects.filter(value="20人").exists()
    assert Correction.objects.get().corrected is True
    assert chen.post(address, {"value": "31人"}).status_code == 409


def test_the_page_of_the_matter_shows_the_fact_to_both_and_lets_the_unit_answer(client, town, said):
    number = disputed(client, town, said).matter.number
    own = page(client.get(f"/matters/{number}/"))
    assert "要更正的数据" in own
    assert "企业说应当是" in own
    assert "记核实结果" not in own
    assert "记核实结果" in page(signed_in(client, town.luo).get(f"/desk/matters/{number}/"))


def test_what_was_said_may_stand(client, town, said):
    correction = disputed(client, town, said)
    signed_in(client, town.chen).post(f"/desk/facts/corrections/{correction.matter.number}/", {})
    assert Correction.objects.get().corrected is False
    assert "核实无误" in page(signed_in(client, town.lin).get("/facts/"))


def test_nobody_else_disputes_or_decides(client, town, said):
    assert signed_in(client, town.qiu).get(f"/facts/{said.pk}/wrong/").status_code == 404
    correction = disputed(client, town, said)
    assert signed_in(client, town.wei).get(f"/desk/facts/corrections/{correction.matter.number}/").status_code == 404
    with pytest.raises(base.Denied):
        actions.decide_correction(actor=town.wei, correction=correction, value="1人")


def test_coverage_says_how_many_and_what_may_be_matched(client, town, said):
    parties.record_fact(actor=SYSTEM, enterprise=town.enterprise, name="revenue", value="5万元", as_of=MARCH + timedelta(1),
                        source=town.land, permitted_use=PermittedUse.STATISTICS_ONLY)
    shown = page(signed_in(client, town.ban).get("/desk/facts/"))
    assert "1 / 2，50.0%" in shown
    assert "要企业同意，或者只供统计" in shown
    assert signed_in(client, town.lin).get("/desk/facts/").status_code == 404

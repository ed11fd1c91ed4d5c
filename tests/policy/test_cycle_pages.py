"""The pages of automatic benefits: who finds them, what the public reads and for how long, what an enterprise is told."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qinqing.parties.models import Account, Enterprise, Fact
from qinqing.policy import actions, lateness
from qinqing.policy.models import Cycle, Entitlement

from . import cycle_road as road
from .cycle_road import ACCOUNT, at

pytestmark = pytest.mark.django_db
NUMBER = "P1-1-2026-1"
DESK, OWN, NOTICE = f"/desk/benefits/{NUMBER}/", f"/benefits/{NUMBER}/", f"/benefits/notices/{NUMBER}/"


def browser(actor) -> Client:
    client = Client()
    if actor:
        client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def read(actor, address, status=200) -> str:
    answer = browser(actor).get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_a_stranger_finds_no_cycle(town, cycle):
    for address in (DESK, f"{DESK}list/", f"{DESK}list.csv", f"{DESK}why/", f"{DESK}check/"):
        for name in ("xian", "lin", "operator"):
            assert browser(getattr(town, name)).get(address).status_code == 404, (name, address)
    assert browser(town.qiu).get(OWN).status_code == 404


def test_what_is_not_checked_yet_is_not_told(town, cycle):
    assert browser(town.lin).get(OWN).status_code == 404
    road.checked(town, cycle, **{town.enterprise.code: "上年裁员率超过上限"})
    with at(5):
        assert "上年裁员率超过上限" in read(town.lin, OWN)
        assert "上年裁员率超过上限" in read(town.lin, "/benefits/")


def test_a_page_asks_the_same_number_of_queries_however_many_there_are(town, cycle):
    few, day = queries_of(town, DESK), cycle.matched_at
    firms = [Enterprise(code=f"93510802MA{number:08d}", name=f"广元演示{number}店", county=town.county) for number in range(30)]
    Entitlement.objects.bulk_create(
        Entitlement(cycle=cycle, enterprise=one, name=one.name, matched_fen=5, amount_fen=5, salt="0", changed_at=day)
        for one in Enterprise.objects.bulk_create(firms))
    assert queries_of(town, DESK) == few


def queries_of(town, address) -> int:
    client = browser(town.chen)
    client.get(address)
    with at(4), CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_page_offers_what_the_cycle_waits_for_and_says_whose_it_is(town, leader, cycle):
    with at(4):
        assert "导入核查结果" in read(town.chen, DESK)
        assert f"{DESK}ask/" not in read(town.chen, DESK)
    road.checked(town, cycle)
    with at(5):
        page = read(town.chen, DESK)
        assert "aria-disabled" in page
        assert "这一步由兑现单位负责人办理" in page
        assert f'href="{DESK}notice/"' in read(leader, DESK)


def test_what_only_the_enterprise_says_is_marked_for_the_department(town, item):
    Fact.objects.filter(enterprise=town.enterprise).delete()
    road.known(town, town.enterprise)
    Fact.objects.filter(enterprise=town.enterprise, name="employees").update(source=None)
    road.opened(town, item)
    with at(4):
        line = read(town.chen, f"{DESK}list.csv").splitlines()[1]
    assert line.startswith(town.enterprise.code)
    assert line.endswith("从业人数")


# —— the public ——


def test_names_are_public_while_the_notice_lasts_and_persons_are_masked(town, leader, cycle):
    Enterprise.objects.filter(pk=town.other.pk).update(kind="sole_trader")
    assert browser(None).get(NOTICE).status_code == 404
    road.checked(town, cycle)
    road.noticed(leader, cycle)
    with at(12):
        page = read(None, NOTICE)
        assert town.enterprise.name in page
        assert town.other.name not in page
        assert f"{town.other.name[:2]}***{town.other.name[-2:]}" in page
    with at(13):
        page = read(None, NOTICE)
        assert town.enterprise.name not in page
        assert "4 户，12 万元" in page


def test_whoever_is_not_listed_objects_for_themselves_alone(town, noticed):
    with at(6):
        answer = browser(town.qiu).post(f"{NOTICE}object/", {"code": "91510802MA6ABC999X", "text": "有线索"})
        assert answer.status_code == 422
        assert "名单里没有 91510802MA6ABC999X" in answer.content.decode()
        assert browser(town.chen).post(f"{NOTICE}object/", {"code": "x", "text": "y"}).status_code == 403


# —— the enterprise ——


@pytest.mark.req("M3-032")
def test_an_enterprise_reads_what_was_decided_on_which_data_and_asks_a_person(town, leader, noticed):
    road.asked(town, noticed)
    with at(16):
        page = read(town.lin, OWN)
        assert "从业人数" in page
        assert "市自然资源局" in page
        assert "2026-02-28" in page
        assert browser(town.lin).post(f"{OWN}review/", {"text": "职工人数不对"}).status_code == 302
        assert Cycle.objects.get().objections.get().about == town.enterprise
        assert "正在办理" in read(town.lin, OWN)


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(town, noticed):
    road.asked(town, noticed)
    with at(16):
        answer = browser(town.lin).post(f"{OWN}confirm/", ACCOUNT | {"number": "123"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_number_error"' in page
    assert 'value="演示银行广元支行"' in page


def test_an_account_is_shown_with_its_last_digits_only(town, leader, confirmed):
    with at(16):
        assert "****2222" in read(town.lin, OWN)
        assert "6222000011112222" not in read(town.lin, OWN)
        assert "6222000011112222" not in read(town.chen, f"{DESK}list/{town.enterprise.code}/")


def test_the_file_is_for_the_units_own_people_and_only_signed(town, leader, confirmed):
    road.funded(town, confirmed)
    with at(17):
        order = actions.order_payment(actor=town.chen, cycle=confirmed)
        assert browser(town.chen).get(f"{DESK}orders/1.csv").status_code == 422
        actions.sign_payment(actor=leader, order=order)
        assert "6222000011112222" in read(town.chen, f"{DESK}orders/1.csv")
        assert browser(town.ban).get(f"{DESK}orders/1.csv").status_code == 403
        assert browser(town.wei).get(f"{DESK}orders/1.csv").status_code == 403


def test_what_is_late_is_red_and_leads_to_its_matter(town, confirmed):
    with at(3, month=6):
        lateness.look()
        page = read(town.hao, DESK)
    assert "light--over" in page
    assert Cycle.objects.get().late_matter.number in page


def test_the_day_expected_is_derived_step_by_step(town, noticed):
    with at(6):
        page = read(town.chen, f"{DESK}why/")
    assert "用了 1 个工作日" in page
    assert "10 个工作日：本步骤的时限" in page


def test_every_page_is_there_in_english(town, leader, confirmed):
    client = browser(town.lin)
    client.cookies["lang"] = "en"
    with at(16):
        page = client.get(OWN).content.decode()
    assert "Why this result" in page
    assert "To be paid" in page

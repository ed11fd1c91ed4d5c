"""Who newly gets relief, department by department; who was told, has read and has it, and the rows behind each figure."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.policy import actions, rematching, snapshots
from qinqing.policy.models import Match, PolicyItem
from qinqing.policy.queries import pushes
from qinqing.policy.terms.cycles import ReliefKind
from qinqing.policy.terms.pushes import Part
from tests import characters
from tests.policy import road

pytestmark = pytest.mark.django_db
LIST = "/desk/pushes/units/land/list.csv"


@pytest.fixture
def town(settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    town = characters.make_town()
    leader = road.leader(town)
    road.published(town, leader)
    road.published(town, leader, "P2")
    relief = PolicyItem.objects.current().get(code="P1-1")
    actions.change_item(actor=town.ban, item=relief, reason="归到减免", benefit_class="relief")
    said(town, town.enterprise, 12)
    said(town, town.other, 14, use="service")
    actions.give_consent(actor=town.qiu)
    matched()
    return town


def said(town, enterprise, employees, use="matching"):
    for name, value in (("employees", f"{employees}人"), ("blacklisted", False)):
        parties.record_fact(actor=SYSTEM, enterprise=enterprise, name=name, value=value, as_of=road.MONDAY, source=town.land,
                            permitted_use=use)


def matched():
    snapshots.renew()
    rematching.renew_when_due()


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    client.get("/desk/")
    return client


def page(answer):
    return answer.content.decode()


def lines(answer):
    return list(csv.reader(io.StringIO(page(answer).removeprefix("\ufeff"))))[1:]


def pushed(actor, code="P1-1"):
    return next(row for row in pushes.pushed(actor, pushes.new_from()) if row.item.code == code)


@pytest.mark.req("M3-030")
def test_a_department_gets_those_who_newly_fit_its_reliefs_and_nothing_else(client, town):
    written = lines(signed_in(client, town.chen).post(LIST, {"since": ""}))
    assert [(row[0], row[2], row[3]) for row in written] == [
        (firm.code, "企业稳岗奖励办法", "30000") for firm in sorted((town.enterprise, town.other), key=lambda firm: firm.code)]
    assert {row[5] for row in written} == {"只用于办理这一项，不得作他用"}
    kept = json.loads(Entry.objects.get(verb="push.handed_over").facts)
    assert (kept["count"], kept["items"]) == (2, ["P1-1"])


def test_who_fitted_before_is_not_new(client, town):
    Match.objects.filter(enterprise=town.other).update(since=base.now() - timedelta(days=40))
    client = signed_in(client, town.chen)
    assert [row[0] for row in lines(client.post(LIST))] == [town.enterprise.code]
    long_ago = (base.today() - timedelta(days=60)).isoformat()
    assert len(lines(client.post(LIST, {"since": long_ago}))) == 2
    assert len(lines(client.post(LIST, {"since": "someday"}))) == 1


@pytest.mark.req("M3-030")
def test_who_took_consent_back_stands_in_no_list_from_that_moment(client, town):
    actions.withdraw_consent(actor=town.qiu)
    client = signed_in(client, town.chen)
    assert [row[0] for row in lines(client.post(LIST))] == [town.enterprise.code]
    assert town.other.code not in page(client.get("/desk/pushes/P1-1.csv"))
    assert "1 户收回了同意" in page(client.get("/desk/pushes/"))
    assert pushed(town.chen).left_out == {town.other.pk}


def test_the_list_is_for_the_department_and_the_city_alone(client, town):
    assert signed_in(client, town.ban).post(LIST).status_code == 200
    for stranger in (town.wei, town.xian):
        client.logout()
        assert signed_in(client, stranger).post(LIST).status_code == 404
    with pytest.raises(base.Denied):
        actions.hand_over_list(actor=town.wei, unit=town.land, since=base.today(), lines=[])


def test_a_list_is_not_taken_by_following_a_link(client, town):
    assert signed_in(client, town.chen).get(LIST).status_code == 405
    assert not Entry.objects.filter(verb="push.handed_over").exists()


def test_only_relief_stands_with_the_departments(town):
    (department,) = pushes.departments(town.chen, pushes.pushed(town.chen, pushes.new_from()))
    assert ([row.item.code for row in department.pushed], department.enterprises, department.fen) == (["P1-1"], 2, 6_000_000)


@pytest.mark.req("M3-014")
def test_figures_are_of_enterprises_and_lead_to_their_rows(client, town):
    Notice.objects.filter(about="item:P1-1", recipient=town.lin.account_id).update(read_at=base.now())
    rows = [actions.ReliefRow(2, town.other.code, 100, date(2026, 1, 1), date(2026, 3, 31), "企业稳岗奖励办法")]
    actions.import_reliefs(actor=town.chen, kind=ReliefKind.TAX, unit=town.land, source="台账", rows=rows)
    found = pushed(town.chen)
    assert found.counts == {"all": 2, "new": 2, "told": 2, "read": 1, "taken": 1}
    client = signed_in(client, town.chen)
    assert '<a href="/desk/pushes/items/P1-1/?show=read">1</a>' in page(client.get("/desk/pushes/"))
    for part, firms in ((Part.READ, [town.enterprise]), (Part.TAKEN, [town.other]), (Part.ALL, [town.enterprise, town.other])):
        shown = page(client.get("/desk/pushes/items/P1-1/", {"show": part}))
        assert [firm.code in shown for firm in (town.enterprise, town.other)] == [
            firm in firms for firm in (town.enterprise, town.other)]
    assert client.get("/desk/pushes/items/P9-1/").status_code == 404


def test_relief_under_another_title_or_of_another_unit_is_not_taken_for_it(town):
    for number, unit, title in ((2, town.land, "别的减免"), (3, town.power, "企业稳岗奖励办法")):
        rows = [actions.ReliefRow(number, town.other.code, 100, date(2026, 1, 1), date(2026, 3, 31), title)]
        actions.import_reliefs(actor=SYSTEM, kind=ReliefKind.TAX, unit=unit, source="台账", rows=rows)
    assert pushed(town.chen).counts["taken"] == 0


def test_the_departments_page_lists_them(client, town):
    shown = page(signed_in(client, town.chen).get("/desk/pushes/units/land/"))
    assert town.enterprise.name in shown
    assert "2 户，2 笔" in shown
    assert client.get("/desk/pushes/units/power/").status_code == 404


def test_the_same_queries_for_any_number(town, django_assert_num_queries):
    with django_assert_num_queries(8):
        pushes.pushed(town.chen, pushes.new_from())

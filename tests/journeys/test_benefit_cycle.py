"""A benefit paid unasked, through HTTP: 3,200 enterprises with an account on file, and two that have to be asked."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing.policy.models import Cycle, Entitlement, PayeeAccount, Payment
from qinqing.policy.queries import benefit_invariants
from qinqing.policy.rules.cycles import Sum
from qinqing.policy.terms.cycles import State
from tests import characters
from tests.policy import cycle_road as road
from tests.policy.cycle_road import ACCOUNT, FEN, at

FIRMS = 3_200
NUMBER = "P1-1-2026-1"
DESK = f"/desk/benefits/{NUMBER}/"


def sheet(headings, rows):
    written = io.StringIO()
    csv.writer(written).writerows([headings, *rows])
    return SimpleUploadedFile("list.csv", written.getvalue().encode())


class Office:
    """Everybody's browser; `says` is a step that must go through."""

    def __init__(self, town, leader, browser_of):
        self.town, self.others, self.browser_of, self.clients = town, {"leader": leader}, browser_of, {}

    def client(self, who):
        if who not in self.clients:
            self.clients[who] = self.browser_of(self.others.get(who) or getattr(self.town, who))
        return self.clients[who]

    def says(self, who, address, **fields):
        answer = self.client(who).post(address, fields)
        assert answer.status_code == 302, (answer.status_code, page_of(answer))
        return answer

    def refused(self, who, address, **fields):
        answer = self.client(who).post(address, fields)
        assert answer.status_code in (403, 422), answer.status_code
        return answer.content.decode()

    def reads(self, who, address):
        answer = self.client(who).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()


def page_of(answer):
    page = answer.content.decode()
    return page[page.find("errsum"):][:800]


@pytest.fixture
def leader(town):
    return road.leader(town)


@pytest.fixture
def office(town, leader, browser_of):
    return Office(town, leader, browser_of)


def of(enterprise) -> Entitlement:
    return Entitlement.objects.get(enterprise=enterprise)


def counts():
    return road.states(Cycle.objects.get())


@pytest.mark.req("M3-031", "M3-032")
def test_a_benefit_reaches_everybody_who_is_entitled_and_every_sum_is_the_registers(town, leader, office):
    item = road.item(town, leader)
    road.known(town, town.enterprise)
    road.known(town, town.other)
    firms = road.firms(town, FIRMS)
    matched(office, item)
    checked(office, firms[0])
    noticed_and_objected(office, town)
    asked(office, town)
    decided(office, town, firms[1])
    file = paid_as_far_as_the_money_goes(office, town)
    assert file[-1][6] == f"{sum_of(file):.2f}"
    returned_and_paid_again(office, town)
    the_last_are_paid(office)
    finished(office, town)


def matched(office, item):
    with at(3):
        office.says("chen", "/desk/benefits/open/", item=item.pk, name="2026 年第一批", funder=office.town.power.pk,
                    budget=f"{(FIRMS + 10) * FEN / 100:.2f}", **road.BUDGET)
        assert "3,202 户" in office.reads("chen", DESK)
    assert counts() == {State.MATCHED: FIRMS + 2}


def checked(office, failing):
    with at(4):
        listed = list(csv.DictReader(io.StringIO(office.client("chen").get(f"{DESK}list.csv").content.decode("utf-8-sig"))))
        rows = [(row["信用代码"], "不符合" if row["信用代码"] == failing.code else "符合",
                 "上年裁员率超过上限" if row["信用代码"] == failing.code else "") for row in listed]
        wrong = office.refused("chen", f"{DESK}check/", responsible="陈", file=sheet(["信用代码", "核查结果", "原因"], [
            *rows[:-1], (rows[-1][0], "也许", ""), rows[0]]))
        assert "第 3203 行“核查结果”：应为 符合、不符合 或 查无" in wrong
        assert "第 3204 行“信用代码”：和第 2 行重复" in wrong
        assert counts() == {State.MATCHED: FIRMS + 2}
        office.says("chen", f"{DESK}check/", responsible="陈", file=sheet(["信用代码", "核查结果", "原因"], rows))
    assert counts() == {State.CHECKED: FIRMS + 1, State.EXCLUDED: 1}


def noticed_and_objected(office, town):
    with at(5):
        office.refused("chen", f"{DESK}notice/")
        office.says("leader", f"{DESK}notice/")
        public = office.client("qiu").get(f"/benefits/notices/{NUMBER}/?q={town.enterprise.code}").content.decode()
        assert town.enterprise.name in public
    with at(6):
        said = {"code": town.enterprise.code, "text": "上年裁员 9 人没有报。"}
        answer = office.says("qiu", f"/benefits/notices/{NUMBER}/object/", **said)
        assert answer["Location"].startswith("/matters/")


def asked(office, town):
    with at(12):
        office.refused("chen", f"{DESK}ask/")
    with at(13):
        office.says("chen", f"{DESK}ask/")
        assert town.enterprise.name not in office.client("qiu").get(f"/benefits/notices/{NUMBER}/").content.decode()
    assert counts() == {State.NOTICED: 1, State.CONFIRMING: 1, State.CONFIRMED: FIRMS - 1, State.EXCLUDED: 1}
    with at(14):
        assert "等您确认" in office.reads("qiu", "/benefits/")
        office.says("qiu", f"/benefits/{NUMBER}/confirm/", **ACCOUNT | {"payee": town.other.name})


def decided(office, town, declining):
    """Two persons reject the objection, and Lin is asked; one with standing consent would rather not."""
    with at(16):
        matter = Cycle.objects.get().objections.get().matter.number
        office.says("chen", f"{DESK}objections/{matter}/propose/", upheld="no", reason="经核实没有裁员")
        office.refused("chen", f"{DESK}objections/{matter}/decide/", agreed="yes")
        office.says("leader", f"{DESK}objections/{matter}/decide/", agreed="yes")
        assert "经核实没有裁员" in office.reads("qiu", f"/matters/{matter}/")
        assert "户名要和企业名称一致" in office.refused("lin", f"/benefits/{NUMBER}/confirm/", **ACCOUNT | {"payee": "别人"})
        office.says("lin", f"/benefits/{NUMBER}/confirm/", **ACCOUNT)
        office.others["wu"] = characters.of_enterprise("wu", "吴", declining)
        office.says("wu", f"/benefits/{NUMBER}/decline/", reason="不需要")
    assert counts() == {State.CONFIRMED: FIRMS, State.EXCLUDED: 1, State.DECLINED: 1}


def paid_as_far_as_the_money_goes(office, town):
    """Funds for all but two: who was founded last waits, whatever the sum."""
    Entitlement.objects.filter(enterprise=town.enterprise).update(registered_on=date(2001, 1, 1))
    with at(17):
        assert "由市供电公司负责" in office.refused("chen", f"{DESK}order/")
        office.says("wei", f"{DESK}funds/", amount=f"{(FIRMS - 2) * FEN / 100:.2f}")
        office.says("chen", f"{DESK}order/")
        office.refused("chen", f"{DESK}orders/1/sign/")
        office.says("leader", f"{DESK}orders/1/sign/")
        file = list(csv.reader(io.StringIO(office.client("chen").get(f"{DESK}orders/1.csv").content.decode("utf-8-sig"))))
    assert counts()[State.CONFIRMED] == 2
    assert file[1][1] == town.enterprise.code
    return file


def sum_of(file):
    register = Payment.objects.filter(order__position=1)
    assert {row[1] for row in file[1:-1]} == set(register.values_list("entitlement__enterprise__code", flat=True))
    assert len(file[1:-1]) == FIRMS - 2 == Cycle.objects.get().orders.get().count
    return sum(line.amount_fen for line in register) / 100


def returned_and_paid_again(office, town):
    codes = Payment.objects.values_list("entitlement__enterprise__code", flat=True)
    rows = [(code, "退回" if code == town.enterprise.code else "已到账", "户名不符" if code == town.enterprise.code else "")
            for code in codes]
    with at(19):
        office.says("chen", f"{DESK}orders/1/settle/", on="2026-03-19", file=sheet(["信用代码", "结果", "退回原因"], rows))
        assert "户名不符" in office.reads("lin", f"/benefits/{NUMBER}/")
    assert counts() == {State.PAID: FIRMS - 3, State.RETURNED: 1, State.CONFIRMED: 2, State.EXCLUDED: 1, State.DECLINED: 1}
    with at(20):
        office.says("lin", f"/benefits/{NUMBER}/confirm/", **ACCOUNT | {"number": "6222000011113333"})


def the_last_are_paid(office):
    with at(20, 11):
        office.says("wei", f"{DESK}funds/", amount=f"{2 * FEN / 100:.2f}")
        office.says("chen", f"{DESK}order/")
        office.says("leader", f"{DESK}orders/2/sign/")
        codes = Payment.objects.filter(order__position=2).values_list("entitlement__enterprise__code", flat=True)
        rows = [(code, "已到账", "") for code in codes]
        office.says("chen", f"{DESK}orders/2/settle/", on="2026-03-20", file=sheet(["信用代码", "结果", "退回原因"], rows))


def finished(office, town):
    assert counts() == {State.PAID: FIRMS, State.EXCLUDED: 1, State.DECLINED: 1}
    balance = road.balance(Cycle.objects.get())
    assert balance.paid == balance.remaining == Sum(FIRMS, FIRMS * FEN)
    assert list(benefit_invariants.broken()) == []
    with at(21):
        assert "已到账 1 笔，3 万元" in office.reads("lin", "/benefits/")
        office.says("lin", f"/benefits/{NUMBER}/rate/", rating="5")
        assert "全部到账" in office.reads("ban", DESK)
    assert of(town.enterprise).rating == 5
    assert PayeeAccount.objects.get(enterprise=town.enterprise).number == "6222000011113333"

"""Files in: the same sentences for a workbook as for CSV, days as Excel keeps them, sums that are in the wrong unit."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing.policy.models import Payment, Relief
from qinqing.policy.rules import cycles as rules
from qinqing.policy.terms.cycles import State
from tests.ui.test_workbooks import workbook

from . import cycle_road as road
from .cycle_road import FEN, at, states
from .test_cycle_pages import DESK, browser

pytestmark = pytest.mark.django_db
RELIEFS = ["信用代码", "名目", "金额（元）", "所属期起", "所属期止", "出租方"]
ANSWERS = ["信用代码", "结果", "退回原因", "金额（元）"]


def as_csv(rows):
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


BOTH = pytest.mark.parametrize("as_file", [as_csv, workbook], ids=["csv", "xlsx"])


@pytest.fixture
def order(town, leader, confirmed):
    road.funded(town, confirmed)
    return road.ordered(town, leader, confirmed)


def answered(town, rows, as_file=as_csv):
    with at(19):
        return browser(town.chen).post(f"{DESK}orders/1/settle/", {"on": "2026-03-19", "file": SimpleUploadedFile(
            "回单.xlsx", as_file(rows))})


def lines(order, **change):
    """One for each enterprise of the order: arrived, with its sum."""
    codes = order.payments.order_by("id").values_list("entitlement__enterprise__code", "amount_fen")
    row = {"结果": "已到账", "退回原因": ""} | change
    return [[code, row["结果"], row["退回原因"], row.get("金额（元）", fen / 100)] for code, fen in codes]


# —— the bank's answer ——


@BOTH
@pytest.mark.req("M3-031")
def test_the_banks_answer_is_taken_as_csv_and_as_a_workbook(town, confirmed, order, as_file):
    total = ["", "合计", "", 120000]
    assert answered(town, [ANSWERS, *lines(order), total], as_file).status_code == 302
    assert states(confirmed) == {State.PAID: 4}


@BOTH
@pytest.mark.parametrize(("change", "sentence"), [
    ({"结果": "到了"}, "第 2 行“结果”：应为 已到账 或 退回"),
    ({"结果": "退回"}, "第 2 行“退回原因”：退回要写明原因"),
    ({"金额（元）": 3}, "第 2 行“金额（元）”：拨付单是 30000.00 元，是不是把万元和元弄混了？"),
    ({"金额（元）": 29999}, "第 2 行“金额（元）”：拨付单是 30000.00 元，对不上"),
    ({"金额（元）": "三万"}, "第 2 行“金额（元）”：请填金额"),
])
def test_what_is_wrong_in_an_answer_names_row_and_column(town, order, as_file, change, sentence):
    answer = answered(town, [ANSWERS, *lines(order, **change)], as_file)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Payment.objects.exclude(state="ordered").exists()


def test_who_is_not_in_the_order_is_named_and_who_has_no_result_goes_on_waiting(town, confirmed, order):
    rows = lines(order)
    strange = answered(town, [ANSWERS, ["91X", "已到账", "", ""], *rows])
    assert "第 2 行“信用代码”：不在这张拨付单里，或者已经登记过" in strange.content.decode()
    assert answered(town, [ANSWERS, *rows[:3], [rows[3][0], "", "", ""]]).status_code == 302
    assert states(confirmed) == {State.PAID: 3, State.ORDERED: 1}


@pytest.mark.parametrize("column", ["金额（万元）", "金额(万元)"])
def test_a_column_in_ten_thousands_is_not_taken_for_yuan(town, order, column):
    answer = answered(town, [[*ANSWERS[:3], column], *lines(order)])
    assert "写的是万元，这里按元收" in answer.content.decode()


def test_only_a_sum_line_is_no_answer(town, order):
    assert "文件里没有数据行" in answered(town, [ANSWERS, ["", "合计", "", 1]]).content.decode()


@pytest.mark.parametrize(("given", "slip"), [(3, True), (3 * 10**8, True), (2, False), (0, False)])
def test_ten_thousand_times_off_is_a_slip_of_the_unit(given, slip):
    assert ("万元" in str(rules.other_sum(given, 30_000))) is slip
    assert rules.other_sum(30_000, 30_000) is None


# —— registers of relief ——


def taken(town, rows, as_file=workbook):
    with at(4):
        return browser(town.chen).post("/desk/reliefs/import/", {
            "kind": "tax", "unit": town.land.pk, "source": "金税三期",
            "file": SimpleUploadedFile("台账.xlsx", as_file(rows))})


@pytest.mark.req("M3-033")
def test_a_register_comes_as_a_workbook_with_its_days_as_numbers(town):
    firm, = road.firms(town, 1)
    assert taken(town, [RELIEFS, [firm.code, "增值税减免", "1234.5599999999999", 43831, 43921, ""]]).status_code == 302
    relief = Relief.objects.get()
    assert relief.amount_fen == 123_456
    assert (relief.period_from.isoformat(), relief.period_to.isoformat()) == ("2020-01-01", "2020-03-31")


@BOTH
def test_what_is_wrong_in_a_register_is_said_the_same_way(town, as_file):
    firm, = road.firms(town, 1)
    answer = taken(town, [RELIEFS, [firm.code, "", "很多", "2020年1月", "2020-03-31", ""]], as_file).content.decode()
    assert "第 2 行“所属期起”：“2020年1月”不是日期" in answer
    assert "第 2 行“名目”：这一项要填。" in answer
    assert "第 2 行“金额（元）”：请填金额" in answer


def test_a_register_in_ten_thousands_is_refused_with_what_to_do(town):
    firm, = road.firms(town, 1)
    rows = [[*RELIEFS[:2], "金额（万元）", *RELIEFS[3:]], [firm.code, "增值税减免", FEN, "2020-01-01", "2020-03-31", ""]]
    assert "请换算成元，列名写“金额（元）”" in taken(town, rows).content.decode()
    assert not Relief.objects.exists()

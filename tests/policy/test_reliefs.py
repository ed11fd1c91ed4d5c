"""Registers of relief: the whole file or nothing of it; sums by year; each enterprise reads its own (M3-033, M3-034)."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from qinqing.policy.models import Relief, ReliefFile
from qinqing.policy.queries import reliefs
from qinqing.site import statistics

from . import cycle_road as road

pytestmark = pytest.mark.django_db
HEADINGS = ["信用代码", "名目", "金额（元）", "所属期起", "所属期止", "出租方"]


@pytest.fixture
def firms(town):
    return road.firms(town, 6)


def sent(town, rows, *, headings=HEADINGS, kind="tax", **more):
    written = io.StringIO()
    csv.writer(written).writerows([headings, *rows])
    client = Client()
    client.force_login(Account.objects.get(pk=town.chen.account_id))
    with road.at(4):
        return client.post("/desk/reliefs/import/", {
            "kind": kind, "unit": town.land.pk, "source": "金税三期，截至 2020-12-31",
            "file": SimpleUploadedFile("r.csv", written.getvalue().encode())} | more)


def row(firm, amount="1000.00", *, landlord="", title="增值税减免", begins="2020-01-01", ends="2020-03-31"):
    return [firm.code, title, amount, begins, ends, landlord]


@pytest.mark.req("M3-033", "M3-034")
def test_the_sums_of_a_year_are_those_of_its_files(town, firms):
    assert sent(town, [row(firm, "1,000.50") for firm in firms]).status_code == 302
    assert sent(town, [row(firms[0], "500", title="工会经费")], kind="fee").status_code == 302
    assert sent(town, [row(firms[1], "300", landlord="演示国资公司")], kind="rent").status_code == 302
    assert reliefs.total(reliefs.TAXES_AND_FEES, 2020).fen == 6 * 100_050 + 50_000
    found = statistics.of_year(2020)
    assert (found["tax_fee_cuts"]["n"], found["rent_relief"]["n"]) == (7, 1)
    assert found["rent_relief"]["value"] * 10**6 == 30_000
    assert "tax_fee_cuts" not in statistics.of_year(2019)
    assert Entry.objects.filter(verb="relief.imported").count() == 3


@pytest.mark.parametrize(("change", "sentence"), [
    (lambda rows: [*rows, rows[0]], "第 8 行“信用代码”：和第 2 行重复"),
    (lambda rows: [[*rows[0][:2], "很多", *rows[0][3:]]], "第 2 行“金额（元）”：请填金额"),
    (lambda rows: [[*rows[0][:2], "-5", *rows[0][3:]]], "第 2 行“金额（元）”"),
    (lambda rows: [[*rows[0][:3], "2020年1月", *rows[0][4:]]], "第 2 行“所属期起”：“2020年1月”不是日期"),
    (lambda rows: [[*rows[0][:3], "2020-05-01", *rows[0][4:]]], "第 2 行“所属期止”：早于所属期起"),
    (lambda rows: [["91X", *rows[0][1:]]], "第 2 行：企业名录里没有 91X"),
])
def test_what_is_wrong_names_row_and_column_and_nothing_is_taken(town, firms, change, sentence):
    answer = sent(town, change([row(firm) for firm in firms]))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (ReliefFile.objects.count(), Relief.objects.count()) == (0, 0)


def test_a_missing_column_is_named(town, firms):
    answer = sent(town, [["x"]], headings=["信用代码"])
    assert "文件第一行缺少列：名目、金额（元）、所属期起、所属期止" in answer.content.decode()


def test_rent_needs_its_landlord(town, firms):
    assert "房租减免要写明出租方" in sent(town, [row(firms[0])], kind="rent").content.decode()


def test_units_that_look_mixed_up_are_asked_about_once(town, firms):
    rows = [row(firm) for firm in firms[:5]] + [row(firms[5], "0.12")]
    asked = sent(town, rows)
    assert asked.status_code == 422
    assert "第 7 行的金额和其他行相差太大" in asked.content.decode()
    assert sent(town, rows, looked_over="on").status_code == 302


def test_the_same_file_is_taken_in_once(town, firms):
    rows = [row(firm) for firm in firms]
    assert sent(town, rows).status_code == 302
    assert "已经导入过" in sent(town, rows).content.decode()


def test_an_enterprise_reads_its_own_and_nobody_elses(town, firms):
    road.known(town, town.enterprise)
    sent(town, [row(town.enterprise, "8888"), row(town.other, "7777")])
    client = Client()
    client.force_login(Account.objects.get(pk=town.lin.account_id))
    page = client.get("/benefits/").content.decode()
    assert "减免 1 笔，8,888 元" in page
    assert "7,777" not in page
    assert "金税三期" in page

"""事项清单 as a sheet: out and in again, each fault by line and column, and nothing half-written."""

import csv
import io
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from qinqing.policy.lists import COLUMNS
from qinqing.policy.models import Policy, PolicyItem
from qinqing.policy.queries import matching
from tests import characters

from . import road

pytestmark = pytest.mark.django_db
ROW = {
    "政策编号": "S1", "政策名称": "省级补助办法", "一句话说明": "补助5万元", "制定单位代码": "land", "印发日期": "2026-03-02",
    "施行日期": "2026-03-02", "事项编号": "S1-1", "事项名称": "补助", "类别": "奖补", "办理方式": "快申快享",
    "给谁": "职工满10人", "给什么": "5万元", "规则": '{"where": {"fact": "employees", "ge": "10人"}}',
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday():
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture
def writer(town):
    client = Client()
    client.force_login(Account.objects.get(pk=town.chen.account_id))
    return client


def sheet(*rows, encoding="utf-8-sig"):
    written = io.StringIO()
    table = csv.DictWriter(written, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return SimpleUploadedFile("list.csv", written.getvalue().encode(encoding))


def send(writer, *rows, **options):
    return writer.post("/desk/policies/import/", {"file": sheet(*rows, **options)})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_sheet_becomes_drafts_with_their_benefits(writer, encoding):
    second = ROW | {"事项编号": "S1-2", "事项名称": "另一项", "规则": ""}
    assert send(writer, ROW, second, encoding=encoding).status_code == 302
    assert Policy.objects.get().status == "draft"
    assert [(item.code, bool(item.rule)) for item in PolicyItem.objects.order_by("code")] == [("S1-1", True), ("S1-2", False)]
    assert Entry.objects.filter(verb="policy.imported").count() == 1


@pytest.mark.parametrize(("change", "line", "column", "sentence"), [
    ({"类别": "补贴"}, 3, "类别", "应为 减免、奖补、权益、资质 之一"),
    ({"印发日期": "三月二日"}, 3, "印发日期", "应写成 2026-03-01"),
    ({"制定单位代码": "nobody"}, 3, "制定单位代码", "没有代码是“nobody”的单位"),
    ({"给谁": ""}, 3, "给谁", "要填"),
    ({"事项编号": "S1-1"}, 3, "事项编号", "写了两次"),
    ({"规则": "{"}, 3, "规则", "不是正确的 JSON"),
    ({"兑现时限（工作日）": "很快"}, 3, "兑现时限（工作日）", ""),
])
def test_a_fault_names_its_line_and_column_and_nothing_is_written(writer, change, line, column, sentence):
    filled = dict.fromkeys(COLUMNS.values(), "") | ROW
    answer = send(writer, filled, filled | {"事项编号": "S1-2"} | change)
    assert answer.status_code == 422
    fault, = answer.context["form"].faults
    assert (fault.line, fault.column) == (line, column)
    assert sentence in str(fault.what)
    assert not Policy.objects.exists()


def test_a_day_may_be_the_number_that_a_workbook_keeps(writer):
    assert send(writer, ROW | {"印发日期": "46083"}).status_code == 302
    assert Policy.objects.get().issued_on == road.MONDAY


def test_a_refusal_of_a_later_row_takes_the_first_ones_back(writer):
    answer = send(writer, ROW, ROW | {"事项编号": "S1-2", "规则": '{"where": {"fact": "employes", "ge": "1人"}}'})
    assert answer.status_code == 422
    assert "第 3 行" in answer.content.decode()
    assert "employees" in answer.content.decode()
    assert not PolicyItem.objects.exists()
    assert not Entry.objects.filter(verb__startswith="policy").exists()


@pytest.mark.parametrize(("content", "sentence"), [
    (b"\xff\xfe\x00\x81", "读不了这个文件"), (b"", "空的"), ("政策编号\nP1".encode(), "文件第一行缺少列"),
    (b"PK\x03\x04\x00\x00", "读不了这个表格文件"),
])
def test_what_is_no_list_is_refused_with_a_sentence(writer, content, sentence):
    answer = writer.post("/desk/policies/import/", {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_what_goes_out_comes_in_again_as_it_was(town, writer):
    policy = road.drafted(town)
    rows = list(csv.DictReader(io.StringIO(writer.get("/desk/policies/list.csv").content.decode("utf-8-sig"))))
    item = policy.items.get()
    kept = (item.title, item.conditions, item.benefit, item.rule, item.mode, item.benefit_class, item.limit)
    assert send(writer, *[row | {"政策编号": "Q1", "事项编号": "Q1-1"} for row in rows]).status_code == 302
    again = PolicyItem.objects.get(code="Q1-1")
    assert (again.title, again.conditions, again.benefit, again.rule, again.mode, again.benefit_class, again.limit) == kept


def test_what_is_told_in_words_only_is_read_and_not_matched(town):
    leader = road.leader(town)
    policy = road.approved(town, leader)
    road.actions.change_item(actor=town.chen, item=policy.items.get(), reason="", rule={})
    road.actions.publish(actor=leader, policy=policy)
    assert matching.in_force(road.MONDAY) == []
    assert "职工满10人" in Client().get("/policies/P1/").content.decode()


def test_a_cell_is_never_calculated(town, writer):
    road.drafted(town, title="=1+1")
    assert "'=1+1" in writer.get("/desk/policies/list.csv").content.decode("utf-8-sig")

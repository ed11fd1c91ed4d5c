"""The first journey in Chromium: from the front page to a receipt that the browser checks, to the enterprise's word."""

import json

import pytest

from qinqing.casework import actions
from qinqing.casework.models import Matter
from qinqing.casework.terms import Ground, Outcome, State
from qinqing.documents.models import Attachment
from qinqing.ledger import actions as ledger
from qinqing.ledger import queries as ledger_queries

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE, TEXT = "二期扩建缺 15 亩工业用地", "设备 12 月底到厂，地还没交。"
COUNT = "addEventListener('click', () => { sessionStorage.taps = Number(sessionStorage.taps || 0) + 1 }, true)"
FEW = 5  # taps from the front page to the receipt


def write(page):
    page.fill("#id_title", TITLE)
    page.check("[name=topic][value=land]", force=True)
    page.fill("#id_text", TEXT)


def answered(town, matter):
    actions.dispatch(actor=town.ban, matter=matter, lead=town.land)
    actions.sign(actor=town.luo, matter=matter)
    actions.reply(actor=town.chen, matter=matter, text="东片区 15 亩已交地。", outcome=Outcome.SOLVED, evidence="交地确认书")


@pytest.mark.req("M0-001", "M1-014", "M1-036")
def test_submit_to_confirm_by_clicks(town, reading, enters, tmp_path):
    paper = tmp_path / "备案表.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    with reading() as page:
        enters(page, town.lin)
        page.goto("/")
        page.click(".hero-acts >> text=反映困难")
        write(page)
        page.set_input_files("#id_files", paper)
        page.wait_for_selector("#uploads >> text=备案表.pdf")
        page.click(".form-end .btn--primary")
        page.wait_for_url("**/receipt/")
        page.wait_for_selector(".checked h2 >> text=刚刚核对过：平台已签名收件，稍后封存")

        matter = Matter.objects.get()
        assert (matter.title, matter.topic) == (TITLE, "land")
        assert Attachment.objects.get().subject == f"matter:{matter.pk}"
        ledger.seal()
        ledger.checkpoint()
        page.reload()
        page.wait_for_selector(".checked h2 >> text=刚刚在您的浏览器里核对过，没有被改")
        with page.expect_download() as saved:
            page.click("text=存凭证文件")
        receipt = json.loads(saved.value.path().read_text())
        assert ledger_queries.check_receipt(receipt).ok
        page.click("text=看进度")
        assert "备案表.pdf" in page.inner_text(".tl")

        answered(town, matter)
        page.reload()
        assert page.locator("#ask").inner_text() == "请您确认办理结果"
        assert page.locator("form input:checked").count() == 0
        page.check("[name=solved][value=yes]", force=True)
        page.check("[name=satisfaction][value='5']", force=True)
        page.click(".form-end .btn--primary")
        page.wait_for_selector("text=您已确认解决。核查依据后销号。")
    matter.refresh_from_db()
    assert (matter.state, matter.ground) == (State.CONFIRMED, Ground.ENTERPRISE)


def test_a_receipt_that_was_changed_is_told_at_once(town, reading, enters):
    with reading() as page:
        enters(page, town.lin)
        page.goto("/submit/")
        write(page)
        page.click(".form-end .btn--primary")
        page.wait_for_url("**/receipt/")
        ledger.seal()
        ledger.checkpoint()
        Matter.objects.update(title="二期扩建缺 5 亩工业用地")
        page.reload()
        page.wait_for_selector(".checked--bad >> text=对不上")


def test_from_the_front_page_to_the_receipt_in_five_taps(town, reading, enters, phone):
    """A thumb puts itself into each field, and every touch counts."""
    with reading(phone) as page:
        enters(page, town.lin)
        page.context.add_init_script(COUNT)
        page.goto("/")
        page.tap(".hero-acts >> text=反映困难")
        page.wait_for_url("**/submit/")
        page.tap("#id_title")
        page.keyboard.type(TITLE)
        page.tap("label:has([name=topic][value=land])")
        page.tap("#id_text")
        page.keyboard.type(TEXT)
        page.tap(".form-end .btn--primary")
        page.wait_for_url("**/receipt/")
        page.wait_for_selector(".checked h2 >> text=核对过")
        assert 0 < int(page.evaluate("sessionStorage.taps")) <= FEW


@pytest.mark.req("M1-015")
def test_without_scripts_it_is_submitted_and_confirmed_all_the_same(town, reading, enters, tmp_path):
    paper = tmp_path / "备案表.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    with reading(javascript=False) as page:
        enters(page, town.lin)
        page.goto("/")
        page.click(".hero-acts >> text=反映困难")
        write(page)
        assert page.is_visible("#id_files")
        page.set_input_files("#id_files", paper)
        page.click(".form-end .btn--primary")
        assert page.url.endswith("/receipt/")
        assert "您的浏览器没有运行脚本" in page.inner_text(".checked")
        matter = Matter.objects.get()
        assert Attachment.objects.get().subject == f"matter:{matter.pk}"
        answered(town, matter)
        page.goto(f"/matters/{matter.number}/")
        page.check("[name=solved][value=no]", force=True)
        page.fill("[name=text]", "地还没有交")
        page.click(".form-end .btn--primary")
        assert "已记下还没解决，由上一级盯着办。" in page.inner_text("main")
    matter.refresh_from_db()
    assert (matter.state, matter.level) == (State.HANDLING, 1)


def test_pressing_enter_in_a_field_submits_and_removes_no_file(town, reading, enters, tmp_path):
    paper = tmp_path / "备案表.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    with reading() as page:
        enters(page, town.lin)
        page.goto("/submit/")
        page.set_input_files("#id_files", paper)
        page.wait_for_selector("#uploads >> text=备案表.pdf")
        write(page)
        page.press("#id_title", "Enter")
        page.wait_for_url("**/receipt/")
    assert Attachment.objects.get().subject.startswith("matter:")


# —— a slow line: the form may be sent before its files are there ——


@pytest.fixture
def paper(tmp_path):
    file = tmp_path / "备案表.pdf"
    file.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    return file


def held_up(page):
    """Uploads as they come, each to be let go by the test."""
    routes = []
    page.route("**/submit/files/", lambda route: routes.append(route))  # noqa: PLW0108 - the driver marks what it calls
    return routes


def let_go(route):
    route.continue_()


def answer_is_lost(route):
    """The server has the file, the browser never hears of it."""
    route.fetch()
    route.abort()


@pytest.mark.parametrize("ends", [let_go, answer_is_lost, lambda route: route.abort()], ids=["late", "answer lost", "cut off"])
def test_who_submits_while_a_file_is_on_its_way_brings_it_once(town, reading, enters, paper, ends):
    with reading(expects="ERR_FAILED") as page:
        enters(page, town.lin)
        page.goto("/submit/")
        write(page)
        routes = held_up(page)
        page.set_input_files("#id_files", paper)
        page.click(".form-end .btn--primary")
        page.wait_for_selector("text=附件还在传，传完自动继续，请稍等。")
        page.click(".form-end .btn--primary")
        ends(routes.pop())
        page.wait_for_url("**/receipt/")
    assert [file.subject.partition(":")[0] for file in Attachment.objects.all()] == ["matter"]


def test_a_second_choice_does_not_push_out_the_first(town, reading, enters, paper):
    other = paper.with_name("规划图.pdf")
    other.write_bytes(paper.read_bytes() + b" ")
    with reading(expects="ERR_FAILED") as page:
        enters(page, town.lin)
        page.goto("/submit/")
        write(page)
        routes = held_up(page)
        page.set_input_files("#id_files", paper)
        page.set_input_files("#id_files", other)
        assert page.locator(".chosen .file").count() == 2
        page.click(".form-end .btn--primary")
        routes.pop().abort()
        while not routes:
            page.wait_for_timeout(20)
        routes.pop().continue_()
        page.wait_for_url("**/receipt/")
    assert {file.name for file in Attachment.objects.filter(subject__startswith="matter:")} == {"备案表.pdf", "规划图.pdf"}

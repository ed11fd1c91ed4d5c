"""The portal in a browser: every page open to everybody in every reading mode, light to carry, and good without scripts."""

import gzip
import re

import pytest

from qinqing.casework import actions
from qinqing.consultation import actions as consultation
from qinqing.ledger import actions as ledger
from tests.browser.conftest import RULES
from tests.casework.road import at, handling, replied, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGET = 80 * 1024  # of the front page in all, compressed, pictures apart
OPEN_PAGES = ("/", "/figures/", "/ledger/", "/help/submit/", "/help/limits/", "/help/privacy/", "/help/accessibility/",
              "/embed/submit", "/embed/track")
DIFFER = {"desktop": RULES, "dark": ["color-contrast"], "large": RULES, "phone": RULES}  # the dark is the light in other colours

SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(part => part.offsetParent && !part.closest('.vh, .skip, svg'))
  .filter(part => [...part.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .map(part => parseFloat(getComputedStyle(part).fontSize)))"""


@pytest.fixture
def matters(town):
    """One in each state that has a face of its own."""
    found = {"new": submitted(town), "handling": handling(town), "replied": replied(town), "asked": handling(town)}
    with at(3, 15):
        actions.ask(actor=town.chen, matter=found["asked"], question="请补地块坐标图")
    found["closed"] = closed(town)
    ledger.seal()
    ledger.checkpoint()
    return {name: matter.number for name, matter in found.items()}


def closed(town):
    matter = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=matter, satisfaction=5)
    with at(12):
        matter = actions.close(actor=town.bai, matter=matter)
        consultation.publish(actor=town.lin, matter=matter, title="二期扩建缺地", text="东片区已交地。")
    return matter


def own_pages(matters):
    return ["/submit/", "/matters/", f"/matters/{matters['handling']}/", f"/matters/{matters['replied']}/",
            f"/matters/{matters['asked']}/", f"/matters/{matters['closed']}/", f"/matters/{matters['asked']}/why/solution/",
            f"/matters/{matters['handling']}/receipt/", f"/matters/{matters['handling']}/slip/",
            f"/matters/{matters['asked']}/supplement/", f"/matters/{matters['closed']}/publish/"]


@pytest.fixture
def looked_at(barriers, overflow):
    """Never wider than the device; no barrier in the four modes that differ, and no small letters in the large one."""

    def look(page, mode, address):
        page.goto(address)
        assert overflow(page, mode) <= 0, address
        if mode.name in DIFFER:
            assert barriers(page, DIFFER[mode.name]) == [], address
        if mode.size == "large":
            assert page.evaluate(SMALLEST) >= 18, address

    return look


def test_every_open_page_is_open_to_everybody(matters, reading, looked_at, mode):
    with reading(mode) as page:
        for address in OPEN_PAGES:
            looked_at(page, mode, address)


def test_every_page_of_ones_own_is_open_to_everybody(town, matters, reading, enters, looked_at, mode):  # noqa: PLR0917 - fixtures
    with reading(mode) as page:
        enters(page, town.lin)
        for address in own_pages(matters):
            looked_at(page, mode, address)


def test_a_refused_form_is_open_to_everybody_too(town, reading, enters, barriers):
    with reading(expects=422) as page:
        enters(page, town.lin)
        page.goto("/submit/")
        page.click(".form-end .btn--primary")
        assert page.evaluate("document.activeElement.className") == "errsum"
        assert page.title().startswith("有错误：")
        assert barriers(page) == []


def test_the_front_page_is_light(town, matters, reading):
    sent = {}
    with reading() as page:
        page.on("response", lambda answer: sent.update({answer.url: answer.body()}))
        page.goto("/")
        page.wait_for_load_state("networkidle")
        texts = {url: body for url, body in sent.items() if not url.endswith(".svg")}
        assert len(texts) >= 6
        assert sum(len(gzip.compress(body)) for body in texts.values()) <= BUDGET


def test_without_scripts_the_front_page_is_painted(town, matters, reading):
    with reading(javascript=False) as page:
        page.goto("/")
        assert page.is_visible("h1")
        assert page.locator(".live .fig").count() == 4
        assert page.get_attribute(".hero-acts a", "href") == "/submit/"


def test_the_case_page_leads_with_where_it_is(town, matters, reading, enters):
    with reading() as page:
        enters(page, town.lin)
        page.goto(f"/matters/{matters['handling']}/")
        assert page.inner_text("#whereabouts") == "市自然资源局正在办，3 月 9 日 周一前有答复"
        assert page.get_attribute(".days", "aria-label") == "期限 15 个工作日，已到第 2 个，还剩 13 个"
        assert page.locator(".days i").count() == 15
        page.click(".days-l a")
        page.wait_for_url("**/why/solution/")
        assert "15" in page.inner_text(".cal .due i")


def test_what_the_title_says_suggests_a_topic_which_a_person_may_change(town, matters, reading, enters):
    with reading() as page:
        enters(page, town.lin)
        page.goto("/submit/")
        page.fill("#id_title", "二期扩建缺15亩用地")
        page.wait_for_selector("[name=topic][value=land]:checked", state="attached")
        assert "按您写的内容选好" in page.inner_text("#id_topic_helptext")
        assert "预计承办单位" in page.inner_text("#hints")
        page.check("[name=topic][value=other]", force=True)
        page.fill("#id_title", "二期扩建缺15亩用地和用电")
        page.wait_for_timeout(700)
        assert page.is_checked("[name=topic][value=other]")


def test_on_a_phone_the_hints_stand_folded_after_the_topic(town, matters, reading, enters, phone):
    with reading(phone) as page:
        enters(page, town.lin)
        page.goto("/submit/")
        assert page.is_hidden("[data-hints-more]")
        page.fill("#id_title", "二期扩建缺15亩用地")
        page.wait_for_selector("[data-hints-more]:not([hidden])")
        page.tap("[data-hints-more] summary")
        assert "预计承办单位" in page.inner_text("[data-hints-more]")
        assert page.is_hidden("#hints [data-hints-place]")


def test_the_steps_follow_the_scrolling(town, reading, enters):
    with reading() as page:
        enters(page, town.lin)
        page.goto("/submit/")
        assert page.inner_text("[aria-current=step]").startswith("1 写困难")
        page.locator(".form-end").last.scroll_into_view_if_needed()
        page.wait_for_selector("[aria-current=step] >> text=核对提交")


def test_a_file_is_dropped_listed_and_taken_back(town, reading, enters, tmp_path):
    paper = tmp_path / "备案表.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    with reading() as page:
        enters(page, town.lin)
        page.goto("/submit/")
        page.set_input_files("#id_files", paper)
        page.wait_for_selector("#uploads >> text=备案表.pdf")
        page.goto("/submit/")
        assert "的草稿写" in page.inner_text(".begun")
        assert "备案表.pdf" in page.inner_text("#uploads")
        page.click("#uploads button")
        page.wait_for_selector("#uploads >> text=备案表.pdf", state="detached")
        page.click("text=不要了，重新写")
        assert page.locator(".begun").count() == 0


def test_without_an_account_what_was_chosen_is_listed_and_taken_out(town, reading, tmp_path):
    paper, drawing = tmp_path / "备案表.pdf", tmp_path / "规划图.pdf"
    for file in (paper, drawing):
        file.write_bytes(b"%PDF-1.4")
    with reading() as page:
        page.goto("/embed/submit")
        page.set_input_files("#id_files", [paper, drawing])
        assert page.locator(".chosen .file").count() == 2
        page.click(".chosen button >> nth=0")
        assert re.findall(r"\w+\.pdf", page.inner_text(".chosen")) == ["规划图.pdf", "规划图.pdf"]
        assert page.evaluate("document.querySelector('#id_files').files.length") == 1


def test_on_paper_the_slip_stands_alone(town, matters, reading, enters):
    with reading() as page:
        enters(page, town.lin)
        page.goto(f"/matters/{matters['handling']}/slip/")
        page.emulate_media(media="print")
        for part in (".topbar", ".site", ".foot", ".slip-do"):
            assert not page.is_visible(part), part
        assert page.is_visible(".paper img")
        assert "办理进度告知单" in page.inner_text(".paper")
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1

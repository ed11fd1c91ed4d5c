"""The component gallery in a browser: open to everybody in every reading mode, and what JavaScript improves."""

import re

import pytest

from qinqing.ui import views

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESSES = ["/_design/", *(f"/_design/{name}/" for name in views.GALLERY if name != "parts"), "/ui/menu/"]

SMALLEST = """() => {
  const said = part => [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  const seen = part => part.offsetParent && !part.closest('.vh, .skip, svg') && said(part)
  const size = part => parseFloat(getComputedStyle(part).fontSize)
  return Math.min(...[...document.querySelectorAll('body *')].filter(seen).map(size))
}"""


def test_every_page_is_open_to_everybody(reading, barriers, overflow, mode):
    with reading(mode) as page:
        for address in ADDRESSES:
            page.goto(address)
            assert overflow(page, mode) <= 0, address
            assert barriers(page) == [], address


def test_the_checker_finds_a_planted_barrier(reading, barriers):
    with reading() as page:
        page.goto("/_design/")
        page.evaluate("document.querySelector('#main').insertAdjacentHTML('beforeend', '<button></button>')")
        assert any(line.startswith("button-name") for line in barriers(page))


def test_the_measure_finds_a_planted_overflow(reading, overflow, mode):
    with reading(mode) as page:
        page.goto("/_design/")
        page.evaluate("document.querySelector('#main').appendChild(Object.assign(document.createElement('img'), {width: 1500}))")
        assert overflow(page, mode) > 0


def test_size_and_theme_change_at_once_and_stay(reading):
    with reading() as page:
        page.goto("/_design/")
        page.click(".topbar [data-preference=size]")
        page.click(".topbar [data-preference=theme]")
        assert page.get_attribute("html", "data-size") == "large"
        assert page.inner_text(".topbar [data-preference=size]") == "标准版"
        page.reload()
        assert page.get_attribute("html", "data-size") == "large"
        assert page.get_attribute("html", "data-theme") == "dark"
        page.click(".topbar [data-preference=size]")
        assert page.get_attribute("html", "data-size") is None


def test_without_javascript_the_same_buttons_work(reading):
    with reading(javascript=False) as page:
        page.goto("/_design/")
        page.click(".topbar [data-preference=size]")
        page.wait_for_url("**/_design/")
        assert page.get_attribute("html", "data-size") == "large"


def test_the_menu_keeps_the_focus_and_gives_it_back(reading, phone):
    with reading(phone) as page:
        page.goto("/_design/home/")
        page.click(".menu-btn")
        assert page.is_visible("dialog#menu")
        for _press in range(25):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#menu')")
        page.keyboard.press("Escape")
        assert not page.is_visible("dialog#menu")
        assert page.evaluate("document.activeElement.classList.contains('menu-btn')")


def test_a_touch_beside_the_menu_closes_it(reading, phone):
    with reading(phone) as page:
        page.goto("/_design/home/")
        page.click(".menu-btn")
        page.mouse.click(100, 40)
        assert not page.is_visible("dialog#menu")


def test_without_javascript_the_menu_is_a_page(reading, phone):
    with reading(phone, javascript=False) as page:
        page.goto("/_design/home/")
        page.click(".menu-btn")
        page.wait_for_url("**/ui/menu/")
        assert page.is_visible(".sheet-l")


def test_the_error_summary_is_read_first_and_leads_to_the_field(reading):
    with reading() as page:
        page.goto("/_design/forms/")
        assert page.evaluate("document.activeElement.className") == "errsum"
        page.click(".errsum a >> nth=1")
        assert page.evaluate("document.activeElement.id") == "wrong_topic_0"


def test_letters_are_counted(reading):
    with reading() as page:
        page.goto("/_design/forms/")
        assert page.inner_text("[data-count=id_detail]") == "0 / 1000 字"
        page.fill("#id_detail", "十个字十个字十个字十")
        assert page.inner_text("[data-count=id_detail]") == "10 / 1000 字"


def test_rows_are_walked_and_picked_with_single_keys(reading):
    with reading() as page:
        page.goto("/_design/desk/")
        page.keyboard.press("j")
        assert "新建冷库" in page.inner_text(".rw.cur")
        page.keyboard.press("k")
        page.keyboard.press("k")
        assert "锂电回收" in page.inner_text(".rw.cur")
        assert not page.is_visible(".bulk")
        page.keyboard.press("x")
        assert "已选 1 件" in re.sub(r"\s+", " ", page.inner_text(".bulk b"))
        page.keyboard.press("Escape")
        assert not page.is_visible(".bulk")
        page.keyboard.press("Enter")
        assert page.url.endswith("#5")


def test_single_keys_are_off_in_fields_and_can_be_switched_off(reading):
    with reading() as page:
        page.goto("/_design/desk/")
        here = page.inner_text(".rw.cur a")
        page.keyboard.press("/")
        page.keyboard.type("jk")
        assert page.input_value(".find input") == "jk"
        assert page.inner_text(".rw.cur a") == here
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.uncheck("#keys input")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert page.inner_text(".rw.cur a") == here
        page.reload()
        page.keyboard.press("j")
        assert page.inner_text(".rw.cur a") == here


def test_a_button_answers_to_the_letter_it_shows(reading):
    with reading() as page:
        page.goto("/_design/desk/")
        page.evaluate("document.querySelector('.pan [data-key=d]').addEventListener('click', () => { document.title = 'd' })")
        page.keyboard.press("d")
        assert page.title() == "d"


def test_a_number_is_copied(reading, browser):
    with reading() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/_design/")
        page.click("[data-copy]")
        page.wait_for_selector("[data-copy]:has-text('已复制')")
        assert page.evaluate("navigator.clipboard.readText()") == "GY-2020-1112-0032"


def test_on_paper_the_navigation_is_gone(reading):
    with reading() as page:
        page.goto("/_design/matter/")
        page.emulate_media(media="print")
        assert not page.is_visible(".topbar")
        assert not page.is_visible(".foot")
        assert page.is_visible(".tl")


def test_on_paper_a_dark_screen_is_black_on_white(reading, mode):
    with reading(mode) as page:
        page.goto("/_design/matter/")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "14px"
        assert page.evaluate("getComputedStyle(document.querySelector('.tl .done h3')).color") == "rgb(0, 0, 0)"


def test_large_means_large(reading, large_mode):
    with reading(large_mode) as page:
        for address in ADDRESSES:
            page.goto(address)
            assert page.evaluate(SMALLEST) >= 18, address

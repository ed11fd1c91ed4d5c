"""The workbench in a browser: open to everybody in every reading mode, by keyboard and by thumb, with JavaScript and without."""

import re

import pytest

from qinqing.casework.models import Matter
from qinqing.casework.terms import State
from tests.browser.conftest import MODES
from tests.casework.road import dispatched, handling, replied, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill(town):
    """One matter in each hand, and a few that wait for the office."""
    for _ in range(4):
        submitted(town)
    return {"office": submitted(town), "unit": dispatched(town), "handler": handling(town), "enterprise": replied(town)}


@pytest.fixture
def looks_at(enters, barriers, overflow):
    """`looks_at(page, mode, actor, address)`: no barrier, and nothing wider than the device."""

    def looked(page, mode, actor, address):
        enters(page, actor)
        page.goto(address)
        assert overflow(page, mode) <= 0, address
        assert barriers(page) == [], address

    return looked


def test_every_page_is_open_to_everybody(town, reading, looks_at, mode):
    matters = fill(town)
    pages = [(town.ban, "/desk/"), (town.ban, f"/desk/?tab=running&open={matters['office'].number}"), (town.ban, "/desk/?q=没有"),
             (town.ban, f"/desk/matters/{matters['office'].number}/"), (town.ban, "/desk/register/"),
             (town.ban, "/desk/filters/county/"), (town.luo, f"/desk/matters/{matters['unit'].number}/"),
             (town.chen, f"/desk/matters/{matters['handler'].number}/reply/")]
    with reading(mode) as page:
        for actor, address in pages:
            looks_at(page, mode, actor, address)


def test_by_keyboard_a_row_opens_beside_the_list_and_closes_again(town, reading, enters):
    fill(town)
    with reading() as page:
        enters(page, town.ban)
        page.goto("/desk/")
        for key in ("j", "j", "Enter"):
            page.keyboard.press(key)
        page.wait_for_selector("#panel h2")
        number = page.locator(".rw.cur a").get_attribute("data-open")
        assert f"open={number}" in page.url
        assert number in page.inner_text("#panel")
        page.click("[data-step='1']")
        page.wait_for_function("old => !document.querySelector('#panel').innerText.includes(old)", arg=number)
        page.keyboard.press("Escape")
        assert page.is_hidden("#panel")
        assert "open=" not in page.url
        page.go_back()
        page.wait_for_selector("#panel h2")


def test_rows_are_picked_by_key_and_dispatched_together(town, reading, enters):
    fill(town)
    with reading() as page:
        enters(page, town.ban)
        page.goto("/desk/")
        assert page.is_hidden(".bulk")
        for key in ("j", "x", "j", "x"):
            page.keyboard.press(key)
        assert page.inner_text(".bulk b") == "打勾的事项 2"
        page.keyboard.press("Escape")
        assert page.is_hidden(".bulk")
        for key in ("x", "k", "x", "d"):
            page.keyboard.press(key)
        page.wait_for_selector("text=把 2 件交给一个单位")
        page.fill("input[list]", "市供电公司")
        page.click("main button.btn--primary")
        page.wait_for_selector("text=办好 2 件")
    assert Matter.objects.filter(unit=town.power, state=State.DISPATCHED).count() == 2


def test_a_unit_is_found_by_its_name_and_the_list_comes_back(town, reading, enters):
    matter = fill(town)["office"]
    with reading() as page:
        enters(page, town.ban)
        page.goto(f"/desk/?topic=land&open={matter.number}")
        page.fill("#panel input[list]", "市供电公司")
        page.click("#panel .acting-end .btn--primary")
        page.wait_for_selector("text=已交办市供电公司。下一个期限：签收")
        assert page.url.endswith("/desk/?topic=land")
    matter.refresh_from_db()
    assert matter.unit == town.power


def test_enter_in_the_picker_chooses_and_never_sends(town, reading, enters):
    matter = fill(town)["office"]
    with reading() as page:
        enters(page, town.ban)
        page.goto(f"/desk/matters/{matter.number}/")
        page.fill("#verb_lead", "供电")
        page.keyboard.press("Enter")
        assert page.input_value("#verb_lead") == "市供电公司"
        page.fill("#verb_helpers", "自然")
        page.keyboard.press("Enter")
        assert page.inner_text(".picked li").startswith("市自然资源局")
        page.click(".picked button")
        assert page.locator(".picked li").count() == 0
        page.fill("#verb_helpers", "自然")
        page.keyboard.press("Enter")
        matter.refresh_from_db()
        assert matter.state == State.SUBMITTED
        page.click(".acting-end .btn--primary")
        page.wait_for_selector("text=已交办市供电公司")
    assert {part.unit for part in matter.assignments.all()} == {town.power, town.land}


def keys_listed(page):
    page.keyboard.press("?")
    listed = page.locator("#keys dt:visible").all_inner_texts()
    page.keyboard.press("Escape")
    return [" ".join(keys.split()) for keys in listed]


def test_the_list_of_keys_names_what_the_page_has_and_nothing_else(town, reading, enters):
    matter = fill(town)["office"]
    with reading() as page:
        enters(page, town.ban)
        page.goto("/desk/")
        assert keys_listed(page) == ["J K", "X", "Enter", "/", "Esc", "?", "C"]
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert keys_listed(page)[6:] == ["C", "D"]
        page.goto(f"/desk/matters/{matter.number}/")
        assert keys_listed(page) == ["?", "D", "G", "N"]
        page.keyboard.press("d")
        assert page.evaluate("document.activeElement.closest('.acting form') !== null")
        page.goto("/desk/register/")
        assert keys_listed(page) == ["?"]


def test_a_filter_drops_down_and_is_chosen(town, reading, enters):
    fill(town)
    with reading() as page:
        enters(page, town.ban)
        page.goto("/desk/")
        page.click("text=县区")
        page.wait_for_selector("#choices a")
        page.keyboard.press("Escape")
        assert page.locator("#choices").count() == 0
        page.click("text=县区")
        page.click("#choices >> text=西区")
        page.wait_for_url(re.compile("county=510811"))
        assert "没有符合筛选的事项" in page.inner_text("main")


def test_an_answer_asks_for_what_it_needs(town, reading, enters):
    matter = fill(town)["handler"]
    with reading() as page:
        enters(page, town.chen)
        page.goto(f"/desk/matters/{matter.number}/")
        dependent = ["basis", "legal_route", "review_on", "promised_on", "evidence"]
        assert not any(page.is_visible(f"[name={name}]") for name in dependent)
        page.check("[name=outcome][value=not_yet]", force=True)
        assert [name for name in dependent if page.is_visible(f"[name={name}]")] == ["review_on"]
        page.check("[name=outcome][value=solved]", force=True)
        assert [name for name in dependent if page.is_visible(f"[name={name}]")] == ["promised_on", "evidence"]
        page.fill("[name=text]", "已交地。")
        page.fill("[name=evidence]", "交地确认书")
        page.click(".acting-end .btn--primary")
        page.wait_for_selector("text=已答复企业。")
    matter.refresh_from_db()
    assert matter.state == State.REPLIED


def test_another_verb_is_one_click_away_and_has_an_address(town, reading, enters):
    matter = fill(town)["handler"]
    with reading() as page:
        enters(page, town.chen)
        page.goto(f"/desk/matters/{matter.number}/")
        page.click("#acting >> text=办理进展")
        page.wait_for_selector("#acting h2 >> text=办理进展")
        assert page.url.endswith(f"/desk/matters/{matter.number}/progress/")
        page.click("text=不办这个")
        page.wait_for_selector("#acting h2 >> text=答复")


def test_on_a_phone_a_row_is_a_page_with_its_decision_under_the_thumb(town, reading, enters, phone):
    matter = fill(town)["unit"]
    with reading(phone) as page:
        enters(page, town.luo)
        page.goto("/desk/")
        page.tap(f"[data-open='{matter.number}']")
        page.wait_for_url(f"**/desk/matters/{matter.number}/")
        bottom = page.locator(".acting-end").bounding_box()
        assert bottom["y"] + bottom["height"] <= page.viewport_size["height"] + 1
        page.tap(".acting-end .btn--primary")
        page.wait_for_selector("text=已签收。")
        page.tap(".mtop a")
        page.wait_for_url("**/desk/")


def test_without_javascript_everything_is_there(town, reading, enters):
    matters = fill(town)
    with reading(javascript=False) as page:
        enters(page, town.chen)
        page.goto(f"/desk/matters/{matters['handler'].number}/")
        for name in ("basis", "legal_route", "review_on", "promised_on", "evidence", "files"):
            assert page.is_visible(f"[name={name}]"), name
        page.click("#acting >> text=办理进展")
        page.fill("[name=text]", "已看现场")
        page.click(".acting-end .btn--primary")
        assert "办理进展已告诉企业。" in page.inner_text("main")
        enters(page, town.ban)
        page.goto("/desk/")
        page.click("text=县区")
        page.click("text=东区")
        page.check(".rw input >> nth=0")
        page.click(".bulk .btn--primary")
        page.select_option("[name=lead]", "power")
        page.click("main button.btn--primary")
        assert "办好 1 件" in page.inner_text("main")
        page.click(".rw a >> nth=0")
        assert "/desk/matters/" in page.url


@pytest.mark.parametrize("read", ["lang=en", "size=large"])
def test_no_view_is_cut_off(town, reading, enters, live_server, read):
    name, value = read.split("=")
    fill(town)
    with reading() as page:
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        enters(page, town.ban)
        page.goto("/desk/")
        assert page.evaluate("(tabs => tabs.scrollWidth - tabs.clientWidth)(document.querySelector('.tabs'))") <= 0
        right = page.evaluate("Math.max(...[...document.querySelectorAll('.tabs a')].map(a => a.getBoundingClientRect().right))")
        assert right <= page.viewport_size["width"]


def test_what_the_side_cannot_show_at_once_fades_out(town, reading, enters):
    """Large type on a low screen: the entries go on below, and the last can be read whole."""
    with reading(next(mode for mode in MODES if mode.name == "large")) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        enters(page, town.ban)
        page.goto("/desk/")
        assert "gradient" in page.evaluate("getComputedStyle(document.querySelector('.side-end'), '::before').backgroundImage")
        last, end = page.locator(".side .it").last, page.locator(".side-end")
        page.evaluate("(side => { side.scrollTop = side.scrollHeight })(document.querySelector('.side-in'))")
        assert last.bounding_box()["y"] + last.bounding_box()["height"] <= end.bounding_box()["y"] - 16

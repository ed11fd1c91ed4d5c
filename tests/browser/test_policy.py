"""Policies in a browser: open to everybody in every reading mode, and numbers tried with JavaScript and without."""

from datetime import date

import pytest

from qinqing.parties import actions as parties
from tests.policy import road

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT_LEAST = [{"fact": "apprentices", "ge": "10人"}, {"fact": "employees", "ge": "1人"}, {"fact": "patents", "ge": "1件"}]
RULE = {"where": {"all": AT_LEAST},
        "amount": {"mul": ["apprentices", "5000元"]}}


@pytest.fixture
def leader(town):
    leader = road.leader(town)
    rules = {"P1": RULE, "P2": {"where": {"fact": "employees", "ge": "5人"}, "amount": "3万元"},
             "P3": {"where": {"fact": "size", "is": "large"}}, "P4": {"where": {"fact": "apprentices", "ge": "10人"}}}
    for number, rule in rules.items():
        road.published(town, leader, number, rule=rule)
    road.drafted(town, "P5")
    for name, value in (("apprentices", "7人"), ("employees", "12人")):
        parties.record_fact(actor=town.chen, enterprise=town.enterprise, name=name, value=value, as_of=date(2026, 2, 1),
                            source=town.land, permitted_use="matching")
    return leader


def test_every_page_is_open_to_everybody(town, leader, reading, enters, barriers, overflow, mode):  # noqa: PLR0917 - fixtures
    pages = [(town.lin, "/policies/"), (town.lin, "/policies/?q=冷库"), (town.lin, "/policies/P1/?if_apprentices=x"),
             (town.lin, "/policies/mine/"), (leader, "/desk/policies/"), (leader, "/desk/policies/P5/"),
             (leader, "/desk/policies/P5/items/P5-1/"), (leader, "/desk/policies/P1/items/P1-1/versions/"),
             (leader, "/desk/policies/import/")]
    with reading(mode) as page:
        for actor, address in pages:
            enters(page, actor)
            page.goto(address)
            assert overflow(page, mode) <= 0, address
            assert barriers(page) == [], address


@pytest.mark.parametrize("javascript", [True, False])
def test_a_number_is_tried_where_one_reads(town, leader, reading, enters, javascript):
    with reading(javascript=javascript) as page:
        enters(page, town.lin)
        page.goto("/policies/P4/")
        assert "还差 3 人" in page.inner_text("#fit")
        page.fill("#if_apprentices", "12")
        page.click("text=算一算")
        page.wait_for_selector(".then")
        assert "符合" in page.inner_text(".then")
        assert page.url.endswith("/policies/P4/") is javascript


def test_the_picture_is_seen_and_told(town, leader, reading):
    with reading(javascript=False) as page:
        page.goto("/policies/P1/")
        picture = page.locator(".pic img")
        picture.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert "谁能享受" in picture.get_attribute("alt")
        assert page.request.get(picture.get_attribute("src")).headers["content-type"] == "image/png"

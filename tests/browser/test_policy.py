"""Policies in a browser: open to everybody in every reading mode, and numbers tried with JavaScript and without."""

from datetime import date

import pytest

from qinqing.parties import actions as parties
from qinqing.parties.models import Enterprise
from qinqing.policy import actions, rematching, snapshots
from qinqing.policy.models import PolicyItem
from tests import characters
from tests.policy import road

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
P2, HALF_A_SECOND = "/desk/policies/items/P2-1/", 500
RULES_AND_PUSHES = (f"{P2}rule/", f"{P2}simulate/", "/desk/pushes/", "/desk/pushes/items/P2-1/", "/desk/pushes/units/land/")
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


@pytest.fixture
def populated(leader, town, settings, tmp_path):
    """Enough enterprises for tables with hidden cells, matched and told of."""
    settings.QINQING_HOME = tmp_path
    for number, size in enumerate(["micro"] * 8 + ["small"] * 3 + ["large"] * 9):
        county = (town.county, town.elsewhere)[number % 2]
        firm = characters.make_enterprise(f"91510802MA{number:07d}X", f"广元演示{number}", county)
        Enterprise.objects.filter(pk=firm.pk).update(size_class=size)
        parties.record_fact(actor=town.chen, enterprise=firm, name="employees", value="12人", as_of=date(2026, 2, 1),
                            source=town.land, permitted_use="matching")
    relief = PolicyItem.objects.current().get(code="P2-1")
    actions.change_item(actor=town.ban, item=relief, reason="归到减免", benefit_class="relief")
    snapshots.renew()
    rematching.renew_when_due()


@pytest.mark.usefixtures("populated")
def test_pages_of_rules_and_pushes_are_open_to_everybody(leader, reading, enters, barriers, overflow, mode):  # noqa: PLR0917 - fixtures
    with reading(mode) as page:
        enters(page, leader)
        for address in RULES_AND_PUSHES:
            page.goto(address)
            assert overflow(page, mode) <= 0, address
            assert barriers(page) == [], address


FOCUSABLE = "a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex='0']"
HIDDEN = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), bars = [...document.querySelectorAll(".mtop, .mbar")];
  const covers = bar => !bar.contains(it) && box.bottom > bar.getBoundingClientRect().top + 1
    && box.top < bar.getBoundingClientRect().bottom - 1;
  return !it.matches(".skip") && box.height < 600 && bars.some(covers) ? it.outerHTML.slice(0, 120) : "";
}"""


@pytest.mark.usefixtures("populated")
@pytest.mark.parametrize("address", [f"{P2}rule/", f"{P2}simulate/"])
def test_nothing_takes_the_focus_under_the_bars_of_a_phone(leader, reading, enters, phone, address):
    with reading(phone) as page:
        enters(page, leader)
        page.goto(address)
        under = set()
        for _ in range(page.locator(FOCUSABLE).count()):
            page.keyboard.press("Tab")
            under.add(page.evaluate(HIDDEN))
        assert under == {""}


@pytest.mark.usefixtures("populated")
def test_in_english_too_no_page_is_wider_than_a_phone(leader, reading, enters, overflow, phone):
    with reading(phone) as page:
        enters(page, leader)
        page.goto("/desk/")
        page.context.add_cookies([{"name": "lang", "value": "en", "url": page.url}])
        for address in RULES_AND_PUSHES:
            page.goto(address)
            assert overflow(page, phone) <= 0, address


@pytest.mark.usefixtures("populated")
def test_the_cross_table_scrolls_in_its_own_region_by_the_keyboard(leader, reading, enters, phone):
    with reading(phone) as page:
        enters(page, leader)
        page.goto(f"{P2}simulate/")
        region = page.locator(".scroll", has=page.locator(".crossing"))
        assert region.evaluate("box => box.scrollWidth > box.clientWidth")
        region.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(HALF_A_SECOND)  # it scrolls smoothly; the page's own rules forbid waiting by a script
        assert region.evaluate("box => box.scrollLeft") > 0


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

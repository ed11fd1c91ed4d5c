"""What is opened less often, in a browser: figures, calendar, people, logs; without barriers in every mode of reading."""

import pytest

from qinqing.base import Role
from tests import characters
from tests.browser.conftest import RULES
from tests.casework.road import dispatched, handling, replied

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKED_AT = {"desktop": RULES, "dark": ["color-contrast"], "large": RULES, "phone": RULES}
OF_ROLE = {
    Role.ENVIRONMENT_OFFICE: (
        "/desk/policies/", "/desk/policies/new/", "/desk/benefits/", "/desk/facts/", "/desk/reliefs/", "/desk/rules/",
        "/desk/durations/", "/desk/satisfaction/", "/desk/calendar/", "/desk/calendar/import/", "/desk/redated/", "/desk/outbox",
        "/desk/admin/enterprises/", "/desk/admin/enterprises/new/", "/desk/admin/mandates/", "/desk/reported/",
        "/desk/reported/measures/", "/notices/", "/me/",
    ),
    Role.CITY_LEADER: ("/desk/overview/", "/desk/"),
    Role.HOTLINE_OPERATOR: ("/desk/lookup/", "/desk/"),
    Role.CHAMBER: ("/desk/",),
    Role.SYSTEM_ADMIN: (
        "/desk/admin/", "/desk/admin/units/", "/desk/admin/people/", "/desk/admin/units/new/", "/desk/admin/people/new/",
    ),
    Role.AUDIT_ADMIN: ("/desk/admin/log/", "/desk/admin/reveals/"),
    Role.ENTERPRISE: ("/notices/", "/me/", "/policies/", "/policies/mine/", "/benefits/", "/facts/"),
    "": ("/login/", "/figures/reported/", "/ui/menu/"),
}


@pytest.fixture
def people(town):
    """Somebody of each role; who is in the town stands for theirs."""
    known = {Role.ENVIRONMENT_OFFICE: town.ban, Role.CITY_LEADER: town.hao, Role.HOTLINE_OPERATOR: town.operator,
             Role.ENTERPRISE: town.lin}
    others = (Role.CHAMBER, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    return known | {role: characters.in_post(str(role).replace("_", "-"), "某", town.city, role) for role in others}


@pytest.fixture
def looked_at(barriers, overflow):
    def look(page, mode, address):
        assert page.goto(address).status == 200, address
        assert overflow(page, mode) <= 0, address
        assert barriers(page, LOOKED_AT[mode.name]) == [], address

    return look


@pytest.mark.parametrize("role", OF_ROLE, ids=lambda role: str(role) or "nobody")
def test_every_page_is_open_to_everybody(town, people, reading, enters, looked_at, mode, role):  # noqa: PLR0917 - fixtures
    if mode.name not in LOOKED_AT:
        return  # the same colours and widths in another order
    for make in (dispatched, handling, replied):
        make(town)
    with reading(mode) as page:
        if role:
            enters(page, people[role])
        for address in OF_ROLE[role]:
            looked_at(page, mode, address)

"""Every address, asked for by everybody: open because it stands here, or closed to whom it is not for; broken for nobody."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from qinqing.base import Role
from qinqing.base.actor import ADMINISTRATORS, CITY_OFFICES, UNIT_STAFF
from qinqing.casework.access import DISPATCHERS
from qinqing.parties.access import MANDATING, REGISTERING
from qinqing.parties.models import Account
from qinqing.policy.access import APPROVING, WRITING
from qinqing.policy.access import cycles as cycle_access
from tests.parties import makers

NOBODY = ""  # a visitor who is not signed in
STAFF = frozenset(Role) - {Role.ENTERPRISE}

# Open to everybody, and why.
OPEN = {
    "home": "the front page", "ledger": "the ledger is public", "help": "explains",
    "figures": "public figures", "figures_csv": "likewise", "figures_json": "likewise", "reported": "likewise",
    "alive": "probe", "ready": "probe",
    "design": "the components, with invented texts", "preference": "how a visitor reads", "set_language": "likewise",
    "menu": "the menu for those without JavaScript",
    "submit": "one writes first and signs in then", "keep_draft": "likewise", "submit_hints": "likewise", "drop_file": "likewise",
    "keep_files": "likewise",
    "embed_submit": "stands in other sites", "embed_track": "likewise",
    "account_login": "signing in", "account_request_login_code": "likewise", "account_confirm_login_code": "likewise",
    "demo_sign_in": "likewise, in the demo", "account_inactive": "likewise", "account_logout": "signing out",
    "mfa_authenticate": "likewise", "mfa_login_webauthn": "likewise", "openid_connect_login": "likewise",
    "openid_connect_callback": "likewise", "socialaccount_login_cancelled": "likewise", "socialaccount_login_error": "likewise",
    "policies": "policies are public", "policy": "likewise", "policy_picture": "likewise", "policy_paper": "likewise",
    "benefit_notices": "public notice", "benefit_notice": "likewise",
    "after_login": "sends everybody to where they belong",
    "api": "answers for itself, by tokens",
}

# Whom a part of the desk is for; the longest beginning decides, and what stands nowhere is for everybody who is signed in.
AUDIENCES = {
    "/desk/": STAFF,
    "/desk/admin/": ADMINISTRATORS | MANDATING,
    "/desk/admin/units/": frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
    "/desk/admin/people/": frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}) | MANDATING,
    "/desk/admin/enterprises/": REGISTERING,
    "/desk/admin/log/": frozenset({Role.AUDIT_ADMIN}),
    "/desk/reported/": CITY_OFFICES,
    "/benefits/": frozenset({Role.ENTERPRISE}),
    "/desk/benefits/": cycle_access.READING,
    "/desk/reliefs/": CITY_OFFICES | UNIT_STAFF,
    "/desk/policies/": CITY_OFFICES | WRITING | APPROVING,
    "/desk/satisfaction/": UNIT_STAFF | DISPATCHERS | {Role.CITY_LEADER},
    "/desk/outbox": CITY_OFFICES | {Role.SYSTEM_ADMIN},
}
MADE_UP = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
REFUSED = {302, 303, 401, 403, 404, 405}
ENDS_THE_SESSION = "account_logout"


def addresses(resolver=None, prefix="/", space=""):
    """Each address with made-up values, and the name it has (of its whole namespace, where it stands in one)."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + re.sub(r"[\^$]", "", str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda found: MADE_UP[found[1] or "str"], route), space or entry.name
        else:
            yield from addresses(entry, route, space or entry.namespace or "")


def for_whom(address, name):
    if name in OPEN:
        return {NOBODY, *Role}
    beginnings = [beginning for beginning in AUDIENCES if address.startswith(beginning)]
    return AUDIENCES[max(beginnings, key=len)] if beginnings else frozenset(Role)


@pytest.fixture
def visitor(client, db):
    def sign_in(role):
        city = makers.make_unit("city", "某市人民政府", kind="government")
        if role != NOBODY:
            client.force_login(Account.objects.get(pk=makers.make_actor(role, city).account_id))
        client.raise_request_exception = False
        return client

    return sign_in


@pytest.mark.parametrize("role", [NOBODY, *Role], ids=lambda role: str(role) or "nobody")
def test_every_address_answers_whom_it_is_for_and_refuses_the_others(role, visitor):
    person = visitor(role)
    wrong = []
    for address, name in addresses():
        for method in ("get", "post"):
            if method == "post" and name == ENDS_THE_SESSION:
                continue
            status = getattr(person, method)(address).status_code
            if status >= 500 or (role not in for_whom(address, name) and status not in REFUSED):
                wrong.append(f"{method} {address} {name}: {status}")
    assert wrong == []


def test_a_closed_page_sends_a_visitor_to_sign_in(client, db):
    for address, name in addresses():
        if NOBODY not in for_whom(address, name):
            answer = client.get(address)
            assert answer.status_code != 302 or answer.headers["Location"].startswith("/login/"), address


def test_what_is_open_exists():
    assert OPEN.keys() - {name for _, name in addresses()} == set()

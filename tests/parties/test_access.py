"""Role by predicate, the whole table; and each administrator knows no more than it must."""

import pytest

from qinqing import base
from qinqing.base import Actor, Role
from qinqing.parties import access, rules

EAST, WEST = 1, 2
S, A, X, E = "system_admin", "security_admin", "audit_admin", "enterprise"
OFFICES = {"environment_office", "private_economy_office", "efficiency_office", "city_government_office"}
UNIT = {"liaison", "handler", "unit_leader"}
COUNTY = {"county_office", "county_leader"}

# Who may, of all roles; the actor sits in the east, in unit 7, and is account 5.
TABLE = {
    "may_manage_units": ((), {S}),
    "may_see_units": ((), {S, A}),
    "may_create_account": ((), OFFICES | {S, "county_office"}),
    "may_see_people": ((), {S, A}),
    "may_change_account": ((6,), {S}),
    "may_appoint": ((6,), {A}),
    "may_lock": ((6,), {A}),
    "may_erase": ((), {A}),
    "may_see_mandates": ((), OFFICES | {"county_office", A}),
    "may_grant_mandate": ((EAST,), OFFICES | {"county_office", A}),
    "may_register_enterprise": ((), OFFICES | {"county_office", "hotline_operator"}),
    "may_change_enterprise": ((EAST,), OFFICES | {"county_office", "hotline_operator"}),
    "may_import": ((), OFFICES),
    "may_import_facts": (((7,),), OFFICES | UNIT),
    "may_record_fact": ((3, 7), OFFICES | UNIT | {"county_office"}),
    "may_reveal_contact": ((EAST,), OFFICES | UNIT | COUNTY | {"hotline_operator"}),
    "may_read_business": ((), set(Role.values) - {S, A, X}),
    "may_read_logs": ((), {X}),
}


def actor(role):
    return Actor(account_id=5, role=role, unit_id=7, unit_ids=frozenset({7}), county_id=EAST, enterprise_id=4)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("predicate", TABLE)
def test_role_by_predicate(predicate, role):
    arguments, allowed = TABLE[predicate]
    verdict = getattr(access, predicate)(actor(role), *arguments)
    assert bool(verdict) is (role in allowed)
    assert verdict or str(verdict.reason).endswith("。")


def test_the_table_is_whole():
    assert {name for name in vars(access) if name.startswith("may_")} == TABLE.keys()


@pytest.mark.parametrize("predicate", sorted(TABLE.keys() - {"may_read_business"}))
def test_the_system_may_all_and_the_public_nothing(predicate):
    arguments, _ = TABLE[predicate]
    assert getattr(access, predicate)(base.SYSTEM, *arguments)
    assert not getattr(access, predicate)(base.PUBLIC, *arguments)


@pytest.mark.parametrize("role", sorted(COUNTY))
@pytest.mark.parametrize("predicate", ["may_grant_mandate", "may_change_enterprise", "may_reveal_contact"])
def test_a_county_stays_in_its_county(predicate, role):
    assert not getattr(access, predicate)(actor(role), WEST)
    assert not getattr(access, predicate)(actor(role), None)


def test_one_changes_ones_own_account_but_neither_appoints_nor_locks_oneself():
    assert access.may_change_account(actor("handler"), 5)
    assert not access.may_appoint(actor(A), 5)
    assert not access.may_lock(actor(A), 5)


def test_facts():
    assert not access.may_record_fact(actor("handler"), 3, 8)
    assert access.may_record_fact(actor(E), 4, None)
    assert not access.may_record_fact(actor(E), 4, 7)
    assert not access.may_record_fact(actor(E), 3, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("+86 139-0000-2046", "13900002046"), ("0839-1234567", "0839-1234567"), (" 13900002046 ", "13900002046"), ("", "")],
)
def test_phones(typed, kept):
    assert rules.normalised_phone(typed) == kept


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (("李建国", "13900002046", "li@example.cn"), ("李××", "139****2046", "l****@example.cn")),
        (("欧阳", "0839-1234", "x"), ("欧×", "****34", "****")),
        (("", "", ""), ("", "", "")),
    ],
)
def test_masks(contact, shown):
    assert rules.masked_contact(*contact) == shown

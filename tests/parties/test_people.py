"""Accounts: made, changed, locked, unmasked and erased; the ledger names nobody."""

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.parties import actions, erasure, queries
from qinqing.parties.models import Account, ContactReveal, Enterprise

from .makers import make_account, make_actor, make_enterprise, make_post

PERSONAL = ("李建国", "13900002046", "li@example.cn")


@pytest.fixture
def li(db):
    name, phone, email = PERSONAL
    return make_account("li", name, phone=phone, email=email)


def last_entry():
    return Entry.objects.latest("id")


def test_an_account_is_committed_to_and_not_named(li):
    entry = last_entry()
    assert (entry.verb, entry.subject) == ("account.created", f"account:{li.id}")
    assert ledger.commitment(li.salt, "\n".join(PERSONAL)) in entry.facts
    assert not any(value in entry.facts for value in PERSONAL)
    assert not li.has_usable_password()


@pytest.mark.parametrize(
    ("values", "said"),
    [({"username": "li"}, "用户名"), ({"username": "other", "phone": "+86 139-0000-2046"}, "手机号")],
)
def test_names_and_phones_are_unique(li, values, said):
    with pytest.raises(base.Refused, match=said):
        make_account(name="另一人", **values)


def test_many_have_no_phone(db):
    make_account()
    assert make_account().phone == ""


def test_a_changed_phone_is_unverified_again(li):
    actions.verify_phone(actor=queries.person(li), account=li, phone=li.phone)
    unchanged = {"name": li.name, "email": li.email, "notify_by": "email"}
    actions.change_account(actor=queries.person(li), account=li, phone="139 0000 2046", **unchanged)
    assert Account.objects.get(id=li.id).phone_verified
    actions.change_account(actor=queries.person(li), account=li, phone="13900002047", **unchanged)
    assert not Account.objects.get(id=li.id).phone_verified


def test_a_code_from_an_old_number_verifies_nothing(li):
    actions.verify_phone(actor=queries.person(li), account=li, phone="13900009999")
    assert not Account.objects.get(id=li.id).phone_verified


def test_an_issued_password_gives_no_role_until_it_is_replaced(security_admin, city):
    chen = make_account()
    make_post(chen, city, Role.HANDLER)
    password = actions.issue_password(actor=security_admin, account=chen)
    assert chen.check_password(password)
    assert password not in last_entry().facts
    assert queries.actor_for(chen).role == ""
    actions.change_password(actor=queries.person(chen), account=chen, password="another one 77")
    assert queries.actor_for(chen).role == Role.HANDLER


def test_a_locked_account_is_nobody(security_admin, city):
    chen = make_account()
    make_post(chen, city, Role.HANDLER)
    actions.lock_account(actor=security_admin, account=chen, reason="借调离岗")
    assert queries.actor_for(chen) == base.PUBLIC
    assert last_entry().verb == "account.locked"
    with pytest.raises(base.Refused, match="已经停用"):
        actions.lock_account(actor=security_admin, account=chen, reason="再停一次")
    actions.unlock_account(actor=security_admin, account=chen)
    assert queries.actor_for(chen).role == Role.HANDLER


# —— contacts ——


@pytest.fixture
def enterprise(db):
    name, phone, email = PERSONAL
    return make_enterprise(contact_name=name, contact_phone=phone, contact_email=email)


def test_contacts_are_masked(enterprise):
    assert queries.masked_contact_of(enterprise) == ("李××", "139****2046", "l****@example.cn")


def test_unmasking_states_a_purpose_and_leaves_an_entry(office, enterprise):
    assert actions.reveal_contact(actor=office, of=enterprise, purpose=" 约上门看现场 ") == PERSONAL
    reveal, entry = ContactReveal.objects.get(), last_entry()
    assert (reveal.purpose, reveal.revealed_by_id, reveal.enterprise) == ("约上门看现场", office.account_id, enterprise)
    assert (entry.verb, entry.subject) == ("contact.revealed", f"enterprise:{enterprise.id}")
    assert str(reveal) in entry.facts
    assert not any(value in entry.facts for value in PERSONAL)


def test_no_purpose_no_contact(office, enterprise):
    with pytest.raises(base.Refused, match="用途") as refused:
        actions.reveal_contact(actor=office, of=enterprise, purpose="看看")
    assert refused.value.field == "purpose"
    assert not ContactReveal.objects.exists()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.EVALUATOR, Role.CHAMBER])
def test_who_may_not_unmask(city, enterprise, role):
    with pytest.raises(base.Denied):
        actions.reveal_contact(actor=make_actor(role, city), of=enterprise, purpose="想知道是谁")


def test_a_person_can_be_unmasked_too(office, li):
    assert actions.reveal_contact(actor=office, of=li, purpose="核对回访号码") == PERSONAL


# —— erasure ——


def test_erasing_a_person(security_admin, office, li, enterprise, city):
    make_post(li, city, Role.HANDLER)
    actions.grant_mandate(actor=base.SYSTEM, account=li, enterprise=enterprise)
    actions.reveal_contact(actor=office, of=li, purpose="核对李建国的号码")
    salt = li.salt
    actions.erase_person(actor=security_admin, account=li)
    gone = Account.objects.get(id=li.id)
    assert (gone.name, gone.username, gone.phone, gone.email, gone.salt) == ("已依法删除", f"erased-{li.id}", "", "", "")
    assert gone.erased_at
    assert not gone.is_active
    assert queries.acting_choices(gone) == []
    assert Enterprise.objects.get(id=enterprise.id).contact_phone == ""
    assert ContactReveal.objects.get().purpose == ""
    entry = last_entry()
    assert entry.verb == "person.erased"
    assert '"enterprises":1' in entry.facts
    assert salt not in entry.facts


def test_other_packages_erase_theirs_in_the_same_transaction(security_admin, li, monkeypatch):
    monkeypatch.setattr(erasure, "_erasers", {})
    seen = []

    def eraser(account):
        seen.append(account.phone)
        return 3

    eraser.__module__ = "qinqing.casework.reactions"
    erasure.register(eraser)
    actions.erase_person(actor=security_admin, account=li)
    assert seen == ["13900002046"]
    assert '"casework":3' in last_entry().facts


def test_when_another_package_fails_nothing_is_erased(security_admin, li, monkeypatch):
    def eraser(account):
        raise base.Refused("no")

    monkeypatch.setattr(erasure, "_erasers", {"casework": eraser})
    with pytest.raises(base.Refused):
        actions.erase_person(actor=security_admin, account=li)
    assert Account.objects.get(id=li.id).name == "李建国"


def test_what_is_erased_stays_so(security_admin, li, city):
    actions.erase_person(actor=security_admin, account=li)
    li = Account.objects.get(id=li.id)
    for change in (
        lambda: actions.erase_person(actor=security_admin, account=li),
        lambda: actions.unlock_account(actor=security_admin, account=li),
        lambda: actions.issue_password(actor=security_admin, account=li),
        lambda: actions.change_account(actor=base.SYSTEM, account=li, name="x", phone="", email="", notify_by="sms"),
        lambda: make_post(li, city, Role.HANDLER),
        lambda: actions.grant_mandate(actor=base.SYSTEM, account=li, enterprise=make_enterprise()),
    ):
        with pytest.raises(base.Refused, match="已依法删除"):
            change()


def test_nobody_erases_oneself(security_admin):
    own = Account.objects.get(id=security_admin.account_id)
    with pytest.raises(base.Refused, match="另一位"):
        actions.erase_person(actor=security_admin, account=own)

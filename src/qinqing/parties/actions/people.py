"""Accounts: made, changed, locked, unmasked, and erased when the law asks for it (PIPL Art. 47)."""

import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger

from .. import access, erasure, queries, rules, terms
from ..models import Account, ContactReveal, Enterprise
from .holding import hold

ISSUED_PASSWORD_BYTES = 12


@ledger.act
def create_account(
    *, actor: base.Actor, username: str, name: str, phone: str = "", email: str = "", password: str | None = None
) -> Account:
    """An account that holds nothing yet; without a password it signs in by SMS code or an issued password."""
    base.require(access.may_create_account(actor))
    username, phone = username.strip().lower(), rules.normalised_phone(phone)
    _require_free(username=username, phone=phone)
    account = Account(
        username=username, name=name.strip(), phone=phone, email=email.strip(), salt=ledger.new_salt(), created_at=base.now()
    )
    account.set_password(password)
    account.save()
    ledger.record("account.created", actor, f"account:{account.id}", {"person": _person(account)})
    return account


def _require_free(*, username: str = "", phone: str = "", besides: int | None = None) -> None:
    others = Account.objects.exclude(id=besides)
    if username and others.filter(username=username).exists():
        raise base.Refused(say("用户名“%(name)s”已有人使用，请换一个。", name=username), field="username")
    if phone and others.filter(phone=phone).exists():
        raise base.Refused(say("这个手机号已属于另一个账号，请核对号码。"), field="phone")


def _person(account: Account) -> str:
    """The commitment to who this is: name, phone and e-mail under the account's salt."""
    return ledger.commitment(account.salt, f"{account.name}\n{account.phone}\n{account.email}")


@ledger.act
def change_account(*, actor: base.Actor, account: Account, name: str, phone: str, email: str, notify_by: str) -> Account:
    """A changed phone number counts as unverified until a code has come back from it."""
    base.require(access.may_change_account(actor, account.id))
    hold(account)
    _require_living(account)
    phone = rules.normalised_phone(phone)
    _require_free(phone=phone, besides=account.id)
    account.phone_verified = account.phone_verified and account.phone == phone
    account.name, account.phone, account.email, account.notify_by = name.strip(), phone, email.strip(), notify_by
    account.save(update_fields=["name", "phone", "phone_verified", "email", "notify_by"])
    facts = {"person": _person(account), "notify_by": str(account.notify_by)}
    ledger.record("account.changed", actor, f"account:{account.id}", facts)
    return account


def _require_living(account: Account) -> None:
    if account.erased_at:
        raise base.Refused(say("这个账号的个人信息已依法删除，不能再修改。"))


@ledger.act
def verify_phone(*, actor: base.Actor, account: Account, phone: str) -> None:
    """A code sent to the phone came back."""
    hold(account)
    if account.phone != phone or account.phone_verified:
        return
    account.phone_verified = True
    account.save(update_fields=["phone_verified"])
    ledger.record("account.changed", actor, f"account:{account.id}", {"phone_verified": True})


@ledger.act
def issue_password(*, actor: base.Actor, account: Account) -> str:
    """A password made by chance, shown once, which the person must replace before acting."""
    base.require(access.may_lock(actor, account.id))
    hold(account)
    _require_living(account)
    password = secrets.token_urlsafe(ISSUED_PASSWORD_BYTES)
    account.set_password(password)
    account.password_issued = True
    account.save(update_fields=["password", "password_issued"])
    ledger.record("account.password_issued", actor, f"account:{account.id}", {})
    return password


@ledger.act
def change_password(*, actor: base.Actor, account: Account, password: str) -> None:
    """The person's own choice, already checked by the form."""
    hold(account)
    _require_living(account)
    account.set_password(password)
    account.password_issued = False
    account.save(update_fields=["password", "password_issued"])
    ledger.record("account.password_changed", actor, f"account:{account.id}", {})


@ledger.act
def lock_account(*, actor: base.Actor, account: Account, reason: str) -> None:
    base.require(access.may_lock(actor, account.id))
    hold(account)
    if not account.is_active:
        raise base.Refused(say("这个账号已经停用。"))
    account.is_active, account.lock_reason = False, reason.strip()
    account.save(update_fields=["is_active", "lock_reason"])
    facts = {"reason": ledger.commitment(account.salt, account.lock_reason)}
    ledger.record("account.locked", actor, f"account:{account.id}", facts)


@ledger.act
def unlock_account(*, actor: base.Actor, account: Account) -> None:
    base.require(access.may_lock(actor, account.id))
    hold(account)
    _require_living(account)
    account.is_active, account.lock_reason = True, ""
    account.save(update_fields=["is_active", "lock_reason"])
    ledger.record("account.unlocked", actor, f"account:{account.id}", {})


@ledger.act
def reveal_contact(*, actor: base.Actor, of: Enterprise | Account, purpose: str) -> tuple[str, str, str]:
    """Name, phone and e-mail in full, for a stated purpose; the entry holds neither."""
    base.require(access.may_reveal_contact(actor, of.county_id if isinstance(of, Enterprise) else actor.county_id))
    purpose = purpose.strip()
    if len(purpose) < rules.FEWEST_PURPOSE_CHARACTERS:
        raise base.Refused(say("请写明查看联系方式的用途，至少 %(n)s 个字。", n=rules.FEWEST_PURPOSE_CHARACTERS), field="purpose")
    noun = "enterprise" if isinstance(of, Enterprise) else "account"
    reveal = ContactReveal.objects.create(
        revealed_by=Account.objects.get(id=actor.account_id), purpose=purpose, salt=ledger.new_salt(), revealed_at=base.now(),
        **{noun: of},
    )  # fmt: skip
    facts = {"reveal": f"reveal:{reveal.id}", "purpose": ledger.commitment(reveal.salt, purpose)}
    ledger.record("contact.revealed", actor, f"{noun}:{of.id}", facts)
    return queries.contact_of(of)


@ledger.act
def erase_person(*, actor: base.Actor, account: Account) -> None:
    """Name, phone, e-mail and their salt go, here and in every package that kept something; what was done stays."""
    base.require(access.may_erase(actor))
    if actor.account_id == account.id:
        raise base.Refused(say("不能删除自己的账号，请另一位管理员办理。"))
    hold(account)
    _require_living(account)
    erased = {**erasure.erase_elsewhere(account), "enterprises": _erase_as_contact(account)}
    _end_everything(account)
    account.username, account.name = f"erased-{account.id}", str(terms.ERASED_NAME)
    account.phone = account.email = account.salt = account.lock_reason = account.demo_label = ""
    account.demo_order, account.phone_verified, account.is_active = None, False, False
    account.erased_at = base.now()
    account.set_unusable_password()
    account.save()
    ledger.record("person.erased", actor, f"account:{account.id}", {"erased": erased})


def _erase_as_contact(account: Account) -> int:
    """The person may also stand as the contact of enterprises, and in what others gave as a purpose."""
    account.revealed.update(purpose="", salt="")
    if not account.phone:
        return 0
    named = Enterprise.objects.filter(contact_phone=account.phone)
    return named.update(contact_name="", contact_phone="", contact_email="", salt="")


def _end_everything(account: Account) -> None:
    """No post, mandate, key, session, second factor or outside identity outlives the person's data."""
    today = base.today()
    account.tokens.filter(revoked_at=None).update(revoked_at=base.machine_now())
    for held in (account.posts, account.mandates):
        held.on(today).update(valid_to=today)
    for session in UserSession.objects.filter(user=account):
        session.end()
    for kind in (Authenticator, SocialAccount, EmailAddress):
        kind.objects.filter(user=account).delete()

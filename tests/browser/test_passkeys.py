"""Passkeys in Chromium, whose virtual authenticator stands for a fingerprint: registered, signed in with, and off by default."""

import pytest

from qinqing.parties.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough 密码 77"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}


@pytest.fixture
def passkeys(settings):
    settings.PASSKEYS = settings.MFA_PASSKEY_LOGIN_ENABLED = settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]


@pytest.fixture
def lin(town):
    account = Account.objects.get(pk=town.lin.account_id)
    account.set_password(PASSWORD)
    account.save()
    return account


def with_device(page):
    """A device that recognises whoever holds it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def register(page):
    """With the password at first, and once more before a passkey is added."""
    page.goto("/login/")
    page.get_by_label("用户名").fill("lin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/2fa/passkeys/add/")
    page.get_by_label("密码").fill(PASSWORD)
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/2fa/passkeys/add/")
    page.get_by_label("给它起个名称").fill("办公电脑")
    page.get_by_label("以后只用它登录，不输密码").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/passkeys/add/" not in url)


def test_registered_once_it_opens_the_door_without_a_password(reading, lin, passkeys):
    with reading() as page:
        with_device(page)
        register(page)
        assert lin.authenticator_set.filter(type="webauthn").count() == 1
        page.context.clear_cookies()
        page.goto("/login/")
        page.get_by_role("button", name="通行密钥登录").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto("/me/")
        assert page.locator("input[name=name]").input_value() == lin.name


def test_without_the_setting_there_is_no_button(reading, town):
    with reading() as page:
        page.goto("/login/")
        assert page.get_by_role("button", name="通行密钥登录").count() == 0
        assert page.locator("#mfa_credential").count() == 0

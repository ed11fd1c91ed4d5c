"""Second factors, passkeys and the city's unified identity: there when configured, and the whole way through."""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from qinqing.base import Role
from qinqing.ledger.models import Entry
from qinqing.parties import actions
from qinqing.parties.models import Account

from .makers import make_account, make_post

PASSWORD = "a long enough 密码 77"


@pytest.fixture
def chen(city):
    account = make_account("chen", "陈", phone="13900002046", password=PASSWORD)
    make_post(account, city, Role.HANDLER)
    return account


@pytest.fixture
def factors(settings):
    settings.TOTP = settings.PASSKEYS = settings.MFA_PASSKEY_LOGIN_ENABLED = True
    settings.MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]


def sign_in(client):
    return client.post("/login/", {"login": "chen", "password": PASSWORD})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def activate(client):
    """Through the page: confirm oneself, read the secret, type the code. Gives the secret."""
    asked = client.get("/2fa/totp/activate/").headers["Location"]
    assert asked == "/reauthenticate/?next=%2F2fa%2Ftotp%2Factivate%2F"
    assert "确认是您本人" in client.get(asked).content.decode()
    client.post(asked, {"password": PASSWORD})
    secret = re.search(r'class="mono">([A-Z2-7]+)<', client.get("/2fa/totp/activate/").content.decode())[1]
    assert client.post("/2fa/totp/activate/", {"code": code_of(secret)}).headers["Location"] == "/2fa/recovery-codes/"
    return secret


def test_a_second_factor_from_end_to_end(client, chen, factors, django_capture_on_commit_callbacks):
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret = activate(client)
    assert Entry.objects.filter(verb="account.factor_added", actor=f"account:{chen.id}").exists()
    assert "每个恢复码只能用一次" in client.get("/2fa/recovery-codes/").content.decode()
    assert "已启用" in client.get("/me/").content.decode()
    client.post("/logout/")
    cache.clear()  # a code serves once, and this one was used to activate
    assert sign_in(client).headers["Location"] == "/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert "没有登录" in client.post("/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert client.post("/2fa/authenticate/", {"code": code_of(secret)}).headers["Location"] == "/after-login/"
    assert client.session["_auth_user_id"] == str(chen.id)


def test_a_recovery_code_serves_once_and_codes_are_made_anew(client, chen, factors):
    sign_in(client)
    activate(client)
    codes = re.findall(r"<li>(\d{8})</li>", client.get("/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    for answered in (302, 200):
        client.post("/logout/")
        sign_in(client)
        assert client.post("/2fa/authenticate/", {"code": codes[0]}).status_code == answered
    client.post("/2fa/authenticate/", {"code": codes[1]})
    client.post("/reauthenticate/?next=/2fa/", {"password": PASSWORD})
    assert "全部作废" in client.get("/2fa/recovery-codes/generate/").content.decode()
    client.post("/2fa/recovery-codes/generate/")
    assert codes[2] not in client.get("/2fa/recovery-codes/").content.decode()


def test_a_second_factor_is_given_up(client, chen, factors):
    sign_in(client)
    activate(client)
    assert "只凭密码" in client.get("/2fa/totp/deactivate/").content.decode()
    client.post("/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert Entry.objects.filter(verb="account.factor_removed").exists()
    assert "还没有启用" in client.get("/2fa/").content.decode()


def test_erasing_a_person_takes_the_factor_along(client, chen, factors, security_admin):
    sign_in(client)
    activate(client)
    actions.erase_person(actor=security_admin, account=chen)
    assert not Authenticator.objects.exists()
    assert client.get("/me/").status_code == 302


def test_the_passkey_pages(client, chen, factors):
    assert 'id="passkey_login"' in client.get("/login/").content.decode()
    assert "challenge" in client.get("/2fa/passkeys/login/", headers={"X-Requested-With": "XMLHttpRequest"}).content.decode()
    sign_in(client)
    client.post("/reauthenticate/?next=/2fa/", {"password": PASSWORD})
    assert "还没有登记通行密钥" in client.get("/2fa/passkeys/").content.decode()
    page = client.get("/2fa/passkeys/add/").content.decode()
    assert 'data-allauth-onload="allauth.webauthn.forms.addForm"' in page
    assert "challenge" in page


# —— the city's unified identity ——


@pytest.fixture
def provider(settings):
    """A provider on this machine: `provider.person` is who signs in there."""

    class Provider(BaseHTTPRequestHandler):
        def answer(self):
            origin = f"http://127.0.0.1:{self.server.server_port}"
            kinds = {
                "/.well-known/openid-configuration": {
                    "issuer": origin, "authorization_endpoint": f"{origin}/authorise", "token_endpoint": f"{origin}/token",
                    "userinfo_endpoint": f"{origin}/me", "jwks_uri": f"{origin}/keys",
                },
                "/token": {"access_token": "t", "token_type": "Bearer"},
                "/me": self.server.person,
            }  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(kinds[urlsplit(self.path).path]).encode())

        do_GET = do_POST = answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        configure(settings, f"http://127.0.0.1:{server.server_port}")
        server.person = {"sub": "1", "phone_number": "+86 13900002046"}
        yield server
        server.shutdown()
        thread.join()


def configure(settings, url):
    settings.OIDC_URL = url
    city = {"provider_id": "city", "name": "x", "client_id": "id", "secret": "s", "settings": {"server_url": url}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [city]}}


def through(client):
    """To the provider and back."""
    away = client.get("/oidc/city/login/").headers["Location"]
    assert "/authorise?" in away
    state = parse_qs(urlsplit(away).query)["state"][0]
    return client.get("/oidc/city/login/callback/", {"code": "c", "state": state})


def test_by_the_citys_identity(client, chen, provider):
    assert "统一身份认证登录" in client.get("/login/").content.decode()
    for _ in range(2):  # the second time it is known by its own number
        assert through(client).headers["Location"] == "/after-login/"
        assert client.session["_auth_user_id"] == str(chen.id)
        provider.person = {"sub": "1"}
        client.post("/logout/")
    assert '"method":"socialaccount"' in Entry.objects.filter(verb="account.signed_in").latest("id").facts


@pytest.mark.parametrize("claims", [{"phone_number": "13900009999"}, {}, {"phone_number": "nobody"}])
def test_who_has_no_account_gets_none(client, chen, provider, claims):
    provider.person = {"sub": "2", **claims}
    answer = through(client)
    assert answer.status_code == 403
    assert "没有对应的账号" in answer.content.decode()
    assert Account.objects.count() == 1


def test_by_another_claim(client, chen, provider, settings):
    settings.OIDC_CLAIM = "preferred_username"
    provider.person = {"sub": "3", "preferred_username": "CHEN"}
    assert through(client).headers["Location"] == "/after-login/"


def test_a_provider_that_is_away(client, db, settings):
    configure(settings, "http://127.0.0.1:9")
    answer = client.get("/oidc/city/login/")
    assert answer.status_code == 503
    assert "暂时连不上" in answer.content.decode()


def test_an_unknown_provider(client, chen, provider):
    assert client.get("/oidc/elsewhere/login/").status_code == 404
    assert "没有成功" in client.get("/oidc/error/").content.decode()
    assert "已取消" in client.get("/oidc/cancelled/").content.decode()

"""Signing in and out: by password, by code, as a demo character; failures, lock-out, idle logout, and the log of it all."""

import re
from datetime import timedelta

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger.models import Entry
from qinqing.parties import actions, adapter, middleware, queries
from qinqing.parties.models import Account

from .makers import make_account, make_enterprise, make_post, make_unit

PASSWORD = "a long enough 密码 77"


@pytest.fixture
def chen(city):
    account = make_account("Chen", "陈", phone="13900002046", password=PASSWORD)
    make_post(account, city, Role.HANDLER)
    return account


@pytest.fixture
def outbox(settings, monkeypatch):
    settings.SMS_SIGN_IN = True
    sent = []
    monkeypatch.setattr(adapter, "code_sender", lambda account, phone, code: sent.append((account, phone, code)))
    return sent


def sign_in(client, login="chen", password=PASSWORD, **more):
    return client.post("/login/", {"login": login, "password": password, **more})


def verbs():
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


# —— by password ——


@pytest.mark.parametrize("login", ["chen", "CHEN", "13900002046", "+86 139 0000 2046"])
def test_by_user_name_or_phone(client, chen, login):
    assert sign_in(client, login).headers["Location"] == "/after-login/"
    assert client.session["acting_as"] == queries.acting_choices(chen)[0].ref
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.actor) == ("account.signed_in", f"account:{chen.id}")
    assert '"method":"password"' in entry.facts


def test_the_page_names_no_way_that_is_not_configured(client, db):
    page = client.get("/login/").content.decode()
    for way in ("验证码登录", "统一身份", "通行密钥", "演示环境", "注册"):
        assert way not in page
    for path in ("/login/code/", "/2fa/", "/2fa/passkeys/login/", "/oidc/city/login/", "/signup/"):
        assert client.get(path).status_code == 404


def test_a_wrong_password_is_said_beside_the_form_and_logged(client, chen):
    answer = sign_in(client, password="wrong")
    assert answer.status_code == 422
    assert "用户名、手机号或密码不对。" in answer.content.decode()
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.subject) == ("account.sign_in_failed", f"account:{chen.id}")


def test_an_unknown_name_is_answered_alike_and_kept_nowhere(client, chen):
    known, unknown = (sign_in(client, login, "wrong").content.decode() for login in ("chen", "nobody"))
    plain = re.compile(r'value="[^"]*"|csrf\S*')
    assert plain.sub("", known) == plain.sub("", unknown)
    entry = Entry.objects.latest("id")
    assert entry.subject == "account:unknown"
    assert "nobody" not in entry.facts


def test_locked_out_after_five_failures_and_said_once(client, chen):
    for _ in range(5):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert "15 分钟后再试" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert verbs().count("account.sign_in_failed") == 5
    assert verbs().count("account.locked_out") == 1
    sign_in(client)
    assert verbs().count("account.locked_out") == 1


def test_the_lock_out_is_of_one_login_however_it_is_typed(client, chen):
    for typed in ("13900002046", "139 0000 2046", "139-0000-2046", "+8613900002046", "008613900002046"):
        sign_in(client, typed, "wrong")
    assert sign_in(client, "13900002046").status_code == 422
    make_account("other", password=PASSWORD)
    assert sign_in(client, "other").status_code == 302


def test_a_locked_account_is_shown_the_way(client, chen, security_admin):
    actions.lock_account(actor=security_admin, account=chen, reason="离岗")
    answer = sign_in(client)
    assert answer.headers["Location"] == "/inactive/"
    assert "账号已停用" in client.get("/inactive/").content.decode()


def test_locking_ends_a_session_at_once(client, chen, security_admin):
    sign_in(client)
    assert client.get("/me/").status_code == 200
    actions.lock_account(actor=security_admin, account=chen, reason="离岗")
    assert client.get("/me/").status_code == 302


def test_too_many_requests_get_a_page_of_ours(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client)
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "操作太频繁" in answer.content.decode()


def test_out(client, chen):
    sign_in(client)
    assert "退出登录" in client.get("/logout/").content.decode()
    assert client.post("/logout/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert verbs()[-1] == "account.signed_out"


# —— an issued password ——


def test_an_issued_password_leads_to_a_password_of_ones_own(client, chen, security_admin):
    password = actions.issue_password(actor=security_admin, account=chen)
    assert sign_in(client, password=password).headers["Location"] == "/password/change/"
    assert "初始密码" in client.get("/password/change/").content.decode()
    new = {"oldpassword": password, "password1": PASSWORD + "x", "password2": PASSWORD + "x"}
    assert client.post("/password/change/", new).headers["Location"] == "/after-login/"
    assert verbs()[-1] == "account.password_changed"
    assert not Account.objects.get(id=chen.id).password_issued
    assert queries.actor_for(Account.objects.get(id=chen.id)).role == Role.HANDLER


# —— by code ——


def test_by_code(client, chen, outbox):
    assert "手机号验证码登录" in client.get("/login/").content.decode()
    assert client.post("/login/code/", {"phone": "139 0000 2046"}).headers["Location"] == "/login/code/confirm/"
    [(account, phone, code)] = outbox
    assert (account, phone) == (chen, "13900002046")
    assert re.fullmatch(r"\d{6}", code)
    page = client.get("/login/code/confirm/").content.decode()
    assert "139****2046" in page
    assert "13900002046" not in page
    assert client.post("/login/code/confirm/", {"code": code}).headers["Location"] == "/after-login/"
    assert Account.objects.get(id=chen.id).phone_verified
    assert '"method":"code"' in Entry.objects.filter(verb="account.signed_in").get().facts


def test_a_wrong_code_is_logged_and_three_are_enough(client, chen, outbox):
    client.post("/login/code/", {"phone": "13900002046"})
    right = outbox[0][2]
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(3):
        client.post("/login/code/confirm/", {"code": wrong})
    client.post("/login/code/confirm/", {"code": right})
    assert "_auth_user_id" not in client.session
    assert verbs().count("account.sign_in_failed") == 3


def test_an_unknown_phone_is_answered_alike_and_sent_nothing(client, chen, outbox):
    answers = []
    for phone in ("13900002046", "13900009999"):
        client.post("/login/code/", {"phone": phone})
        answers.append(client.get("/login/code/confirm/").content.decode().replace(phone[-4:], "*"))
        client.post("/logout/")
    plain = re.compile(r'value="[^"]*"')
    assert plain.sub("", answers[0]) == plain.sub("", answers[1])
    assert len(outbox) == 1


def test_a_landline_gets_no_code(client, db, outbox):
    answer = client.post("/login/code/", {"phone": "0839-1234567"})
    assert "请填写 11 位手机号。" in answer.content.decode()


def test_codes_are_limited_for_each_phone(client, chen, outbox):
    for _ in range(5):
        client.post("/login/code/", {"phone": "13900002046"})
        client.post("/logout/")
    assert len(outbox) == 3


# —— choosing ——


@pytest.fixture
def both(chen):
    """Chen also acts for an enterprise."""
    actions.grant_mandate(actor=base.SYSTEM, account=chen, enterprise=make_enterprise(name="演示茶业公司"))
    return queries.acting_choices(chen)


def test_with_several_roles_one_chooses_first(client, chen, both):
    answer = sign_in(client, next="/me/")
    assert answer.headers["Location"] == "/acting-as/?next=%2Fme%2F"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "演示茶业公司" in page
    assert "某市人民政府" in page
    assert client.get("/desk/admin/units/").status_code == 404
    answer = client.post("/acting-as/", {"ref": both[1].ref, "next": "/me/"})
    assert answer.headers["Location"] == "/me/"
    assert client.session["acting_as"] == both[1].ref
    assert f'"acting_as":"{both[1].ref}"' in Entry.objects.latest("id").facts


def test_changing_the_role(client, chen, both):
    sign_in(client)
    for choice in both:
        assert client.post("/acting-as/", {"ref": choice.ref}).headers["Location"] == "/after-login/"
        assert client.session["acting_as"] == choice.ref


def test_nobody_takes_a_role_that_is_not_theirs(client, chen, both, city):
    other = make_post(make_account(), city, Role.SYSTEM_ADMIN)
    sign_in(client)
    client.raise_request_exception = False
    for ref in (str(other), "", "post:0", "nonsense"):
        client.post("/acting-as/", {"ref": ref})
    assert "acting_as" not in client.session


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_one_is_not_led_elsewhere(client, chen, both, wanted):
    sign_in(client)
    assert client.post("/acting-as/", {"ref": both[0].ref, "next": wanted}).headers["Location"] == "/after-login/"


def test_without_a_role_one_is_told_whom_to_ask(client, db):
    make_account("new", password=PASSWORD)
    answer = sign_in(client, "new")
    assert answer.headers["Location"].startswith("/acting-as/")
    assert "您还没有办事身份" in client.get("/acting-as/").content.decode()


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.SYSTEM_ADMIN, "units"), (Role.SECURITY_ADMIN, "units"), (Role.AUDIT_ADMIN, "log"),
     (Role.COUNTY_OFFICE, "enterprises")],
)
def test_where_an_administrator_begins(client, city, role, first):
    account = make_account("someone", password=PASSWORD)
    make_post(account, city, role)
    sign_in(client, "someone")
    assert client.get("/desk/admin/").headers["Location"] == f"/desk/admin/{first}/"


def test_who_is_signed_in_has_nothing_to_sign_in_to(client, chen):
    sign_in(client)
    assert client.get("/login/").headers["Location"] == "/acting-as/"


# —— the demo ——


@pytest.fixture
def ban(city, settings):
    settings.DEMO_MODE = True
    account = make_account("ban", "班")
    make_post(account, make_unit("office", "营商环境办", kind="office"), Role.ENVIRONMENT_OFFICE)
    values = {"demo_label": "营商环境办", "demo_note": "受理、交办、督办", "demo_order": 1}
    Account.objects.filter(id=account.id).update(**values)
    return account


def test_tiles(client, ban, chen, django_assert_num_queries):
    page = client.get("/login/").content.decode()
    assert 'action="/login/demo/ban/"' in page
    assert "受理、交办、督办" in page
    assert "/login/demo/chen/" not in page
    with django_assert_num_queries(1):
        [tile] = queries.demo_tiles()
    assert tile.icon == "adjustments-search"


def test_a_tile_signs_in_and_changes_characters(client, ban, chen):
    sign_in(client)
    assert client.get("/login/").status_code == 200
    assert client.post("/login/demo/ban/").headers["Location"] == "/after-login/"
    assert client.session["_auth_user_id"] == str(ban.id)
    assert verbs()[-2:] == ["account.signed_out", "account.signed_in"]


def test_only_demo_characters_and_only_by_post(client, ban, chen):
    assert client.post("/login/demo/chen/").status_code == 404
    assert client.get("/login/demo/ban/").status_code == 405


def test_no_tiles_outside_the_demo(client, ban, settings):
    settings.DEMO_MODE = False
    assert client.post("/login/demo/ban/").status_code == 404
    assert "/login/demo/" not in client.get("/login/").content.decode()


# —— the session ——


def test_the_idle_clock_is_written_at_most_once_a_minute(client, chen, monkeypatch, django_assert_num_queries):
    sign_in(client)
    moment = base.machine_now()
    seen = []
    for seconds in (1, 30, 61, 90, 122):
        monkeypatch.setattr(base, "machine_now", lambda at=moment + timedelta(seconds=seconds): at)
        client.get("/me/")
        seen.append(client.session[middleware.SEEN_AT])
    assert len(set(seen)) == 3


def test_a_session_ends_without_a_request(client, chen, settings):
    sign_in(client)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert client.session.get_expire_at_browser_close() is False


def test_how_many_queries_the_actor_costs(client, chen, rf, django_assert_num_queries):
    sign_in(client)
    request = rf.get("/")
    request.session, request.user = client.session, chen
    request.session.session_key  # noqa: B018 - read before it counts
    middleware.ActorMiddleware(lambda _: None)(request)
    with django_assert_num_queries(1):
        assert request.actor.role == Role.HANDLER
    with django_assert_num_queries(0):
        assert request.actor.unit_ids


def test_visitors_have_no_session(client, db):
    client.get("/login/")
    assert "sessionid" not in client.cookies

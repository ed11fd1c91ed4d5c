"""The inbox is one's own; the outbox shows that something goes out, never what it says; the demo's phone is one's own."""

import pytest

from qinqing.base import PUBLIC
from qinqing.notices import actions, queries
from qinqing.notices.models import Delivery, Letter, Notice
from qinqing.parties.models import Account
from tests.notices.makers import make_person, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def asks(client, monkeypatch):
    """Ask for a page as this actor, signed in."""

    def ask(actor, url, method="get", **options):
        monkeypatch.setattr("qinqing.parties.middleware._actor", lambda _: actor)
        client.logout()
        if actor.account_id:
            client.force_login(Account.objects.get(pk=actor.account_id), "allauth.account.auth_backends.AuthenticationBackend")
        return getattr(client, method)(url, **options)

    return ask


@pytest.fixture(autouse=True)
def platforms(settings):
    settings.DEMO_MODE, settings.SMS_URL, settings.SMTP_URL = False, "http://127.0.0.1:9/", ""


def text(response):
    return response.content.decode()


# —— the inbox ——


def test_the_inbox_says_what_is_new(asks, lin, ban):
    tell(lin)
    page = text(asks(lin, "/notices/"))
    assert "办好了，编号 GY-1" in page
    assert "由市自然资源局办理。" in page
    assert "1 条未读" in page
    assert "没有通知" in text(asks(ban, "/notices/"))


def test_following_a_notice_reads_it(asks, lin):
    tell(lin)
    notice = Notice.objects.get()
    response = asks(lin, f"/notices/{notice.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/things/1/")
    assert queries.unread_count(lin) == 0
    Notice.objects.update(url="")
    assert asks(lin, f"/notices/{notice.pk}/")["Location"] == "/notices/"


def test_a_strangers_notice_does_not_exist(asks, lin, ban):
    tell(lin)
    assert asks(ban, f"/notices/{Notice.objects.get().pk}/").status_code == 404
    assert queries.unread_count(lin) == 1


def test_all_is_read_at_once(asks, lin):
    tell(lin)
    tell(lin)
    assert asks(lin, "/notices/read/", "get").status_code == 405
    assert asks(lin, "/notices/read/", "post").status_code == 302
    assert queries.unread_count(lin) == 0


def test_older_ones_are_on_the_next_page(asks, lin):
    for _ in range(queries.PAGE + 1):
        tell(lin)
    oldest = Notice.objects.order_by("id").first()
    second = Notice.objects.order_by("id")[1]
    assert f"?before={second.pk}" in text(asks(lin, "/notices/"))
    page = text(asks(lin, f"/notices/?before={second.pk}"))
    assert f"/notices/{oldest.pk}/" in page
    assert 'rel="next"' not in page
    assert asks(lin, "/notices/?before=x").status_code == 200


@pytest.mark.parametrize("url", ["/notices/", "/notices/1/"])
def test_whoever_is_not_signed_in_is_asked_to(asks, url):
    response = asks(PUBLIC, url)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize("address", ["/", "/menu/", "/notices/"])
def test_what_is_unread_is_counted_in_the_top_bar_and_the_menu_of_every_page(asks, lin, address):
    assert text(asks(lin, address)).count("没有未读通知") == 2
    tell(lin)
    tell(lin)
    assert text(asks(lin, address)).count('>2<span class="vh">条未读通知') == 2


# —— the outbox ——


def test_the_office_sees_what_goes_out_and_sends_again(asks, lin, ban):
    tell(lin)
    Delivery.objects.filter(channel="sms").update(state="failed", due_at=None, last_error="短信平台退回，代码 400。", attempts=1)
    page = text(asks(ban, "/desk/outbox"))
    assert "GY-1" in page
    assert "办好了" not in page
    assert "LIN 139****2046" in page
    assert "短信平台退回，代码 400。" in page
    assert "13900002046" not in page
    delivery = Delivery.objects.get(channel="sms")
    response = asks(ban, f"/desk/outbox/{delivery.pk}/retry/", "post", follow=True)
    assert "已重新排队，几秒内发送。" in text(response)
    assert Delivery.objects.get(channel="sms").state == "pending"


def test_the_administrator_sees_no_contents(asks, lin):
    tell(lin)
    admin = make_person("admin", role="system_admin")
    page = text(asks(admin, "/desk/outbox"))
    assert "待发送" in page
    assert "办好了" not in page
    assert "LIN" not in page


@pytest.mark.parametrize("role", ["enterprise", "handler", "audit_admin"])
def test_nobody_else_sees_it(asks, role):
    response = asks(make_person("someone", role=role), "/desk/outbox")
    assert response.status_code == 403
    assert "发件箱由市级牵头办公室和系统管理员查看。" in text(response)
    assert asks(PUBLIC, "/desk/outbox").status_code == 403


def test_what_has_gone_out_says_so(asks, lin, ban):
    tell(lin)
    delivery = Delivery.objects.get(channel="sms")
    actions.deliveries._settle_sent(delivery)
    assert asks(ban, f"/desk/outbox/{delivery.pk}/retry/", "post").status_code == 422
    assert "/retry/" not in text(asks(ban, "/desk/outbox"))


def test_the_outbox_by_state(asks, lin, ban):
    tell(lin)
    assert "没有这类发送记录" in text(asks(ban, "/desk/outbox?state=failed"))
    assert "GY-1" in text(asks(ban, "/desk/outbox?state=nonsense"))


@pytest.fixture
def demo(settings, lin):
    settings.DEMO_MODE = settings.SMS_SIGN_IN = True
    tell(lin)
    actions.send_code(Account.objects.get(pk=lin.account_id), "13900002046", "482915")
    actions.post_mail("lin@example.cn", "登录验证", "请点开链接。")


def test_in_the_demo_one_sees_ones_own_phone_and_mailbox(asks, lin, demo):
    page = text(asks(lin, "/desk/outbox"))
    assert "【亲清通】验证码 482915。5 分钟内有效。" in page
    assert "办好了，编号 GY-1" in page
    assert "登录验证" in page
    assert "LIN 139****2046" in page
    assert "发送记录" not in page


@pytest.mark.parametrize("role", ["enterprise", "handler", "environment_office", "system_admin", "audit_admin"])
def test_in_the_demo_nobody_reads_what_others_are_told(asks, lin, demo, role):
    page = text(asks(make_person("someone", phone="13900007777", role=role), "/desk/outbox"))
    assert "482915" not in page
    assert "办好了" not in page
    assert "登录验证" not in page
    assert ("发送记录" in page) == (role in {"environment_office", "system_admin"})


def test_in_the_demo_who_is_signing_in_reads_the_code_that_was_just_sent(client, lin, demo):
    assert "482915" not in text(client.get("/desk/outbox"))
    client.post("/login/code/", {"phone": "13900002046"})
    code = Letter.objects.latest("pk").params["code"]
    assert f"验证码 {code}" in text(client.get("/desk/outbox"))
    assert client.post("/desk/outbox/1/retry/").status_code == 302

"""What the platforms get, and what their answers mean."""

from email import message_from_bytes, policy

import pytest

from qinqing.notices import senders
from qinqing.notices.senders import Message
from qinqing.notices.terms import Channel
from tests.notices.mail_server import mail_server

SMS = Message("delivery.7.2020", Channel.SMS, "13900002046", "办好了", "由某局办理。", "SMS_1", {"number": "GY-1"})
MAIL = Message("delivery.8.2020", Channel.EMAIL, "lin@example.cn", "办好了，编号 GY-1", "由某局办理。", "m", {})


@pytest.fixture
def mailbox(settings):
    settings.DEMO_MODE = False
    with mail_server() as heard:
        settings.SMTP_URL = heard.url
        yield heard


def test_what_the_text_message_platform_gets(sms):
    senders.send(SMS)
    ((headers, content),) = sms.requests
    assert headers["Authorization"] == "Bearer secret-token"
    assert headers["Content-Type"] == "application/json"
    assert content == {
        "id": "delivery.7.2020", "phone": "13900002046", "template": "SMS_1", "params": {"number": "GY-1"},
        "text": "办好了。由某局办理。",
    }  # fmt: skip


@pytest.mark.parametrize("status", [400, 404, 410, 413, 422])
def test_a_message_that_is_wrong_is_not_tried_again(sms, status):
    sms.status = status
    with pytest.raises(senders.Undeliverable, match=f"短信平台退回，代码 {status}"):
        senders.send(SMS)


@pytest.mark.parametrize("status", [301, 302, 307, 401, 403, 429, 500, 503])
def test_a_platform_that_takes_nothing_now_is_let_rest(sms, status):
    sms.status = status
    with pytest.raises(senders.Unreachable, match=f"短信平台暂时不收，代码 {status}"):
        senders.send(SMS)
    assert len(sms.requests) == 1


def test_a_platform_that_is_not_there(settings):
    settings.DEMO_MODE, settings.SMS_URL = False, "http://127.0.0.1:9/"
    with pytest.raises(senders.Unreachable, match="短信平台没有应答"):
        senders.send(SMS)


def test_an_address_of_another_kind_is_refused(settings):
    settings.DEMO_MODE, settings.SMS_URL = False, "file:///etc/passwd"
    with pytest.raises(senders.Undeliverable, match="不是 http 或 https"):
        senders.send(SMS)


def test_without_a_platform_nothing_can_go(settings):
    settings.DEMO_MODE, settings.SMS_URL, settings.SMTP_URL = False, "", ""
    for message in (SMS, MAIL):
        assert not senders.available(message.channel)
        with pytest.raises(senders.Undeliverable, match="没有设置"):
            senders.send(message)


def test_nothing_leaves_in_demo_mode(sms, settings):
    settings.DEMO_MODE = True
    with pytest.raises(RuntimeError, match="nothing leaves in demo mode"):
        senders.send(SMS)
    assert sms.requests == []


def test_what_the_mail_server_gets(mailbox, settings):
    settings.DEFAULT_FROM_EMAIL = "亲清通 <qinqing@example.cn>"
    senders.send(MAIL)
    letter = message_from_bytes(mailbox.letters[0], policy=policy.default)
    assert (letter["To"], letter["Subject"]) == ("lin@example.cn", "办好了，编号 GY-1")
    assert letter["Message-ID"] == "<delivery.8.2020@example.cn>"
    assert letter.get_content().strip() == "由某局办理。"


@pytest.mark.parametrize(
    ("command", "error"),
    [("RCPT", senders.Undeliverable), ("DATA", senders.Unsent), ("MAIL", senders.Unsent), ("EHLO", None)],
)
def test_what_a_mail_servers_no_means(mailbox, command, error):
    mailbox.refuses = command
    if error is None:  # it falls back on HELO
        senders.send(MAIL)
        return
    with pytest.raises(error) as raised:
        senders.send(MAIL)
    assert type(raised.value) is error


def test_a_mail_server_that_is_not_there(settings):
    settings.DEMO_MODE, settings.SMTP_URL = False, "smtp://127.0.0.1:9"
    with pytest.raises(senders.Unreachable, match="邮件服务器没有应答"):
        senders.send(MAIL)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1", ("127.0.0.1", 25, "", "", False, False)),
        ("smtp+tls://me%40x.cn:p%3A1@mail.example.cn", ("mail.example.cn", 587, "me@x.cn", "p:1", True, False)),
        ("smtps://u:p@mail.example.cn:4650", ("mail.example.cn", 4650, "u", "p", False, True)),
    ],
)
def test_the_server_that_a_url_names(url, server):
    backend = senders.smtp(url)
    assert (backend.host, backend.port, backend.username, backend.password, backend.use_tls, backend.use_ssl) == server
    assert backend.timeout == 5

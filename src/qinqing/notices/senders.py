"""What leaves the house: an SMS platform over HTTP, a mail server over SMTP. Neither touches the database.

SMS: a JSON object {id, phone, template, params, text} is posted to `SMS_URL` with the token as bearer; any 2xx accepts
it. The id stays the same when a delivery is tried again, so that the platform can drop a second copy.
Mail: `SMTP_URL` is smtp:// (a relay on the own machine), smtp+tls:// (STARTTLS) or smtps://, with user:password@host:port.
"""

import json
import smtplib
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from qinqing.base import Sentence, say

from . import terms
from .terms import Channel


@dataclass(frozen=True)
class Message:
    """One text to one address; `id` is the same at every attempt."""

    id: str
    channel: Channel
    address: str
    title: str
    body: str
    code: str
    params: dict[str, str] = field(default_factory=dict)


class Unsent(Exception):
    """It did not go out; another attempt may help."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Undeliverable(Unsent):
    """No further attempt will help: it is for a person to mend."""


class Unreachable(Unsent):
    """The platform does not answer at all: nothing of this channel will go out for now."""


def available(channel: Channel) -> bool:
    """Whether this installation sends on the channel; the demo pretends to."""
    return settings.DEMO_MODE or bool({Channel.SMS: settings.SMS_URL, Channel.EMAIL: settings.SMTP_URL}[channel])


def send(message: Message) -> None:
    """Hand it over. Raises `Unsent` or one of its two kinds; takes seconds, never longer than a claim holds."""
    if settings.DEMO_MODE:
        raise RuntimeError("nothing leaves in demo mode")
    if not available(message.channel):
        raise Undeliverable(say("没有设置%(channel)s平台。", channel=message.channel.label))
    {Channel.SMS: _send_sms, Channel.EMAIL: _send_email}[message.channel](message)


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


_http = build_opener(_NoRedirect)


def _send_sms(message: Message) -> None:
    if urlsplit(settings.SMS_URL).scheme not in {"http", "https"}:
        raise Undeliverable(say("短信平台的地址不是 http 或 https。"))
    content = {
        "id": message.id, "phone": message.address, "template": message.code, "params": message.params,
        "text": f"{message.title}。{message.body}",
    }  # fmt: skip
    request = Request(  # noqa: S310 - http and https only, checked above
        settings.SMS_URL,
        json.dumps(content, ensure_ascii=False).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
    )
    try:
        _http.open(request, timeout=terms.SENDER_TIMEOUT_SECONDS).close()
    except HTTPError as error:
        error.close()
        raise _answered(error.code) from None
    except (OSError, HTTPException):
        raise Unreachable(say("短信平台没有应答。")) from None


def _answered(status: int) -> Unsent:
    """400 and the like: this message is wrong. 401, 403, 429 and 5xx: all of them wait."""
    if status in {400, 404, 410, 413, 422}:
        return Undeliverable(say("短信平台退回，代码 %(status)s。", status=status))
    return Unreachable(say("短信平台暂时不收，代码 %(status)s。", status=status))


def _send_email(message: Message) -> None:
    letter = EmailMessage(
        message.title, message.body, settings.DEFAULT_FROM_EMAIL, [message.address],
        headers={"Message-ID": f"<{message.id}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"},
    )  # fmt: skip
    try:
        smtp(settings.SMTP_URL).send_messages([letter])
    except (smtplib.SMTPRecipientsRefused, UnicodeError):
        raise Undeliverable(say("邮件服务器不收这个地址。")) from None
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused):
        raise Unsent(say("邮件服务器退回了这封邮件。")) from None
    except (smtplib.SMTPException, OSError):
        raise Unreachable(say("邮件服务器没有应答。")) from None


def smtp(url: str) -> EmailBackend:
    """The mail server that a URL names."""
    parts = urlsplit(url)
    return EmailBackend(
        host=parts.hostname,
        port=parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        timeout=terms.SENDER_TIMEOUT_SECONDS,
    )

"""The read side: a person's inbox, what a delivery says, and the outbox."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import Actor, Verdict, say
from qinqing.ui import masks

from . import access, rules, templates
from .models import Delivery, DeliveryQuerySet, Letter, Notice
from .senders import Message, Undeliverable
from .templates import Wording
from .terms import UNDONE, Channel, State

PAGE = 30
DEMO_PAGE = 20

# —— the inbox ——


@dataclass(frozen=True)
class Item:
    """One notice as its reader sees it."""

    id: int
    wording: Wording
    created_at: datetime
    unread: bool


def unread_count(actor: Actor) -> int:
    """One query; none for whoever is not signed in."""
    return Notice.objects.visible_to(actor).unread().count() if actor.account_id else 0


def inbox(actor: Actor, *, before: int | None = None) -> list[Item]:
    """One page, newest first, older than the notice `before`; one query."""
    notices = Notice.objects.visible_to(actor).order_by("-id")
    if before:
        notices = notices.filter(id__lt=before)
    return [_item(notice) for notice in notices[:PAGE]]


def _item(notice: Notice) -> Item:
    """As it was true when it was said."""
    wording = templates.render(notice.template, notice.params, notice.created_at)
    return Item(notice.pk, wording, notice.created_at, notice.read_at is None)


# —— one delivery ——


def message(delivery: Delivery) -> Message:
    """What goes out, to the number or address that is known now. Raises `Undeliverable` when there is none."""
    notice = Notice.objects.select_related("recipient").get(pk=delivery.notice_id)
    letter = Letter.objects.filter(delivery=delivery).first() if notice.recipient is None else None
    address = _address(delivery, notice, letter)
    params = letter.params if letter else notice.params
    now, template = base.now(), templates.get(notice.template)
    wording = templates.render(notice.template, params, now)
    return Message(
        id=f"delivery.{delivery.pk}.{notice.created_at:%Y%m%d%H%M%S}",
        channel=Channel(delivery.channel),
        address=address,
        title=wording.title,
        body=wording.body + _link(delivery, notice),
        code=(template.sms_code or notice.template) + (".late" if template.is_late(params, now) else ""),
        params=templates.spoken(params),
    )


def _address(delivery: Delivery, notice: Notice, letter: Letter | None) -> str:
    if letter:
        return letter.address
    account = notice.recipient
    if account is None:
        raise Undeliverable(say("已过期，请本人重新获取。"))
    if not account.is_active:
        raise Undeliverable(say("账号已停用。"))
    address = account.phone if delivery.channel == Channel.SMS else account.email
    if not address:
        raise Undeliverable(say("没有登记手机号或邮箱。"))
    return address


def _link(delivery: Delivery, notice: Notice) -> str:
    """A mail leads to the page, where the installation knows its own public address."""
    origin = next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    return f"\n\n{origin}{notice.url}" if origin and notice.url and delivery.channel == Channel.EMAIL else ""


# —— the outbox ——


class Look(NamedTuple):
    """How a state is shown, as the tag draws it."""

    label: str | Promise
    tone: str
    icon: str


_LOOKS = {
    State.PENDING: Look(State.PENDING.label, "mute", "clock"),
    State.HELD: Look(State.HELD.label, "mute", "moon"),
    State.CLAIMED: Look(State.CLAIMED.label, "info", "send"),
    State.SENT: Look(State.SENT.label, "ok", "circle-check"),
    State.FAILED: Look(State.FAILED.label, "bad", "alert-triangle"),
}
_PRETENDED = Look(_("演示发出"), "ok", "circle-check")  # in the demo, where nothing leaves


@dataclass(frozen=True)
class Row:
    """One delivery in the outbox: that it goes out, never what it says."""

    id: int
    look: Look
    channel: str
    recipient: str
    about: str
    due_at: datetime | None
    sent_at: datetime | None
    attempts: int
    last_error: str
    waiting: bool
    retry: Verdict


@dataclass(frozen=True)
class Sent:
    """What the demo's phone or mailbox shows of one delivery."""

    wording: Wording
    at: datetime
    waiting: bool


def outbox(actor: Actor, *, state: str = "", before: int | None = None) -> list[Row]:
    """One page of what leaves the house, newest first; one query."""
    deliveries = _newest().visible_to(actor).filter(**({"state": state} if state else {}))
    if before:
        deliveries = deliveries.filter(id__lt=before)
    named = bool(access.may_see_recipients(actor))
    return [_row(actor, delivery, named=named) for delivery in deliveries[:PAGE]]


def counts(actor: Actor) -> dict[str, int]:
    """How many deliveries stand in each state; at most two queries. Those kept from the actor are few, so they are taken off."""
    return _by_state(Delivery.objects.all()) - _by_state(Delivery.objects.kept_from(actor))


def _by_state(deliveries: DeliveryQuerySet) -> Counter[str]:
    return Counter(dict(deliveries.order_by().values_list("state").annotate(Count("id"))))


def demo_messages(channel: Channel, account_id: int | None, *addresses: str) -> list[Sent]:
    """What one person's phone or mailbox would have got, newest first; one query."""
    own = Q(notice__recipient=account_id, notice__recipient__isnull=False) | Q(letter__address__in=[*filter(None, addresses)])
    return [
        Sent(_wording(delivery), delivery.sent_at or delivery.notice.created_at, delivery.state in UNDONE)
        for delivery in _newest().filter(own, channel=channel)[:DEMO_PAGE]
    ]


def _newest() -> DeliveryQuerySet:
    return Delivery.objects.select_related("notice__recipient", "letter").order_by("-id")


def _row(actor: Actor, delivery: Delivery, *, named: bool) -> Row:
    may_retry = access.may_retry(actor)
    return Row(
        id=delivery.pk,
        look=_PRETENDED if delivery.simulated else _LOOKS[State(delivery.state)],
        channel=delivery.get_channel_display(),
        recipient=_to(delivery) if named else _reference(delivery),
        about=delivery.notice.params.get("number") or delivery.notice.about,
        due_at=delivery.due_at,
        sent_at=delivery.sent_at,
        attempts=delivery.attempts,
        last_error=delivery.last_error,
        waiting=delivery.state in UNDONE,
        retry=may_retry and rules.may_send_again(delivery.state, delivery.due_at, base.now()),
    )


def _letter(delivery: Delivery) -> Letter | None:
    return getattr(delivery, "letter", None)


def _to(delivery: Delivery) -> str:
    """Name and masked number, or the masked address of a letter; nothing once a letter is gone."""
    account, letter = delivery.notice.recipient, _letter(delivery)
    if account:
        contact = account.phone if delivery.channel == Channel.SMS else account.email
        return f"{account.name} {_masked(contact)}".strip()
    return _masked(letter.address) if letter else ""


def _masked(address: str) -> str:
    name, at, host = address.partition("@")
    return f"{name[:1]}****@{host}" if at else masks.masked_phone(address)


def _reference(delivery: Delivery) -> str:
    recipient = delivery.notice.recipient_id
    return f"account:{recipient}" if recipient else ""


def _wording(delivery: Delivery) -> Wording:
    """The text as its reader gets it; a letter brings its own values."""
    letter = _letter(delivery)
    params = letter.params if letter else delivery.notice.params
    return templates.render(delivery.notice.template, params, delivery.sent_at or base.now())

"""Telling people: rows for the inbox and for the worker, written inside the act that they tell of.

None of these is a verb: the act's own entry says what happened.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from qinqing import base
from qinqing.base import SYSTEM, Actor, say
from qinqing.parties.models import Account
from qinqing.parties.terms import NotifyBy

from .. import rules, senders, templates, terms
from ..models import Delivery, Letter, Notice
from ..templates import Template
from ..terms import Channel, State

_PREFERENCE = {
    NotifyBy.SMS: (Channel.SMS, Channel.EMAIL),
    NotifyBy.EMAIL: (Channel.EMAIL, Channel.SMS),
    NotifyBy.INBOX: (),
}


def notify(
    *, actor: Actor, template: str, about: str, to: Iterable[int], url: str = "", dedupe: str | None = None,
    **params: object,
) -> int:  # fmt: skip
    """Say one thing to these accounts; gives how many hear of it newly.

    `to` may be a query. With `dedupe`, whoever was told under the same template and key hears nothing. Queries: three
    whatever the number of accounts, four with `dedupe`. A missing value raises `TypeError`, an address outside this
    site `ValueError`.
    """
    wording = templates.get(template)
    values = templates.values_for(wording, params)
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"{url!r} is no address of this site")
    once = f"{template}|{dedupe}" if dedupe else uuid4().hex
    with transaction.atomic(savepoint=False):
        accounts = _newly_told(to, once if dedupe else None)
        notices = [
            Notice(
                recipient_id=account.pk, template=template, params=values, about=about, url=url, once=once,
                caused_by=actor.ref, created_at=base.now(),
            )
            for account in accounts
        ]  # fmt: skip
        _post(wording, accounts, _written(notices, once if dedupe else None))
    return len(accounts)


def _newly_told(to: Iterable[int], once: str | None) -> list[Account]:
    accounts = Account.objects.filter(pk__in=to, is_active=True).order_by("pk")
    if once:
        accounts = accounts.exclude(pk__in=Notice.objects.filter(once=once).values("recipient"))
    return list(accounts.only("phone", "email", "notify_by"))


def _written(notices: list[Notice], once: str | None) -> list[Notice]:
    """The rows with their numbers. Two acts that say the same thing at once: the constraint lets one through."""
    if once is None:
        return Notice.objects.bulk_create(notices)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return list(Notice.objects.filter(once=once, recipient__in=[n.recipient_id for n in notices]))


def _post(wording: Template, accounts: list[Account], notices: list[Notice]) -> None:
    """In the inbox it has arrived by being written; for outside it waits for the worker, at night until the morning."""
    channels: dict[int | None, Channel | None] = {account.pk: _channel(wording, account) for account in accounts}
    now = base.now()
    morning = None if wording.urgent else rules.quiet_until(now)
    waits = {"state": State.HELD, "due_at": morning} if morning else {"state": State.PENDING, "due_at": now}
    Delivery.objects.bulk_create(
        [
            Delivery(notice=notice, channel=channel, urgent=wording.urgent, **waits)
            for notice in notices
            if (channel := channels[notice.recipient_id])
        ],
        ignore_conflicts=True,
    )


def _channel(wording: Template, account: Account) -> Channel | None:
    """At most one way outside: the one the person prefers, else the other one."""
    contacts = {Channel.SMS: account.phone, Channel.EMAIL: account.email}
    wanted = _PREFERENCE[NotifyBy(account.notify_by)] if wording.goes_outside else ()
    return next((channel for channel in wanted if contacts[channel] and senders.available(channel)), None)


# —— to a number or an address, not to an account ——


def send_code(account: Account, phone: str, code: str) -> None:
    """A sign-in code by SMS: at once, at night too, and for as long as the code is good."""
    if not senders.available(Channel.SMS):
        raise base.Refused(say("这里没有开通短信。请用密码登录，或联系系统管理员。"), field="phone")
    _post_letter(terms.CODE_TEMPLATE, phone, {"code": code}, terms.CODE_LIFE, about=f"account:{account.pk}")


def post_mail(address: str, subject: str, text: str) -> None:
    """A mail that some other package has written, such as the ones about an account."""
    _post_letter(terms.MAIL_TEMPLATE, address, {"subject": subject, "text": text}, terms.MAIL_LIFE)


def _post_letter(template: str, address: str, params: dict[str, str], life: timedelta, *, about: str = "") -> None:
    now, (channel,) = base.now(), templates.get(template).channels
    with transaction.atomic(savepoint=False):
        notice = Notice.objects.create(template=template, about=about, once=uuid4().hex, caused_by=SYSTEM.ref, created_at=now)
        delivery = Delivery.objects.create(notice=notice, channel=channel, urgent=True, due_at=now)
        Letter.objects.create(delivery=delivery, address=address, params=params, expires_at=now + life)


# —— reading ——


def mark_read(*, actor: Actor, notice: Notice) -> None:
    """The moment of the first reading stays."""
    Notice.objects.visible_to(actor).unread().filter(pk=notice.pk).update(read_at=base.now())


def mark_all_read(*, actor: Actor) -> int:
    return Notice.objects.visible_to(actor).unread().update(read_at=base.now())


# —— erasing ——


def reword(*, about: Iterable[str], **values: str) -> None:
    """Put other values into what was said about these: what is erased stays in nobody's inbox."""
    for notice in Notice.objects.filter(about__in=list(about)):
        notice.params |= {name: value for name, value in values.items() if name in notice.params}
        notice.save(update_fields=["params"])


def erase(account: Account) -> int:
    """All that was said to the person, with what still waits to go to the phone or the mailbox."""
    addresses = [address for address in (account.phone, account.email) if address]
    told = Q(recipient=account.pk) | Q(about=f"account:{account.pk}") | Q(deliveries__letter__address__in=addresses)
    notices = Notice.objects.filter(pk__in=Notice.objects.filter(told).values("pk"))
    return notices.delete()[1].get("notices.Notice", 0)

"""Delivering what is due, one row at a time, and once more by hand.

A delivery is claimed in a short transaction, sent outside any, and then settled. Two workers never claim the same row;
a claim whose worker died runs out and is taken up again. So everything goes out at least once, and nothing again that
is known to have gone out.
"""

import logging
import time

from django.conf import settings
from django.db import transaction
from django.db.models import F

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger

from .. import access, queries, rules, senders, terms
from ..models import Delivery, DeliveryQuerySet, Letter
from ..terms import State

log = logging.getLogger(__name__)


def deliver_due(limit: int = 100) -> int:
    """One round of the worker: deliver what is due, at most `limit` and for about a second; gives how many it tried."""
    _hold_for_the_night()
    if settings.DEMO_MODE:
        return _pretend(limit)
    _forget_expired()
    until = time.monotonic() + terms.ROUND_SECONDS
    tried = 0
    while tried < limit and time.monotonic() < until and (delivery := _claim()):
        _deliver(delivery)
        tried += 1
    return tried


def _hold_for_the_night() -> None:
    if morning := rules.quiet_until(base.now()):
        due = Delivery.objects.due(base.now()).filter(urgent=False)
        due.update(state=State.HELD, due_at=morning)


def _pretend(limit: int) -> int:
    """Nothing leaves in demo mode: the outbox shows what would have, at the moment it was due."""
    due = Delivery.objects.due(base.now()).order_by("-urgent", "due_at", "id")[:limit]
    return Delivery.objects.filter(pk__in=[delivery.pk for delivery in due]).update(
        state=State.SENT, sent_at=F("due_at"), due_at=None, simulated=True, attempts=F("attempts") + 1, last_error=""
    )


def _forget_expired() -> None:
    Letter.objects.filter(expires_at__lte=base.now()).delete()


def _claim() -> Delivery | None:
    """The next row that is due, taken by this worker alone; urgent ones first."""
    now = base.now()
    with transaction.atomic():
        waiting = Delivery.objects.due(now).select_for_update(skip_locked=True)
        delivery = waiting.order_by("-urgent", "due_at", "id").first()
        if delivery:
            delivery.state, delivery.due_at = State.CLAIMED, now + terms.LEASE
            delivery.attempts += 1
            delivery.save(update_fields=["state", "due_at", "attempts"])
    return delivery


def _deliver(delivery: Delivery) -> None:
    try:
        _hand_over(delivery)
    except senders.Undeliverable as error:
        _settle_failed(delivery, error)
    except senders.Unreachable as error:
        _rest(delivery, error)
    except senders.Unsent as error:
        _settle_unsent(delivery, error)
    except Exception:  # one message that cannot be built must not hold up all others
        log.exception("%s could not be sent", delivery)
        _settle_unsent(delivery, senders.Unsent(say("发送出错，请系统管理员看日志。")))
    else:
        _settle_sent(delivery)


def _hand_over(delivery: Delivery) -> None:
    if delivery.attempts > terms.MAX_ATTEMPTS:  # its workers died over it
        raise senders.Undeliverable(say("发送时多次中断。"))
    senders.send(queries.message(delivery))


def _settle_sent(delivery: Delivery) -> None:
    """Sent is final, also when another worker took over meanwhile."""
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).exclude(state=State.SENT).update(
            state=State.SENT, sent_at=base.now(), due_at=None, last_error=""
        )
        Letter.objects.filter(delivery=delivery).delete()


def _settle_failed(delivery: Delivery, error: senders.Unsent) -> None:
    _own_claim(delivery).update(state=State.FAILED, due_at=None, last_error=str(error.sentence))


def _settle_unsent(delivery: Delivery, error: senders.Unsent) -> None:
    again = rules.next_attempt(delivery.attempts, base.now())
    if again:
        _own_claim(delivery).update(state=State.PENDING, due_at=again, last_error=str(error.sentence))
    else:
        _settle_failed(delivery, error)


def _rest(delivery: Delivery, error: senders.Unsent) -> None:
    """The platform is away: this was no attempt, and the others of the channel wait as well."""
    again = base.now() + terms.CHANNEL_REST
    _own_claim(delivery).update(state=State.PENDING, due_at=again, attempts=F("attempts") - 1, last_error=str(error.sentence))
    Delivery.objects.filter(channel=delivery.channel, due_at__lt=again).exclude(state=State.CLAIMED).update(due_at=again)


def _own_claim(delivery: Delivery) -> DeliveryQuerySet:
    """The row, as long as no other worker has taken it over."""
    return Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, due_at=delivery.due_at)


@ledger.act
def retry(*, actor: Actor, delivery: Delivery) -> Delivery:
    """Send once more by hand: at once, at night too, with all attempts anew."""
    base.require(access.may_retry(actor))
    delivery = Delivery.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=delivery.pk)
    now = base.now()
    verdict = rules.may_send_again(delivery.state, delivery.due_at, now)
    if verdict.reason:
        raise base.Refused(verdict.reason)
    failed = delivery.last_error != ""
    delivery.state, delivery.due_at, delivery.attempts, delivery.urgent = State.PENDING, now, 0, True
    delivery.save(update_fields=["state", "due_at", "attempts", "urgent"])
    ledger.record("notice.retried", actor, str(delivery), {"channel": delivery.channel, "failed": failed})
    return delivery

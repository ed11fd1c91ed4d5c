"""The vocabulary of notices: channels, the states of a delivery, and how often and when it is tried."""

from datetime import time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    IN_APP = "in_app", _("站内")
    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮件")


OUTSIDE = (Channel.SMS, Channel.EMAIL)
OUTSIDE_CHOICES = [(channel.value, channel.label) for channel in OUTSIDE]


class State(TextChoices):
    PENDING = "pending", _("待发送")
    HELD = "held", _("夜间暂缓")
    CLAIMED = "claimed", _("正在发送")
    SENT = "sent", _("已发出")
    FAILED = "failed", _("没发出")


UNDONE = (State.PENDING, State.HELD, State.CLAIMED)

QUIET_FROM, QUIET_UNTIL = time(22), time(8)  # Asia/Shanghai: what is not urgent does not ring at night

BACKOFF = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180))  # before the second, third, … attempt
MAX_ATTEMPTS = len(BACKOFF) + 1
CHANNEL_REST = timedelta(seconds=60)  # when a platform cannot be reached at all
LEASE = timedelta(minutes=5)  # a claim older than this is of a worker that died; longer than any sender may take
SENDER_TIMEOUT_SECONDS = 5
ROUND_SECONDS = 1.5  # one round of deliveries; the worker has other work

CODE_TEMPLATE, MAIL_TEMPLATE = "account.code", "account.mail"
CODE_LIFE = timedelta(minutes=5)
MAIL_LIFE = timedelta(days=3)

VERBS = {
    "notice.retried": _("重新发送通知"),
}

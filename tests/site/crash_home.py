"""The insides of the home that a crash test runs on; run by `qinqing manage shell` in that home."""

from collections import Counter
from datetime import timedelta

from qinqing import base
from qinqing.casework import search
from qinqing.casework.models import Clock, Matter, Statement
from qinqing.consultation.models import Difficulty
from qinqing.ledger.models import Entry, Leaf
from qinqing.notices import actions as notices
from qinqing.notices.models import Delivery, Notice
from qinqing.notices.terms import State
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from tests import characters


def seed():
    """A small city whose enterprise is told by SMS; gives a program's token."""
    town = characters.make_town()
    Account.objects.filter(pk=town.lin.account_id).update(phone="13900000001")
    _, token = parties.issue_token(
        actor=base.SYSTEM, name="crash", account=Account.objects.get(pk=town.lin.account_id), acting_as=town.lin.acting_as,
        scopes=["submit"], days=1)
    return {"token": token, "code": town.enterprise.code}


def report():
    """What stands in the database once everything due is delivered; the night is over by then."""
    with base.clock_at(base.machine_now().replace(hour=12) + timedelta(days=1)):
        while notices.deliver_due():
            pass
    matters = list(Matter.objects.order_by("pk"))
    return {
        "numbers": [matter.number for matter in matters],
        "parts": [sorted(Counter(parts_of(matter)).items()) for matter in matters],
        "search": Matter.objects.filter(pk__in=search.matching("停电")).count(),
        "sealed": Leaf.objects.count() == Entry.objects.count(),
        "undelivered": Delivery.objects.exclude(state=State.SENT).count(),
        "strays": [model.objects.exclude(matter__in=matters).count() for model in (Clock, Statement, Difficulty)],
    }


def parts_of(matter):
    """The name of every row that belongs to a matter."""
    subject = f"matter:{matter.pk}"
    yield from (f"clock {clock.timer}" for clock in Clock.objects.filter(matter=matter))
    yield from (f"statement {row.speech}" for row in Statement.objects.filter(matter=matter))
    yield from ("difficulty" for _ in Difficulty.objects.filter(matter=matter))
    yield from Entry.objects.filter(subject=subject).values_list("verb", flat=True)
    yield from (f"notice {notice.template}" for notice in Notice.objects.filter(about=subject))
    yield from (f"delivery {row.channel}" for row in Delivery.objects.filter(notice__about=subject, channel="sms"))


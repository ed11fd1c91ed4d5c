"""Rows for the inbox and the worker, inside the act that they tell of."""

from datetime import datetime

import pytest
from django.core import mail
from django.db import connection, transaction

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.notices import actions, queries
from qinqing.notices.models import Delivery, Letter, Notice
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from tests import characters
from tests.notices import makers
from tests.notices.makers import make_person, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture(autouse=True)
def platforms(settings):
    settings.DEMO_MODE, settings.SMS_URL, settings.SMTP_URL = False, "http://127.0.0.1:9/", "smtp://127.0.0.1:9"


def channels(actor):
    return list(Delivery.objects.filter(notice__recipient=actor.account_id).values_list("channel", flat=True))


def test_what_a_notice_keeps(lin, noon):
    assert tell(lin) == 1
    notice = Notice.objects.get()
    assert (notice.recipient_id, notice.template, notice.about) == (lin.account_id, "thing.done", "thing:1")
    assert notice.params == {"number": "GY-1", "unit": "市自然资源局"}
    assert (notice.url, notice.caused_by, notice.created_at) == ("/things/1/", "system", noon.replace(tzinfo=base.TZ))
    assert notice.read_at is None
    assert not Entry.objects.exists()


def test_the_inbox_has_it_at_once_and_the_phone_waits_for_the_worker(lin, noon):
    tell(lin)
    assert [item.wording.title for item in queries.inbox(lin)] == ["办好了，编号 GY-1"]
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state, delivery.due_at) == ("sms", "pending", noon.replace(tzinfo=base.TZ))


def test_what_is_said_at_night_waits_for_the_morning_unless_it_is_urgent(lin):
    with base.clock_at(datetime(2020, 4, 27, 23)):
        tell(lin)
        tell(lin, template="thing.urgent")
    morning, at_once = datetime(2020, 4, 28, 8, tzinfo=base.TZ), datetime(2020, 4, 27, 23, tzinfo=base.TZ)
    assert set(Delivery.objects.values_list("state", "due_at")) == {("held", morning), ("pending", at_once)}


@pytest.mark.parametrize(
    ("phone", "email", "notify_by", "expected"),
    [
        ("13900002046", "lin@example.cn", "sms", ["sms"]),
        ("13900002046", "lin@example.cn", "email", ["email"]),
        ("13900002046", "lin@example.cn", "inbox", []),
        ("", "lin@example.cn", "sms", ["email"]),
        ("13900002046", "", "email", ["sms"]),
        ("", "", "sms", []),
    ],
)
def test_one_way_outside_by_the_persons_own_choice(phone, email, notify_by, expected):
    person = make_person("p", phone=phone, email=email, notify_by=notify_by)
    tell(person)
    assert channels(person) == expected


def test_a_wording_for_the_inbox_stays_inside(lin):
    tell(lin, template="thing.coming")
    assert channels(lin) == []


def test_a_channel_that_is_not_set_up_is_not_used(lin, settings):
    settings.SMS_URL = ""
    tell(lin)
    assert channels(lin) == ["email"]


def test_nobody_is_told_twice_in_one_breath(lin):
    assert tell(lin, lin) == 1


def test_a_closed_account_hears_nothing(lin):
    Account.objects.update(is_active=False)
    assert tell(lin) == 0
    assert not Notice.objects.exists()


def test_what_was_said_under_the_same_key_is_not_said_again(lin, ban):
    assert tell(lin, dedupe="late:2020-04-27") == 1
    assert tell(lin, ban, dedupe="late:2020-04-27") == 1
    assert tell(lin, ban, dedupe="late:2020-04-28") == 2
    assert tell(lin, template="thing.coming", dedupe="late:2020-04-27") == 1
    assert Notice.objects.filter(recipient=lin.account_id).count() == 3
    assert Delivery.objects.filter(channel="sms").count() == 2


def test_the_same_row_written_twice_is_one_row(lin):
    """As when another act says it between our question and our writing."""
    said = {
        "recipient_id": lin.account_id,
        "template": "thing.done",
        "once": "k",
        "caused_by": "system",
        "created_at": base.now(),
    }
    for _ in range(2):
        actions.telling._written([Notice(**said)], "k")
    assert Notice.objects.count() == 1


def test_what_an_act_takes_back_was_never_said(lin):
    with ledger.act():
        tell(lin)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("many", [1, 30])
def test_it_is_as_cheap_for_many(many, django_assert_num_queries):
    people = [characters.make_account(f"p{n}", "某") for n in range(many)]
    Account.objects.update(email="a@example.cn")
    said = {
        "actor": base.SYSTEM,
        "template": "thing.done",
        "about": "thing:1",
        "to": [p.pk for p in people],
        "number": 1,
        "unit": "",
    }
    with django_assert_num_queries(3):
        assert actions.notify(**said) == many
    with django_assert_num_queries(4):
        assert actions.notify(**said, dedupe="late") == many
    assert Delivery.objects.count() == 2 * many


def test_faults_of_the_caller(lin):
    with pytest.raises(TypeError, match="needs number"):
        actions.notify(actor=base.SYSTEM, template="thing.coming", about="thing:1", to=[lin.account_id])
    for url in ("https://elsewhere.example", "//elsewhere.example"):
        with pytest.raises(ValueError, match="no address of this site"):
            actions.notify(actor=base.SYSTEM, template="thing.coming", about="thing:1", to=[lin.account_id], url=url, number=1)


# —— reading ——


def test_reading_keeps_its_first_moment(lin, ban):
    tell(lin)
    tell(lin)
    tell(ban)
    first, second = Notice.objects.filter(recipient=lin.account_id).order_by("id")
    with base.clock_at(datetime(2020, 4, 28, 9)):
        actions.mark_read(actor=lin, notice=first)
    actions.mark_read(actor=ban, notice=second)
    assert queries.unread_count(lin) == 1
    assert actions.mark_all_read(actor=lin) == 1
    assert queries.unread_count(lin) == 0
    assert queries.unread_count(ban) == 1
    assert Notice.objects.get(pk=first.pk).read_at == datetime(2020, 4, 28, 9, tzinfo=base.TZ)


# —— letters ——


def test_djangos_mail_goes_into_the_outbox(settings):
    settings.EMAIL_BACKEND = "qinqing.notices.mail.OutboxBackend"
    assert mail.send_mail("登录验证", "请点开链接。", None, ["lin@example.cn", "ban@example.cn"]) == 1
    letters = Letter.objects.order_by("address")
    assert [letter.address for letter in letters] == ["ban@example.cn", "lin@example.cn"]
    assert letters[0].params == {"subject": "登录验证", "text": "请点开链接。"}
    delivery = letters[0].delivery
    assert (delivery.channel, delivery.state, delivery.urgent) == ("email", "pending", True)
    assert delivery.notice.recipient is None
    assert delivery.notice.params == {}


def test_a_code_needs_a_platform(lin, settings):
    account = Account.objects.get()
    actions.send_code(account, "13900002046", "482915")
    assert Letter.objects.get().params == {"code": "482915"}
    settings.SMS_URL = ""
    with pytest.raises(base.Refused, match="没有开通短信"):
        actions.send_code(account, "13900002046", "482915")


def test_a_letter_is_in_nobodys_inbox(lin):
    actions.send_code(Account.objects.get(), "13900002046", "482915")
    assert queries.inbox(lin) == []
    assert not Notice.objects.visible_to(base.PUBLIC).exists()


# —— erasing ——


def test_erasing_a_person_takes_all_that_was_said(lin, ban):
    account = Account.objects.get(pk=lin.account_id)
    tell(lin, ban)
    actions.send_code(account, "13900009999", "482915")
    actions.post_mail("lin@example.cn", "密码", "…")
    actions.post_mail("other@example.cn", "密码", "…")
    assert actions.erase(account) == 3
    assert [notice.recipient_id for notice in Notice.objects.order_by("id")] == [ban.account_id, None]
    assert [letter.address for letter in Letter.objects.all()] == ["other@example.cn"]
    assert actions.erase(Account.objects.get(pk=ban.account_id)) == 1


def test_who_erases_a_person_erases_what_was_said(lin):
    tell(lin)
    security = make_person("security", role="security_admin")
    parties.erase_person(actor=security, account=Account.objects.get(pk=lin.account_id))
    assert not Notice.objects.exists()
    assert '"notices":1' in Entry.objects.get(verb="person.erased").facts


def test_every_row_of_a_person_without_contact_survives_anothers_erasure(lin, ban):
    """An empty phone is no address."""
    actions.post_mail("other@example.cn", "密码", "…")
    Letter.objects.update(address="")
    assert actions.erase(Account.objects.get(pk=ban.account_id)) == 0


def test_rows_are_written_by_the_callers_connection(lin):
    assert connection.in_atomic_block
    assert makers.tell(lin) == 1

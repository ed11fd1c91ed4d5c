"""What a person reads, and what the outbox shows to whom: as many queries for thirty rows as for one."""

import pytest

from qinqing.base import PUBLIC, Actor
from qinqing.notices import access, actions, queries, senders
from qinqing.notices.models import Delivery
from qinqing.notices.terms import Channel
from qinqing.parties.models import Account
from tests.notices.makers import make_person, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

BAN = Actor(account_id=1, role="environment_office", name="班")
ADMIN = Actor(account_id=2, role="system_admin", name="管")


@pytest.fixture(autouse=True)
def platforms(settings):
    settings.DEMO_MODE, settings.SMS_URL, settings.SMTP_URL = False, "http://127.0.0.1:9/", ""


@pytest.mark.parametrize("many", [1, 30])
def test_the_inbox_costs_one_query(lin, many, django_assert_num_queries):
    for _ in range(many):
        tell(lin)
    with django_assert_num_queries(1):
        items = queries.inbox(lin)
    assert len(items) == many
    assert items[0].wording.title == "办好了，编号 GY-1"
    assert items[0].unread
    with django_assert_num_queries(1):
        assert queries.unread_count(lin) == many
    with django_assert_num_queries(0):
        assert queries.unread_count(PUBLIC) == 0


def test_the_inbox_turns_pages_without_a_gap(lin):
    for _ in range(queries.PAGE + 3):
        tell(lin)
    first = queries.inbox(lin)
    second = queries.inbox(lin, before=first[-1].id)
    assert (len(first), len(second)) == (queries.PAGE, 3)
    assert [item.id for item in first + second] == sorted({item.id for item in first + second}, reverse=True)


@pytest.mark.parametrize("many", [1, 30])
def test_the_outbox_costs_one_query(many, django_assert_num_queries):
    tell(*(make_person(f"p{n}", phone=f"139000000{n:02}") for n in range(many)))
    with django_assert_num_queries(1):
        rows = queries.outbox(BAN)
    assert len(rows) == many
    assert (rows[-1].recipient, rows[-1].channel) == ("P0 139****0000", "短信")
    assert rows[-1].retry
    with django_assert_num_queries(1):
        assert queries.counts(BAN) == {"pending": many}


def test_the_administrator_sees_that_and_not_what(lin):
    tell(lin)
    (row,) = queries.outbox(ADMIN)
    assert (row.recipient, row.about, row.look.label) == (f"account:{lin.account_id}", "GY-1", "待发送")
    assert row.retry


def test_other_offices_see_states_and_do_not_send_again(lin):
    tell(lin)
    (row,) = queries.outbox(Actor(account_id=3, role="city_government_office"))
    assert row.recipient == f"account:{lin.account_id}"
    assert str(row.retry.reason) == "重新发送由营商环境办或系统管理员操作。"


def test_what_is_kept_from_an_office_is_not_in_its_outbox(lin, monkeypatch):
    """The package that owns the subject says what is kept; neither row, count nor sending again gives it away."""
    monkeypatch.setattr(access, "_keepers", [])
    access.register(lambda actor: ["thing:2"] if actor == BAN else [])
    tell(lin)
    tell(lin, about="thing:2", number="GY-2")
    assert [row.about for row in queries.outbox(BAN)] == ["GY-1"]
    assert queries.counts(BAN) == {"pending": 1}
    assert [row.about for row in queries.outbox(ADMIN)] == ["GY-2", "GY-1"]
    assert queries.counts(ADMIN) == {"pending": 2}
    with pytest.raises(Delivery.DoesNotExist):
        actions.retry(actor=BAN, delivery=Delivery.objects.latest("id"))


def test_the_outbox_by_state(lin):
    tell(lin)
    assert queries.outbox(BAN, state="failed") == []
    assert len(queries.outbox(BAN, state="pending")) == 1


def test_a_letter_shows_whom_it_is_for_as_long_as_it_waits(lin):
    actions.send_code(Account.objects.get(), "13900002046", "482915")
    assert queries.outbox(BAN)[0].recipient == "139****2046"
    actions.deliveries._settle_sent(Delivery.objects.get())
    (row,) = queries.outbox(BAN)
    assert (row.recipient, row.about) == ("", f"account:{lin.account_id}")


@pytest.mark.parametrize("many", [1, 15])
def test_the_demos_phone_is_ones_own_and_costs_one_query(settings, lin, many, django_assert_num_queries):
    settings.DEMO_MODE = True
    for _ in range(many):
        tell(lin, make_person(f"p{Account.objects.count()}", phone=f"139000001{Account.objects.count():02}"))
    with django_assert_num_queries(1):
        messages = queries.demo_messages(Channel.SMS, lin.account_id, "13900002046")
    assert len(messages) == many
    assert messages[0].waiting
    assert queries.demo_messages(Channel.EMAIL, lin.account_id, "lin@example.cn") == []
    assert queries.demo_messages(Channel.SMS, None, "") == []


def test_the_demos_mailbox_shows_letters_that_have_gone(settings):
    settings.DEMO_MODE = True
    actions.post_mail("lin@example.cn", "登录验证", "请点开链接。")
    actions.deliver_due()
    (mail,) = queries.demo_messages(Channel.EMAIL, None, "lin@example.cn")
    assert mail.wording == ("登录验证", "请点开链接。")
    assert queries.demo_messages(Channel.EMAIL, None, "qiu@example.cn") == []
    assert not mail.waiting


def test_a_mail_leads_to_its_page(lin, settings):
    settings.SMTP_URL, settings.SMS_URL = "smtp://127.0.0.1:9", ""
    tell(lin)
    delivery = Delivery.objects.get(channel="email")
    assert "http" not in queries.message(delivery).body
    settings.CSRF_TRUSTED_ORIGINS = ["https://qinqing.example.cn"]
    assert queries.message(delivery).body.endswith("\n\nhttps://qinqing.example.cn/things/1/")
    assert queries.message(delivery).address == "lin@example.cn"
    assert isinstance(queries.message(delivery), senders.Message)

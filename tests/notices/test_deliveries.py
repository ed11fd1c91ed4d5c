"""At least once, not again once it is known to have gone out, by day, and by hand whenever."""

import time
from datetime import datetime, timedelta

import pytest

from qinqing import base
from qinqing.base import Actor
from qinqing.ledger.models import Entry
from qinqing.notices import actions, senders, terms
from qinqing.notices.actions import deliveries
from qinqing.notices.models import Delivery, Letter
from qinqing.parties.models import Account
from tests import shared_database
from tests.ledger.makers import at_once
from tests.notices.makers import make_person, tell

pytestmark = pytest.mark.django_db

NOON = datetime(2020, 4, 27, 12)
BAN = Actor(account_id=1, role="environment_office", name="班")


def after(**passed):
    return base.clock_at(NOON + timedelta(**passed))


def the_sms():
    return Delivery.objects.get(channel="sms")


def said(sms):
    return [content["phone"] for _, content in sms.requests]


# —— going out ——


def test_a_due_text_message_goes_out_once(sms, lin, noon):
    tell(lin)
    assert actions.deliver_due() == 1
    assert actions.deliver_due() == 0
    ((_, content),) = sms.requests
    assert content["id"] == f"delivery.{the_sms().pk}.20200427040000"
    assert (content["phone"], content["text"]) == ("13900002046", "办好了，编号 GY-1。由市自然资源局办理。")
    assert content["template"] == "thing.done"
    delivery = the_sms()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == ("sent", noon.replace(tzinfo=base.TZ), 1)
    assert not delivery.simulated


def test_the_number_is_read_when_it_is_sent(sms, lin, noon):
    tell(lin)
    Account.objects.update(phone="13811112222")
    actions.deliver_due()
    assert said(sms) == ["13811112222"]


def test_urgent_ones_go_first(sms, noon):
    people = [make_person(f"p{n}", phone=f"1390000000{n}") for n in range(4)]
    tell(*people[:3])
    tell(people[3], template="thing.urgent")
    assert actions.deliver_due(limit=2) == 2
    assert said(sms)[0] == "13900000003"
    assert sms.requests[0][1]["template"] == "SMS_1002"
    assert Delivery.objects.filter(channel="sms", state="pending").count() == 2


def test_a_round_ends_after_its_time(sms, noon, monkeypatch):
    tell(*(make_person(f"p{n}", phone=f"1390000000{n}") for n in range(3)))
    monkeypatch.setattr(terms, "ROUND_SECONDS", 0.05)
    send = senders.send

    def slowly(message):
        time.sleep(0.06)
        send(message)

    monkeypatch.setattr(senders, "send", slowly)
    assert actions.deliver_due() == 1


# —— not going out ——


def test_a_failing_message_is_tried_six_times_and_then_left(sms, lin, monkeypatch):
    def fails(_):
        raise senders.Unsent("邮件服务器退回了这封邮件。")

    monkeypatch.setattr(senders, "send", fails)
    with after():
        tell(lin)
    minutes = 0
    for wait in (0, 1, 5, 15, 60, 180):
        minutes += wait
        with after(minutes=minutes, seconds=-1):
            assert actions.deliver_due() == 0
        with after(minutes=minutes):
            assert actions.deliver_due() == 1
    assert (the_sms().state, the_sms().attempts) == ("failed", 6)
    assert the_sms().last_error == "邮件服务器退回了这封邮件。"
    with after(days=1):
        assert actions.deliver_due() == 0


def test_a_message_that_is_wrong_is_left_at_once(sms, lin, noon):
    sms.status = 400
    tell(lin)
    actions.deliver_due()
    assert (the_sms().state, the_sms().last_error) == ("failed", "短信平台退回，代码 400。")


def test_a_platform_that_is_away_costs_no_attempt_and_holds_its_channel(sms, lin):
    sms.status = 503
    qiu = make_person("qiu", phone="13900003333")
    with after():
        tell(lin, qiu)
        assert actions.deliver_due() == 1
        assert actions.deliver_due() == 0
        assert set(Delivery.objects.filter(channel="sms").values_list("state", "attempts")) == {("pending", 0)}
    sms.status = 200
    with after(seconds=59):
        assert actions.deliver_due() == 0
    with after(seconds=60):
        assert actions.deliver_due() == 2
    assert sorted(said(sms)[1:]) == ["13900002046", "13900003333"]


@pytest.mark.parametrize(
    ("change", "error"),
    [({"phone": ""}, "没有登记手机号或邮箱。"), ({"is_active": False}, "账号已停用。")],
)
def test_a_person_who_cannot_be_reached_any_more(sms, lin, noon, change, error):
    tell(lin)
    Account.objects.update(**change)
    actions.deliver_due()
    assert (the_sms().state, the_sms().last_error) == ("failed", error)
    assert sms.requests == []


def test_one_message_that_cannot_be_built_does_not_hold_up_the_others(sms, lin, noon, caplog):
    tell(lin)
    tell(make_person("qiu", phone="13900003333"))
    notice = the_sms_to(lin).notice
    notice.template = "gone.since"
    notice.save()
    actions.deliver_due()
    assert said(sms) == ["13900003333"]
    assert the_sms_to(lin).state == "pending"
    assert the_sms_to(lin).last_error == "发送出错，请系统管理员看日志。"
    assert "could not be sent" in caplog.text


def the_sms_to(actor):
    return Delivery.objects.get(channel="sms", notice__recipient=actor.account_id)


# —— at night ——


def test_what_is_not_urgent_waits_for_the_morning(sms, lin):
    qiu = make_person("qiu", phone="13900003333")
    with base.clock_at(datetime(2020, 4, 27, 22, 30)):
        tell(lin)
        tell(qiu, template="thing.urgent")
        actions.send_code(Account.objects.get(username="lin"), "13900002046", "482915")
        assert actions.deliver_due() == 2
        assert sorted(content["template"] for _, content in sms.requests) == ["SMS_1002", "account.code"]
        assert the_sms_to(lin).state == "held"
        assert the_sms_to(lin).due_at == datetime(2020, 4, 28, 8, tzinfo=base.TZ)
    with base.clock_at(datetime(2020, 4, 28, 7, 59, 59)):
        assert actions.deliver_due() == 0
    with base.clock_at(datetime(2020, 4, 28, 8)):
        assert actions.deliver_due() == 1
    assert the_sms_to(lin).state == "sent"


def test_a_second_attempt_does_not_ring_at_night(sms, lin):
    sms.status = 503
    with base.clock_at(datetime(2020, 4, 27, 21, 59, 30)):
        tell(lin)
        actions.deliver_due()
    sms.status = 200
    with base.clock_at(datetime(2020, 4, 27, 22, 1)):
        assert actions.deliver_due() == 0
    assert the_sms().state == "held"


# —— in the demo ——


def test_nothing_leaves_in_demo_mode(sms, lin, noon, settings):
    settings.DEMO_MODE = True
    tell(lin)
    actions.send_code(Account.objects.get(), "13900002046", "482915")
    assert actions.deliver_due() == 2
    assert actions.deliver_due() == 0
    assert sms.requests == []
    assert set(Delivery.objects.filter(channel="sms").values_list("state", "simulated")) == {("sent", True)}
    assert Letter.objects.get().params == {"code": "482915"}


# —— letters ——


def test_a_letter_is_forgotten_when_it_has_gone_out(sms, lin, noon):
    actions.send_code(Account.objects.get(), "13900002046", "482915")
    actions.deliver_due()
    ((_, content),) = sms.requests
    assert (content["phone"], content["params"]) == ("13900002046", {"code": "482915"})
    assert content["text"].startswith("验证码 482915。")
    assert not Letter.objects.exists()


def test_a_code_that_is_no_longer_good_is_never_sent(sms, lin):
    with after():
        actions.send_code(Account.objects.get(), "13900002046", "482915")
    with after(minutes=5):
        actions.deliver_due()
    assert sms.requests == []
    assert not Letter.objects.exists()
    assert (the_sms().state, the_sms().last_error) == ("failed", "已过期，请本人重新获取。")


# —— workers that die, and several at once ——


class PowerCut(BaseException):
    pass


def test_a_crash_between_claim_and_sending_is_made_good(sms, lin, monkeypatch):
    def dies(_):
        raise PowerCut

    with after():
        tell(lin)
        with monkeypatch.context() as broken:
            broken.setattr(senders, "send", dies)
            with pytest.raises(PowerCut):
                actions.deliver_due()
        assert the_sms().state == "claimed"
        assert actions.deliver_due() == 0
    with after(minutes=4, seconds=59):
        assert actions.deliver_due() == 0
    with after(minutes=5):
        assert actions.deliver_due() == 1
    assert said(sms) == ["13900002046"]
    assert (the_sms().state, the_sms().attempts) == ("sent", 2)


def test_a_message_that_kills_its_workers_is_left_in_the_end(sms, lin, monkeypatch):
    def dies(_):
        raise PowerCut

    monkeypatch.setattr(senders, "send", dies)
    with after():
        tell(lin)
    for n in range(6):
        with after(minutes=5 * n), pytest.raises(PowerCut):
            actions.deliver_due()
    with after(minutes=30):
        actions.deliver_due()
    assert (the_sms().state, the_sms().last_error) == ("failed", "发送时多次中断。")


def test_a_worker_that_was_too_slow_settles_only_what_is_true(sms, lin):
    with after():
        tell(lin)
        slow = deliveries._claim()
    with after(minutes=5):
        quick = deliveries._claim()
        assert quick == slow
        deliveries._settle_failed(slow, senders.Unsent("慢"))
        assert the_sms().state == "claimed"
        deliveries._settle_sent(slow)
        assert the_sms().state == "sent"
        deliveries._settle_unsent(quick, senders.Unsent("快"))
        assert the_sms().state == "sent"


@pytest.mark.usefixtures("committed")
def test_two_workers_send_each_message_once(sms, tmp_path):
    people = [make_person(f"p{n}", phone=f"139000000{n:02}") for n in range(30)]
    with after():
        tell(*people)
    database = shared_database.copied(tmp_path)

    def worker():
        with base.clock_at(NOON + timedelta(seconds=1)):
            return sum(iter(actions.deliver_due, 0))

    tried = at_once([worker, worker, worker], database)
    assert sum(tried) == 30
    assert sorted(said(sms)) == [f"139000000{n:02}" for n in range(30)]
    states = shared_database.asked(database, lambda: list(Delivery.objects.values_list("state", flat=True).distinct()))
    assert states == ["sent"]


# —— by hand ——


def test_by_hand_it_goes_out_at_once_and_at_night(sms, lin, noon):
    sms.status = 400
    tell(lin)
    actions.deliver_due()
    sms.status = 200
    with base.clock_at(datetime(2020, 4, 27, 23)):
        actions.retry(actor=BAN, delivery=the_sms())
        assert (the_sms().state, the_sms().attempts) == ("pending", 0)
        assert actions.deliver_due() == 1
    assert (the_sms().state, the_sms().last_error) == ("sent", "")
    entry = Entry.objects.get(verb="notice.retried")
    assert (entry.subject, entry.actor) == (str(the_sms()), BAN.ref)
    assert "139" not in entry.facts


def test_by_hand_a_held_one_need_not_wait(sms, lin):
    with base.clock_at(datetime(2020, 4, 27, 23)):
        tell(lin)
        actions.deliver_due()
        actions.retry(actor=BAN, delivery=the_sms())
        assert actions.deliver_due() == 1


def test_what_has_gone_out_is_not_sent_again(sms, lin, noon):
    tell(lin)
    actions.deliver_due()
    with pytest.raises(base.Refused, match="不再重发"):
        actions.retry(actor=BAN, delivery=the_sms())
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", ["enterprise", "handler", "private_economy_office", "audit_admin"])
def test_not_everybody_sends_again(sms, lin, noon, role):
    tell(lin)
    with pytest.raises(base.Denied, match="重新发送由营商环境办或系统管理员操作"):
        actions.retry(actor=Actor(account_id=1, role=role), delivery=the_sms())

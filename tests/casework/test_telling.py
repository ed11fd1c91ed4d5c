"""Who hears what: in days as people say them, and nothing that was to happen before it was said."""

from datetime import datetime

from qinqing import base
from qinqing.casework import actions
from qinqing.consultation import actions as consultation
from qinqing.notices import queries as notices
from qinqing.notices.models import Delivery, Notice
from qinqing.parties.models import Account
from tests.casework.road import at, submitted


def bodies(actor) -> list[str]:
    return [item.wording.body for item in notices.inbox(actor)]


def test_a_promise_names_its_day_as_people_do(town):
    submitted(town)
    with at(2, 10):
        assert bodies(town.lin) == ["3 月 3 日 周二前告诉您谁在办。"]
        assert "请在3 月 3 日 周二前受理交办。" in bodies(town.ban)


def test_what_was_received_long_ago_promises_nothing_in_the_past(town):
    with at(9):
        consultation.submit(actor=town.ban, enterprise=town.enterprise, contact_id=town.lin.account_id, title="停电", text="停电",
                            topic="utilities", route="department_visit", received_at=datetime(2026, 3, 2, 9, tzinfo=base.TZ))
        assert bodies(town.lin) == ["原定3 月 3 日 周二前告诉您谁在办，现在到哪一步，请看办理经过。"]
        assert "应在3 月 3 日 周二前受理交办，已经过了，请马上办。" in bodies(town.ban)


def test_a_message_that_leaves_after_its_day_says_so(town, settings):
    settings.SMS_URL = "http://127.0.0.1:9/"
    Account.objects.filter(pk=town.lin.account_id).update(phone="13900002046")
    submitted(town)
    with at(3, 23):
        assert notices.message(Delivery.objects.get()).body == "3 月 3 日 周二前告诉您谁在办。"
    with at(4, 0):
        late = notices.message(Delivery.objects.get())
    assert (late.body, late.code) == ("原定3 月 3 日 周二前告诉您谁在办，现在到哪一步，请看办理经过。", "matter.received.late")
    assert late.params["due"] == "3 月 3 日 周二"


def test_a_clock_that_stands_still_tells_no_new_day(town):
    matter = submitted(town)
    with at(2, 15):
        actions.telling.redated(matter, None)
    assert not Notice.objects.filter(template="matter.redated").exists()

"""Who hears what: in days as people say them, and nothing that was to happen before it was said."""

from datetime import date, datetime

from qinqing import base
from qinqing.base import Role
from qinqing.casework import actions
from qinqing.consultation import actions as consultation
from qinqing.notices import queries as notices
from qinqing.notices.models import Delivery, Notice
from qinqing.parties import actions as parties
from qinqing.parties.models import Account, Mandate, Post
from tests import characters
from tests.casework.road import at, dispatched, handling, submitted


def told(template) -> set[int]:
    return set(Notice.objects.filter(template=template).values_list("recipient", flat=True))


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


def test_what_staff_entered_is_told_to_whoever_acts_for_the_enterprise(town):
    colleague = characters.of_enterprise("lin2", "林二", town.enterprise)
    with at(2):
        matter = consultation.submit(actor=town.ban, enterprise=town.enterprise, title="停电", text="停电", topic="utilities",
                                     route="department_visit").matter
    assert matter.contact_id is None
    assert told("matter.received") == {town.lin.account_id, colleague.account_id}


def test_a_contact_who_no_longer_acts_for_the_enterprise_hears_nothing_more(town):
    """The colleague who does is told instead; as long as the mandate holds, the contact alone."""
    matter = handling(town)
    colleague = characters.of_enterprise("lin2", "林二", town.enterprise)
    with at(4):
        actions.ask(actor=town.chen, matter=matter, question="请补地块坐标")
        parties.end_mandate(actor=base.SYSTEM, mandate=Mandate.objects.get(account=town.lin.account_id))
    with at(5):
        actions.report_progress(actor=town.chen, matter=matter, text="已现场踏勘")
    assert told("matter.asked") == {town.lin.account_id}
    assert told("matter.progressed") == {colleague.account_id}


def test_a_handler_who_left_is_not_told_but_the_liaison(town):
    matter = dispatched(town)
    with at(3):
        actions.sign(actor=town.luo, matter=matter, handler=Account.objects.get(pk=town.chen.account_id))
    assert reminded(town, matter, day=4) == {town.chen.account_id}
    parties.end_post(actor=base.SYSTEM, post=Post.objects.get(account=town.chen.account_id), on=date(2026, 3, 6))
    assert reminded(town, matter, day=5) == {town.chen.account_id}
    assert reminded(town, matter, day=6) == {town.luo.account_id}


def test_what_a_merged_unit_left_is_told_to_the_one_that_goes_on(town):
    matter = handling(town)
    third = characters.make_unit("third", "市规自局", parent=town.city)
    with at(4):
        parties.merge_units(actor=base.SYSTEM, units=[town.land], into=town.power)
        parties.merge_units(actor=base.SYSTEM, units=[town.power], into=third)
    assert reminded(town, matter, day=5) == {town.luo.account_id, town.wei.account_id}


def test_who_begins_later_is_told_later_and_who_ends_later_until_then(town):
    matter = handling(town)
    later = characters.in_post("later", "后", town.land, Role.LIAISON)
    Post.objects.filter(account=later.account_id).update(valid_from=date(2026, 3, 9))
    Post.objects.filter(account=town.luo.account_id).update(valid_to=date(2026, 3, 11))
    assert reminded(town, matter, day=4) == {town.luo.account_id}
    assert reminded(town, matter, day=10) == {town.luo.account_id, later.account_id}
    assert reminded(town, matter, day=11) == {later.account_id}


def reminded(town, matter, *, day) -> set[int]:
    """Who of the unit hears that the enterprise asks how it stands."""
    Notice.objects.all().delete()
    with at(day):
        actions.remind(actor=town.lin, matter=matter, text="等您回话")
    return told("matter.unit")


def test_a_clock_that_stands_still_tells_no_new_day(town):
    matter = submitted(town)
    with at(2, 15):
        actions.telling.redated(matter, None)
    assert not Notice.objects.filter(template="matter.redated").exists()

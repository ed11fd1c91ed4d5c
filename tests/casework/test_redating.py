"""A new calendar moves open deadlines, writes every move down and tells the enterprise."""

import time
from datetime import date, datetime

import pytest

from qinqing import base
from qinqing.casework import queries
from qinqing.casework.models import Matter
from qinqing.consultation import actions as consultation
from qinqing.ledger import reactions
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice
from qinqing.parties import actions as acting
from qinqing.parties import queries as parties
from qinqing.workdays import actions as workdays
from tests.casework.road import at, submitted

pytestmark = pytest.mark.django_db

NOTICE = [("01-01", "元旦"), ("01-04", "元旦"), ("05-01", "劳动节"), ("05-02", "劳动节"),
          ("10-01", "国庆节"), ("10-02", "国庆节"), ("10-03", "国庆节")]


def opened(town) -> Matter:
    with base.clock_at(datetime(2026, 12, 21, 9)):
        return consultation.submit(actor=town.lin, title="缺用地", text="缺用地", topic="land", enterprise=town.enterprise).matter


def due(matter: Matter) -> tuple[date, bool]:
    clock = matter.clocks.get(timer="solution")
    return clock.due_at.astimezone(base.TZ).date(), clock.provisional


def test_beyond_the_calendar_dates_are_provisional_until_the_year_is_imported(town):
    matter = opened(town)
    before, provisional = due(matter)
    assert (before, provisional) == (date(2027, 1, 12), True)
    with base.clock_at(datetime(2026, 12, 22, 9)):
        workdays.fill_from_package(actor=base.SYSTEM)
        workdays.import_year(actor=town.ban, year=2027, source="国办发明电〔2026〕演示号",
                             rows=[{"date": f"2027-{day}", "kind": "holiday", "name": name} for day, name in NOTICE])
        reactions.drain(raising=True)
    after, provisional = due(matter)
    assert (after, provisional) == (date(2027, 1, 13), False)
    assert Entry.objects.filter(verb="matter.redated", subject=f"matter:{matter.pk}").count() == 1
    assert Notice.objects.filter(template="matter.redated", recipient=town.lin.account_id).count() == 1


def test_nothing_moves_twice(town):
    opened(town)
    with base.clock_at(datetime(2026, 12, 22, 9)):
        workdays.fill_from_package(actor=base.SYSTEM)
        reactions.drain(raising=True)
        reactions.drain(raising=True)
    assert not Entry.objects.filter(verb="matter.redated").exists()


def in_other_hours():
    """The city works from ten to four; a worker elsewhere still has the hours before in its memory."""
    before = parties.city()
    acting.describe_city(
        actor=base.SYSTEM, name="某市", name_en="", platform="", platform_en="", number_prefix="QQ", division="", hotline="",
        shifts=[["10:00", "12:00"], ["14:00", "16:00"]])
    parties._kept_city["city"] = (time.monotonic(), before)


def test_other_working_hours_move_what_is_counted_in_hours(town):
    matter = submitted(town, urgent=True)
    with at(2, 9, 30):
        in_other_hours()
        reactions.drain(raising=True)
        assert list(queries.broken()) == []
    clock = matter.clocks.get(timer="accept")
    assert (clock.limit, clock.due_at.astimezone(base.TZ)) == ("4wh", datetime(2026, 3, 2, 16, tzinfo=base.TZ))
    assert Entry.objects.filter(verb="matter.redated", subject=f"matter:{matter.pk}").count() == 1


def test_dates_that_a_new_calendar_did_not_reach_are_found(town):
    """If recomputing fails, nobody is told another date than the list shows without anybody knowing."""
    matter = opened(town)
    with base.clock_at(datetime(2026, 12, 22, 9)):
        assert list(queries.broken()) == []
        workdays.fill_from_package(actor=base.SYSTEM)
        workdays.import_year(actor=town.ban, year=2027, source="国办发明电〔2026〕演示号",
                             rows=[{"date": f"2027-{day}", "kind": "holiday", "name": name} for day, name in NOTICE])
        assert [(number, str(said)) for number, said in queries.broken()] == [(matter.number, "办结期限和重算的不一样。")]
        reactions.drain(raising=True)
        assert list(queries.broken()) == []


def test_a_year_that_confirms_the_date_takes_the_doubt_from_the_list_too(town):
    with base.clock_at(datetime(2027, 1, 5, 9)):
        matter = consultation.submit(
            actor=town.lin, title="缺用地", text="缺用地", topic="land", enterprise=town.enterprise).matter
    assert matter.provisional
    with base.clock_at(datetime(2027, 1, 5, 10)):
        workdays.fill_from_package(actor=base.SYSTEM)
        workdays.import_year(actor=town.ban, year=2027, source="国办发明电〔2026〕演示号",
                             rows=[{"date": f"2027-{day}", "kind": "holiday", "name": name} for day, name in NOTICE])
        reactions.drain(raising=True)
    matter.refresh_from_db()
    assert (matter.provisional, matter.due_at) == (False, matter.clocks.get(timer="accept").due_at)

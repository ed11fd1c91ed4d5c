"""Why it is this day: what a count begins with, and what it stood still for."""

import pytest

from qinqing.casework import actions, queries
from tests.casework.pages import source, text
from tests.casework.road import at, dispatched, fresh, handling, replied

pytestmark = pytest.mark.django_db


def why(client, matter, timer="solution"):
    return client.get(f"/matters/{matter.number}/why/{timer}/")


@pytest.mark.req("M3-036")
def test_the_first_count_begins_with_the_receipt_and_a_later_one_anew(town, signed_in):
    matter = replied(town)
    lin = signed_in(town.lin)
    with at(10, 12):
        first = text(why(lin, matter))
        assert "3 月 2 日收到的第二天起数" in first
        assert "重新起算" not in first
    with at(11):
        actions.reject(actor=town.lin, matter=matter, text="还没交地")
        again = text(why(lin, matter))
    assert "3 月 11 日重新起算，从第二天起数" in again
    assert "重新起算，当天不计，从下一个工作日起。" in again
    assert "收到那天不算" not in again


def test_a_pause_is_in_the_key_with_its_reason_and_no_other(town, signed_in):
    matter = handling(town)
    lin = signed_in(town.lin)
    with at(4):
        assert "swatch pause" not in source(why(lin, matter))
        actions.ask(actor=town.chen, matter=matter, question="红线图")
    with at(6):
        page = text(why(lin, matter))
    assert "等企业补充，暂停" in page
    assert "暂停：等企业补充" in page
    assert "派单异议" not in page


def test_a_dispute_is_another_reason(town, signed_in):
    matter = dispatched(town)
    with at(3):
        actions.object_to_dispatch(actor=town.luo, matter=matter, reason="属供电公司")
    with at(4):
        actions.decide_objection(actor=town.ban, matter=fresh(matter), upheld=False, reason="属你局")
        page = text(why(signed_in(town.lin), matter))
    assert "派单异议裁定中，暂停" in page
    assert "等企业补充，暂停" not in page


def test_what_runs_and_is_due_first_stands_first(town):
    matter = handling(town)
    with at(4):
        timers = [clock.timer for clock in queries.latest(matter, queries.clocks_of(matter))]
    assert timers == ["response", "solution", "accept", "sign"]

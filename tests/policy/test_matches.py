"""Matching again: only differences are written, each enterprise hears once, and the figures say who was told and who read it."""

from datetime import date

import pytest

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.notices.models import Notice
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.policy import actions, rematching, snapshots
from qinqing.policy.models import Match, MatchRound, PolicyItem
from tests import characters
from tests.policy import road

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def town(settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    town = characters.make_town()
    road.published(town, road.leader(town))
    return town


def say(town, enterprise, employees, on=MARCH):
    for name, value in (("employees", f"{employees}人"), ("blacklisted", False)):
        parties.record_fact(actor=SYSTEM, enterprise=enterprise, name=name, value=value, as_of=on, source=town.land,
                            permitted_use="matching")


def matched():
    snapshots.renew()
    rematching.renew_when_due()


def told(template="match.new"):
    return list(Notice.objects.filter(template=template).values_list("recipient", flat=True))


@pytest.mark.req("M3-014", "M3-030")
def test_exactly_those_who_fit_are_told_and_once(town):
    say(town, town.enterprise, 12)
    say(town, town.other, 9)
    matched()
    matched()
    assert told() == [town.lin.account_id]
    assert [(one.enterprise, one.amount_fen) for one in Match.objects.all()] == [(town.enterprise, 3_000_000)]


def test_unknown_is_counted_and_told_nothing(town):
    say(town, town.other, 9)
    matched()
    assert (MatchRound.objects.get().unknown, MatchRound.objects.get().eligible, told()) == (1, 0, [])


def test_nothing_is_matched_again_while_nothing_has_changed(town):
    say(town, town.enterprise, 12)
    matched()
    before = MatchRound.objects.get().matched_at
    rematching.renew_when_due()
    assert MatchRound.objects.get().matched_at == before


def test_a_changed_fact_ends_a_match_and_begins_another_without_telling_twice(town):
    say(town, town.enterprise, 12)
    matched()
    say(town, town.enterprise, 8, date(2026, 3, 2))
    matched()
    assert Match.objects.get().ended_at is not None
    say(town, town.enterprise, 14, date(2026, 3, 3))
    matched()
    assert Match.objects.filter(ended_at=None).count() == 1
    assert len(told()) == 1


def test_a_changed_rule_tells_who_newly_fits_and_whose_amount_changed(town):
    say(town, town.enterprise, 12)
    say(town, town.other, 7)
    matched()
    item = PolicyItem.objects.current().get()
    rule = {"where": {"all": [{"fact": "employees", "ge": "6人"}]}, "amount": "4万元"}
    actions.change_item(actor=town.ban, item=item, reason="扩大范围", rule=rule)
    rematching.renew_when_due()
    assert set(told()) == {town.lin.account_id, town.qiu.account_id}
    assert told("match.changed") == [town.lin.account_id]
    assert set(Match.objects.values_list("amount_fen", "version")) == {(4_000_000, 2)}


def test_only_who_issues_it_matches_it(town):
    say(town, town.enterprise, 12)
    snapshots.renew()
    with pytest.raises(base.Denied):
        actions.renew_matches(actor=town.wei, item=PolicyItem.objects.current().get(), found=None)


@pytest.mark.req("M3-014")
def test_the_page_says_who_was_told_and_read_and_gives_the_list(client, town):
    say(town, town.enterprise, 12)
    matched()
    Notice.objects.filter(template="match.new").update(read_at=base.now())
    client.force_login(Account.objects.get(pk=town.chen.account_id))
    client.get("/desk/")
    assert '<a href="/desk/pushes/items/P1-1/?show=read">1</a> <small class="muted">100%</small>' in (
        client.get("/desk/pushes/").content.decode())
    listed = client.get("/desk/pushes/P1-1.csv").content.decode()
    assert town.enterprise.code in listed
    assert "30000" in listed
    client.force_login(Account.objects.get(pk=town.wei.account_id))
    client.get("/desk/")
    assert client.get("/desk/pushes/P1-1.csv").status_code == 404

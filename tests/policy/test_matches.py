"""Matching again: only differences are written, each enterprise hears once, and the figures say who was told and who read it."""

from datetime import date
from random import Random

import pytest

from qinqing import base
from qinqing.base import SYSTEM, Role
from qinqing.eligibility import bulk
from qinqing.notices.models import Notice
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.policy import actions, rematching, snapshots
from qinqing.policy.models import Match, MatchRound, PolicyItem
from qinqing.policy.queries import matches
from tests import characters
from tests.policy import road

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def town(settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    town = characters.make_town()
    road.published(town, characters.in_post("first", "梁", town.land, Role.UNIT_LEADER))
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


def computed(monkeypatch):
    """The items of which truths are worked out, call by call."""
    calls, plain = [], bulk.matches

    def counted(columns, rules):
        calls.append(sorted(policy.id for policy in rules.book.policies))
        return plain(columns, rules)

    monkeypatch.setattr(bulk, "matches", counted)
    return calls


def change(town, code, **fields):
    actions.change_item(actor=town.ban, item=PolicyItem.objects.current().get(code=code), reason="修改", **fields)


@pytest.mark.req("M3-030")
def test_one_changed_policy_computes_its_own_items_and_no_others(town, monkeypatch):
    leader = road.leader(town)
    for number in ("P2", "P3"):
        road.published(town, leader, number)
    say(town, town.enterprise, 12)
    calls = computed(monkeypatch)
    matched()
    change(town, "P2-1", rule={"where": {"fact": "employees", "ge": "30人"}, "amount": "1万元"})
    rematching.renew_when_due()
    rematching.renew_when_due()
    assert calls == [["P1-1", "P2-1", "P3-1"], ["P2-1"]]
    assert Match.objects.filter(ended_at=None, code="P2-1").count() == 0


def test_what_is_not_paid_together_is_computed_together(town, monkeypatch):
    leader = road.leader(town)
    for number in ("P2", "P3"):
        road.published(town, leader, number)
    say(town, town.enterprise, 12)
    matched()
    calls = computed(monkeypatch)
    change(town, "P1-1", stacking="highest", stacking_group="jobs")
    change(town, "P2-1", stacking="highest", stacking_group="jobs", rule=road.RULE | {"amount": "9万元"})
    rematching.renew_when_due()
    change(town, "P2-1", rule=road.RULE | {"amount": "1万元"})
    rematching.renew_when_due()
    assert calls == [["P1-1", "P2-1"], ["P1-1", "P2-1"]]
    assert set(Match.objects.filter(ended_at=None).values_list("code", flat=True)) == {"P1-1", "P3-1"}


def whole():
    """Everything in force, worked out anew."""
    items = matches.in_force()
    return {code: found.amounts for code, found in matches.matched(snapshots.current(), items).items()}


def kept():
    rows = Match.objects.filter(ended_at=None).values_list("code", "enterprise", "amount_fen")
    return {item.code: {key: fen for code, key, fen in rows if code == item.code} for item in matches.in_force()}


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_comes_to_the_same_as_all_at_once(town, seed):
    rng, leader = Random(seed), road.leader(town)
    firms = [characters.make_enterprise(f"91510802MA{number:07d}X", f"广元演示{number}", town.county) for number in range(12)]
    for number in ("P2", "P3", "P4"):
        road.published(town, leader, number)
    for firm in firms:
        say(town, firm, rng.randrange(30))
    matched()
    assert any(whole().values())
    for step in range(8):
        code = f"P{rng.randint(1, 4)}-1"
        rule = {"where": {"fact": "employees", "ge": f"{rng.randrange(1, 25)}人"}, "amount": f"{rng.randrange(1, 9)}万元"}
        stacking = rng.choice([{"stacking": "free", "stacking_group": ""}, {"stacking": "highest", "stacking_group": "a"},
                               {"stacking": "exclusive", "stacking_group": "b"}])
        rng.choice([
            lambda code=code, rule=rule: change(town, code, rule=rule),
            lambda code=code, stacking=stacking: change(town, code, **stacking),
            lambda code=code: change(town, code, valid_from=date(2099, 1, 1), valid_to=None),
            lambda code=code: change(town, code, valid_from=road.MONDAY),
            lambda step=step: (say(town, rng.choice(firms), rng.randrange(30), date(2026, 3, 2 + step)), snapshots.renew()),
        ])()
        rematching.renew_when_due()
        assert kept() == whole()


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

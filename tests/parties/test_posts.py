"""Posts and mandates: for whom somebody acts, from when, until when."""

from datetime import date, datetime

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger.models import Entry
from qinqing.parties import actions, queries
from qinqing.parties.models import Account, Mandate, Post

from .makers import make_account, make_division, make_enterprise, make_post, make_unit


def test_a_and_b(security_admin, city):
    wang, li = make_account(name="王"), make_account(name="李")
    for account, part in ((wang, "B"), (li, "A")):
        actions.appoint(actor=security_admin, account=account, unit=city, role=Role.LIAISON, part=part)
    assert queries.holders(city, Role.LIAISON) == [li, wang]
    assert '"part":"A"' in Entry.objects.latest("id").facts


def test_the_same_post_is_not_given_twice(security_admin, city):
    li = make_account()
    make_post(li, city, Role.LIAISON)
    with pytest.raises(base.Refused, match="已任同一职务"):
        actions.appoint(actor=security_admin, account=li, unit=city, role=Role.LIAISON)


def test_nobody_appoints_oneself(security_admin, city):
    own = Account.objects.get(id=security_admin.account_id)
    with pytest.raises(base.Denied, match="另一位管理员"):
        actions.appoint(actor=security_admin, account=own, unit=city, role=Role.HANDLER)


@pytest.mark.parametrize(
    ("held", "role", "refused"),
    [
        (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, True),
        (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, True),
        (Role.AUDIT_ADMIN, Role.SECURITY_ADMIN, True),
        (Role.AUDIT_ADMIN, Role.HANDLER, False),
    ],
)
def test_three_administrators_are_three_people(city, held, role, refused):
    li = make_account()
    make_post(li, city, held)
    if refused:
        with pytest.raises(base.Refused, match="不能由同一人兼任"):
            make_post(li, city, role)
    else:
        assert make_post(li, city, role).role == role


@pytest.mark.parametrize(("first", "second"), [(5, 5), (5, 9), (9, 5)])
def test_three_administrators_are_three_people_from_whatever_day(city, first, second):
    li = make_account()
    with base.clock_at(datetime(2020, 3, 2, 9)):
        actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.SYSTEM_ADMIN, on=date(2020, 3, first))
        with pytest.raises(base.Refused, match="不能由同一人兼任"):
            actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.AUDIT_ADMIN, on=date(2020, 3, second))


def test_an_administrator_may_become_another_one_when_the_first_post_has_ended(city):
    li = make_account()
    with base.clock_at(datetime(2020, 3, 2, 9)):
        post = actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.SYSTEM_ADMIN)
        actions.end_post(actor=base.SYSTEM, post=post, on=date(2020, 3, 9))
        with pytest.raises(base.Refused, match="不能由同一人兼任"):
            actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.AUDIT_ADMIN, on=date(2020, 3, 8))
        actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.AUDIT_ADMIN, on=date(2020, 3, 9))


def test_what_begins_later_is_not_given_twice_either(city):
    li, enterprise = make_account(), make_enterprise()
    with base.clock_at(datetime(2020, 3, 2, 9)):
        actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.HANDLER, on=date(2020, 3, 5))
        with pytest.raises(base.Refused, match="已任同一职务"):
            actions.appoint(actor=base.SYSTEM, account=li, unit=city, role=Role.HANDLER, title=" ", on=date(2020, 3, 5))
        actions.grant_mandate(actor=base.SYSTEM, account=li, enterprise=enterprise, on=date(2020, 3, 5))
        with pytest.raises(base.Refused, match="已经可以代表"):
            actions.grant_mandate(actor=base.SYSTEM, account=li, enterprise=enterprise)


def test_ended_and_filled_again_on_one_day(security_admin, city):
    li, wang = make_account(), make_account()
    post = make_post(li, city, Role.HANDLER)
    actions.end_post(actor=security_admin, post=post)
    actions.appoint(actor=security_admin, account=wang, unit=city, role=Role.HANDLER)
    assert queries.holders(city, Role.HANDLER) == [wang]
    again = actions.appoint(actor=security_admin, account=li, unit=city, role=Role.HANDLER)
    assert Post.objects.get(id=post.id).valid_to == again.valid_from == base.today()


def test_a_post_ends_once_and_not_before_it_began(security_admin, city):
    post = make_post(make_account(), city, Role.HANDLER)
    with pytest.raises(base.Refused, match="不能早于"):
        actions.end_post(actor=security_admin, post=post, on=date(2014, 1, 1))
    actions.end_post(actor=security_admin, post=post)
    with pytest.raises(base.Refused, match="已于"):
        actions.end_post(actor=security_admin, post=post)


def test_a_post_holds_from_its_first_day_to_before_its_last(security_admin, city):
    li = make_account()
    post = actions.appoint(actor=security_admin, account=li, unit=city, role=Role.HANDLER, on=date(2020, 3, 2))
    actions.end_post(actor=security_admin, post=post, on=date(2020, 6, 1))
    for day, held in ((1, False), (2, True)):
        with base.clock_at(datetime(2020, 3, day, 9)):
            assert bool(queries.acting_choices(li)) is held
    with base.clock_at(datetime(2020, 6, 1, 0, 0, 1)):
        assert queries.acting_choices(li) == []


def test_an_enterprise_has_several_people(office):
    enterprise = make_enterprise()
    li, wang = make_account(), make_account()
    actions.grant_mandate(actor=office, account=li, enterprise=enterprise, kind="legal_representative")
    actions.grant_mandate(actor=office, account=wang, enterprise=enterprise)
    assert enterprise.mandates.on(base.today()).count() == 2
    with pytest.raises(base.Refused, match="已经可以代表"):
        actions.grant_mandate(actor=office, account=li, enterprise=enterprise)
    assert queries.actor_for(li).enterprise_id == enterprise.id


def test_an_ended_mandate_gives_nothing(office):
    enterprise = make_enterprise()
    li = make_account()
    mandate = actions.grant_mandate(actor=office, account=li, enterprise=enterprise)
    actions.end_mandate(actor=office, mandate=mandate)
    assert queries.actor_for(li, str(mandate)).role == ""
    assert Mandate.objects.get().valid_to == base.today()


def test_a_county_office_mandates_only_in_its_county(city):
    east, west = make_division("510802", "东区"), make_division("510811", "西区")
    unit = make_unit("east", "东区营商环境办", kind="county_office", county=east)
    li = make_account()
    make_post(li, unit, Role.COUNTY_OFFICE)
    actor = queries.actor_for(li)
    actions.grant_mandate(actor=actor, account=make_account(), enterprise=make_enterprise(division=east))
    with pytest.raises(base.Denied, match="本县区"):
        actions.grant_mandate(actor=actor, account=make_account(), enterprise=make_enterprise(division=west))


# —— the actor ——


def test_with_several_posts_none_is_taken_without_a_word(city):
    li = make_account()
    first = make_post(li, city, Role.HANDLER)
    second = make_post(li, make_unit(), Role.LIAISON)
    assert queries.actor_for(li).role == ""
    assert queries.actor_for(li, str(second)).role == Role.LIAISON
    assert [choice.ref for choice in queries.acting_choices(li)] == [str(first), str(second)]


@pytest.mark.parametrize("ref", ["post:999", "post:x", "mandate:1", "nonsense", "account:1", "post:"])
def test_a_ref_that_does_not_hold_gives_nothing(city, ref):
    li = make_account()
    make_post(li, city, Role.HANDLER)
    make_post(li, make_unit(), Role.LIAISON)
    assert queries.actor_for(li, ref).acting_as == ""


def test_nobody_acts_in_another_persons_post(city):
    li, wang = make_account(), make_account()
    post = make_post(li, city, Role.HANDLER)
    assert queries.actor_for(wang, str(post)).role == ""


def test_how_many_queries(city, django_assert_num_queries):
    li = make_account()
    post = make_post(li, city, Role.HANDLER)
    for _ in range(30):
        make_unit(parent=city)
    with django_assert_num_queries(1):
        assert len(queries.actor_for(li, str(post)).unit_ids) == 31
    with django_assert_num_queries(2):
        queries.actor_for(li)
    wang = make_account()
    mandate = actions.grant_mandate(actor=base.SYSTEM, account=wang, enterprise=make_enterprise())
    with django_assert_num_queries(1):
        queries.actor_for(wang, str(mandate))

"""Two at once over one person: nobody writes what a page loaded before, and what is done twice is refused once."""

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger.models import Entry
from qinqing.parties import actions
from qinqing.parties.models import Account, Post
from tests import shared_database
from tests.ledger.makers import at_once

from .makers import make_account, make_enterprise, make_post, make_unit


def test_a_change_that_waited_behind_an_erasure_brings_nothing_back(security_admin, db):
    account = make_account(name="林")
    seen = [Account.objects.get(id=account.id) for _ in range(5)]
    actions.erase_person(actor=base.SYSTEM, account=account)
    late = [
        lambda: actions.change_account(
            actor=base.SYSTEM, account=seen[0], name="林", phone="13812345678", email="l@example.cn", notify_by="sms"),
        lambda: actions.unlock_account(actor=base.SYSTEM, account=seen[1]),
        lambda: actions.issue_password(actor=base.SYSTEM, account=seen[2]),
        lambda: actions.change_password(actor=base.SYSTEM, account=seen[3], password="another-word-2020"),
        lambda: actions.erase_person(actor=base.SYSTEM, account=seen[4]),
    ]  # fmt: skip
    for act in late:
        with pytest.raises(base.Refused, match="已依法删除"):
            act()
    after = Account.objects.get(id=account.id)
    assert (after.phone, after.email, after.is_active, after.has_usable_password()) == ("", "", False, False)
    assert after.name != "林"


def test_what_one_page_did_another_page_does_not_do_again(security_admin, city):
    post = make_post(make_account(), city, Role.HANDLER)
    first, second = Post.objects.get(id=post.id), Post.objects.get(id=post.id)
    actions.end_post(actor=base.SYSTEM, post=first)
    with pytest.raises(base.Refused, match="已于"):
        actions.end_post(actor=base.SYSTEM, post=second)
    account = make_account()
    seen = Account.objects.get(id=account.id)
    actions.lock_account(actor=base.SYSTEM, account=account, reason="离职")
    with pytest.raises(base.Refused, match="已经停用"):
        actions.lock_account(actor=base.SYSTEM, account=seen, reason="离职")


@pytest.fixture
def raced(transactional_db, tmp_path):
    """`raced(act)`: what became of the act done twice at once, and how many entries of the verb there are after."""

    def race(act, verb):
        database = shared_database.copied(tmp_path)
        answers = sorted(_told(answer) for answer in at_once([act, act], database))
        return answers, shared_database.asked(database, lambda: Entry.objects.filter(verb=verb).count())

    return race


def _told(answer) -> str:
    return "Refused" if isinstance(answer, base.Refused) else "done" if not isinstance(answer, Exception) else repr(answer)


def test_a_mandate_granted_twice_at_once(raced):
    account, enterprise = make_account(), make_enterprise()

    def grant():
        actions.grant_mandate(actor=base.SYSTEM, account=Account.objects.get(id=account.id), enterprise=enterprise)

    assert raced(grant, "mandate.granted") == (["Refused", "done"], 1)


def test_a_post_filled_twice_at_once(raced):
    account, unit = make_account(), make_unit()

    def fill():
        actions.appoint(actor=base.SYSTEM, account=Account.objects.get(id=account.id), unit=unit, role=Role.HANDLER)

    assert raced(fill, "post.filled") == (["Refused", "done"], 1)


def test_a_post_ended_twice_at_once(raced):
    post = make_post(make_account(), make_unit(), Role.HANDLER)
    assert raced(lambda: actions.end_post(actor=base.SYSTEM, post=Post.objects.get(id=post.id)), "post.ended") == (
        ["Refused", "done"], 1)  # fmt: skip

"""`qinqing demo`: what it refuses, and that the same seed gives the same digest."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import override_settings

from qinqing import base
from qinqing.base import moment
from qinqing.demo import digest, loading, offset
from qinqing.ledger.models import Entry
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.policy.models import PolicyItem, Reach
from tests.characters import make_account, make_town
from tests.policy import road


@pytest.mark.django_db
def test_a_database_with_real_accounts_is_refused(capsys):
    make_account("lin", "林")
    with pytest.raises(SystemExit) as end:
        call_command("demo", "load")
    assert end.value.code == 1
    assert "已有账号" in capsys.readouterr().err
    assert (Account.objects.count(), Entry.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_the_digest_sees_a_changed_register_and_no_salt(capsys):
    account = make_account("lin", "林")
    before = digest.of_registers()
    Account.objects.update(salt="1" * 64, password="x")
    assert digest.of_registers() == before
    parties.lock_account(actor=base.SYSTEM, account=account, reason="离职")
    call_command("demo", "digest")
    assert capsys.readouterr().out.strip() == digest.of_registers() != before


@pytest.mark.django_db
def test_the_digest_sees_policies_their_rules_and_what_they_reach():
    town = make_town()
    digests = {digest.of_registers()}
    road.published(town, road.leader(town))
    digests.add(digest.of_registers())
    Reach.objects.update(high=F("high") - 1)
    digests.add(digest.of_registers())
    PolicyItem.objects.update(rule={})
    assert len(digests | {digest.of_registers()}) == 4


def test_the_offset_is_kept_and_applied(tmp_path):
    with override_settings(QINQING_HOME=tmp_path):
        offset.apply()
        assert moment._offset == timedelta(0)
        offset.keep(loading.NOW)
        offset.apply()
        assert abs(base.now() - loading.NOW) < timedelta(minutes=1)
        base.set_offset(timedelta(0))
    assert json.loads((tmp_path / "demo.json").read_text())["offset_seconds"] < 0
    assert base.now().year == datetime.now(base.TZ).year


@pytest.mark.slow
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_digest(tmp_path):
    digests = []
    for _ in range(2):
        with override_settings(QINQING_HOME=tmp_path), transaction.atomic():
            loading.load("small")
            digests.append(digest.of_registers())
            transaction.set_rollback(True)
    assert digests[0] == digests[1]

"""A small city, and programs with tokens."""

import pytest

from qinqing import base
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from tests import characters


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def token_of(town):
    """The Authorization header of a program that acts as a character."""
    def issued(actor, *scopes, days=30) -> dict[str, str]:
        _, key = parties.issue_token(actor=base.SYSTEM, name="program", account=Account.objects.get(pk=actor.account_id),
                                     acting_as=actor.acting_as, scopes=list(scopes), days=days)
        return {"Authorization": f"Bearer {key}"}
    return issued

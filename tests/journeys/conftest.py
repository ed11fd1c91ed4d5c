"""The stories run in one small city, through HTTP."""

import pytest
from django.test import Client

from qinqing.parties.models import Account
from tests import characters
from tests.journeys.road import Road


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def browser_of():
    """A client signed in as a character, acting in its post or mandate."""
    def signed_in(actor) -> Client:
        client = Client()
        if actor.account_id:
            client.force_login(Account.objects.get(pk=actor.account_id))
        return client
    return signed_in


@pytest.fixture
def road(town):
    return Road(town)

"""A small city for every test of the road, and a browser for each of its people."""

import pytest
from django.test import Client

from qinqing.parties.models import Account
from tests import characters


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def signed_in():
    """`signed_in(actor)`: a client in which this person acts in this post or mandate."""

    def client(actor):
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account_id))
        session = browser.session
        session["acting_as"] = actor.acting_as
        session.save()
        return browser

    return client

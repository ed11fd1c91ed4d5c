"""A small city, programs with tokens, and a browser for each of its people."""

import pytest
from django.test import Client

from qinqing.parties.models import Account
from tests import characters


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def token_of(town):
    """The Authorization header of a program that acts as a character."""
    return characters.token


@pytest.fixture
def signed_in():
    def client(actor):
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account_id))
        return browser

    return client

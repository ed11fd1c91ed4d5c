"""The simulated year, loaded once for the tests of a file and given back when they are done."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from qinqing import base
from qinqing.demo import loading


@contextmanager
def given_back():
    """What is written inside, the database forgets."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database after `demo load`, at the moment where the site goes on; the home folder is given."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), override_settings(QINQING_HOME=home), given_back():
        loading.load("small")
        yield home


@pytest.fixture
def at_the_end(year):
    """The clock of the demo's last day."""
    with base.clock_at(loading.NOW):
        yield

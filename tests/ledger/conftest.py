"""What the ledger's tests share: verbs, a home folder, and a database for several hands at once."""

import pytest
from django.core.management import call_command
from django.db import connection

from qinqing.ledger import verbs

from .makers import VERBS, at_once


@pytest.fixture(autouse=True, scope="session")
def _verbs():
    verbs.register(VERBS)


@pytest.fixture
def home(settings, tmp_path):
    """A home folder of its own: a new key, no checkpoints."""
    settings.QINQING_HOME = tmp_path
    return tmp_path


@pytest.fixture
def committed(transactional_db):
    """A database that really commits."""


@pytest.fixture
def own_database(committed, tmp_path):
    """The database for `at_once`: the test's own on PostgreSQL, on SQLite a file."""
    if connection.vendor == "postgresql":
        return None
    path = tmp_path / "threads.sqlite3"
    assert at_once([lambda: call_command("migrate", "ledger", verbosity=0)], path) == [None]
    return path

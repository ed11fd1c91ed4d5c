"""Wordings of their own, a platform that answers, and daytime unless a test says otherwise."""

from datetime import datetime

import pytest

from qinqing import base
from qinqing.notices import templates
from tests.ledger.conftest import committed  # noqa: F401 - a fixture
from tests.notices import makers

NOON = datetime(2020, 4, 27, 12)


@pytest.fixture(autouse=True, scope="session")
def _wordings():
    templates.register(*makers.TEMPLATES)


@pytest.fixture
def noon():
    with base.clock_at(NOON):
        yield NOON


@pytest.fixture
def sms(settings):
    """A platform is set up and reachable; this is no demo."""
    settings.DEMO_MODE = False
    with makers.platform() as heard:
        settings.SMS_URL, settings.SMS_TOKEN = heard.url, "secret-token"
        yield heard


@pytest.fixture
def lin(db):
    return makers.make_person("lin", phone="13900002046", email="lin@example.cn")


@pytest.fixture
def ban(db):
    return makers.make_person("ban", role="environment_office")

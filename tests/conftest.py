"""What all tests share: the clock is given back, nothing is skipped in silence, the browser is found or its absence said."""

import shutil
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import settings as properties

from qinqing.base import moment
from qinqing.ledger import models as ledger
from qinqing.ledger import publication, triggers
from qinqing.parties import queries as parties
from qinqing.site.views import publishing

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
USES_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "admin_client"}
COMMITS = {"transactional_db", "live_server"}
LEDGER = (ledger.Entry, ledger.Pending, ledger.Leaf, ledger.Tile, ledger.Checkpoint, ledger.Cursor)
OTHER_SESSIONS = """
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
"""
properties.register_profile("patient", deadline=None)  # judged by what they find, not by how busy the machine is
properties.load_profile("patient")
LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="only the tests that use the database")
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run")


def pytest_collection_modifyitems(config, items):
    if config.getoption("database_only"):
        others = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item):
    """What a browser shows is the same on every database: those tests run once."""
    if item.get_closest_marker("browser"):
        return False
    return item.get_closest_marker("django_db") is not None or bool(USES_DATABASE & set(item.fixturenames))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and item.config.getoption("no_skips") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be skipped: {report.longrepr[2]}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A browser keeps its last connection to the live server open, and so its thread one to PostgreSQL: ended before the drop."""
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


def end_other_sessions():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(OTHER_SESSIONS)


@pytest.fixture(autouse=True)
def clock_given_back():
    """A test that holds or shifts the clock returns it."""
    yield
    held, offset = moment._held.get(), moment._offset
    moment._held.set(None)
    moment._offset = timedelta(0)
    assert (held, offset) == (None, timedelta(0)), "the test left the clock changed"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """No test sees the city, the figures or the published checkpoints of another."""
    parties.forget_city()
    publishing.forget()
    shutil.rmtree(publication.folder(), ignore_errors=True)


@pytest.fixture(autouse=True)
def ledger_emptied(request):
    """A test that really commits ends with a flush, which the ledger refuses: its rows go before, outside the triggers."""
    mark = request.node.get_closest_marker("django_db")
    if not (COMMITS & set(request.fixturenames) or (mark and mark.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")  # set up before this one, hence flushed after it
    yield
    with triggers.lifted():
        for table in LEDGER:
            table.objects.all().delete()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's own Chromium: Playwright downloads none here."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    return {"executable_path": browser, "args": LAUNCH}

"""What keeps a server from starting, each with one line that says what to do."""

import os
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from qinqing import base
from qinqing.parties.models import Account
from qinqing.site import starting

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings, tmp_path):
    settings.PRODUCTION, settings.DEMO_MODE, settings.DEBUG = True, False, False
    settings.QINQING_HOME = tmp_path
    settings.ALLOWED_HOSTS = ["qinqing.example"]
    settings.SECRET_KEY = "x" * 50
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "django.secret").touch(mode=0o600)
    return settings


def refused(message):
    return pytest.raises(CommandError, match=message)


def test_nothing_is_said_against_a_good_start(production):
    starting.require_startable()


def test_pending_migrations_are_refused_in_one_line():
    MigrationRecorder(connection).record_unapplied("ledger", "0001_initial")
    with refused(r"^1 migrations are not applied \(ledger\.0001_initial …\): run `qinqing migrate` first$") as caught:
        starting.require_startable()
    assert caught.value.returncode == 2


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_every_way_to_start_asks_first(command, production):
    production.DEMO_MODE = True
    with refused("production does not run in demo mode"):
        call_command(command)


def test_production_shows_no_insides(production):
    production.DEBUG = True
    with refused("QINQING_DEBUG"):
        starting.require_startable()


def test_production_refuses_a_guessable_secret(production):
    production.SECRET_KEY = "secret"
    with refused("too short to be a secret"):
        starting.require_startable()


def test_production_refuses_keys_that_others_can_read(production):
    (production.QINQING_HOME / "keys" / "django.secret").chmod(0o640)
    with refused("can be read by others: chmod 600"):
        starting.require_startable()


def test_production_answers_only_to_names_it_was_given(production):
    production.ALLOWED_HOSTS = ["localhost", "testserver"]
    with refused("QINQING_HOSTS is not set"):
        starting.require_startable()


def test_production_refuses_accounts_with_known_passwords(production):
    Account.objects.create(username="lin", name="林", created_at=base.now(), demo_order=1)
    with refused("the database holds the demo's accounts"):
        starting.require_startable()


def test_demo_mode_is_refused_on_real_accounts(settings):
    settings.DEMO_MODE = True
    starting.require_startable()
    real = Account.objects.create(username="chen", name="陈", created_at=base.now())
    with refused("the database holds real accounts") as caught:
        starting.require_startable()
    assert caught.value.returncode == 2
    Account.objects.filter(pk=real.pk).update(demo_order=1)
    starting.require_startable()


@pytest.mark.parametrize("command", [("check",), ("statistics", "--year", "2020"), ("ledger", "verify")])
def test_a_database_without_tables_is_one_line(command, tmp_path):
    at_home = {"QINQING_HOME": str(tmp_path), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "qinqing.site.settings"}
    words = [sys.executable, "-m", "qinqing", *command]
    ended = subprocess.run(words, env={**os.environ, **at_home}, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "run `qinqing migrate` first" in ended.stderr


def test_a_port_in_use_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with refused(f"cannot listen on 127.0.0.1:{port}: Address already in use") as caught:
            starting.require_free_port("127.0.0.1", port)
    assert caught.value.returncode == 2
    starting.require_free_port("127.0.0.1", port)

"""The probes: alive, and ready with each part that can be missing."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from qinqing.ledger import triggers
from qinqing.site import health

pytestmark = pytest.mark.django_db


def parts(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_it_is_alive_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready(client):
    assert parts(client) == (200, {"database": True, "migrations": True, "ledger_triggers": True})


def test_a_pending_migration_is_named(client):
    MigrationRecorder(connection).record_unapplied("ledger", "0001_initial")
    assert health.pending_migrations() == ["ledger.0001_initial"]
    assert parts(client) == (503, {"database": True, "migrations": False, "ledger_triggers": False})


def test_a_ledger_without_its_triggers_is_not_served(client):
    with triggers.lifted():
        assert parts(client) == (503, {"database": True, "migrations": True, "ledger_triggers": False})


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(health, "pending_migrations", fail)
    assert parts(client) == (503, {"database": False, "migrations": False, "ledger_triggers": False})

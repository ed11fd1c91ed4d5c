"""The test's own database as several hands can use it at once."""

import sqlite3

from django.db import connection

from tests.ledger.makers import at_once


def copied(folder):
    """On SQLite, where the test's database is in memory: a copy on disk, as `at_once` takes it. Else None."""
    if connection.vendor != "sqlite":
        return None
    path = folder / "shared.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    return path


def asked(database, question):
    """The answer of one query there."""
    (answer,) = at_once([question], database)
    if isinstance(answer, Exception):
        raise answer
    return answer

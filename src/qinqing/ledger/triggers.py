"""The append-only triggers: what each database has to carry, and a way around them for tests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_NAMED = re.compile(r"CREATE TRIGGER (\w+) BEFORE [A-Z ]+ ON (\w+)")


def create(on: BaseDatabaseWrapper = connection) -> None:
    with on.cursor() as cursor:
        for statement in _statements(on):
            cursor.execute(statement)


def missing(on: BaseDatabaseWrapper = connection) -> list[str]:
    """The names of triggers that should stand in the database and do not, or are switched off."""
    with on.cursor() as cursor:
        cursor.execute(_PRESENT[on.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return [name for name, _table in _wanted(on) if name not in present]


@contextmanager
def lifted(on: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Take the triggers away for a while: only for tests that empty or falsify a database."""
    with on.cursor() as cursor:
        for name, table in _wanted(on):
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on.vendor == "postgresql" else ""))
    yield
    create(on)


_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
}


def _wanted(on: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    return _NAMED.findall(_script(on))


def _statements(on: BaseDatabaseWrapper) -> list[str]:
    return [part.strip() for part in _script(on).split("\n\n")]


def _script(on: BaseDatabaseWrapper) -> str:
    return resources.files("qinqing.ledger").joinpath(f"sql/{on.vendor}.sql").read_text()

"""What must be so before a server or a worker starts."""

import socket
import stat
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import OperationalError

from qinqing.parties import queries as parties

from .health import pending_migrations

WRONG_USE = 2
SHORTEST_SECRET = 40
OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def require_startable() -> None:
    """End the command with one line and exit code 2 when starting now would be wrong."""
    for objection in _objections():
        raise CommandError(objection, returncode=WRONG_USE)


def require_free_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            objection = f"cannot listen on {host}:{port}: {error.strerror}; choose another --port"
            raise CommandError(objection, returncode=WRONG_USE) from error


def database_objection() -> str | None:
    """Why no command can work with this database, in one line; None when nothing is wrong with it."""
    try:
        pending = pending_migrations()
    except OperationalError as error:
        return f"the database does not answer: {str(error).splitlines()[0]}"
    return f"{len(pending)} migrations are not applied ({pending[0]} …): run `qinqing migrate` first" if pending else None


def _objections():
    if settings.PRODUCTION:
        yield from _unsafe_for_production()
    if objection := database_objection():
        yield objection
    elif settings.PRODUCTION and parties.demo_accounts().exists():
        yield "the database holds the demo's accounts, whose passwords everybody knows: production needs one of its own"
    elif settings.DEMO_MODE and parties.real_accounts().exists():
        yield "QINQING_DEMO is set and the database holds real accounts: the demo needs a QINQING_HOME of its own"


def _unsafe_for_production():
    if settings.DEMO_MODE:
        yield "QINQING_PRODUCTION and QINQING_DEMO are both set: production does not run in demo mode"
    if settings.DEBUG:
        yield "QINQING_PRODUCTION and QINQING_DEBUG are both set: production does not show its insides"
    if "testserver" in settings.ALLOWED_HOSTS:
        yield "QINQING_HOSTS is not set: production answers only to the names that stand there"
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield "keys/django.secret is too short to be a secret: delete it, and a new one is made"
    for path in sorted((settings.QINQING_HOME / "keys").iterdir()):
        if _others_can_read(path):
            yield f"{path} can be read by others: chmod 600 {path}"


def _others_can_read(path: Path) -> bool:
    return bool(path.stat().st_mode & OPEN_TO_OTHERS)

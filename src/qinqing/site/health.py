"""Is it alive, and is it ready to serve: for probes, and for the commands that refuse to start."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from qinqing.ledger import triggers


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when a request can be served, otherwise 503; the body says which part is missing."""
    parts = {"database": False, "migrations": False, "ledger_triggers": False}
    try:
        parts["migrations"] = not pending_migrations()
        parts["database"] = True
        parts["ledger_triggers"] = parts["migrations"] and not triggers.missing()
    except DatabaseError:
        pass  # the parts that could not be asked stay false
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def pending_migrations() -> list[str]:
    """Names like `casework.0002_lights` that this code has and the database has not."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _known_migrations() if (app, name) not in applied)


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)

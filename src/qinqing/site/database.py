"""Which database: PostgreSQL when a URL names one, otherwise SQLite in the home folder."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# IMMEDIATE: a transaction that reads before it writes would otherwise fail with "database is locked" under load.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
    ),
}


def database_from(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for one database; an unknown scheme is refused with one line."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "qinqing.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(f"DATABASE_URL: {parts.scheme or url!r} is not a database Qinqing knows; use postgresql://…")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **query},
        "CONN_MAX_AGE": 0,  # with a pool Django wants no persistence of its own
    }

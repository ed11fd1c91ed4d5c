"""The full-text index of matters: bigrams in FTS5 on SQLite, in a tsvector on PostgreSQL (exact recall).

The index table is plain SQL because no ORM speaks it; it holds only matter ids and bigrams, and is rebuilt at will.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

from qinqing.texts import bigrams


def index(matter, *texts: str) -> None:
    """Put a new matter into the index."""
    words = bigrams.words(" ".join(texts))
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor]["insert"], [matter.pk, words])


def extend(matter, text: str) -> None:
    """Add what was said later."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor]["extend"], [" " + bigrams.words(text), matter.pk])


def forget(matter) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor]["delete"], [matter.pk])


def matching(query: str) -> RawSQL:
    """The ids of the matters whose texts hold every run of `query`, for `pk__in`: what is visible is for the query around it."""
    phrases = bigrams.phrases(query)
    if not phrases:
        return RawSQL("SELECT NULL", [])
    sql, value = _matching(phrases)
    return RawSQL(sql, [value])  # noqa: S611 - our own SQL, the value is a parameter


def _matching(phrases: list[str]) -> tuple[str, str]:
    if connection.vendor == "sqlite":
        return _SQL["sqlite"]["search"], " AND ".join(f'"{phrase}"{"*" * bigrams.is_single(phrase)}' for phrase in phrases)
    return _SQL["postgresql"]["search"], " & ".join(map(_as_tsquery, phrases))


def _as_tsquery(phrase: str) -> str:
    return f"({phrase}:*)" if bigrams.is_single(phrase) else f"({' <-> '.join(phrase.split())})"


_SQL = {
    "sqlite": {
        "create": "CREATE VIRTUAL TABLE casework_search USING fts5(words)",
        "drop": "DROP TABLE casework_search",
        "insert": "INSERT INTO casework_search(rowid, words) VALUES (%s, %s)",
        "extend": "UPDATE casework_search SET words = words || %s WHERE rowid = %s",
        "delete": "DELETE FROM casework_search WHERE rowid = %s",
        "search": "SELECT rowid FROM casework_search WHERE words MATCH %s",
    },
    "postgresql": {
        "create": (
            "CREATE TABLE casework_search (id bigint PRIMARY KEY, words tsvector NOT NULL);"
            "CREATE INDEX casework_search_words ON casework_search USING gin (words)"
        ),
        "drop": "DROP TABLE casework_search",
        "insert": "INSERT INTO casework_search(id, words) VALUES (%s, to_tsvector('simple', %s))",
        "extend": "UPDATE casework_search SET words = words || to_tsvector('simple', %s) WHERE id = %s",
        "delete": "DELETE FROM casework_search WHERE id = %s",
        "search": "SELECT id FROM casework_search WHERE words @@ to_tsquery('simple', %s)",
    },
}


def create_table(_apps, editor) -> None:
    for statement in _SQL[editor.connection.vendor]["create"].split(";"):
        editor.execute(statement)


def drop_table(_apps, editor) -> None:
    editor.execute(_SQL[editor.connection.vendor]["drop"])

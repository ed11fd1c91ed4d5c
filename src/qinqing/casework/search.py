"""Full-text indexes: bigrams in FTS5 on SQLite, in a tsvector on PostgreSQL (exact recall); one of them is of matters.

An index table is plain SQL because no ORM speaks it; it holds only ids and bigrams, and is rebuilt at will.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

from qinqing.texts import bigrams


class Index:
    """The words of one kind of rows, in a table of this name."""

    def __init__(self, table: str) -> None:
        self.table = table

    def index(self, row, *texts: str) -> None:
        """Put a new row into the index."""
        self._run("insert", [row.pk, bigrams.words(" ".join(texts))])

    def extend(self, row, text: str) -> None:
        """Add what was said later."""
        self._run("extend", [" " + bigrams.words(text), row.pk])

    def forget(self, row) -> None:
        self._run("delete", [row.pk])

    def matching(self, query: str) -> RawSQL:
        """The ids of the rows whose texts hold every run of `query`, for `pk__in`: what is visible is for the query around it."""
        phrases = bigrams.phrases(query)
        if not phrases:
            return RawSQL("SELECT CAST(NULL AS bigint)", [])
        return RawSQL(self._sql("search"), [_as_query(phrases)])  # noqa: S611 - our own SQL, the value is a parameter

    def create_table(self, _apps, editor) -> None:
        for statement in self._sql("create").split(";"):
            editor.execute(statement)

    def drop_table(self, _apps, editor) -> None:
        editor.execute(self._sql("drop"))

    def _sql(self, name: str) -> str:
        return _SQL[connection.vendor][name].format(table=self.table)

    def _run(self, name: str, values: list) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self._sql(name), values)


def _as_query(phrases: list[str]) -> str:
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{phrase}"{"*" * bigrams.is_single(phrase)}' for phrase in phrases)
    return " & ".join(map(_as_tsquery, phrases))


def _as_tsquery(phrase: str) -> str:
    return f"({phrase}:*)" if bigrams.is_single(phrase) else f"({' <-> '.join(phrase.split())})"


_SQL = {
    "sqlite": {
        "create": "CREATE VIRTUAL TABLE {table} USING fts5(words)",
        "drop": "DROP TABLE {table}",
        "insert": "INSERT INTO {table}(rowid, words) VALUES (%s, %s)",
        "extend": "UPDATE {table} SET words = words || %s WHERE rowid = %s",
        "delete": "DELETE FROM {table} WHERE rowid = %s",
        "search": "SELECT rowid FROM {table} WHERE words MATCH %s",
    },
    "postgresql": {
        "create": (
            "CREATE TABLE {table} (id bigint PRIMARY KEY, words tsvector NOT NULL);"
            "CREATE INDEX {table}_words ON {table} USING gin (words)"
        ),
        "drop": "DROP TABLE {table}",
        "insert": "INSERT INTO {table}(id, words) VALUES (%s, to_tsvector('simple', %s))",
        "extend": "UPDATE {table} SET words = words || to_tsvector('simple', %s) WHERE id = %s",
        "delete": "DELETE FROM {table} WHERE id = %s",
        "search": "SELECT id FROM {table} WHERE words @@ to_tsquery('simple', %s)",
    },
}

_matters = Index("casework_search")
index, extend, forget, matching = _matters.index, _matters.extend, _matters.forget, _matters.matching
create_table, drop_table = _matters.create_table, _matters.drop_table

"""Facts of many enterprises from a CSV or Parquet file, and matches into one.

Columns are called like facts, with `code` beside them; values stand in base units, or with a unit, as in JSON. All of it is right
or nothing is taken: each fault names its row and column.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np

from qinqing.base.words import Sentence, say

from . import days
from .bulk import Interned, Matches, Total
from .catalogue import Catalogue, Fact, Kind, nearest
from .columns import Columns, column
from .faults import Broken, Fault
from .policies import Policy
from .units import Unreadable

READERS = {".csv": "read_csv(?, all_varchar = true, header = true, nullstr = '')", ".parquet": "read_parquet(?)"}
CODE = "code"
SHOWN = 5  # faults of one column; more of a kind say nothing new
WHOLE = r"^\s*-?[0-9]{1,18}(\.0)?\s*$"
FEW, SMALL = 20, 1_000_000  # so many sums, not one of them as much as 1 万元: somebody wrote 万元 without saying so
MONTHS = f"((extract('year' FROM d) * 12 + extract('month' FROM d) - 1) * {days.MONTH} + extract('day' FROM d) - 1)"


class Table:
    """The file as a DuckDB table `facts`: `code` and one 64-bit column for each fact it has, null where not known."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.faults: list[Fault] = []
        self.connection = duckdb.connect()
        self.first_row = 2 if path.suffix == ".csv" else 1
        self._read(path)
        self.facts = self._facts(catalogue)
        self._check_codes()
        for fact in self.facts:
            self._convert(fact)
        if any(not fault.is_warning for fault in self.faults):
            raise Broken(self.faults)

    @property
    def warnings(self) -> list[Fault]:
        return self.faults

    def columns(self, on: date) -> Columns:
        """The same for the bulk engine."""
        codes, *rest = [self._fetched(name) for name in (CODE, *(fact.name for fact in self.facts))]
        made = {fact.name: column(fact, np.ma.filled(values, fact.low), ~np.ma.getmaskarray(values))
                for fact, values in zip(self.facts, rest, strict=True)}
        return Columns(len(codes), on, np.char.encode(np.ma.filled(codes, "").astype(str), "utf-8"), made)

    def _fetched(self, name: str) -> np.ma.MaskedArray[Any, Any]:
        found = self.connection.execute(f"SELECT {_quoted(name)} FROM facts ORDER BY row").fetchnumpy()
        return np.ma.asarray(found[name])

    def matched(self, statement: str, rules: Interned, path: Path) -> list[Total]:
        """By a statement of `sql` for DuckDB: writes the matches, and answers with what each policy comes to."""
        self.connection.execute(f"CREATE OR REPLACE TABLE answers AS {statement}")
        return self.answered(rules, path)

    def matched_by_spark(self, statement: str, rules: Interned, path: Path) -> list[Total]:
        """The same by Spark, which reads and writes Parquet files; raises ImportError where there is none."""
        from pyspark.sql import SparkSession

        with TemporaryDirectory() as folder:
            facts, answers = Path(folder) / "facts.parquet", Path(folder) / "answers"
            self.connection.execute(f"COPY facts TO {_literal(facts)}")
            session = SparkSession.builder.master("local[*]").getOrCreate()
            session.read.parquet(str(facts)).createOrReplaceTempView("facts")
            session.sql(statement).write.parquet(str(answers))
            session.stop()
            self.connection.execute("CREATE OR REPLACE TABLE answers AS SELECT * FROM read_parquet(?)", [f"{answers}/*.parquet"])
        return self.answered(rules, path)

    def answered(self, rules: Interned, path: Path) -> list[Total]:
        self.connection.execute("CREATE OR REPLACE TABLE matches (enterprise VARCHAR, policy VARCHAR, amount_fen BIGINT)")
        totals = [self._total(index, policy) for index, policy in enumerate(rules.book.policies)]
        _write(self.connection, path)
        return totals

    def _total(self, index: int, policy: Policy) -> Total:
        truth, amount = f"truth_{index}", "CAST(NULL AS BIGINT)" if policy.amount is None else f"amount_{index}"
        self.connection.execute(f"INSERT INTO matches SELECT code, ?, {amount} FROM answers WHERE {truth}", [policy.id])
        counts = self.connection.execute(
            f"SELECT count(*) FILTER ({truth}), count(*) FILTER ({truth} IS NULL), count(*), coalesce(sum({amount}), 0), "
            f"count(*) FILTER ({truth} AND {amount} IS NULL) FROM answers").fetchone()
        eligible, unknown, rows, money, without = map(int, counts or ())
        return Total(eligible, unknown, rows, money, without if policy.amount is not None else 0)

    # —— reading ——

    def _read(self, path: Path) -> None:
        reader = READERS.get(path.suffix)
        if reader is None:
            raise Broken([Fault(path.name, say("文件应是 .csv 或 .parquet"))])
        try:
            query = f"CREATE TABLE facts AS SELECT *, row_number() OVER () - 1 AS row FROM {reader}"
            self.connection.execute(query, [str(path)])
        except duckdb.Error as wrong:
            raise Broken([Fault(path.name, say("读不出来：%(problem)s", problem=str(wrong).splitlines()[0]))]) from wrong

    def _facts(self, catalogue: Catalogue) -> list[Fact]:
        names = [row[0] for row in self.connection.execute("DESCRIBE facts").fetchall() if row[0] not in (CODE, "row")]
        columns = [row[0] for row in self.connection.execute("DESCRIBE facts").fetchall()]
        if CODE not in columns:
            near = nearest(CODE, columns)
            self.faults.append(Fault(CODE, say("缺少企业代码这一列 code，是不是“%(near)s”？", near=near) if near else
                                     say("缺少企业代码这一列 code")))
            raise Broken(self.faults)
        return [fact for fact in (self._fact(catalogue, name) for name in names) if fact is not None]

    def _fact(self, catalogue: Catalogue, name: str) -> Fact | None:
        try:
            return catalogue.find(name)
        except Unreadable as wrong:
            self.faults.append(Fault(name, wrong.sentence))
            return None

    def _check_codes(self) -> None:
        self._tell(CODE, "SELECT row, '' FROM facts WHERE code IS NULL OR trim(CAST(code AS VARCHAR)) = '' ORDER BY row",
                   lambda _text: say("没有企业代码"))
        twice = "SELECT row, code FROM facts QUALIFY row_number() OVER (PARTITION BY code ORDER BY row) > 1 ORDER BY row"
        self._tell(CODE, twice, lambda text: say("企业代码“%(code)s”出现了两次", code=text))

    # —— one column ——

    def _convert(self, fact: Fact) -> None:
        """Whole numbers and dates at once; what is left is read word by word, each word once."""
        name, text = _quoted(fact.name), f"trim(CAST({_quoted(fact.name)} AS VARCHAR))"
        quick = {
            Kind.NUMBER: f"CASE WHEN regexp_matches({text}, '{WHOLE}') THEN CAST(CAST({text} AS DECIMAL(38, 0)) AS BIGINT) END",
            Kind.DATE: f"(SELECT {MONTHS} FROM (SELECT TRY_CAST({text} AS DATE) AS d))",
        }.get(fact.kind, "CAST(NULL AS BIGINT)")
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE quick AS SELECT row, {text} AS word, {quick} AS number FROM facts")
        self._read_words(fact)
        self.connection.execute(
            f"CREATE OR REPLACE TABLE facts AS SELECT facts.* REPLACE (coalesce(quick.number, words.number) AS {name}) "
            "FROM facts JOIN quick USING (row) LEFT JOIN words ON quick.number IS NULL AND quick.word = words.word")
        self._check_range(fact)
        self._check_scale(fact)

    def _read_words(self, fact: Fact) -> None:
        rows = self.connection.execute(
            "SELECT word, min(row) FROM quick WHERE number IS NULL AND word <> '' GROUP BY word ORDER BY min(row)").fetchall()
        words: list[str] = []
        numbers: list[int] = []
        told = 0
        for word, row in rows:
            try:
                numbers.append(fact.read(_plain(fact, word)))
                words.append(word)
            except Unreadable as wrong:
                told += 1
                if told <= SHOWN:
                    self._fault(row, fact.name, wrong.sentence)
        self.connection.execute("CREATE OR REPLACE TEMP TABLE words AS "
                                "SELECT unnest(?::VARCHAR[]) AS word, unnest(?::BIGINT[]) AS number", [words, numbers])

    def _check_range(self, fact: Fact) -> None:
        name = _quoted(fact.name)
        self._tell(fact.name, f"SELECT row, {name} FROM facts WHERE {name} NOT BETWEEN {fact.low} AND {fact.high} ORDER BY row",
                   lambda number: say("“%(given)s”不在%(fact)s的范围里（%(low)s 到 %(high)s）", given=number, fact=fact.label,
                                      low=fact.say(fact.low), high=fact.say(fact.high)))

    def _check_scale(self, fact: Fact) -> None:
        if fact.dimension != "money":
            return
        name = _quoted(fact.name)
        row = self.connection.execute(f"SELECT count(*), max(abs({name})) FROM facts WHERE {name} <> 0").fetchone()
        if row and row[0] >= FEW and row[1] < SMALL:
            self.faults.append(Fault(fact.name, say("最大的也不到 1 万元，是不是把万元或元当成分填了？"), is_warning=True))

    def _tell(self, name: str, query: str, sentence: Any) -> None:
        for row, text in self.connection.execute(f"{query} LIMIT {SHOWN}").fetchall():
            self._fault(row, name, sentence(text))

    def _fault(self, row: int, name: str, what: Sentence) -> None:
        self.faults.append(Fault(str(say("第 %(row)s 行 %(column)s", row=row + self.first_row, column=name)), what))


def _quoted(name: str) -> str:
    """Only names of the catalogue and the table's own come here."""
    return '"' + name.replace('"', '""') + '"'


def _plain(fact: Fact, word: str) -> Any:
    return {"true": True, "1": True, "false": False, "0": False}.get(word.lower(), word) if fact.kind is Kind.FLAG else word


def write_matches(found: Iterator[Matches], columns: Columns, rules: Interned, path: Path) -> None:
    """`enterprise, policy, amount_fen`, in CSV or Parquet; no amount where it is not known or the policy gives none."""
    ids = np.array([policy.id for policy in rules.book.policies], object)
    codes = np.char.decode(columns.codes, "utf-8").astype(object)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE matches (enterprise VARCHAR, policy VARCHAR, amount_fen BIGINT)")
        for each in found:
            size = len(each.rows)
            connection.register("batch", {"enterprise": codes[each.rows], "policy": np.full(size, ids[each.policy], object),
                                          "amount_fen": _amounts(each)})
            connection.execute("INSERT INTO matches SELECT enterprise, policy, amount_fen FROM batch")
        _write(connection, path)


def _amounts(found: Matches) -> Any:
    """Masked where there is none."""
    if found.amounts is None:
        return np.ma.masked_all(len(found.rows), np.int64)
    return np.ma.array(np.ascontiguousarray(found.amounts), mask=False if found.known is None else ~found.known)


def _write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute(f"COPY (SELECT * FROM matches ORDER BY enterprise, policy) TO {_literal(path)}")


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

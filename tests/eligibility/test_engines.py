"""Row, bulk and DuckDB give the same truth and the same amount, for any rule and whatever is unknown."""

import gc
import os
import random

import duckdb
import numpy as np
import psycopg
import pytest

from qinqing.eligibility import bulk, catalogue, columns, policies, row, sql
from tests.__main__ import LOCAL_POSTGRESQL

from .random_rules import ON, USABLE, Maker

ROWS, TOGETHER = 97, 500
STANDARD = catalogue.standard()


def by_row(book, enterprises):
    evaluator = row.Evaluator(book)
    results = [evaluator.match(facts) for facts in enterprises]
    return [[(each.truth, each.amount) for each in column] for column in zip(*results, strict=True)]


def by_bulk(book, enterprises):
    rules = bulk.Interned(book)
    table = columns.gathered(((str(n), facts) for n, facts in enumerate(enterprises)), STANDARD, ON)
    truths = {index: [{1: True, 0: False, -1: None}[one] for one in found] for index, found in bulk.truths(table, rules)}
    amounts = {index: [None] * len(enterprises) for index in truths}
    for found in bulk.matches(table, rules):
        known = np.ones(len(found.rows), bool) if found.known is None else found.known
        for place, amount, is_known in zip(found.rows, found.amounts, known, strict=True):
            amounts[found.policy][place] = int(amount) if is_known else None
    return [list(zip(truths[index], amounts[index], strict=True)) for index in sorted(truths)]


def by_duckdb(book, enterprises):
    with duckdb.connect() as connection:
        connection.execute("PRAGMA disable_optimizer")  # planning 500 rules takes longer than asking a hundred rows
        names = ", ".join(f'"{name}" BIGINT' for name in USABLE)
        connection.execute(f"CREATE TABLE facts (code VARCHAR, {names})")
        rows = [[str(n), *(facts.get(name) for name in USABLE)] for n, facts in enumerate(enterprises)]
        connection.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * (len(USABLE) + 1))})", rows)
        found = connection.execute(sql.statement(bulk.Interned(book), "duckdb", set(USABLE))).fetchnumpy()
    order = np.argsort(found["code"].astype(int))
    return [list(zip(truths(found, n, order), amounts(found, n, order), strict=True)) for n in range(len(book.policies))]


def truths(found, n, order):
    return [None if truth is np.ma.masked else bool(truth) for truth in np.ma.asarray(found[f"truth_{n}"])[order]]


def amounts(found, n, order):
    return [None if amount is np.ma.masked else int(amount) for amount in np.ma.asarray(found[f"amount_{n}"])[order]]


def agree(seed, rules):
    maker = Maker(random.Random(seed))
    seen = set()
    for _ in range(rules // TOGETHER):
        enterprises = [maker.facts(missing=maker.rng.choice([0, 0.03, 0.3])) for _ in range(ROWS)]
        book = policies.read(maker.policies(TOGETHER), STANDARD, ON)
        expected = by_row(book, enterprises)
        assert by_bulk(book, enterprises) == expected
        assert by_duckdb(book, enterprises) == expected
        seen |= {truth for column in expected for truth, _ in column}
    assert seen == {True, False, None}


@pytest.fixture(autouse=True)
def _without_collecting():
    """Ibis builds by the hundred thousand what lives until the statement is written; looking for garbage doubles its time."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("seed", range(10))
def test_5000_random_rules_are_the_same_to_every_engine(seed):
    agree(seed, rules=TOGETHER)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_100000_random_rules_are_the_same_to_every_engine(seed):
    agree(seed, rules=5 * TOGETHER)


def by_postgresql(book, enterprises):
    url = os.environ.get("DATABASE_URL", LOCAL_POSTGRESQL)
    try:
        connection = psycopg.connect(url, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers")
    with connection:
        columns_ = ", ".join(f'"{name}" bigint' for name in USABLE)
        connection.execute(f"CREATE TEMPORARY TABLE facts (code text, {columns_})")
        with connection.cursor().copy("COPY facts FROM STDIN") as copy:
            for n, facts in enumerate(enterprises):
                copy.write_row((str(n), *(facts.get(name) for name in USABLE)))
        rows = connection.execute(sql.statement(bulk.Interned(book), "postgres", set(USABLE))).fetchall()
        connection.rollback()
    return by_policy(rows)


def by_spark(book, enterprises):
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        pytest.skip("no pyspark is installed")
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", value=False).getOrCreate()
    rows = [(str(n), *(facts.get(name) for name in USABLE)) for n, facts in enumerate(enterprises)]
    schema = "code string, " + ", ".join(f"{name} bigint" for name in USABLE)
    session.createDataFrame(rows, schema).createOrReplaceTempView("facts")
    found = [tuple(row) for row in session.sql(sql.statement(bulk.Interned(book), "pyspark", set(USABLE))).collect()]
    session.stop()
    return by_policy(found)


def by_policy(rows):
    columns_ = list(zip(*sorted(rows, key=lambda row: int(row[0])), strict=True))[1:]
    return [list(zip(truths_, amounts_, strict=True)) for truths_, amounts_ in zip(columns_[::2], columns_[1::2], strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "size"), [(by_postgresql, 500), (by_spark, 60)], ids=["PostgreSQL", "Spark"])
def test_the_same_rules_elsewhere(engine, size):
    maker = Maker(random.Random(size))
    enterprises = [maker.facts(missing=0.2) for _ in range(ROWS)]
    book = policies.read(maker.policies(size), STANDARD, ON)
    assert engine(book, enterprises) == by_row(book, enterprises)

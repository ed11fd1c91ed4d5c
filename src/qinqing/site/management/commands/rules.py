"""`qinqing rules check|explain|match`: rules in a file, and what they say of one enterprise or of many."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand

from qinqing import base
from qinqing.base import say
from qinqing.eligibility import bulk, catalogue, explaining, facts, policies, sql, tables
from qinqing.eligibility.faults import Broken
from qinqing.eligibility.row import Evaluator

ENGINES = ("bits", "duckdb", "spark")


class Command(BaseCommand):
    help = "Check rules, explain them for one enterprise, or match them to many."
    requires_system_checks = ()

    def create_parser(self, *args, **kwargs):
        return super().create_parser(*args, usage=argparse.SUPPRESS, **kwargs)  # a mistake is told in one line

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="name every fault by path and remedy")
        check.add_argument("policies", type=Path, metavar="FILE")
        explain = verbs.add_parser("explain", help="three-valued results with distances and missing facts")
        match = verbs.add_parser("match", help="all enterprises of a table against all policies")
        for verb in (explain, match):
            verb.add_argument("--policies", type=Path, required=True, metavar="FILE")
        explain.add_argument("--facts", type=Path, required=True, metavar="FILE.json")
        match.add_argument("--facts", type=Path, required=True, metavar="FILE.parquet|csv")
        match.add_argument("--out", type=Path, required=True, metavar="FILE.csv|parquet")
        match.add_argument("--engine", choices=ENGINES, default="bits")
        for verb in (check, explain, match):
            verb.add_argument("--catalogue", type=Path, metavar="FILE", help="a fact catalogue instead of the standard one")
            verb.add_argument("--on", metavar="2026-09-30", help="the day the rules are applied on; today if left out")

    def handle(self, *, verb, **options):
        known = self._catalogue(options["catalogue"])
        content = self._content(options["policies"])
        if verb == "check":
            self._check(content, known, self._day(options["on"]))
            return
        try:
            book = policies.read(content, known, self._day(options["on"]))
        except Broken as broken:
            self._end(broken.faults)
        {"explain": self._explain, "match": self._match}[verb](book, **options)

    # —— check ——

    def _check(self, content, known, on):
        try:
            found, count = policies.read(content, known, on).warnings, len(_listed(content))
        except Broken as broken:
            found, count = broken.faults, len(_listed(content))
        errors = [fault for fault in found if not fault.is_warning]
        self._print({"policies": count, "errors": [_as_values(fault) for fault in errors],
                     "warnings": [_as_values(fault) for fault in found if fault.is_warning]})
        for fault in found:
            self.stderr.write(str(fault))
        sys.exit(1 if errors else 0)

    # —— explain ——

    def _explain(self, book, *, facts, **_options):
        raw = self._content(facts)
        code = raw.pop("code", None) if isinstance(raw, dict) else None
        known = self._known(raw, book.catalogue)
        found = explaining.explain(Evaluator(book), known)
        self._print({
            "code": code, "on": book.on.isoformat(), "results": [explaining.as_values(each) for each in found],
            "ask_next": [{"fact": each.fact.name, "label": str(each.fact.label), "holder": str(each.fact.source),
                          "decides": each.decided} for each in explaining.questions(found)],
        })

    def _known(self, raw, known):
        try:
            return facts.read(raw, known)
        except Broken as broken:
            self._end(broken.faults)

    # —— match ——

    def _match(self, book, *, out, engine, **options):
        if out.suffix not in tables.READERS:
            self._end([say("--out：文件应是 .csv 或 .parquet")])
        try:
            table = tables.Table(options["facts"], book.catalogue)
        except Broken as broken:
            self._end(broken.faults)
        for warning in table.warnings:
            self.stderr.write(str(warning))
        rules = bulk.Interned(book)
        totals = self._bits(table, rules, out) if engine == "bits" else self._by_sql(table, rules, out, engine)
        self._print({"engine": engine, "on": book.on.isoformat(), "policies": [
            {"policy": policy.id, "title": policy.title,
             "eligible": total.eligible, "unknown": total.unknown, "total": total.rows,
             "amount_fen": total.amount, "without_amount": total.without_amount}
            for policy, total in zip(book.policies, totals, strict=True)]})

    @staticmethod
    def _bits(table, rules, out):
        columns = table.columns(rules.book.on)
        tables.write_matches(bulk.matches(columns, rules), columns, rules, out)
        return bulk.totals(columns, rules)

    def _by_sql(self, table, rules, out, engine):
        facts_held = {fact.name for fact in table.facts}
        if engine == "duckdb":
            return table.matched(sql.statement(rules, "duckdb", facts_held), rules, out)
        try:
            return table.matched_by_spark(sql.statement(rules, "pyspark", facts_held), rules, out)
        except ImportError:
            self._end([say("这里没有装 Spark（pyspark）；可用 bits 或 duckdb")])

    # —— what all need ——

    def _catalogue(self, path):
        if path is None:
            return catalogue.standard()
        self._require(path)
        try:
            return catalogue.load(path)
        except (catalogue.BrokenCatalogue, ValueError, AttributeError, TypeError) as wrong:
            self._end([f"{path}: {wrong}"])

    def _content(self, path):
        self._require(path)
        try:
            return policies.parsed(path)
        except Broken as broken:
            self._end([f"{path}: {fault}" for fault in broken.faults])
        except UnicodeDecodeError:
            self._end([say("%(path)s 不是 UTF-8 文本", path=path)])

    def _require(self, path):
        if not path.is_file():
            self._end([say("没有文件 %(path)s", path=path)])

    def _day(self, text):
        try:
            return date.fromisoformat(text) if text else base.today()
        except ValueError:
            self._end([say("%(option)s：“%(given)s”不是日期，应写成 2026-09-30", option="--on", given=text)])

    def _print(self, values):
        self.stdout.write(json.dumps(values, ensure_ascii=False, indent=1))

    def _end(self, lines):
        for line in lines:
            self.stderr.write(str(line))
        sys.exit(2)


def _listed(content):
    found = content.get("policies") if isinstance(content, dict) else content
    return found if isinstance(found, list) else []


def _as_values(fault):
    return {"path": fault.path, "message": str(fault.what)}

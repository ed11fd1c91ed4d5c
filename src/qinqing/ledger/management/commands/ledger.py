"""`qinqing ledger verify | checkpoint | receipt | check-receipt`: the ledger, checked by anyone.

The answer is JSON on standard output, the sentences for people go to standard error. M1-014.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandParser

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions, publication, queries
from qinqing.ledger.queries import faults, receipt_sources
from qinqing.ledger.rules import receipts

OK, FAILED, UNREADABLE = 0, 1, 2

Options = dict[str, Any]
T = TypeVar("T")


class Command(BaseCommand):
    help = "Verify the ledger, sign a checkpoint, hand out a receipt, check one."
    requires_system_checks = ()

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        return super().create_parser(*args, usage=argparse.SUPPRESS, **kwargs)  # a mistake is told in one line

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True, metavar="verify|checkpoint|receipt|check-receipt")
        verify = tasks.add_parser("verify", usage=argparse.SUPPRESS)
        verify.add_argument("--since", metavar="CHECKPOINT", help="a checkpoint file, or a number of entries to pass over")
        tasks.add_parser("checkpoint", usage=argparse.SUPPRESS)
        tasks.add_parser("receipt", usage=argparse.SUPPRESS).add_argument("number", metavar="MATTER")
        check = tasks.add_parser("check-receipt", usage=argparse.SUPPRESS)
        check.add_argument("file")
        check.add_argument("--key", metavar="PEM", help="the ledger's public key, got from elsewhere")

    def handle(self, *, task: str, **options: Any) -> None:
        run = {
            "verify": self.verify, "checkpoint": self.checkpoint, "receipt": self.receipt,
            "check-receipt": self.check_receipt,
        }
        try:
            code = run[task](options)
        except Unreadable as error:
            self.stderr.write(str(error))
            code = UNREADABLE
        except base.Refused as refusal:
            self.stderr.write(str(refusal))
            code = FAILED
        sys.exit(code)

    def verify(self, options: Options) -> int:
        since = options["since"] or "0"
        if since.isdecimal():
            report = queries.verify(since=int(since))
        else:
            report = _reading(since, lambda text: queries.verify(outside=text))
        sentence = report.fault.sentence if report.fault else say("账本完好，核对了 %(n)s 条", n=report.checked)
        self.stderr.write(str(sentence))
        return self._answer(vars(report), ok=report.ok)

    def checkpoint(self, _options: Options) -> int:
        actions.seal()
        made = actions.checkpoint()
        if made is None:
            raise base.Refused(say("账本还是空的，没有可签的内容"))
        file = str(publication.folder() / publication.file_name(made.size))
        return self._answer({"number": made.number, "size": made.size, "root": made.root, "note": made.note, "file": file})

    def receipt(self, options: Options) -> int:
        found = receipt_sources.find("matter", options["number"])
        if found is None:
            raise base.Refused(say("没有编号为 %(number)s 的事项", number=options["number"]))
        return self._answer(queries.receipt(*found))

    def check_receipt(self, options: Options) -> int:
        trusted = [_reading(options["key"], lambda text: publication.read_key(text.encode()))] if options["key"] else []
        report = _reading(options["file"], lambda text: receipts.check_receipt(receipts.read(text), trusted))
        for point in report.points:
            self.stderr.write(f"{'✓' if point.ok else '✗'} {point.sentence}")
        return self._answer({"kind": report.kind, "keys": report.keys, "points": report.points}, ok=report.ok)

    def _answer(self, answer: dict[str, Any], *, ok: bool = True) -> int:
        self.stdout.write(json.dumps({"ok": ok} | answer, ensure_ascii=False, default=_as_json))
        return OK if ok else FAILED


class Unreadable(Exception):
    """A file that is not there or not what it should be."""


def _reading(name: str, read: Callable[[str], T]) -> T:
    try:
        return read(Path(name).read_text())
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror}") from error
    except ValueError as error:  # a JSON error tells line and column
        raise Unreadable(f"{name}: {error}") from error


def _as_json(value: object) -> object:
    return vars(value) if isinstance(value, receipts.Point | faults.Fault) else str(value)

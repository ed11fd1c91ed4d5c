"""All invariants of an installation: each package answers for its own."""

from collections.abc import Iterator
from typing import NamedTuple

from qinqing.base.words import Sentence, say
from qinqing.casework import queries as casework
from qinqing.documents import queries as documents
from qinqing.ledger import queries as ledger
from qinqing.policy.queries import benefit_invariants as benefits


class Finding(NamedTuple):
    """A fault is a broken promise of the program; anything else is for people to look at."""

    subject: str
    sentence: Sentence
    fault: bool


def all_findings() -> Iterator[Finding]:
    yield from (Finding(subject, sentence, fault=True) for subject, sentence in _broken())
    yield from (Finding(number, sentence, fault=False) for number, sentence in casework.stuck())


def _broken() -> Iterator[tuple[str, Sentence]]:
    for trigger in ledger.missing_triggers():
        yield "ledger", say("缺少只增不改的触发器 %(name)s。", name=trigger)
    report = ledger.verify()
    if not report.ok:
        yield "ledger", report.fault.sentence
    for attachment in documents.damaged():
        yield str(attachment), say("附件内容丢失或被改动。")
    yield from casework.broken()
    yield from benefits.broken()

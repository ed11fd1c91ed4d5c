"""What a policy is worth on a day, what must be there before it is published, and what reads wrong in it. Pure.

The findings warn and never decide: a person looks and says why (M3-026, M3-027, M3-031).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qinqing.base.words import Sentence, say
from qinqing.texts import numerals

from ..terms.documents import Gate, Standing, Status

# Facts that say where an enterprise is registered: a condition on them may shut others out (公平竞争审查条例 8, 10).
PLACES = frozenset({"region", "registered_local"})
ONE_FIRM = re.compile(
    r"[一-鿿（）()]{2,40}(?:有限责任公司|股份有限公司|有限公司)"
    r"|\b[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}\b")


# —— standing ——


def standing(status: str, begins: date, ends: date | None, day: date) -> Standing:
    """`ends` is the last day on which it holds."""
    if status != Status.PUBLISHED:
        return Standing(status)
    if day < begins:
        return Standing.UPCOMING
    return Standing.EXPIRED if ends is not None and day > ends else Standing.IN_FORCE


# —— before publishing ——


def missing_gate(reviews: Mapping[str, bool]) -> Sentence | None:
    """`reviews`: the latest result of each gate; the sentence says which one is not passed."""
    for gate in Gate:
        if gate not in reviews:
            return say("还没有登记%(gate)s，不能发布。", gate=gate.label)
        if not reviews[gate]:
            return say("%(gate)s没有通过，不能发布。", gate=gate.label)
    return None


def unfit(clauses: int, unapproved: int, items: int) -> Sentence | None:
    """Whether there is something to publish, and nothing in plain words that the issuer has not approved."""
    if not clauses:
        return say("还没有登记条款，不能发布。")
    if unapproved:
        return say("还有 %(n)s 条通俗解读没有核定，先核定再发布。", n=unapproved)
    return None if items else say("还没有登记政策事项，不能发布。")


def not_an_original(name: str) -> Sentence:
    return say("没传上：“%(name)s”不是 PDF、OFD 或 Word 文件，原文附件只收这几种", name=name)


# —— what reads wrong ——


@dataclass(frozen=True)
class Finding:
    """`where` is a clause's number or an item's title; `code` is stable."""

    code: str
    where: str
    what: Sentence


def findings_of_rule(where: str, rule: Any, words: Collection[str]) -> Iterator[Finding]:
    """A benefit for one firm by name, or only for those registered here."""
    named = next((found.group() for text in words if (found := ONE_FIRM.search(text))), "")
    if named:
        yield Finding("names_firm", where, say("点名了一家企业“%(name)s”，请改成普遍适用的条件", name=named))
    if PLACES & set(_facts(rule)):
        yield Finding("local_registration", where, say("以注册地为条件，可能排斥外地企业，请在公平竞争审查中写明理由"))


def _facts(rule: Any) -> Iterator[str]:
    if isinstance(rule, list):
        for part in rule:
            yield from _facts(part)
    elif isinstance(rule, dict):
        if isinstance(rule.get("fact"), str):
            yield rule["fact"]
        for part in rule.values():
            yield from _facts(part)


def findings_of_clause(number: str, original: str, plain: str) -> Iterator[Finding]:
    """Plain words must say the same numbers as the clause they stand beside."""
    if not plain:
        yield Finding("not_explained", number, say("还没有通俗解读"))
        return
    yield from _differing(number, original, plain)


def findings_of_item(title: str, basis: str | None, said: str) -> Iterator[Finding]:
    """What an item promises must stand in the clause it rests on; `basis` is that clause's original."""
    if basis is None:
        yield Finding("no_clause", title, say("没有写明依据哪一条"))
        return
    added = numerals.numbers(said) - numerals.numbers(basis)
    if added:
        yield Finding("number_added", title, say("写了 %(numbers)s，依据的条款里没有", numbers=_listed(added)))


def _differing(number: str, original: str, plain: str) -> Iterator[Finding]:
    said, issued = numerals.numbers(plain), numerals.numbers(original)
    if said - issued:
        yield Finding("number_added", number, say("解读写了 %(numbers)s，原文没有", numbers=_listed(said - issued)))
    if issued - said:
        yield Finding("number_left_out", number, say("原文有 %(numbers)s，解读没写", numbers=_listed(issued - said)))


def _listed(numbers: Collection[str]) -> str:
    return "、".join(sorted(numbers, key=lambda number: (len(number), number)))

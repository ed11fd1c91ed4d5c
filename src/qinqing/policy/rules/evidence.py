"""What proves each thing that a benefit asks for: a department's data, or a paper that the enterprise gives (M3-031). Pure."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qinqing.base.words import Sentence, say

from ..terms.documents import Mode
from .documents import Finding

WORDS = frozenset({"is", "in", "not_in", "under", "not_under", "before", "after", "since", "until"})  # values, no facts


@dataclass(frozen=True)
class Proof:
    """Of one fact: `stands` when the department's data do, and the enterprise gives nothing; otherwise its `material`."""

    fact: str
    stands: bool = False
    material: str = ""

    @property
    def is_written(self) -> bool:
        return self.stands or bool(self.material)


def facts_of(rule: Any, known: Container[str]) -> list[str]:
    """Every fact that a rule asks for or counts with, once, in the order of its words."""
    return list(dict.fromkeys(name for name in _named(rule) if name in known))


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for one in part:
            yield from _named(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in WORDS:
                yield from _named(value)


def proofs(rule: Any, evidence: Mapping[str, Any], known: Container[str]) -> list[Proof]:
    """One for each fact of the rule; what was written about a fact that the rule has left behind is left out."""
    return [Proof(name, **evidence.get(name, {})) for name in facts_of(rule, known)]


def kept(proofs: Iterable[Proof]) -> dict[str, dict[str, Any]]:
    """As it is stored: a paper is not asked for where the data stand."""
    return {proof.fact: {"stands": proof.stands, "material": "" if proof.stands else proof.material}
            for proof in proofs if proof.is_written}


def findings_of_evidence(title: str, mode: str, said: list[tuple[Proof, Any]]) -> Iterator[Finding]:
    """`said` is each proof with the label of its fact: nothing may be unproved, and what comes unasked asks for no paper."""
    if missing := [str(label) for proof, label in said if not proof.is_written]:
        yield Finding("no_evidence", title, _unproved(missing))
    asked = [str(label) for proof, label in said if proof.is_written and not proof.stands]
    if asked and mode == Mode.AUTOMATIC:
        yield Finding("paper_for_automatic", title, say(
            "是免申即享，但%(facts)s还要企业交材料：先接通部门数据，或者改成快申快享", facts="、".join(asked)))


def _unproved(labels: list[str]) -> Sentence:
    return say("没有写明凭什么证明：%(facts)s", facts="、".join(labels))

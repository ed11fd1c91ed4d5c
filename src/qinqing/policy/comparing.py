"""What a department answers to a list of enterprises, row by row: read as a whole, or every fault with its row and column.

The answer to a flag is a fact; that of a number with its value is one too. A bare 符合 or 不符合 about a number is kept as
the condition itself, `ui_months:ge:12个月`: it says nothing of the number, so it is shown and never matched as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qinqing.base.words import Sentence, say
from qinqing.eligibility import belonging, catalogue
from qinqing.eligibility.units import Unreadable

from .terms import Compared

CODE, NAME, CONDITION, RESULT, VALUE = "统一社会信用代码", "企业名称", "条件", "结果", "值"
HEADINGS = (CODE, NAME, CONDITION, RESULT, VALUE)
NEEDED = (CODE, RESULT)
WORDS = {"符合": Compared.YES, "不符合": Compared.NO, "查无": Compared.NOT_FOUND}
FIRST_ROW = 2  # the headings stand in the first
SUSPICIOUS = 1_000  # times more or less than what was known: 元 and 万元 differ by ten thousand
SEPARATOR = ":"


@dataclass(frozen=True)
class Problem:
    """`row` as a spreadsheet counts, `column` as its heading."""

    row: int
    column: str
    what: Sentence


@dataclass(frozen=True)
class Answer:
    """`value` as it is kept as a fact, None where only the condition was answered."""

    code: str
    result: Compared
    value: Any = None


@dataclass(frozen=True)
class Read:
    """Usable only without problems; warnings want a second look."""

    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Question:
    """One condition on one fact."""

    fact: catalogue.Fact
    operator: str
    value: Any

    @property
    def kept_as(self) -> str:
        """The name of the fact that a bare yes or no becomes."""
        if self.fact.kind is catalogue.Kind.FLAG:
            return self.fact.name
        said = self.value if isinstance(self.value, str) else "、".join(map(str, self.value))
        return f"{self.fact.name}{SEPARATOR}{self.operator}{SEPARATOR}{said}"[:60]

    def kept(self, answer: Answer) -> tuple[str, Any] | None:
        """Name and value of the fact; None for 查无, which is no answer about the enterprise."""
        if answer.result == Compared.NOT_FOUND:
            return None
        if answer.value is not None:
            return self.fact.name, answer.value
        holds = answer.result == Compared.YES
        flag = self.fact.kind is catalogue.Kind.FLAG
        return self.kept_as, holds == self.value if flag else holds

    def holds(self, number: int) -> bool:
        node = belonging.within(self.fact, self.operator, self.value)
        return any(low <= number <= high for low, high in node.spans)


def read(rows: Sequence[Mapping[str, str]], question: Question, codes: frozenset[str], known: Mapping[str, int]) -> Read:
    """`codes` are those that were asked about, `known` the numbers known before, by code."""
    answers, problems, warnings = [], [], []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, FIRST_ROW):
        code = row[CODE].replace(" ", "").upper()
        if found := _misplaced(number, code, codes, seen):
            problems.append(found)
            continue
        seen[code] = number
        answer, wrong = _answer(number, code, row, question)
        problems.extend(wrong)
        if answer:
            answers.append(answer)
            warnings.extend(_suspicious(number, answer, question, known))
    return Read(tuple(answers), tuple(problems), tuple(warnings))


def _misplaced(number: int, code: str, codes: frozenset[str], seen: Mapping[str, int]) -> Problem | None:
    if not code:
        return Problem(number, CODE, say("没有写代码"))
    if code not in codes:
        return Problem(number, CODE, say("%(code)s 不在这次比对的名单里", code=code))
    if code in seen:
        return Problem(number, CODE, say("%(code)s 在第 %(n)s 行已经有了", code=code, n=seen[code]))
    return None


def _answer(number: int, code: str, row: Mapping[str, str], question: Question) -> tuple[Answer | None, list[Problem]]:
    result = WORDS.get(row[RESULT])
    if result is None:
        return None, [Problem(number, RESULT, say("只能填“符合”“不符合”或“查无”，不能是“%(given)s”", given=row[RESULT]))]
    written = row.get(VALUE, "")
    if not written:
        return Answer(code, result), []
    return _with_value(number, Answer(code, result, written), question)


def _with_value(number: int, answer: Answer, question: Question) -> tuple[Answer | None, list[Problem]]:
    if answer.result == Compared.NOT_FOUND:
        return None, [Problem(number, VALUE, say("查无的不能有值"))]
    if question.fact.kind is catalogue.Kind.FLAG:
        return Answer(answer.code, answer.result), []
    try:
        holds = question.holds(question.fact.read(answer.value))
    except Unreadable as unreadable:
        return None, [Problem(number, VALUE, unreadable.sentence)]
    if holds != (answer.result == Compared.YES):
        both = {"value": answer.value, "result": answer.result.label}
        return None, [Problem(number, VALUE, say("值是 %(value)s，结果却写“%(result)s”，两个对不上", **both))]
    return answer, []


def _suspicious(number: int, answer: Answer, question: Question, known: Mapping[str, int]) -> list[Problem]:
    before = known.get(answer.code, 0)
    if answer.value is None or question.fact.kind is not catalogue.Kind.NUMBER or before <= 0:
        return []
    now = question.fact.read(answer.value)
    if now <= 0 or max(now, before) < SUSPICIOUS * min(now, before):
        return []
    return [Problem(number, VALUE, say("以前是 %(before)s，现在写 %(now)s，差得太多，请核对是元还是万元",
                                       before=question.fact.say(before), now=answer.value))]

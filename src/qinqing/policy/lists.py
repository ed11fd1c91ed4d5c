"""事项清单 as a sheet: the same columns out and in, so that what another platform holds can be taken over and given back."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qinqing.base import Sentence, say

MOST_ROWS = 5_000
ENCODINGS = ("utf-8-sig", "gb18030")  # as Excel saves it, newer and older
COLUMNS = {
    "number": "政策编号", "document_number": "文号", "policy": "政策名称", "summary": "一句话说明", "issuer": "制定单位代码",
    "issued_on": "印发日期", "effective_from": "施行日期", "effective_to": "有效到", "code": "事项编号", "title": "事项名称",
    "benefit_class": "类别", "mode": "办理方式", "conditions": "给谁", "benefit": "给什么", "owner": "主管单位代码",
    "limit_days": "兑现时限（工作日）", "window_from": "申报开始", "window_to": "申报截止", "rule": "规则",
}  # fmt: skip
OPTIONAL = frozenset({"document_number", "effective_to", "owner", "limit_days", "window_from", "window_to", "rule"})


@dataclass(frozen=True)
class Fault:
    """What is wrong in which line of the sheet, counted as the spreadsheet does: the heading is line 1."""

    line: int
    column: str
    what: Any


def read(content: bytes) -> tuple[list[dict[str, str]], list[Fault]]:
    """The rows by the names of `COLUMNS`; without the needed columns, none."""
    text = _decoded(content)
    if text is None:
        return [], [Fault(1, "", say("读不出文字，请另存为 CSV（UTF-8）再传。"))]
    lines = list(csv.reader(io.StringIO(text)))
    heading = [cell.strip() for cell in lines[0]] if lines else []
    missing = [column for name, column in COLUMNS.items() if name not in OPTIONAL and column not in heading]
    if missing:
        return [], [Fault(1, column, say("缺少这一列。")) for column in missing]
    if len(lines) - 1 > MOST_ROWS:
        return [], [Fault(1, "", say("一次最多 %(n)s 行，请分开传。", n=MOST_ROWS))]
    return [_row(heading, line) for line in lines[1:] if any(cell.strip() for cell in line)], []


def _decoded(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _row(heading: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    """An apostrophe that kept a spreadsheet from calculating is taken off again."""
    cells = dict(zip(heading, line, strict=False))
    return {name: cells.get(column, "").strip().removeprefix("'") for name, column in COLUMNS.items()}


def refused(line: int, sentence: Sentence | str) -> Sentence:
    return say("第 %(line)s 行：%(what)s", line=line, what=sentence)

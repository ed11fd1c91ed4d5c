"""事项清单 as a sheet: the same columns out and in, so that what another platform holds can be taken over and given back."""

from dataclasses import dataclass
from typing import Any

from qinqing.base import Refused, Sentence, say
from qinqing.ui import sheets

MOST_ROWS = 5_000
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


def read(content: bytes) -> list[dict[str, str]]:
    """The rows of an uploaded CSV or XLSX by the names of `COLUMNS`; `Refused` when it is none, or a needed column is missing."""
    needed = [column for name, column in COLUMNS.items() if name not in OPTIONAL]
    rows = sheets.rows_of(content, needed)
    if len(rows) > MOST_ROWS:
        raise Refused(say("一次最多 %(n)s 行，请分开传。", n=MOST_ROWS), field="file")
    return [{name: row.get(column, "") for name, column in COLUMNS.items()} for row in rows]


def refused(line: int, sentence: Sentence | str) -> Sentence:
    return say("第 %(line)s 行：%(what)s", line=line, what=sentence)

"""Tables for a spreadsheet: CSV that Excel opens as it is, in which no cell is taken for a formula; and read back again."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from qinqing.base import Refused, say

from . import workbooks

MARK = "\ufeff"  # tells Excel that this is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Iterable[Sequence[Any]]) -> str:
    """The rows as CSV; numbers stay numbers, a text that a spreadsheet would calculate is shown as text."""
    written = io.StringIO()
    csv.writer(written).writerows([safe(cell) for cell in row] for row in rows)
    return MARK + written.getvalue()


def safe(cell: Any) -> Any:
    """An apostrophe before what begins like a formula: Excel shows the rest and calculates nothing."""
    if isinstance(cell, int | float) or cell is None:
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def rows_of(content: bytes, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of an uploaded CSV or XLSX under its own headings, blanks trimmed; further columns stay.

    `Refused` names the columns that are missing. Excel saves Chinese as UTF-8 with a mark or as GB 18030: both are read.
    """
    table = workbooks.rows_of(content) if content.startswith(workbooks.SIGNATURE) else _separated(_text(content))
    headings = [heading.strip() for heading in (table[0] if table else ())]
    if missing := [column for column in columns if column not in headings]:
        raise Refused(say("文件第一行缺少列：%(columns)s。", columns="、".join(missing)), field="file")
    written = [row for row in table[1:] if any(row)]
    rows = [{key: _unmarked(cell) for key, cell in zip_longest(headings, row[:len(headings)], fillvalue="")} for row in written]
    if not rows:
        raise Refused(say("文件里没有数据行。"), field="file")
    return rows


def _separated(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text)))
    except csv.Error as wrong:
        raise Refused(say("读不了这个文件，请另存为 CSV（UTF-8）。"), field="file") from wrong


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(say("读不了这个文件，请另存为 CSV（UTF-8）。"), field="file")


def _unmarked(cell: str | None) -> str:
    """Without blanks and without the apostrophe that `safe` put before it."""
    text = (cell or "").strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text

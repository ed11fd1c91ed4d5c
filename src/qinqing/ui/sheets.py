"""Tables for a spreadsheet: CSV that Excel opens as it is, and in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

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

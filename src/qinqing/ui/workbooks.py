"""The first sheet of an XLSX workbook as rows of text, without a library: a zip of XML, read within bounds.

Formulas give the value that was saved with them; dates stay the numbers that they are in the file, so columns of dates are
better saved as CSV.
"""

import io
import re
import zipfile
import zlib
from decimal import Context, InvalidOperation
from xml.etree import ElementTree as ET

from qinqing.base import Refused, say

SIGNATURE = b"PK\x03\x04"
MOST_BYTES = 100_000_000  # unpacked: a small file may hold a large one
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, ET.ParseError, ValueError, IndexError, RuntimeError)
EXACT = Context(prec=15)
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LETTERS = re.compile(r"[A-Z]+")


def rows_of(content: bytes) -> list[list[str]]:
    """Cells as they stand, empty ones as empty text; `Refused` where it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            strings = _strings(packed)
            return [_cells(row, strings) for row in _parsed(packed, SHEET).iter(f"{_NAMESPACE}row")]
    except UNREADABLE as wrong:
        raise Refused(say("读不了这个表格文件，请另存为 CSV（UTF-8）。"), field="file") from wrong


def _parsed(packed: zipfile.ZipFile, name: str) -> ET.Element:
    if packed.getinfo(name).file_size > MOST_BYTES:
        raise Refused(say("表格太大，请分成几个文件。"), field="file")
    text = packed.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:  # a workbook has neither, and entities can grow without end
        raise ET.ParseError
    return ET.fromstring(text)  # noqa: S314 - no entities, within bounds


def _strings(packed: zipfile.ZipFile) -> list[str]:
    """Texts are kept once and named by their number."""
    if STRINGS not in packed.namelist():
        return []
    return [_text(entry) for entry in _parsed(packed, STRINGS).iter(f"{_NAMESPACE}si")]


def _text(entry: ET.Element) -> str:
    return "".join(part.text or "" for part in entry.iter(f"{_NAMESPACE}t"))


def _cells(row: ET.Element, strings: list[str]) -> list[str]:
    """Placed by their letters, since empty cells are left out of the file."""
    cells: list[str] = []
    for cell in row.iter(f"{_NAMESPACE}c"):
        place = _place(cell.get("r", ""), len(cells))
        cells.extend([""] * (place + 1 - len(cells)))
        cells[place] = _value(cell, strings)
    return cells


def _place(reference: str, otherwise: int) -> int:
    letters = _LETTERS.match(reference)
    if not letters or len(letters[0]) > 3:  # noqa: PLR2004 - XFD is the last column
        return otherwise
    place = 0
    for letter in letters[0]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ET.Element, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_NAMESPACE}v") or ""
    if cell.get("t") == "s":
        return strings[int(value)]
    return _number(value) if cell.get("t", "n") == "n" else value


def _number(text: str) -> str:
    """As it is shown there: fifteen digits and no exponent, without what binary arithmetic left behind them."""
    try:
        return f"{EXACT.create_decimal(text).normalize(EXACT):f}"
    except InvalidOperation:
        return text

"""XLSX files read without a library: texts, gaps, numbers; and what is none is refused in a sentence."""

import io
import zipfile

import pytest

from qinqing.base import Refused
from qinqing.ui import sheets, workbooks

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(sheet, strings=""):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(workbooks.SHEET, f"{HEAD}<worksheet {SPACE}><sheetData>{sheet}</sheetData></worksheet>")
        if strings:
            written.writestr(workbooks.STRINGS, f"{HEAD}<sst {SPACE}>{strings}</sst>")
    return packed.getvalue()


def workbook(rows):
    """Rows of texts and numbers as a spreadsheet writes them; a text of digits and a point is a number there."""
    return book("".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows))


def _cell(value):
    if isinstance(value, int | float) or (value and set(value) <= set("0123456789.")):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


@pytest.mark.parametrize(("kept", "shown"), [
    ("1234.5599999999999", "1234.56"), ("100", "100"), ("1E5", "100000"), ("0.1", "0.1"), ("44196", "44196"), ("-3.50", "-3.5"),
    ("", ""), ("x", "x"),
])
def test_a_number_reads_as_it_is_shown_there(kept, shown):
    assert workbooks.rows_of(book(f'<row><c r="A1"><v>{kept}</v></c></row>')) == [[shown]]


def test_shared_and_inline_texts_numbers_and_gaps():
    sheet = ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>结果</t></is></c></row>'
             '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>12</v></c><c r="C2" t="str"><f>A1</f><v>符合</v></c></row>')
    content = book(sheet, "<si><t>代码</t></si><si><r><t>91</t></r><r><t>A</t></r></si>")
    assert workbooks.rows_of(content) == [["代码", "", "结果"], ["91A", "12", "符合"]]
    assert sheets.rows_of(content, ["代码", "结果"]) == [{"代码": "91A", "": "12", "结果": "符合"}]


@pytest.mark.parametrize("content", [
    b"PK\x03\x04 nothing of the kind", book("<row><c t='s'><v>7</v></c></row>"), book("<row></broken>"),
    book("]]><!DOCTYPE x [<!ENTITY a 'b'>]>")])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(Refused) as refused:
        sheets.rows_of(content, ["代码"])
    assert "另存为 CSV" in str(refused.value)


def test_a_workbook_that_unpacks_beyond_bounds_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="表格太大"):
        workbooks.rows_of(book("<row></row>" * 100))

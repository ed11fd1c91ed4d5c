"""A spreadsheet calculates nothing of what somebody else wrote."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.base import Refused
from qinqing.ui import sheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A0"])
def test_what_begins_like_a_formula_is_text(text):
    assert sheets.safe(text) == f"'{text}"


@pytest.mark.parametrize("cell", [0, -3, 87.92, None, "融资", "3-1"])
def test_numbers_and_words_stay(cell):
    assert sheets.safe(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), min_size=1), max_size=5))
def test_every_cell_comes_back(rows):
    written = sheets.csv_of(rows)
    assert written[0] == sheets.MARK
    read = list(csv.reader(io.StringIO(written[1:], newline="")))
    assert read == [[sheets.safe(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_uploaded_table_is_read_under_its_headings(encoding):
    content = "代码, 结果\n91A,符合 \n91B,'=1+1\n".encode(encoding)
    assert sheets.rows_of(content, ["代码", "结果"]) == [{"代码": "91A", "结果": "符合"}, {"代码": "91B", "结果": "=1+1"}]


@pytest.mark.parametrize(("content", "sentence"), [
    (b"a,b\n1,2\n", "缺少列：结果"), ("结果\n".encode(), "没有数据行"), (b"\xff\xff\xff", "读不了"), (b"", "缺少列：结果"),
])
def test_an_uploaded_table_that_cannot_be_read_says_why(content, sentence):
    with pytest.raises(Refused, match=sentence):
        sheets.rows_of(content, ["结果"])

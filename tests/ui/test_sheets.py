"""A spreadsheet calculates nothing of what somebody else wrote."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

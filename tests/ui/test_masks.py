"""What a page shows of somebody's number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.ui import masks


@pytest.mark.parametrize(
    ("number", "shown"), [("13912342046", "139****2046"), (" 13912342046 ", "139****2046"), ("3260000", "****00"), ("", "")]
)
def test_phone(number, shown):
    assert masks.masked_phone(number) == shown


@pytest.mark.parametrize(("code", "shown"), [("91510800MA6263X2K", "9151****3X2K"), ("12345678", "****"), ("", "")])
def test_code(code, shown):
    assert masks.masked_code(code) == shown


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=1, max_size=30))
def test_never_more_than_eight_places_are_shown(code):
    for mask in (masks.masked_phone, masks.masked_code):
        assert len(mask(code).replace("*", "")) <= 8
        assert mask(code) != code

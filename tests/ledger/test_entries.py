"""An entry as bytes: one form for one meaning, and nothing that would not last."""

import json
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.base import Role
from qinqing.ledger.rules import entries

keys = st.from_regex(r"[A-Za-z0-9_.:-]+", fullmatch=True)
scalars = st.none() | st.booleans() | st.integers(-entries.LARGEST, entries.LARGEST) | st.text(st.characters(codec="utf-8"))
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=12)


@given(values)
def test_the_canonical_form_means_the_same_and_is_one(value):
    text = entries.canonical(value)
    assert json.loads(text) == value
    assert entries.canonical(json.loads(text)) == text


@given(st.dictionaries(keys, scalars))
def test_the_order_of_writing_does_not_matter(facts):
    assert entries.canonical(OrderedDict(reversed(facts.items()))) == entries.canonical(facts)


@given(values, values)
def test_two_meanings_have_two_forms(one, other):
    alike = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (entries.canonical(one) == entries.canonical(other)) == alike


@pytest.mark.parametrize(("value", "text"), [
    ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
    (Decimal("1000000.00"), '"1000000.00"'),
    (Decimal("1E+3"), '"1000"'),
    (date(2020, 4, 26), '"2020-04-26"'),
    (datetime(2020, 4, 26, 9, tzinfo=timezone(timedelta(hours=8))), '"2020-04-26T01:00:00.000000Z"'),
    (Role.HANDLER, '"handler"'),
    ("广元\n", '"广元\\n"'),
])
def test_what_python_has_and_json_has_not(value, text):
    assert entries.canonical(value) == text


@pytest.mark.parametrize("value", [0.1, float("nan"), b"x", {1, 2}, object()])
def test_what_has_no_form_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        entries.canonical([value])


@pytest.mark.parametrize("value", [2**53, -(2**53), {"": 1}, {"a b": 1}, {1: 1}, datetime(2020, 1, 1)])
def test_what_others_would_read_otherwise_is_refused(value):
    with pytest.raises(ValueError):
        entries.canonical(value)


@pytest.mark.parametrize("text", ["matter", "matter:", ":1", "Matter:1", "matter:广元", "matter:1\n", "matter: 1"])
def test_a_reference_has_a_form(text):
    with pytest.raises(ValueError, match="is no reference"):
        entries.reference(text)


def test_a_commitment_is_hmac_sha_256():
    """RFC 4231, test case 2."""
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert entries.commitment("Jefe", "what do ya want for nothing?") == expected
    assert entries.commitment("Jefe", b"what do ya want for nothing?") == expected


def test_sm3_is_that_of_the_standard():
    """GB/T 32905-2016, example 1."""
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert entries.HASHES["sm3"](b"abc").hex() == expected


def test_a_leaf_is_hashed_apart_from_a_node():
    """RFC 9162 §2.1.1: 0x00 before a leaf."""
    lines = [""] * len(entries.LINES)
    text = b"qinqing-entry/1 sha256" + b"\n" * len(entries.LINES)
    assert entries.leaf_hash(lines) == sha256(b"\0" + text).digest()


def test_the_same_body_under_two_keys_looks_different():
    assert entries.body_hash("a", {"x": 1}) == entries.body_hash("a", '{"x":1}') != entries.body_hash("b", {"x": 1})
    assert entries.body_hash("a", None) == ""


def test_a_moment_is_in_utc_with_microseconds():
    assert entries.moment(datetime(2020, 1, 1, 0, 0, 0, 5, tzinfo=UTC)) == "2020-01-01T00:00:00.000005Z"

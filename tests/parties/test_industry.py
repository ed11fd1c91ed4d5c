"""GB/T 4754-2017: the counts of its levels, the way up, and what lies under what."""

from collections import Counter

import pytest

from qinqing.parties import industry


def test_counts_of_the_standard():
    assert Counter(len(code) for code in industry.tree()) == {1: 20, 3: 97, 4: 473, 5: 1382}


def test_every_parent_is_there():
    assert all(entry.parent in industry.tree() for entry in industry.tree().values() if entry.parent)


def test_path_and_letter():
    assert [entry.code for entry in industry.path("1521")] == ["C", "C15", "C152", "C1521"]
    assert industry.find(" c1521 ").name == "碳酸饮料制造"
    assert industry.find("C9") is None


@pytest.mark.parametrize(
    ("code", "ancestor", "expected"),
    [
        ("C1521", "C", True),
        ("1521", "C15", True),
        ("C15", "C15", True),
        ("C15", "C152", False),
        ("C1521", "A", False),
    ],
)
def test_under(code, ancestor, expected):
    assert industry.under(code, ancestor) is expected

"""The fictional register: names, codes, shares, and size classes that the official table gives."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qinqing.demo import population, source
from qinqing.demo.population import SIZES, credit_code, largest_remainder
from qinqing.parties import industry, size, uscc

COUNTIES = ("510802", "510811", "510812", "510821", "510822", "510823", "510824")
TOWNS = {county: [(f"{county}100", "演示镇"), (f"{county}101", "演示乡")] for county in COUNTIES}


def make(size="small"):
    return population.register(source.firms(), TOWNS, SIZES[size])


@pytest.fixture(scope="module")
def register():
    return make()


def test_the_same_seed_makes_the_same_register(register):
    assert make() == register


def test_a_larger_register_begins_with_the_same_enterprises(register):
    assert make("full").enterprises[:3200] == register.enterprises[:3200]
    assert len(make("full").enterprises) == 3200 + 6000 + 2036


def test_every_name_is_fictional_and_only_the_twins_share_one(register):
    names = Counter(row.name for row in register.enterprises)
    assert all("演示" in name for name in names)
    assert [count for count in names.values() if count > 1] == [2]


def test_every_code_is_sound_in_a_division_that_does_not_exist(register):
    codes = [row.code for row in register.enterprises]
    assert len(set(codes)) == len(codes)
    assert all(uscc.is_sound(code) and code[2:8] == "510899" for code in codes)
    assert not uscc.check(codes[0], strict=True).valid


def test_counties_have_their_shares(register):
    counties = Counter(row.division[:6] for row in register.enterprises[:3200])
    assert counties == {"510802": 992, "510811": 288, "510812": 256, "510821": 416, "510822": 288, "510823": 448, "510824": 512}


def test_the_size_class_follows_from_the_figures(register):
    figures = {}
    for fact in register.facts:
        figures.setdefault(fact.code, {})[fact.name] = fact.value
    industries = {row.code: row.industry_code for row in register.enterprises}
    computed = {code: computed_class(industries[code], known) for code, known in figures.items()}
    assert [code for code, known in figures.items() if known["size_class"] != computed[code]] == []
    assert Counter(computed.values()) == {"large": 24, "medium": 190, "small": 1420, "micro": 1566}


def computed_class(code, known):
    money = {name: Decimal(known[name]) / population.FEN for name in ("revenue", "assets") if name in known}
    return size.classify(code, employees=known["employees"], **money).size


def test_every_industry_is_known(register):
    assert {row.industry_code for row in register.enterprises if industry.find(row.industry_code) is None} == set()


@given(some.integers(0, 10_000), some.dictionaries(some.text(min_size=1), some.integers(1, 99), min_size=1, max_size=9))
def test_shares_add_up_and_none_is_off_by_more_than_one(total, shares):
    given_out = largest_remainder(total, shares)
    assert sum(given_out.values()) == total
    whole = sum(shares.values())
    assert all(abs(given_out[key] - total * share / whole) < 1 for key, share in shares.items())


@given(some.sampled_from(sorted(population.PREFIXES)), some.integers(1, 999_999))
def test_any_number_makes_a_sound_code(form, number):
    assert uscc.is_sound(credit_code(form, number))

"""GB 32100-2015: the worked cases, every single slip, and where the fault is said to lie."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinqing.parties import uscc

VALID = [
    "91110000600037341L", "91330100799655058B", "91350100M000100Y43", "91510802MA6ABC122B",
    "11510800008480010M", "N2510823MF1234567H",
]  # fmt: skip
GOOD = "91510802MA6ABC122B"


@pytest.mark.parametrize("code", VALID)
@pytest.mark.parametrize("strict", [False, True])
def test_right_codes(code, strict):
    finding = uscc.check(code, strict=strict)
    assert finding.valid
    assert not finding.errors
    assert not finding.warnings


@pytest.mark.parametrize(
    ("code", "said", "suggestion"),
    [
        ("91510802MA6ABC1220", "请核对第 1 至 8 位和第 18 位（照前 17 位算应为“B”）", ""),
        ("91510802M6AABC122B", "第 10、11 位可能写颠倒了", GOOD),
        ("91510802MI6ABC122B", "第 10 位的“I”有误", ""),
        ("9151O802MA6ABC122B", "是不是数字 0", GOOD),
        ("91510802MA6ABCI22B", "第 15 位的“I”有误", GOOD),
        ("91510802MV6ABC122B", "第 10 位的“V”有误", ""),
        ("91510802MA6ABC12中B", "第 17 位的“中”不是代码用的字符", ""),
        ("9151A802MA6ABC122B", "第 5 位的“A”有误", ""),
        ("91510802MA6ABC122", "现在是 17 位", ""),
        ("510802000012345", "15 位的旧注册号", ""),
        ("", "请填写", ""),
        ("91510802MA6ABC1228", "第 18 位的“8”可能应为“B”", GOOD),
        ("91510802MA6ACB122B", "第 13、14 位可能写颠倒了", GOOD),
        ("93510802MA6ABC122B", "请核对第 1 至 8 位和第 18 位", ""),
        ("91510802MA7ABC122B", "请重点核对第 9 至 17 位", ""),
    ],
)
def test_wrong_codes_say_where(code, said, suggestion):
    finding = uscc.check(code)
    assert not finding.valid
    assert said in str(finding.errors[0])
    assert finding.suggestion == suggestion


def test_organisation_digit_is_a_warning_and_strictly_an_error():
    lenient, strict = (uscc.check("91510802MA6ABC1205", strict=strict) for strict in (False, True))
    assert lenient.valid
    assert "组织机构代码" in str(lenient.warnings[0])
    assert not strict.valid
    assert strict.errors == strict.warnings


@pytest.mark.parametrize(
    "typed",
    [
        "91510802ma6abc122b",
        " 9151 0802MA6ABC122B ",
        "9151-0802-MA6ABC122B",
        "".join(chr(ord(c) + 0xFEE0) for c in "91510802MA6ABC122B"),  # full-width
    ],
)
def test_normalised(typed):
    assert uscc.check(typed).normalised == GOOD
    assert uscc.check(typed).valid


def test_letters_are_never_corrected_silently():
    assert uscc.normalise("9151O802MI6") == "9151O802MI6"


def made(first8: str, organisation8: str) -> str:
    code = first8 + organisation8 + uscc.organisation_check_digit(organisation8)
    return code + uscc.check_digit(code)


def test_unknown_division_is_a_doubt_and_the_national_level_a_note():
    fictional, national = made("91510899", "MADEM001"), made("91100000", "10001000")
    assert "510899" in str(uscc.check(fictional).warnings[0])
    assert not uscc.check(fictional, strict=True).valid
    assert "国家一级" in str(uscc.check(national, strict=True).warnings[0])
    assert uscc.check(national, strict=True).valid


def test_authority_and_holder():
    finding = uscc.check("N2510823MF1234567H")
    assert (str(finding.authority), str(finding.holder)) == ("农业农村部门", "村级集体经济组织")
    unknown = uscc.check(made("Q1510802", "MA6ABC12"))
    assert unknown.valid
    assert unknown.authority is None
    assert "第 1 位“Q”" in str(unknown.warnings[0])


organisations = st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)


@settings(deadline=None)
@given(
    organisations,
    st.sampled_from(sorted(uscc.known_divisions())),
    st.sampled_from(["91", "92", "93", "12", "N2"]),
)
def test_made_codes_are_sound(organisation, division, kind):
    assert uscc.check(made(kind + division, organisation), strict=True).valid


@settings(deadline=None)
@given(organisations, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_every_single_slip_is_found(organisation, place, other):
    code = made("91510802", organisation)
    slipped = code[:place] + other + code[place + 1 :]
    assert uscc.check(slipped).valid == (slipped == code)


@settings(deadline=None)
@given(organisations, st.integers(0, 16))
def test_every_exchange_of_neighbours_is_found(organisation, place):
    code = made("91510802", organisation)
    slipped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert uscc.check(slipped).valid == (slipped == code)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_anything_typed_gets_an_answer(text):
    finding = uscc.check(text)
    assert finding.valid or finding.errors

"""统一社会信用代码, GB 32100-2015: our own validator, organisation code (GB 11714) included.

Eighteen characters: 1 authority, 2 type, 3–8 division, 9–17 organisation code, 18 check digit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from qinqing.base.errors import Refused
from qinqing.base.words import Sentence, say

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_MODULUS = 11
DIVISION = slice(2, 8)
ORGANISATION = slice(8, 17)
NATIONAL = "100000"
OLD_REGISTRATION_LENGTH = 15

# What people type for a character that the alphabet leaves out, and what they mistake for one another.
MISTYPED = {"O": "0", "I": "1", "Z": "2", "S": "5"}
ALIKE = ("8B", "0DQ", "6G", "1L7", "UY", "MN", "PR", "EF", "2Z", "5S")
DASHES = "-_\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

AUTHORITIES = {
    "1": say("机构编制部门"), "2": say("外交部门"), "3": say("司法行政部门"), "4": say("文化部门"), "5": say("民政部门"),
    "6": say("旅游部门"), "7": say("宗教部门"), "8": say("工会"), "9": say("市场监督管理部门"), "A": say("中央军委"),
    "N": say("农业农村部门"), "Y": say("其他登记管理部门"),
}  # fmt: skip
HOLDERS = {
    "11": say("机关"), "12": say("事业单位"), "13": say("群众团体"), "51": say("社会团体"), "52": say("民办非企业单位"),
    "53": say("基金会"), "91": say("企业"), "92": say("个体工商户"), "93": say("农民专业合作社"),
    "N1": say("组级集体经济组织"), "N2": say("村级集体经济组织"), "N3": say("乡镇级集体经济组织"),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What a code turned out to be; `suggestion` is a code to offer, never one to take silently."""

    valid: bool
    normalised: str
    authority: Sentence | None = None
    holder: Sentence | None = None
    errors: tuple[Sentence, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    suggestion: str = ""


def normalise(text: str) -> str:
    """Half-width, upper case, without spaces and dashes; no character is taken for another."""
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return "".join(c for c in narrow.upper() if not c.isspace() and c not in DASHES)


def check_digit(first17: str) -> str:
    """Character 18 for the first seventeen (GB 32100-2015, annex A)."""
    total = sum(ALPHABET.index(c) * weight for c, weight in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def organisation_check_digit(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714): X stands for ten."""
    total = sum(ORGANISATION_ALPHABET.index(c) * weight for c, weight in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % ORGANISATION_MODULUS]


def check(text: str, *, strict: bool = False) -> Finding:
    """Validity by form and overall check digit; `strict` also refuses what otherwise is a warning."""
    code = normalise(text)
    errors = _form_errors(code)
    if errors:
        return Finding(valid=False, normalised=code, errors=errors, suggestion=_retyped(code))
    known = Finding(valid=True, normalised=code, authority=AUTHORITIES.get(code[0]), holder=HOLDERS.get(code[:2]))
    if code[-1] != check_digit(code[:-1]):
        suggestion = _near(code)
        return replace(known, valid=False, errors=(_suspect(code, suggestion),), suggestion=suggestion)
    doubts = tuple(_doubts(code))
    refused = doubts if strict else ()
    return replace(known, valid=not refused, errors=refused, warnings=doubts + tuple(_notes(code)))


# —— form ——


def _form_errors(code: str) -> tuple[Sentence, ...]:
    if not code:
        return (say("请填写统一社会信用代码。"),)
    if len(code) != LENGTH:
        return (_length_error(len(code)),)
    wrong = [(n, c) for n, c in enumerate(code, 1) if c not in ALPHABET]
    if wrong:
        return tuple(_character_error(n, c) for n, c in wrong)
    letters = [(n, c) for n, c in enumerate(code[DIVISION], 3) if not c.isdecimal()]
    return tuple(say("第 %(n)s 位的“%(c)s”有误：第 3 至 8 位是行政区划代码，应为数字。", n=n, c=c) for n, c in letters)


def _length_error(length: int) -> Sentence:
    if length == OLD_REGISTRATION_LENGTH:
        return say("这是 15 位的旧注册号，请填营业执照上 18 位的统一社会信用代码。")
    return say("应为 18 位，现在是 %(n)s 位。", n=length)


def _character_error(n: int, c: str) -> Sentence:
    if c in MISTYPED:
        return say(
            "第 %(n)s 位的“%(c)s”有误：代码不用字母 I、O、S、V、Z，是不是数字 %(d)s？",
            n=n,
            c=c,
            d=MISTYPED[c],
        )
    if c == "V":
        return say("第 %(n)s 位的“V”有误：代码不用字母 I、O、S、V、Z。", n=n)
    return say("第 %(n)s 位的“%(c)s”不是代码用的字符。", n=n, c=c)


def _retyped(code: str) -> str:
    """The code with look-alike digits for the letters that cannot be; only if that makes it right."""
    typed = "".join(MISTYPED.get(c, c) for c in code)
    return typed if typed != code and is_sound(typed) else ""


# —— content ——


def is_sound(code: str) -> bool:
    """Form and both check digits are right."""
    return not _form_errors(code) and code[-1] == check_digit(code[:-1]) and _organisation_holds(code)


def sound(text: str) -> str:
    """The normalised code, or a refusal that says which character is suspicious."""
    finding = check(text)
    if finding.valid:
        return finding.normalised
    if finding.suggestion:
        raise Refused(say("%(error)s是不是 %(code)s？", error=finding.errors[0], code=finding.suggestion), field="code")
    raise Refused(finding.errors[0], field="code")


def _organisation_holds(code: str) -> bool:
    organisation = code[ORGANISATION]
    return organisation[-1] == organisation_check_digit(organisation[:-1])


def _doubts(code: str) -> Iterator[Sentence]:
    if code[0] not in AUTHORITIES:
        yield say("第 1 位“%(c)s”不是已知的登记管理部门代码。", c=code[0])
    if code[DIVISION] not in known_divisions():
        yield say("第 3 至 8 位 %(code)s 不是已知的行政区划代码（含历史代码）。", code=code[DIVISION])
    if not _organisation_holds(code):
        yield say("第 9 至 17 位的组织机构代码校验不符，请核对原件。")


def _notes(code: str) -> Iterator[Sentence]:
    """Unusual, but right: no reason to refuse, however strict."""
    if code[DIVISION] == NATIONAL:
        yield say("第 3 至 8 位 100000 表示在国家一级登记。")


def _suspect(code: str, suggestion: str) -> Sentence:
    """Where the fault lies, as far as the two check digits tell."""
    differing = [n for n, (a, b) in enumerate(zip(code, suggestion, strict=False), 1) if a != b]
    if len(differing) == 2:  # noqa: PLR2004 - two neighbours
        return say("校验位不符：第 %(a)s、%(b)s 位可能写颠倒了。", a=differing[0], b=differing[1])
    if differing:
        n = differing[0]
        return say("校验位不符：第 %(n)s 位的“%(c)s”可能应为“%(d)s”。", n=n, c=code[n - 1], d=suggestion[n - 1])
    if _organisation_holds(code):
        return say(
            "校验位不符：第 9 至 17 位没有问题，请核对第 1 至 8 位和第 18 位（照前 17 位算应为“%(d)s”）。",
            d=check_digit(code[:-1]),
        )
    return say("校验位不符：请重点核对第 9 至 17 位。")


def _near(code: str) -> str:
    """The one sound code that is one slip away; nothing when there is none, or more than one."""
    sound = {candidate for candidate in _slips(code) if is_sound(candidate)}
    return sound.pop() if len(sound) == 1 else ""


def _slips(code: str) -> Iterator[str]:
    """Neighbours exchanged, or one look-alike taken for another."""
    for n in range(LENGTH - 1):
        yield code[:n] + code[n + 1] + code[n] + code[n + 2 :]
    for n, c in enumerate(code):
        for group in ALIKE:
            if c in group:
                yield from (code[:n] + other + code[n + 1 :] for other in group if other != c)


@cache
def known_divisions() -> frozenset[str]:
    """Every GB/T 2260 code from 1980 to 2023, abolished ones too, and the national level."""
    table = resources.files("qinqing.parties").joinpath("data/division_codes.csv")
    rows = (line.split(",") for line in table.read_text(encoding="utf-8").split("\n")[1:] if line)
    return frozenset({NATIONAL}) | {prefix + ending for prefix, endings in rows for ending in endings.split()}

"""What had better not be written, and what may be read by everybody: words without who it was and how much (M1-033). Pure."""

import hashlib
import re
from collections.abc import Callable

from qinqing.base.words import Sentence, say

SOMEBODY, SOME_MONEY, SOME_NUMBER = "某企业", "若干元", "×××"
MONEY = re.compile(r"\d[\d,，.]*\s*[多余]?\s*(?:亿|千万|百万|十万|万|千)?\s*[多余]?\s*(?:元|块钱|块)")
NUMBER = re.compile(r"(?<![\dA-Z])(?:[0-9A-Z]{18}|\d[\d -]{5,}\d)(?![\dA-Z])")  # codes, phones, cards
FORMS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "合作社", "商行", "经营部", "厂")
SHORTEST = 3  # what is left of a name when its legal form is taken off; shorter ones are words of the language


def redacted(text: str, name: str) -> str:
    """A proposal for the public text; the enterprise reads and changes it before anything is shown."""
    for form in sorted(forms_of(name), key=len, reverse=True):
        text = text.replace(form, SOMEBODY)
    return NUMBER.sub(SOME_NUMBER, MONEY.sub(SOME_MONEY, text))


def forms_of(name: str) -> set[str]:
    """The name in full, and without its legal form."""
    short = next((name.removesuffix(form) for form in FORMS if name.endswith(form)), name)
    return {form for form in (name, short) if len(form) >= SHORTEST}


def still_names(text: str, name: str) -> Sentence | None:
    """The sentence to show beside a text that still says who it was."""
    found = next((form for form in sorted(forms_of(name), key=len, reverse=True) if form in text), None)
    return say("里面还有“%(name)s”，公开前请去掉。", name=found) if found else None


# —— the files of a draft ——

def files_subject(key: str) -> str:
    """Under which name the files of a draft wait. The ledger shows it, and the key of a draft is a secret."""
    return f"draft:{hashlib.sha256(key.encode()).hexdigest()[:40]}"


# —— what had better not be written ——

IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"  # GB 11643
ODD_AND_EVEN = 9  # ISO/IEC 7812: a doubled digit above nine loses nine


def caution(text: str) -> Sentence | None:
    """The sentence to show beside a text with an identity, card or phone number in it. It stops nobody."""
    return next((say(sentence, end=found[-4:]) for looks_like, sentence in _CAUTIONS if (found := looks_like(text))), None)


def _identity(text: str) -> str:
    return next((found for found in IDENTITY.findall(text) if _is_identity(found)), "")


def _is_identity(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % len(CHECKS)] == number[-1].upper()


def _card(text: str) -> str:
    return next((found for found in CARD.findall(text) if _is_card(found)), "")


def _is_card(number: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(n - ODD_AND_EVEN if n > ODD_AND_EVEN else n for n in doubled) % 10 == 0


def _mobile(text: str) -> str:
    found = MOBILE.search(text)
    return found[0] if found else ""


_CAUTIONS: tuple[tuple[Callable[[str], str], str], ...] = (
    (_identity, say("里面好像有身份证号（尾号 %(end)s）。办这件事用不到，建议去掉；要保留，再点一次提交。").text),
    (_card, say("里面好像有银行卡号（尾号 %(end)s）。办这件事用不到，建议去掉；要保留，再点一次提交。").text),
    (_mobile, say("里面好像有手机号（尾号 %(end)s）。这里的字办理单位都看得到，建议去掉；要保留，再点一次提交。").text),
)

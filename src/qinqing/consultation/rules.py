"""What may be read by everybody: the words of a solved difficulty without who it was and how much money (M1-033). Pure."""

import re

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

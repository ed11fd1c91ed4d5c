"""Sentences for people: a Chinese source text with its values, translated only when shown.

Pure rooms say things without importing Django; the translation is looked up when a sentence is turned to text.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    text: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    counts: bool = False

    def __str__(self) -> str:
        text = _translate_count(self.text, self.values["n"]) if self.counts else _translate(self.text)
        return text % self.values if self.values else text


@dataclass(frozen=True)
class Named:
    """A name that comes with data, in both languages; where there is no English one, the Chinese stands."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and _english() else self.zh


def say(text: str, **values: Any) -> Sentence:
    """A translatable sentence; `text` is the Chinese source with %(name)s places."""
    return Sentence(text, values)


def counted(text: str, **values: Any) -> Sentence:
    """A sentence of so many: `n` decides between one and many, in languages that tell them apart."""
    return Sentence(text, values, counts=True)


def _translate_count(text: str, n: int) -> str:
    from django.conf import settings

    if not settings.configured:
        return text
    from django.utils.translation import ngettext

    return ngettext(text, text, n)


def _translate(text: str) -> str:
    from django.conf import settings

    if not settings.configured:  # a pure command without a site speaks the source language
        return text
    from django.utils.translation import gettext

    return gettext(text)


def _english() -> bool:
    from django.conf import settings

    if not settings.configured:
        return False
    from django.utils.translation import get_language

    return (get_language() or "").startswith("en")

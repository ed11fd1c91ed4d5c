"""The catalogue of translations: gathered from the source, merged with what is translated, and looked over.

Source strings are Chinese. They stand in Python as `_("…")`, `say("…")` and their like, in templates as tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import extract, pofile
from babel.messages.catalog import Catalog, Message
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "say": None, "counted": (1, 1),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*([a-zA-Z])|%([a-zA-Z%])|{(\w*)}")


@dataclass(frozen=True)
class Fault:
    """One string that a reader in the other language would not get right."""

    text: str
    what: str


def path(locale: str = "en") -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def gathered() -> Catalog:
    """Every string of the source, each with the files that say it."""
    catalog = Catalog()
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.glob("*/templates/**/*.html")]):
        if "migrations" not in file.parts:
            for text, context in _strings(file):
                catalog.add(text, None, [(str(file.relative_to(PACKAGE)), 1)], context=context)
    return catalog


def merged(locale: str = "en") -> Catalog:
    """The stored translations on exactly the strings of today; what nobody says any more is left out."""
    catalog = stored(locale)
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def stored(locale: str = "en") -> Catalog:
    if not path(locale).exists():
        return Catalog(locale=locale, fuzzy=False)
    with path(locale).open("rb") as file:
        return pofile.read_po(file, locale=locale)


def written(catalog: Catalog) -> bytes:
    """As the file holds it: sorted by the source text, without line numbers and dates, so that a change shows as itself."""
    buffer = BytesIO()
    pofile.write_po(buffer, catalog, width=0, sort_output=True, include_lineno=False, omit_header=True)
    return _header(catalog).encode() + buffer.getvalue()


def faults(catalog: Catalog) -> list[Fault]:
    return [Fault(_shown(message), what) for message in catalog if message.id for what in _faults(message)]


def _faults(message: Message) -> Iterator[str]:
    if not all(_forms(message.string)):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked as uncertain"
    wanted = {place for form in _forms(message.id) for place in places(form)}
    if any(set(places(form)) - wanted for form in _forms(message.string)) or wanted - set(places(_forms(message.string)[-1])):
        yield "other places for values than the source"


def places(text: str) -> list[str]:
    """The places for values in a text: `%(n)s`, `%s`, `{name}`."""
    return [found.group() for found in PLACE.finditer(text)]


def _strings(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = file.read_text()
    if file.suffix == ".html":
        blanked = templatize(source, origin=str(file))
        source = "\n".join(line.strip() for line in blanked.splitlines())  # an indented line would not be Python
    for _line, text, _comments, context in extract.extract("python", BytesIO(source.encode()), KEYWORDS):
        if text:
            yield text, context


def _forms(text: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def _shown(message: Message) -> str:
    return _forms(message.id)[0]


def _header(catalog: Catalog) -> str:
    return (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: qinqing\\n"\n"Language: {catalog.locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )

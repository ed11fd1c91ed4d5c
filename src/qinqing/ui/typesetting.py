"""What is typeset: a typst template and its data become a picture or a PDF, in fonts that come with it and no others.

Texts are data and never markup. A PDF is tagged for screen readers (PDF/UA-1); that standard refuses a character without
a glyph, so a text with one is set once more without the standard: a box in its place, and no error.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

from . import icons

Kind = Literal["png", "pdf"]
STANDARD = "ua-1"


def typeset(template: Path, data: dict[str, Any], kind: Kind, *, ppi: float = 144) -> bytes:
    """One page as PNG, any number as PDF; the template reads `data` as `json(bytes(sys.inputs.data))`."""
    try:
        content, _ = with_warnings(template, data, kind, ppi=ppi)
    except typst.TypstError as wrong:
        if kind != "pdf" or STANDARD.upper() not in wrong.message.upper():
            raise
        content, _ = with_warnings(template, data, kind, ppi=ppi, standard=None)
    return content


def with_warnings(template: Path, data: dict[str, Any], kind: Kind, *, ppi: float = 144,
                  standard: str | None = STANDARD) -> tuple[bytes, list[str]]:
    """The same, with what typst has to say about it, strict about missing glyphs."""
    compiler = typst.Compiler(template.read_bytes(), root=template.parent, font_paths=_fonts(), ignore_system_fonts=True)
    given = {"data": json.dumps(data, ensure_ascii=False)}
    standards = [standard] if standard and kind == "pdf" else []
    content, warnings = compiler.compile_with_warnings(
        format=kind, ppi=ppi, sys_inputs=given, pdf_standards=standards, timestamp=0)
    return content, [warning.message for warning in warnings]


@cache
def _fonts() -> typst.Fonts:
    folder = pylopdf_fonts_zh_cn.sans_path().parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def icon(name: str, colour: str) -> str:
    """A Tabler icon as an SVG file of its own, in one colour."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{icons.shapes(name)}</svg>')

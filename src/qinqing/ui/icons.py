"""Tabler icons, drawn into the page as inline SVG.

A built package carries the icons it uses in `generated/icons.json`, written by `qinqing icons`. A checkout falls
back on node_modules, so that a new icon needs no build. No third-party drawing is committed.
"""

import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

GENERATED = Path(__file__).parent / "generated" / "icons.json"
QUOTED = re.compile(r"""["']([a-z][a-z0-9-]*)["']""")
SHAPES = re.compile(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*>", re.DOTALL)
SEGMENTS = 6
BLANK = 'd="M0 0h24v24H0z"'  # the frame that every Tabler file starts with; it draws nothing


class UnknownIconError(LookupError):
    """A template asks for an icon that Tabler does not have, or that the build did not find in use."""


@cache
def svg(name: str, *, filled: bool = False, look: str = "", label: str = "") -> SafeString:
    """The whole SVG element. `look` adds a class (`lg`); `label` names it where no word stands beside it."""
    css = " ".join(["i", *(["i--f"] if filled else []), *([f"i--{look}"] if look else [])])
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    inside = mark_safe(shapes(name, filled=filled))  # noqa: S308 - drawn by Tabler, not by a user
    return format_html('<svg class="{}" viewBox="0 0 24 24" focusable="false" {}>{}</svg>', css, spoken, inside)


@cache
def ring(lit: int) -> SafeString:
    """The six-segment ring, our own mark, with one segment lit (1 to 6, clockwise from the top)."""
    segment = '<path{} d="M12.2 5.8h15.6" transform="rotate({} 20 20)"/>'
    lights = (' class="lit"' if place == lit - 1 else "" for place in range(SEGMENTS))
    segments = "".join(segment.format(light, place * 60) for place, light in enumerate(lights))
    return mark_safe(f'<svg class="ring" viewBox="0 0 40 40" aria-hidden="true" focusable="false">{segments}</svg>')  # noqa: S308 - drawn here


@cache
def shapes(name: str, *, filled: bool = False) -> str:
    """The inside of one icon's SVG, in a 24 × 24 box; raises `UnknownIconError`."""
    key = f"filled/{name}" if filled else name
    drawn = generated().get(key) or drawn_from(node_file(name, filled=filled))
    if drawn is None:
        raise UnknownIconError(f"{key} is not a Tabler icon, or `qinqing icons` has not run since it came into use")
    return drawn


@cache
def generated() -> dict[str, str]:
    return json.loads(GENERATED.read_text()) if GENERATED.exists() else {}


def node_file(name: str, *, filled: bool) -> Path:
    return settings.NODE_MODULES / "@tabler/icons/icons" / ("filled" if filled else "outline") / f"{name}.svg"


def drawn_from(file: Path) -> str | None:
    if not file.is_file():
        return None
    parts = (" ".join(part.split()) for part in SHAPES.findall(file.read_text()))
    return "".join(part.replace(" />", "/>") for part in parts if BLANK not in part)


def in_use(package: Path) -> dict[str, str]:
    """Every icon that a quoted word of the package's Python, templates or YAML names; filled ones where the line says so."""
    found: dict[str, str] = {}
    for file in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.yaml")]):
        for line in file.read_text().splitlines():
            for name in QUOTED.findall(line):
                found |= drawings(name, filled="filled" in line)
    return dict(sorted(found.items()))


def drawings(name: str, *, filled: bool) -> dict[str, str]:
    drawn = {name: drawn_from(node_file(name, filled=False))}
    if filled:
        drawn[f"filled/{name}"] = drawn_from(node_file(name, filled=True))
    return {key: shape for key, shape in drawn.items() if shape}

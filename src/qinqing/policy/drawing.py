"""A policy's picture as a file: typeset once for each content, kept under its digest until the content changes (M3-013)."""

import hashlib
import io
import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import segno
import typst
from django.conf import settings

from qinqing.base.words import Sentence, say
from qinqing.ui import typesetting

from .picturing import Explainer

TEMPLATE = Path(__file__).parent / "typst" / "explainer.typ"
ICONS = {
    "who": "building-factory-2", "calculation": "calculator", "how": "route", "when": "calendar-check", "contact": "headset",
    "check": "circle-check", "document": "file-text", "gift": "gift",
}  # fmt: skip
BRAND, OK, WHITE = "#125A8C", "#1B8A5F", "#FFFFFF"
COLOURS = {"check": OK, "gift": OK, "document": WHITE}


@dataclass(frozen=True)
class Shape:
    """A format to have it in; `ppi` where it is a picture of pixels: 360 points wide, 1080 pixels."""

    kind: typesetting.Kind
    label: Sentence
    content_type: str
    ppi: float = 144


SHAPES = {
    "phone": Shape("png", say("手机图片"), "image/png", 216),
    "a4": Shape("pdf", say("A4 打印"), "application/pdf"),
    "poster": Shape("pdf", say("大厅海报 A2，可放大到 A1"), "application/pdf"),
}


@dataclass(frozen=True)
class Drawing:
    content: bytes
    digest: str


def drawn(picture: Explainer, shape: str) -> Drawing:
    """From the disk where the same was drawn before."""
    data = {**asdict(picture), "shape": shape, "qr": _code(picture.address), "icons": _icons()}
    digest = _digest(data)
    kept = _file(picture, shape, digest)
    if not kept.is_file():
        _keep(kept, typesetting.typeset(TEMPLATE, data, SHAPES[shape].kind, ppi=SHAPES[shape].ppi))
    return Drawing(kept.read_bytes(), digest)


def _digest(data: dict[str, object]) -> str:
    seen = [json.dumps(data, sort_keys=True), TEMPLATE.read_text("utf-8"), typst.__version__]
    return hashlib.sha256("\0".join(seen).encode()).hexdigest()[:32]


def _file(picture: Explainer, shape: str, digest: str) -> Path:
    name = f"{picture.number}.{picture.language}.{shape}.{digest}.{SHAPES[shape].kind}"
    return Path(settings.QINQING_HOME) / "pictures" / name


def _keep(file: Path, content: bytes) -> None:
    """In the place of what was drawn of the same policy in the same shape before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(content)
    fresh.replace(file)
    beginning = file.name.rsplit(".", 2)[0]
    for former in file.parent.glob(f"{beginning}.*{file.suffix}"):
        if former != file:
            former.unlink(missing_ok=True)


@cache
def _icons() -> dict[str, str]:
    return {use: typesetting.icon(name, COLOURS.get(use, BRAND)) for use, name in ICONS.items()}


def _code(address: str) -> str:
    drawn_code = io.BytesIO()
    segno.make(address, error="m").save(drawn_code, kind="svg", border=0, dark="#0E2F47", xmldecl=False)
    return drawn_code.getvalue().decode()

"""Which file is taken: size, kind by content, and the name it keeps (M1-014).

Pure: bytes and names in, a kind or a refusal out. The extension never decides; it must agree with the content.
"""

import re
import unicodedata

import puremagic

from qinqing import base
from qinqing.base.words import Sentence, say
from qinqing.ui import figures

from . import containers, terms
from .terms import Kind

# What puremagic calls the signatures of what we take.
_SIGNATURES = {
    ".pdf": "pdf", ".jpg": "jpeg", ".png": "png", ".gif": "gif", ".mp3": "mp3", ".mpga": "mp3", ".amr": "amr",
}  # fmt: skip
_RIFF_FORMS = {b"WAVE": "wav", b"WEBP": "webp"}  # to puremagic any RIFF file may be any other
_MPEG_BOXES = {".m4a", ".mp4"}
# ISO/IEC 13818-3, 2.4.2.3: a frame without a tag before it, as voice recorders write it.
_LAYER_III = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]")
_VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)  # ISO/IEC 14496-12, 8.4.3: the handler of a track

# Marks that turn the reading direction make "fdp.exe" look like "exe.pdf".
_DIRECTION_MARKS = dict.fromkeys([0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


def check_size(size: int) -> None:
    """Refuse an empty file and one above the limit; `size` in bytes."""
    if size == 0:
        raise _refused(say("没传上：文件是空的。请检查后重新选择"))
    if size > terms.MAX_BYTES:
        raise _refused(
            say(
                "没传上：文件 %(size)s MB，超过 %(limit)s MB 上限。可导出为 PDF 再传",
                size=figures.megabytes(size),
                limit=figures.megabytes(terms.MAX_BYTES),
            )
        )


def check_count(present: int, added: int = 1) -> None:
    if present + added > terms.MAX_FILES:
        raise _refused(say("没传上：一次最多 %(limit)s 个附件。可合并成一个 PDF 再传", limit=terms.MAX_FILES))


def clean_name(name: str) -> str:
    """A name fit to show and to download: no path, no unseen or direction marks, at most 120 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name.translate(_DIRECTION_MARKS) if unicodedata.category(c) not in _UNSEEN)
    stem, extension = split_name(" ".join(name.split()).strip(". "))
    return stem[: terms.MAX_NAME - len(extension)].rstrip(". ") + extension


def split_name(name: str) -> tuple[str, str]:
    """Stem and extension; an extension is short and of plain letters, anything else belongs to the stem."""
    stem, dot, extension = name.rpartition(".")
    if dot and re.fullmatch(r"[A-Za-z0-9]{1,8}", extension):
        return stem, dot + extension.lower()
    return name, ""


def identify(content: bytes) -> Kind | None:
    """The kind of the content, None for what is not taken. Refused: macros, bombs, passwords, broken archives."""
    key = _key_of(content, _signs(content))
    return terms.KINDS[key] if key else None


def _signs(content: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return set()


def _key_of(content: bytes, signs: set[str]) -> str | None:
    if ".docx" in signs:
        return containers.kind_of_zip(content)
    if ".doc" in signs:
        return containers.kind_of_ole(content)
    if content.startswith(b"RIFF"):
        return _RIFF_FORMS.get(content[8:12])
    if signs & _MPEG_BOXES:
        return None if _VIDEO_TRACK.search(content) else "m4a"
    known = next((key for sign, key in _SIGNATURES.items() if sign in signs), None)
    return known or ("mp3" if _LAYER_III.match(content) else None)


def check_kind(name: str, content: bytes) -> tuple[str, Kind]:
    """The clean name and the kind of a file, or a refusal that says what to do."""
    name = clean_name(name)
    stem, extension = split_name(name)
    expected = terms.BY_EXTENSION.get(extension)
    if extension and expected is None:
        raise _refused(_not_taken(extension))
    kind = identify(content)
    if kind is None:
        raise _refused(_wrong_content(name, expected))
    if expected and kind != expected:
        raise _refused(
            say(
                "没传上：“%(name)s”的内容是 %(kind)s。请把扩展名改成 %(extension)s 再传",
                name=name,
                kind=kind.label,
                extension=kind.extensions[0],
            )
        )
    return (stem or str(say("附件"))) + (extension or kind.extensions[0]), kind


def _not_taken(extension: str) -> Sentence:
    if extension in {".heic", ".heif"}:
        return say("没传上：不收 HEIC 照片。请在手机相册里存成 JPEG 再传")
    return say(
        "没传上：不收 %(extension)s 文件。可传 PDF、OFD、Word、Excel、PPT、WPS、图片或录音",
        extension=extension,
    )


def _wrong_content(name: str, expected: Kind | None) -> Sentence:
    if expected is None:
        return say("没传上：看不出“%(name)s”是什么文件。可传 PDF、OFD、Word、Excel、PPT、WPS、图片或录音", name=name)
    return say("没传上：“%(name)s”的内容不是 %(kind)s。请传原文件，或导出为 PDF 再传", name=name, kind=expected.label)


def _refused(sentence: Sentence) -> base.Refused:
    return base.Refused(sentence, field="files")

"""Pictures without what they tell besides themselves: place, device, owner, hidden previews (domain: 个人信息保护法 art. 6).

Pure. A picture that carries nothing but pixels stays byte for byte as it came; any other is turned upright and written
anew from its pixels. So what is hashed and kept is what is stored, not always what was sent.
"""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin

from qinqing import base
from qinqing.base.words import say

from . import terms
from .terms import Kind

# A list of the harmless, so that a field nobody thought of is stripped and not kept.
_HARMLESS = {
    "adobe", "adobe_transform", "aspect", "background", "bbox", "blend", "chromaticity", "default_image", "disposal",
    "dpi", "duration", "extension", "gamma", "icc_profile", "interlace", "jfif", "jfif_density", "jfif_unit",
    "jfif_version", "loop", "progression", "progressive", "srgb", "timestamp", "transparency", "version",
}  # fmt: skip
_HARMLESS_SEGMENTS = {"APP0", "APP2", "APP14"}  # JFIF, colour profile, Adobe's colour transform
_ENDS = {"jpeg": b"\xff\xd9", "png": b"IEND\xaeB`\x82", "gif": b";"}
_FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "gif": ("GIF",)}
# What Pillow's readers raise over bytes that no camera wrote.
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def without_metadata(content: bytes, kind: Kind) -> bytes:
    """The same bytes when there is nothing to strip. Refused: broken pictures, and more than 60 million pixels."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS[kind.key]) as picture:
            frames, told = _walk(picture, only_first=kind.key == "jpeg")
            if not told - _HARMLESS and _holds_no_more(picture, content, kind):
                return content
            return _written_anew(picture, kind, still=frames == 1)
    except _BOMB:
        raise _too_large() from None
    except _BROKEN:
        raise base.Refused(say("没传上：图片打不开，可能不完整。请重新保存后再传"), field="files") from None


def thumbnail(content: bytes, kind: Kind) -> bytes:
    """The first frame as a small JPEG on white, written anew from its pixels. `Refused` when it cannot be read."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS[kind.key]) as picture:
            picture.draft("RGB", (terms.THUMBNAIL, terms.THUMBNAIL))
            small = ImageOps.exif_transpose(picture).convert("RGBA")
            small.thumbnail((terms.THUMBNAIL, terms.THUMBNAIL))
    except (*_BROKEN, *_BOMB):
        raise base.Refused(say("图片打不开，可以下载后再看。")) from None
    flat, out = Image.new("RGB", small.size, "white"), io.BytesIO()
    flat.paste(small, mask=small)
    flat.save(out, "JPEG", quality=80)
    return out.getvalue()


def _walk(picture: Image.Image, *, only_first: bool) -> tuple[int, set[str]]:
    """How many frames there are and what they tell, each decoded on the way; it ends where the allowed pixels do."""
    allowed = terms.MAX_PIXELS // max(1, picture.width * picture.height)
    told: set[str] = set()
    for frame in range(allowed):
        picture.load()
        told.update(map(str, picture.info))
        if only_first or not _next_frame(picture, frame + 1):
            return frame + 1, told
    raise _too_large()


def _next_frame(picture: Image.Image, frame: int) -> bool:
    try:
        picture.seek(frame)
    except EOFError:
        picture.seek(0)
        return False
    return True


def _too_large() -> base.Refused:
    return base.Refused(
        say("没传上：图片超过 %(limit)s 万像素。请缩小后再传", limit=terms.MAX_PIXELS // 10_000),
        field="files",
    )


def _holds_no_more(picture: Image.Image, content: bytes, kind: Kind) -> bool:
    """Nothing in the parts that Pillow does not report as information of a frame."""
    segments = {name for name, _ in getattr(picture, "applist", [])}
    if picture.format == "MPO" or segments - _HARMLESS_SEGMENTS or (kind.key == "gif" and b"XMP Data" in content):
        return False
    return _ends_properly(content, kind)


def _ends_properly(content: bytes, kind: Kind) -> bool:
    """Phones hide films and second pictures behind the end of the first."""
    if kind.key == "webp":
        return int.from_bytes(content[4:8], "little") + 8 == len(content)
    return content.endswith(_ENDS[kind.key])


def _written_anew(picture: Image.Image, kind: Kind, *, still: bool) -> bytes:
    options = _options(picture, kind)
    upright = ImageOps.exif_transpose(picture) if still else picture
    upright.info = {key: value for key, value in picture.info.items() if key in _HARMLESS}
    out = io.BytesIO()
    upright.save(out, _FORMATS[kind.key][0], save_all=not still, exif=b"", **options)
    return out.getvalue()


def _options(picture: Image.Image, kind: Kind) -> dict[str, Any]:
    """What keeps the picture as good as it was: a JPEG keeps its own tables."""
    if kind.key == "jpeg":
        return {
            "qtables": picture.quantization,
            "subsampling": JpegImagePlugin.get_sampling(picture),
            "progressive": bool(picture.info.get("progressive")),
            "icc_profile": picture.info.get("icc_profile"),
            "comment": b"",
        }
    return {"webp": {"quality": 90, "method": 4, "xmp": b""}, "gif": {"comment": b""}}.get(kind.key, {})

"""The vocabulary of attachments: which kinds are taken, how large, how many (M1-014)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_FILES = 9  # per statement
MAX_PIXELS = 60_000_000  # of all frames of one picture together
MAX_NAME = 120
THUMBNAIL = 240  # pixels, the longer side

# A document of pictures and XML unpacks to a few times its size; a bomb to hundreds of times.
MAX_PARTS = 5_000
MAX_UNPACKED = 300 * MEGABYTE
MAX_RATIO = 100
SMALL_ENOUGH = 20 * MEGABYTE  # unpacked, a ratio says nothing below it

UNNAMED_LIFE = timedelta(days=1)  # a content that no row names may still be on its way to one

DRAFT = "draft"  # subjects "draft:…" belong to whoever uploads

VERBS = {
    "document.stored": _("上传附件"),
    "document.discarded": _("收回附件"),
    "document.attached": _("附件归入事项"),
    "document.taken_off": _("撤下附件"),
}


@dataclass(frozen=True)
class Kind:
    """What a file is by its content, and the extensions that agree with it (the first is the usual one)."""

    key: str
    label: str | Promise
    extensions: tuple[str, ...]
    media_type: str

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


_OPEN_XML = "application/vnd.openxmlformats-officedocument."

KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", _("PDF"), (".pdf",), "application/pdf"),
        Kind("ofd", _("OFD 版式文件"), (".ofd",), "application/ofd"),
        Kind("docx", _("Word 文档"), (".docx",), _OPEN_XML + "wordprocessingml.document"),
        Kind("xlsx", _("Excel 表格"), (".xlsx",), _OPEN_XML + "spreadsheetml.sheet"),
        Kind("pptx", _("PPT 演示文稿"), (".pptx",), _OPEN_XML + "presentationml.presentation"),
        Kind("doc", _("Word 或 WPS 文字文档"), (".doc", ".wps"), "application/msword"),
        Kind("xls", _("Excel 或 WPS 表格"), (".xls", ".et"), "application/vnd.ms-excel"),
        Kind("ppt", _("PPT 或 WPS 演示文稿"), (".ppt", ".dps"), "application/vnd.ms-powerpoint"),
        Kind("jpeg", _("JPEG 图片"), (".jpg", ".jpeg"), "image/jpeg"),
        Kind("png", _("PNG 图片"), (".png",), "image/png"),
        Kind("webp", _("WebP 图片"), (".webp",), "image/webp"),
        Kind("gif", _("GIF 图片"), (".gif",), "image/gif"),
        Kind("mp3", _("MP3 录音"), (".mp3",), "audio/mpeg"),
        Kind("m4a", _("M4A 录音"), (".m4a",), "audio/mp4"),
        Kind("wav", _("WAV 录音"), (".wav",), "audio/wav"),
        Kind("amr", _("AMR 录音"), (".amr",), "audio/amr"),
    )
}

BY_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}

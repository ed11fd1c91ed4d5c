"""What lies inside a zip or an OLE container: which kind of document, and whether it may be taken (M1-014).

Pure. Sources: ECMA-376 part 2 (Open Packaging Conventions), [MS-CFB], [MS-OFFCRYPTO] 2.3, GB/T 33190 (OFD).
"""

import io
import zipfile

from qinqing import base
from qinqing.base.words import say

from . import terms

CONTENT_TYPES = "[Content_Types].xml"
_OPEN_XML_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN_XML_MACROS = (b"macroenabled", b"vbaproject", b"macrosheet")
_OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_OLE_MACROS = ("_VBA_PROJECT", "_VBA_PROJECT_CUR")
_OLE_DIRECTORY_ENTRY = 128  # bytes; entries lie on multiples of it, the name in the first 64


def kind_of_zip(content: bytes) -> str | None:
    """The key of the kind, None when it is some other archive.

    Refused: broken, bombs, and anything that carries macros.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _kind_of_archive(archive, len(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise base.Refused(say("没传上：文件打不开，可能不完整。请重新保存后再传"), field="files") from None


def _kind_of_archive(archive: zipfile.ZipFile, packed: int) -> str | None:
    _refuse_bomb(archive.infolist(), packed)
    names = archive.namelist()
    if "OFD.xml" in names:
        return "ofd"
    if CONTENT_TYPES not in names:
        return None
    _refuse_macros(archive, names)
    return next((kind for folder, kind in _OPEN_XML_FOLDERS.items() if any(n.startswith(folder) for n in names)), None)


def _refuse_bomb(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > terms.SMALL_ENOUGH and unpacked > packed * terms.MAX_RATIO
    if too_dense or unpacked > terms.MAX_UNPACKED or len(parts) > terms.MAX_PARTS:
        raise base.Refused(say("没传上：文件展开后过大，不能安全打开。可导出为 PDF 再传"), field="files")


def _refuse_macros(archive: zipfile.ZipFile, names: list[str]) -> None:
    """Extensions lie, so the declared content types and the parts decide (the declaration may be UTF-16)."""
    declared = archive.read(CONTENT_TYPES).replace(b"\0", b"").lower()
    if any(mark in declared for mark in _OPEN_XML_MACROS) or any("vbaproject" in name.lower() for name in names):
        _refuse_any_macro()


def kind_of_ole(content: bytes) -> str | None:
    """The key of the kind, None when it is some other OLE file. Refused: macros, and a document under a password."""
    names = _ole_names(content)
    if names.intersection(_OLE_MACROS):
        _refuse_any_macro()
    if "EncryptedPackage" in names:
        raise base.Refused(say("没传上：文件加了密码。请去掉打开密码再传"), field="files")
    return next((kind for stream, kind in _OLE_STREAMS.items() if stream in names), None)


def _ole_names(content: bytes) -> set[str]:
    """The names of all streams and storages we ask for, wherever the directory lies."""
    asked = (*_OLE_STREAMS, *_OLE_MACROS, "EncryptedPackage")
    return {name for name in asked if _has_entry(content, name.encode("utf-16-le") + b"\0\0")}


def _has_entry(content: bytes, name: bytes) -> bool:
    at = content.find(name)
    while at != -1 and at % _OLE_DIRECTORY_ENTRY:
        at = content.find(name, at + 1)
    return at != -1


def _refuse_any_macro() -> None:
    raise base.Refused(say("没传上：文件带有宏。请另存为不含宏的文档，或导出为 PDF 再传"), field="files")

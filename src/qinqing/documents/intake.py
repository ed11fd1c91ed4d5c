"""Taking in one upload: checked, stripped of what a picture tells besides itself, and on the disk (M1-014).

This happens before the transaction that records it, so that no lock is held while a disk is slow and no row ever
names a content that a crash could lose.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import images, rules, terms, vault
from .terms import Kind

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class Received:
    """A content in the vault that no row names yet; `stripped` when it is not byte for byte what was sent."""

    sha256: str
    name: str
    kind: Kind
    size: int
    stripped: bool


def receive(upload: "UploadedFile[bytes]") -> Received:
    """Check, strip and keep an upload. Raises `base.Refused` with one sentence; nothing is kept then."""
    rules.check_size(upload.size or 0)
    sent = upload.read(terms.MAX_BYTES + 1)
    rules.check_size(len(sent))
    name, kind = rules.check_kind(upload.name or "", sent)
    content = images.without_metadata(sent, kind) if kind.is_image else sent
    return Received(vault.keep(content), name, kind, len(content), stripped=content != sent)

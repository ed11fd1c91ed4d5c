"""The read side: attachments as a page lists them, and contents that are no longer what they were."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from qinqing.base import Actor
from qinqing.ui import figures

from . import terms, vault
from .models import Attachment, AttachmentQuerySet


@dataclass(frozen=True)
class Line:
    """One attachment in a list of files, as `ui/_files.html` draws it."""

    name: str
    note: str
    url: str
    icon: str
    small: str = ""


def lines(attachments: Iterable[Attachment]) -> list[Line]:
    """Without a query; an erased one stays in the list and says so."""
    return [_erased() if attachment.erased_at else _line(attachment) for attachment in attachments]


def _erased() -> Line:
    return Line(_("已依法删除"), "", "", "file-off")


def _line(attachment: Attachment) -> Line:
    kind = terms.KINDS[attachment.kind]
    note = f"{kind.label} · {figures.file_size(attachment.size)}"
    if attachment.stripped:
        note += " · " + _("已去除照片自带的位置、设备信息")
    icon = "photo" if kind.is_image else "microphone" if kind.media_type.startswith("audio/") else "file-text"
    small = reverse("thumbnail", args=[attachment.public_id]) if kind.is_image else ""
    return Line(attachment.name, note, reverse("attachment", args=[attachment.public_id]), icon, small)


def waiting(actor: Actor, draft: str) -> AttachmentQuerySet:
    """What the actor uploaded for a draft, in order. Its key is secret: who knows it may have uploaded before signing in."""
    return Attachment.objects.of(draft).kept().filter(Q(uploaded_by=actor.account_id) | Q(uploaded_by=None))


def damaged() -> list[Attachment]:
    """Attachments whose content is missing or no longer hashes to what was stored; reads every content once."""
    kept = Attachment.objects.kept()
    contents = kept.order_by("sha256").values_list("sha256", flat=True).distinct()
    broken = [sha256 for sha256 in contents.iterator() if not vault.intact(sha256)]
    return list(kept.filter(sha256__in=broken).order_by("id"))

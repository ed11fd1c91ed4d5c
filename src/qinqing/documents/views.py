"""Downloading an attachment: never shown by the browser, only saved. A picture may be seen small, drawn anew."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from qinqing import base

from . import access, images, terms, vault
from .models import Attachment

_INERT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """Stream it as a file to save; a stranger, an erased and an unknown one all get 404."""
    attachment = _found(request, public_id)
    return FileResponse(
        vault.read(attachment.sha256),
        as_attachment=True,
        filename=attachment.name,
        content_type=terms.KINDS[attachment.kind].media_type,
        headers=_INERT,
    )


@require_safe
def thumbnail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A small picture of a picture, for whoever may have the picture itself."""
    attachment = _found(request, public_id)
    kind = terms.KINDS[attachment.kind]
    if not kind.is_image:
        raise Http404
    with vault.read(attachment.sha256) as content:
        try:
            small = images.thumbnail(content.read(), kind)
        except base.Refused:
            raise Http404 from None
    return HttpResponse(small, content_type="image/jpeg", headers=_INERT | {"Cache-Control": "private, max-age=600"})


def _found(request: HttpRequest, public_id: str) -> Attachment:
    attachment = get_object_or_404(Attachment.objects.kept(), public_id=public_id)
    if not access.may_read(request.actor, attachment.subject, attachment.uploaded_by_id):
        raise Http404
    return attachment

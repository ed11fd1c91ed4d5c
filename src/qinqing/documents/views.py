"""Downloading an attachment: never shown by the browser, only saved."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from . import access, terms, vault
from .models import Attachment

_INERT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """Stream it as a file to save; a stranger, an erased and an unknown one all get 404."""
    attachment = get_object_or_404(Attachment.objects.kept(), public_id=public_id)
    if not access.may_read(request.actor, attachment.subject, attachment.uploaded_by_id):
        raise Http404
    return FileResponse(
        vault.read(attachment.sha256),
        as_attachment=True,
        filename=attachment.name,
        content_type=terms.KINDS[attachment.kind].media_type,
        headers=_INERT,
    )

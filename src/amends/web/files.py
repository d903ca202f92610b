"""The evidence shelf for the desk: previews to look at, originals to download. Nothing of a buyer's is ever shown as it came."""

from __future__ import annotations

from typing import Final, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amends.facts.evidence import Piece
from amends.web.front import front
from amends.web.who import acting, needs

SANDBOX: Final = "default-src 'none'; sandbox"


@require_safe
@needs("see")
def preview(request: HttpRequest, sha256: str) -> HttpResponse:
    """Will show a photo, written anew as a small JPEG."""
    return preview_answer(_piece(request, sha256))


@require_safe
@needs("see")
def original(request: HttpRequest, sha256: str) -> HttpResponse:
    """Will hand out a file as it came, always as a download; that it was looked at is written down."""
    opened = front().evidence.look_at(sha256, acting(request)) if len(sha256) == 64 else None
    if opened is None:
        raise Http404
    piece, file = opened
    answer = FileResponse(file, as_attachment=True, filename=piece.name, content_type="application/octet-stream")
    answer.headers["Content-Security-Policy"] = SANDBOX
    return cast(HttpResponse, answer)


def preview_answer(piece: Piece) -> HttpResponse:
    """A photo's preview as an answer. Raises `Http404` where the file is no picture."""
    made = front().evidence.shelf.preview(piece.sha256) if piece.has_preview else None
    if made is None:
        raise Http404
    head = {"Cache-Control": "private, max-age=3600", "Content-Security-Policy": SANDBOX}
    return HttpResponse(made, content_type="image/jpeg", headers=head)


def _piece(request: HttpRequest, sha256: str) -> Piece:
    found = front().evidence.piece(sha256, acting(request)) if len(sha256) == 64 else None
    if found is None:
        raise Http404
    return found

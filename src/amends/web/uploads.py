"""Files that come in with a form: counted while they arrive, and handed on piece by piece."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from amends.facts.evidence import MEGABYTE, MOST_FILES, Upload

MOST_OF_A_FORM: Final = 120 * MEGABYTE
"""All files of one form together; whoever sends more is cut off before it is all on the disk."""


class Quota(FileUploadHandler):
    """Ends an upload that grows beyond what a form may carry, or that has too many files."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size, self._files = 0, 0

    def new_file(self, *args: Any, **given: Any) -> None:
        """Will count a file that begins."""
        super().new_file(*args, **given)
        self._files += 1
        if self._files > 3 * MOST_FILES:
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Will count and pass on."""
        self._size += len(raw_data)
        if self._size > MOST_OF_A_FORM:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Will leave the file to the handlers after this one."""
        return


def uploads_of(request: HttpRequest, field: str = "files") -> list[Upload]:
    """The files of a form's field; empty ones are left out."""
    found = request.FILES.getlist(field)
    return [Upload(str(one.name or ""), one.chunks) for one in found if one.size]

"""Pages to be covered: a picture or a page of a PDF as pixels, and the same with rectangles burned out of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from amends.intake.pictures import FORMATS, MOST_OF_A_PHOTO, MOST_PIXELS, NO_PICTURE

WHOLE: Final = 1000
LONGEST: Final = 2400
"""The longer side of a page of a PDF, in pixels: what is small on paper can still be read."""
MOST_PAGES: Final = 500
PDF: Final = "application/pdf"


def page_count(content: bytes, mime: str) -> int:
    """How many pages a file has that can be shown; 0 for none."""
    if mime != PDF:
        return 1 if _picture(content) is not None else 0
    try:
        found = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return min(len(found), MOST_PAGES)
    finally:
        found.close()


def page_picture(content: bytes, mime: str, page: int) -> bytes | None:
    """A page as a JPEG to be looked at; None where there is no such page."""
    found = _page(content, mime, page)
    return None if found is None else _written(found, "JPEG", quality=85)


def covered_page(content: bytes, mime: str, page: int, boxes: Sequence[Any]) -> bytes | None:
    """A page as a PNG with black where the rectangles are (in thousandths of its sides); None where there is no such page.

    It is drawn anew from its pixels: what was below the black is not in it, nor is anything else that was in the file.
    """
    found = _page(content, mime, page)
    if found is None:
        return None
    brush = ImageDraw.Draw(found)
    for box in boxes:
        left, top = box.x * found.width // WHOLE, box.y * found.height // WHOLE
        right = -(-(box.x + box.wide) * found.width // WHOLE)
        bottom = -(-(box.y + box.high) * found.height // WHOLE)
        brush.rectangle((left, top, right - 1, bottom - 1), fill="black")
    return _written(found, "PNG")


def _written(picture: Image.Image, form: str, **how: Any) -> bytes:
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    memory = io.BytesIO()
    clean.save(memory, form, **how)
    return memory.getvalue()


def _page(content: bytes, mime: str, page: int) -> Image.Image | None:
    return _of_pdf(content, page) if mime == PDF else _picture(content) if page == 1 else None


def _picture(content: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            if found.width * found.height > (MOST_OF_A_PHOTO if found.format == "JPEG" else MOST_PIXELS):
                return None
            upright = ImageOps.exif_transpose(found)
            upright.thumbnail((LONGEST, LONGEST))
            return upright.convert("RGB")
    except NO_PICTURE:
        return None


def _of_pdf(content: bytes, page: int) -> Image.Image | None:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        if not 1 <= page <= min(len(document), MOST_PAGES):
            return None
        one = document[page - 1]
        scale = LONGEST / max(*one.get_size(), 1)
        bitmap = one.render(scale=min(scale, 4))
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()

"""Exhibits made ready for paper: pictures small enough for the forum, pages of PDFs as pictures, texts; of films how long they are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from amends.facts.dossier import PDF, TEXT, ExhibitView
from amends.facts.evidence import PICTURES
from amends.prove.dossier.content import Prepared

MOST_PAGES: Final = 12
"""So many pages of a PDF are drawn; the original goes with the file set."""
MOST_PIXELS: Final = 60_000_000
STEPS: Final = ((1400, 80), (1100, 74), (900, 68), (700, 60), (540, 52), (400, 45))
"""Longer side in pixels and JPEG quality, from the best to what can still be made out."""
MANY: Final = 40
"""From so many exhibits on pictures are drawn smaller: `SMALL` pixels on the longer side still fill two thirds of a page at 150 dpi."""
SMALL: Final = 1000
FLOOR: Final = 12_000
"""No picture is asked to be smaller than this many bytes."""
_NO_PICTURE: Final = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file that is shown in an exhibit: itself, or a covered copy of it."""

    mime: str
    data: bytes


def prepare(
    view: ExhibitView,
    place: int,
    shown: Sequence[Content],
    budget: int | None,
    millis: int | None = None,
    longest: int = STEPS[0][0],
) -> tuple[Prepared, dict[str, bytes]]:
    """Will make an exhibit ready. `shown`: what is shown of it; `budget`: the bytes that its pictures may have together."""
    pictures: list[Image.Image] = []
    texts, pages = [], 0
    for one in shown:
        if one.mime == TEXT:
            texts.append(one.data.decode("utf-8", "replace"))
        elif one.mime == PDF:
            of_pdf, count = _pages(one.data, longest)
            pictures += of_pdf
            pages = max(pages, count)
        elif one.mime in PICTURES and (found := opened(one.data, longest)) is not None:
            pictures.append(found)
    each = None if budget is None else max(FLOOR, budget // max(1, len(pictures)))
    made = {f"e{place}-{at}.jpg": squeezed(one, each) for at, one in enumerate(pictures, 1)}
    return Prepared(view, tuple(made), "\n\n".join(texts), pages, millis), made


def opened(data: bytes, longest: int = STEPS[0][0]) -> Image.Image | None:
    """Will open a picture, upright, no side longer than `longest`; None where it is none or has too many pixels."""
    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as found,
        ):
            if found.width * found.height > MOST_PIXELS:
                return None
            found.draft("RGB", (longest, longest))
            found.thumbnail((longest, longest))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except _NO_PICTURE:
        return None
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    return ground


def squeezed(picture: Image.Image, most: int | None) -> bytes:
    """Will give a JPEG of at most `most` bytes, as large as that allows; the smallest there is where nothing fits."""
    made = b""
    for side, quality in STEPS:
        small = picture
        if max(picture.size) > side:
            small = picture.copy()
            small.thumbnail((side, side))
        memory = io.BytesIO()
        small.save(memory, "JPEG", quality=quality)
        made = memory.getvalue()
        if most is None or len(made) <= most:
            break
    return made


def _pages(data: bytes, longest: int) -> tuple[list[Image.Image], int]:
    """The first pages of a PDF as pictures, and how many there are."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return [], 0
    try:
        return [_rendered(document[at], longest) for at in range(min(len(document), MOST_PAGES))], len(document)
    except pypdfium2.PdfiumError:
        return [], len(document)
    finally:
        document.close()


def _rendered(page: pypdfium2.PdfPage, longest: int = STEPS[0][0]) -> Image.Image:
    scale = longest / max(*page.get_size(), 1)
    picture: Image.Image = page.render(scale=min(scale, 3)).to_pil().convert("RGB")
    return picture


def pages_of(data: bytes) -> int:
    """Will count the pages of a PDF; 0 for what is none."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def film_length(file: BinaryIO) -> int | None:
    """Will read how long a film is, in milliseconds, from the heads of an MP4 or MOV alone; None where it does not say."""
    file.seek(0, io.SEEK_END)
    for kind, start, end in _boxes(file, 0, file.tell()):
        if kind != b"moov":
            continue
        for inner, at, _ in _boxes(file, start, end):
            if inner == b"mvhd":
                file.seek(at)
                return _of_head(file.read(32))
    return None


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start + 8 <= end:
        file.seek(start)
        told = file.read(16)
        size, head = int.from_bytes(told[:4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(told[8:16], "big"), 16
        if size == 0:
            size = end - start
        if size < head:
            return
        yield told[4:8], start + head, min(start + size, end)
        start += size


def _of_head(told: bytes) -> int | None:
    long = told[:1] == b"\x01"
    rate, length = (told[20:24], told[24:32]) if long else (told[12:16], told[16:20])
    per_second = int.from_bytes(rate, "big")
    return int.from_bytes(length, "big") * 1000 // per_second if per_second and length else None


def page_picture(document: bytes, page: int) -> bytes | None:
    """Will give a page of a PDF as a JPEG; None where there is no such page."""
    try:
        found = pypdfium2.PdfDocument(document)
    except pypdfium2.PdfiumError:
        return None
    try:
        return squeezed(_rendered(found[page - 1]), None) if 1 <= page <= len(found) else None
    finally:
        found.close()

"""Pictures that are handed in: opened, and written anew, so that nothing but the picture itself is kept."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_PIXELS: Final = 16_000_000
MOST_OF_A_PHOTO: Final = 60_000_000
"""Phones take up to 50 million pixels, as JPEG, which is opened at a smaller scale."""
NO_PICTURE: Final = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)


def logo_of(upload: bytes, most: int = 512) -> bytes | None:
    """Will give the picture in an upload as PNG, no side longer than `most`; None where it is no PNG, JPEG or WebP that opens.

    Told by content, not by name. What else was in the file (place and time of a photo, text, a second file) is gone.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(upload), formats=FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    return None
                picture = found.convert("RGBA")
    except NO_PICTURE:
        return None
    picture.thumbnail((most, most))
    memory = io.BytesIO()
    picture.save(memory, "PNG", optimize=True)
    return memory.getvalue()


def preview_of(file: BinaryIO, most: int = 1280) -> bytes | None:
    """Will give a photo as a JPEG, upright, no side longer than `most`; None where it does not open or has too many pixels.

    Nothing but the picture itself is in it: place, time and the camera's number are gone.
    """
    picture = _upright(file, most)
    if picture is None:
        return None
    memory = io.BytesIO()
    _on_white(picture).save(memory, "JPEG", quality=82, optimize=True)
    return memory.getvalue()


def grey_of(file: BinaryIO, most: int = 384) -> Image.Image | None:
    """Will give a photo in greys, upright, no side longer than `most`: what pictures are compared by; None where it does not open."""
    picture = _upright(file, most)
    return None if picture is None else _on_white(picture).convert("L")


def grey_of_bytes(content: bytes) -> Image.Image | None:
    """Will do the same with a picture that is in memory."""
    return grey_of(io.BytesIO(content))


def preview_of_bytes(content: bytes, most: int) -> bytes | None:
    """Will give the preview of a picture that is in memory."""
    return preview_of(io.BytesIO(content), most)


def _upright(file: BinaryIO, most: int) -> Image.Image | None:
    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            Image.open(file, formats=FORMATS) as found,
        ):
            if found.width * found.height > (MOST_OF_A_PHOTO if found.format == "JPEG" else MOST_PIXELS):
                return None
            found.thumbnail((most, most))
            return ImageOps.exif_transpose(found).convert("RGBA")
    except NO_PICTURE:
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground

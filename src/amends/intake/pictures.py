"""Pictures that are handed in: opened, and written anew, so that nothing but the picture itself is kept."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image, UnidentifiedImageError

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_PIXELS: Final = 16_000_000


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
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ):
        return None
    picture.thumbnail((most, most))
    memory = io.BytesIO()
    picture.save(memory, "PNG", optimize=True)
    return memory.getvalue()

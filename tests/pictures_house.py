"""Pictures for tests: scenes by chance with much to see in them, changed as people change pictures, and tags put into their files."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from PIL import Image, ImageDraw


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture full of shapes; another seed is another picture."""
    chance = Random(seed)
    picture = Image.new("RGB", size, _colour(chance))
    draw = ImageDraw.Draw(picture)
    for _ in range(90):
        left, top = chance.randrange(-40, size[0]), chance.randrange(-40, size[1])
        box = (left, top, left + chance.randrange(8, size[0] // 4), top + chance.randrange(8, size[1] // 4))
        kind = chance.choice(("ellipse", "rectangle", "line"))
        if kind == "line":
            draw.line(box, _colour(chance), chance.randrange(2, 7))
        else:
            getattr(draw, kind)(box, fill=_colour(chance))
    return picture


def _colour(chance: Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def as_file(picture: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """A picture as a file."""
    memory = io.BytesIO()
    picture.save(memory, kind, **({"quality": 85} if kind == "JPEG" else {}), **more)
    return memory.getvalue()


def tagged(
    taken: str = "", offset: str = "", software: str = "", model: str = "", comment: bytes = b"", place: bool = False
) -> Any:
    """Tags of a photo, to be given to `as_file` as `exif`."""
    tags = Image.Exif()
    if software:
        tags[0x0131] = software
    if model:
        tags[0x0110] = model
    shot = tags.get_ifd(0x8769)
    shot.update({key: value for key, value in ((0x9003, taken), (0x9011, offset), (0x9286, comment)) if value})
    if place:
        tags.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 59.0), 3: "E", 4: (13.0, 22.0, 11.0)})
    return tags

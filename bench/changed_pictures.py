"""Pictures changed as people change them before they send them in again: saved anew, resized, cropped, framed, brightened, turned."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance, ImageOps

Change = Callable[[Image.Image, Random], bytes]


def shared_pictures() -> list[Path]:
    """The pictures of the shared folder, in AMENDS_SHARED or beside the checkout; none where it is not there."""
    folder = Path(os.environ.get("AMENDS_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    return sorted([*folder.glob("images-receipts-sroie/img/*.jpg"), *folder.glob("images-parcel-damage/*.jpg")])


def as_jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """Saved as JPEG."""
    memory = io.BytesIO()
    picture.save(memory, "JPEG", quality=quality)
    return memory.getvalue()


def as_png(picture: Image.Image) -> bytes:
    """Saved as PNG."""
    memory = io.BytesIO()
    picture.save(memory, "PNG", compress_level=1)
    return memory.getvalue()


def resized(picture: Image.Image, scale: float) -> Image.Image:
    """Larger or smaller, by the filter that phones and chats use."""
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))


def cropped(picture: Image.Image, chance: Random, most: float) -> Image.Image:
    """Up to `most` of each side left away, each side by chance."""
    left, top, right, bottom = [chance.uniform(0, most) for _ in range(4)]
    wide, high = picture.size
    return picture.crop((round(left * wide), round(top * high), round((1 - right) * wide), round((1 - bottom) * high)))


def cropped_evenly(picture: Image.Image, part: float) -> Image.Image:
    """The same part of every side left away."""
    wide, high = picture.size
    return picture.crop((round(part * wide), round(part * high), round((1 - part) * wide), round((1 - part) * high)))


def framed(picture: Image.Image, part: float, colour: str) -> Image.Image:
    """With a frame of one colour."""
    return ImageOps.expand(picture, round(part * max(picture.size)), colour)


def on_screen(picture: Image.Image, ground: str, ink: str) -> Image.Image:
    """As a telephone shows it, with the bars above and below."""
    screen = Image.new("RGB", (1080, 2340), ground)
    shown = ImageOps.contain(picture, (1080, 2000))
    screen.paste(shown, ((1080 - shown.width) // 2, (2340 - shown.height) // 2))
    draw = ImageDraw.Draw(screen)
    draw.text((60, 40), "10:42", ink, font_size=44)
    draw.text((900, 40), "5G  87", ink, font_size=44)
    draw.rounded_rectangle((390, 2300, 690, 2312), 6, ink)
    return screen


CHANGES: Final[dict[str, Change]] = {
    "saved as JPEG q90": lambda one, _: as_jpeg(one, 90),
    "saved as JPEG q60": lambda one, _: as_jpeg(one, 60),
    "saved as JPEG q30": lambda one, _: as_jpeg(one, 30),
    "JPEG to PNG": lambda one, _: as_png(one),
    "to PNG and back, q75": lambda one, _: as_jpeg(Image.open(io.BytesIO(as_png(one))).convert("RGB"), 75),
    "resized x0.25": lambda one, _: as_jpeg(resized(one, 0.25)),
    "resized x0.5": lambda one, _: as_jpeg(resized(one, 0.5)),
    "resized x2": lambda one, _: as_jpeg(resized(one, 2)),
    "brighter by 7 %": lambda one, _: as_jpeg(ImageEnhance.Brightness(one).enhance(1.07)),
    "brighter by 15 %": lambda one, _: as_jpeg(ImageEnhance.Brightness(one).enhance(1.15)),
    "darker by 15 %": lambda one, _: as_jpeg(ImageEnhance.Brightness(one).enhance(0.85)),
    "cropped 5 % a side": lambda one, _: as_jpeg(cropped_evenly(one, 0.05)),
    "cropped 10 % a side": lambda one, _: as_jpeg(cropped_evenly(one, 0.1)),
    "cropped 15 % a side": lambda one, _: as_jpeg(cropped_evenly(one, 0.15)),
    "cropped 0-15 % each side": lambda one, chance: as_jpeg(cropped(one, chance, 0.15)),
    "cropped 0-15 %, x0.5, q60": lambda one, chance: as_jpeg(resized(cropped(one, chance, 0.15), 0.5), 60),
    "frame 5 %, white": lambda one, _: as_jpeg(framed(one, 0.05, "white")),
    "frame 10 %, black": lambda one, _: as_jpeg(framed(one, 0.1, "black")),
    "screenshot, black, PNG": lambda one, _: as_png(on_screen(one, "black", "white")),
    "screenshot, white, q75": lambda one, _: as_jpeg(on_screen(one, "white", "black"), 75),
    "mirrored": lambda one, _: as_jpeg(ImageOps.mirror(one)),
    "mirrored, cropped 10 %": lambda one, _: as_jpeg(cropped_evenly(ImageOps.mirror(one), 0.1)),
}


def changed(paths: list[Path], name: str) -> Iterator[tuple[int, bytes]]:
    """Each picture changed in one way, with its place; chance is the same in every run."""
    chance = Random(name)
    for place, path in enumerate(paths):
        with Image.open(path) as found:
            yield place, CHANGES[name](found.convert("RGB"), chance)

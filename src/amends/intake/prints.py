"""Prints of pictures: 63 bits that stay nearly the same when a picture is saved anew, resized, brightened or turned to a mirror image.

A print is taken of a window of the picture: the signs of its 63 lowest cosine frequencies. Of each picture two are kept, of the whole and
of its centre. A picture that comes in is looked at through many windows, for a cropped copy lies in one of them, and so does a picture
of which only a crop was seen before. What is nearly alike by its print is a suspicion only; `likeness` compares the pictures themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from typing import Final

from PIL import Image, ImageChops

BITS: Final = 63
SIDE: Final = 128
"""Pictures are looked at as squares of so many points, so that their own proportions do not matter."""
INSET: Final = 0.15
"""How much of each side may be cut off: the centre is what is left at least."""
ANCHORS: Final = (0.0, INSET)
"""By how much the two windows that are kept lie inside of the picture."""
STEP: Final = 0.03
FURTHEST: Final = 0.18
MOST_TOGETHER: Final = 0.31
KEYS: Final = 3
PROBES: Final = 2
"""How many of the least certain bits of a key are tried both ways."""
SURE: Final = KEYS - 1
"""A print that differs from a sought one in so many bits or fewer shares one of its keys, and so is found."""
_POINTS: Final = 16
_SAME: Final = 32
"""Points that differ less than this from the corner are of the same colour."""
MOST: Final = 384
"""Pictures are compared no larger than this."""
LARGE: Final = 3 * MOST
"""So large is opened what may have something around it."""
_FRAMED: Final = 0.96
_LEAST: Final = 0.25
_FILLED: Final = 90
"""Of 255: a row of a photo is not of the colour around it to this part; a line of writing on a screen's bar is less."""
_COSINES: Final = [[math.cos(math.pi * u * (2 * x + 1) / (2 * _POINTS)) for x in range(_POINTS)] for u in range(8)]
_ORDER: Final = sorted([(u, v) for u in range(8) for v in range(8) if u or v], key=lambda one: (one[0] + one[1], one))
"""Frequencies (across, down), the lowest first: their bits stand from high to low."""
_PLACES: Final = [v * 8 + u for u, v in _ORDER]

Window = tuple[float, float, float, float]
"""What is left away at the left, top, right and bottom, as parts of the picture's sides."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One way to see a picture: through a window, as it is or as in a mirror."""

    window: Window
    mirrored: bool
    bits: int


def _flipping() -> int:
    """Bits that change in a mirror image: those of the odd frequencies across."""
    return sum([1 << (BITS - 1 - place) for place, (u, _) in enumerate(_ORDER) if u % 2])


MIRROR: Final = _flipping()


def square_of(grey: Image.Image) -> Image.Image:
    """Will give a grey picture as the square that prints are taken of."""
    return grey.resize((SIDE, SIDE), Image.Resampling.BOX)


def views_of(grey: Image.Image) -> list[Image.Image]:
    """Will give a picture as it is, without its frame of one colour, and without a screen's bars with what is written on them.

    Each no larger than `MOST`; the last two only where there is something to take away.
    """
    ground = Image.new("L", grey.size, int(grey.getpixel((0, 0))))  # type: ignore[arg-type]
    other = ImageChops.difference(grey, ground).point([0] * _SAME + [255] * (256 - _SAME))
    found = [(0, 0, *grey.size)]
    for box in (other.getbbox(), _filled(other)):
        if box is None:
            continue
        inner = (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1)
        wide, high = inner[2] - inner[0], inner[3] - inner[1]
        before = (found[-1][2] - found[-1][0]) * (found[-1][3] - found[-1][1])
        if wide * high < _FRAMED * before and wide >= grey.width * _LEAST and high >= grey.height * _LEAST:
            found.append(inner)
    return [_small(grey.crop(box)) for box in found]


def _small(grey: Image.Image) -> Image.Image:
    grey.thumbnail((MOST, MOST))
    return grey


def _filled(other: Image.Image) -> tuple[int, int, int, int] | None:
    """From the first row to the last of which a good part is not of the ground's colour, and so for columns: lines of writing are not."""
    rows = _run(other.resize((1, other.height), Image.Resampling.BOX).tobytes())
    if rows is None:
        return None
    between = other.crop((0, rows[0], other.width, rows[1]))
    columns = _run(between.resize((between.width, 1), Image.Resampling.BOX).tobytes())
    return None if columns is None else (columns[0], rows[0], columns[1], rows[1])


def _run(shares: bytes) -> tuple[int, int] | None:
    places = [place for place, share in enumerate(shares) if share >= _FILLED]
    return (places[0], places[-1] + 1) if places else None


def prints_of(grey: Image.Image) -> tuple[int, ...]:
    """Will give the prints to be kept of a picture, one for each of `ANCHORS`."""
    square = square_of(grey)
    return tuple([_packed(_frequencies(square, (edge,) * 4)) for edge in ANCHORS])


def keys_of(bits: int) -> tuple[int, ...]:
    """Will give the keys under which a print is kept: every third bit of it, from three beginnings."""
    return tuple([_picked(bits, key) for key in range(KEYS)])


def sought_by(grey: Image.Image) -> tuple[Sequence[Sight], Mapping[tuple[int, int], Sequence[int]]]:
    """Will give every way to see a picture, and by key (its place among `KEYS`, its value) which of them have it."""
    square = square_of(grey)
    sights: list[Sight] = []
    found: dict[tuple[int, int], list[int]] = {}
    for window in windows():
        values = _frequencies(square, window)
        bits = _packed(values)
        for mirrored in (False, True):
            seen = bits ^ MIRROR if mirrored else bits
            for key in _probed(values, seen):
                found.setdefault(key, []).append(len(sights))
            sights.append(Sight(window, mirrored, seen))
    return sights, found


@cache
def windows() -> tuple[Window, ...]:
    """Will give the windows through which a picture is looked at."""
    edges = [STEP * place for place in range(int(FURTHEST / STEP + 0.5) + 1)]
    pairs = [(one, other) for one in edges for other in edges if one + other <= MOST_TOGETHER]
    return tuple([(left, top, right, bottom) for left, right in pairs for top, bottom in pairs])


def _frequencies(square: Image.Image, window: Window) -> list[float]:
    left, top, right, bottom = [part * SIDE for part in window]
    small = square.resize(
        (_POINTS, _POINTS), Image.Resampling.BOX, box=(left, top, SIDE - right, SIDE - bottom)
    ).tobytes()
    rows = [small[at : at + _POINTS] for at in range(0, len(small), _POINTS)]
    across = [[sum(map(mul, row, wave)) for row in rows] for wave in _COSINES]
    all_of_them = [sum(map(mul, column, wave)) for wave in _COSINES for column in across]
    return [all_of_them[place] for place in _PLACES]


def _packed(values: Sequence[float]) -> int:
    bits = 0
    for one in values:
        bits = bits << 1 | (one > 0)
    return bits


def _picked(bits: int, key: int) -> int:
    value = 0
    for place in range(key, BITS, KEYS):
        value = value << 1 | (bits >> (BITS - 1 - place) & 1)
    return value


def _probed(values: Sequence[float], bits: int) -> Iterator[tuple[int, int]]:
    """The keys of a print, and those with one or both of their least certain bits turned."""
    for key in range(KEYS):
        mine = values[key::KEYS]
        value, last = _picked(bits, key), len(mine) - 1
        weakest = sorted(range(len(mine)), key=lambda place: abs(mine[place]))[:PROBES]
        masks = [0]
        for place in weakest:
            masks += [mask | 1 << (last - place) for mask in masks]
        for mask in masks:
            yield key, value ^ mask

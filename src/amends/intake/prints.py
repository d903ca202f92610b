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
_FRAMED: Final = 0.96
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
    """Will give a picture as it is, and without its frame of one colour, where it has one."""
    ground = Image.new("L", grey.size, int(grey.getpixel((0, 0))))  # type: ignore[arg-type]
    other = ImageChops.difference(grey, ground).point([0] * _SAME + [255] * (256 - _SAME))
    box = other.getbbox()
    if box is None:
        return [grey]
    left, top, right, bottom = box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1
    framed = (right - left) * (bottom - top) < _FRAMED * grey.width * grey.height
    whole = right - left >= grey.width / 2 and bottom - top >= grey.height / 2
    return [grey, grey.crop((left, top, right, bottom))] if framed and whole else [grey]


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

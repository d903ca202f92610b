"""Whether two pictures are one: laid over each other as well as they fit, and compared spot by spot.

Two receipts of one shop look alike from afar, and are two pictures; one picture that was saved small and cropped is still one. So spots are
compared, not the whole: of a copy nearly every spot that shows something agrees, of a look-alike only what both were printed with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

from amends.intake.prints import Sight, Window, square_of

AGREES: Final = 0.85
"""Spots that go up and down together so far agree. Measured: the worst spot of a copy 0.91, of look-alikes 0.77 (docs/evidence.md)."""
ENOUGH: Final = 0.98
"""So much of the spots that show most must agree for two pictures to be called one."""
ROUGHLY: Final = 0.6
NEARLY_ALL: Final = 0.99
"""So much of all spots that show anything must agree at least roughly: two receipts of one shop differ in a few spots only."""
_SPOT: Final = 16
_FLAT: Final = 40.0
"""A spot whose points vary less than this (mean square) shows nothing."""
_CLEAR: Final = 200.0
_LEAST_SPOTS: Final = 6
_FINE: Final = 288
_CLOSE: Final = 192
_COARSE: Final = (40, 40)
_MIDDLE: Final = (96, 96)
_WORTH: Final = 0.55
"""Laid over each other, two pictures that agree less than this from afar are not looked at closely."""
_WORTH_MORE: Final = 0.7
_WHITE: Final = 250
_LIGHT: Final = 205
_REACH: Final = 0.3
_HAIR: Final = 0.01
_ROUNDS: Final = 4
_MOST_SIGHTS: Final = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """How one picture lies in another. `agreeing`: how many of the spots that show most agree (half of all, or more); `rough`:
    how many of all agree roughly; both as parts of 1. `spots`: how many spots show something.
    """

    agreeing: float
    rough: float
    spots: int

    @property
    def same(self) -> bool:
        """Whether it is the same picture."""
        return self.spots >= _LEAST_SPOTS and self.agreeing >= ENOUGH and self.rough >= NEARLY_ALL


NONE: Final = Fit(0.0, 0.0, 0)


def fit(new: Image.Image, kept: Image.Image, anchor: float, sights: Sequence[Sight]) -> Fit:
    """Will lay a picture, seen in each of these ways, over the part of a kept one that lies `anchor` inside; both in greys."""
    edge: Window = (anchor, anchor, anchor, anchor)
    far = _edges(square_of(kept))
    turned = {False: new, True: ImageOps.mirror(new)}
    near = {one: _edges(square_of(turned[one])) for one in {sight.mirrored for sight in sights}}
    laid = [(*_laid(near[one.mirrored], far, edge, _start(one), _COARSE, (0.03, 0.01)), one.mirrored) for one in sights]
    afar, window, mirrored = max(laid)
    if afar < _WORTH:
        return NONE
    closer, window = _laid(near[mirrored], far, edge, window, _MIDDLE, (0.008, 0.004, 0.002))
    if closer < _WORTH_MORE:
        return NONE
    ours = turned[mirrored]
    edge, window = _overlap(edge, window)
    _, window = _laid(ours, kept, edge, window, _common(ours, window, kept, edge, _CLOSE), (0.002, 0.001))
    size = _common(ours, window, kept, edge, _FINE)
    mine, theirs = _part(ours, window, size), _part(kept, edge, size)
    return _spots(_levelled(mine, theirs), _levelled(theirs, mine))


def best_fit(new: Image.Image, kept: Image.Image, seen: Sequence[tuple[float, Sequence[Sight]]]) -> Fit:
    """Will give the best of the fits at several anchors, each with the likeliest sights first; the first that is the same ends it."""
    best = NONE
    for anchor, sights in seen:
        found = fit(new, kept, anchor, sights[:_MOST_SIGHTS])
        if found.same:
            return found
        best = max(best, found, key=lambda one: (one.agreeing, one.rough))
    return best


def _start(sight: Sight) -> Window:
    left, top, right, bottom = sight.window
    return (right, top, left, bottom) if sight.mirrored else sight.window


def _overlap(edge: Window, window: Window) -> tuple[Window, Window]:
    """All that two pictures have in common, told by a part that lies in both, less a hair's breadth: what differs may lie outside it."""
    edges, windows = [0.0] * 4, [0.0] * 4
    for side in range(4):
        across = side % 2
        scale = (1 - window[across] - window[across + 2]) / (1 - edge[across] - edge[across + 2])
        edges[side] = max(0.0, edge[side] - window[side] / scale) + _HAIR
        windows[side] = max(0.0, window[side] - edge[side] * scale) + _HAIR * scale
    return (edges[0], edges[1], edges[2], edges[3]), (windows[0], windows[1], windows[2], windows[3])


def _edges(square: Image.Image) -> Image.Image:
    """A picture without its broad light and shade."""
    return ImageChops.subtract(square, square.filter(ImageFilter.GaussianBlur(4)), 1, 128)


def _common(ours: Image.Image, window: Window, kept: Image.Image, edge: Window, most: int) -> tuple[int, int]:
    """The size at which both are compared: no finer than either of them is."""
    widths = (ours.width * (1 - window[0] - window[2]), kept.width * (1 - edge[0] - edge[2]))
    heights = (ours.height * (1 - window[1] - window[3]), kept.height * (1 - edge[1] - edge[3]))
    scale = min(1.0, most / max(min(widths), min(heights)))
    return max(_SPOT, int(min(widths) * scale)), max(_SPOT, int(min(heights) * scale))


def _part(picture: Image.Image, window: Window, size: tuple[int, int]) -> Image.Image:
    wide, high = picture.size
    box = (window[0] * wide, window[1] * high, (1 - window[2]) * wide, (1 - window[3]) * high)
    return picture.resize(size, Image.Resampling.BILINEAR, box=box)


def _laid(
    ours: Image.Image,
    kept: Image.Image,
    edge: Window,
    window: Window,
    size: tuple[int, int],
    steps: Sequence[float],
) -> tuple[float, Window]:
    """Move the four edges of the window as long as it fits better; how well it fits in the end."""
    aim = _part(kept, edge, size).tobytes()
    spread = _spread(aim)
    best = _agreement(_part(ours, window, size).tobytes(), aim, spread)
    for step in steps:
        for _ in range(_ROUNDS):
            before = best
            for moved in _moves(window, step):
                found = _agreement(_part(ours, moved, size).tobytes(), aim, spread)
                if found > best:
                    best, window = found, moved
            if best == before:
                break
    return best, window


def _moves(window: Window, step: float) -> Iterator[Window]:
    """Each edge out and in; both edges across or down the same way, and towards each other."""
    for first in (0, 1):
        for one, other in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1), (1, 1), (-1, -1)):
            edges = list(window)
            edges[first] = min(_REACH, max(0.0, edges[first] + one * step))
            edges[first + 2] = min(_REACH, max(0.0, edges[first + 2] + other * step))
            yield (edges[0], edges[1], edges[2], edges[3])


def _spread(points: bytes) -> tuple[int, float]:
    total = sum(points)
    return total, sum(map(mul, points, points)) - total * total / len(points)


def _agreement(points: bytes, aim: bytes, spread: tuple[int, float]) -> float:
    """How two rows of points go up and down together, whatever their light and contrast: 1 is the same."""
    mine = _spread(points)
    both = mine[1] * spread[1]
    return (sum(map(mul, points, aim)) - mine[0] * spread[0] / len(aim)) / math.sqrt(both) if both > 0 else 0.0


def _levelled(one: Image.Image, other: Image.Image) -> Image.Image:
    """A picture cut off where the other one is overexposed: what a brightened copy has lost is no difference. Never below `_LIGHT`."""
    bright = sorted([mine for mine, theirs in zip(one.tobytes(), other.tobytes(), strict=True) if theirs >= _WHITE])
    if len(bright) * 100 < one.width * one.height:
        return one
    level = max(_LIGHT, bright[len(bright) // 20])
    return one.point([min(value, level) for value in range(256)])


def _spots(ours: Image.Image, kept: Image.Image) -> Fit:
    found: list[tuple[float, float]] = []
    for top in range(0, ours.height - _SPOT + 1, _SPOT):
        for left in range(0, ours.width - _SPOT + 1, _SPOT):
            box = (left, top, left + _SPOT, top + _SPOT)
            mine, theirs = ours.crop(box).tobytes(), kept.crop(box).tobytes()
            spread = _spread(theirs)
            shows = max(spread[1], _spread(mine)[1]) / len(mine)
            if shows >= _FLAT:
                found.append((shows, _agreement(mine, theirs, spread)))
    if not found:
        return NONE
    most = max((len(found) + 1) // 2, sum([shows >= _CLEAR for shows, _ in found]))
    clearest = sorted(found, reverse=True)[:most]
    return Fit(_part_of(clearest, AGREES), _part_of(found, ROUGHLY), len(found))


def _part_of(spots: Sequence[tuple[float, float]], least: float) -> float:
    return sum([agreement >= least for _, agreement in spots]) / len(spots)

"""Colours that can be read: contrast as WCAG 2.2 reckons it, and a colour moved until it stands out enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

ENOUGH: Final = 4.6
"""A little over the 4.5 that the standard wants of text."""


def contrast(one: str, other: str) -> float:
    """How far two colours (#rrggbb) stand apart, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, grounds: Iterable[str], towards: str) -> str:
    """The colour, or the nearest to it on the way to `towards` that can be read on every ground."""
    on_them = tuple(grounds)
    for percent in range(0, 101, 4):
        found = mixed(colour, towards, percent)
        if all(contrast(found, ground) >= ENOUGH for ground in on_them):
            return found
    return towards


def mixed(colour: str, other: str, percent: int) -> str:
    """So much of another colour in this one."""
    parts = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join([f"{(one * (100 - percent) + more * percent) // 100:02x}" for one, more in parts])


def on(*grounds: str) -> str:
    """Black or white, whichever can be read better on all of these."""
    return max(("#ffffff", "#000000"), key=lambda ink: min([contrast(ink, ground) for ground in grounds]))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

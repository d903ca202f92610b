"""How many changed pictures are known again, and how many different ones are taken for the same: every picture against all the others."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image

from amends.intake.likeness import Fit, best_fit
from amends.intake.pictures import grey_of
from amends.intake.prints import ANCHORS, LARGE, keys_of, prints_of, sought_by, views_of
from bench.changed_pictures import changed, shared_pictures


@dataclass
class Outcome:
    """What one way of changing pictures came to. `false`: pairs (place, place) of pictures that were called one."""

    name: str
    pictures: int = 0
    suspected: int = 0
    known: int = 0
    missed: list[int] = field(default_factory=list)
    false: list[tuple[int, int]] = field(default_factory=list)
    looked_at: int = 0
    seconds: float = 0.0
    nearest_false: float = 0.0


@cache
def kept() -> tuple[Sequence[Path], Sequence[Image.Image], Sequence[tuple[int, ...]]]:
    """The pictures as they are kept: paths, greys, prints."""
    paths = shared_pictures()
    greys = []
    for path in paths:
        with path.open("rb") as file:
            grey = grey_of(file)
        assert grey is not None, path
        greys.append(grey)
    return paths, greys, [prints_of(one) for one in greys]


ONE_SCAN: Final = frozenset({"235", "237"})
"""One scan of one bill (its number, its minute, the holes punched into it), of which some specks were wiped: no two different pictures."""


@cache
def doubles() -> list[set[int]]:
    """By place, the places of files that are the same byte for byte (the shared folder has two receipts twice), or one scan."""
    paths = kept()[0]
    contents = [ONE_SCAN if path.stem in ONE_SCAN else path.read_bytes() for path in paths]
    return [{place for place, other in enumerate(contents) if other == one} for one in contents]


def matches_of(content: bytes) -> dict[int, Fit]:
    """Every kept picture that shares a key with this one, by its place, and how well it fits."""
    grey = grey_of(io.BytesIO(content), LARGE)
    assert grey is not None
    found: dict[int, Fit] = {}
    for view in views_of(grey):
        for place, fit in fits_of(view).items():
            found[place] = max(found.get(place, fit), fit, key=lambda one: (one.same, one.agreeing))
    return found


def fits_of(grey: Image.Image) -> dict[int, Fit]:
    """The same for one view of it."""
    _, greys, prints = kept()
    sights, sought = sought_by(grey)
    found: dict[int, Fit] = {}
    for place, bits in enumerate(prints):
        near = {
            anchor: {at for key, value in enumerate(keys_of(one)) for at in sought.get((key, value), ())}
            for anchor, one in zip(ANCHORS, bits, strict=True)
        }
        seen = [
            (anchor, [sights[at] for at in sorted(near[anchor], key=lambda at: (sights[at].bits ^ one).bit_count())])
            for anchor, one in zip(ANCHORS, bits, strict=True)
            if near[anchor]
        ]
        if seen:
            found[place] = best_fit(grey, greys[place], seen)
    return found


def outcome_of(name: str) -> Outcome:
    """One way of changing, over all pictures."""
    paths = list(kept()[0])
    outcome = Outcome(name)
    for place, content in changed(paths, name):
        before = time.perf_counter()
        found = matches_of(content)
        outcome.seconds += time.perf_counter() - before
        outcome.pictures += 1
        outcome.suspected += place in found
        outcome.looked_at += len(found)
        same = {one for one, fit in found.items() if fit.same}
        outcome.known += place in same
        if place not in same:
            outcome.missed.append(place)
        outcome.false += [(place, one) for one in same - doubles()[place]]
    return outcome


def outcomes(names: Sequence[str]) -> list[Outcome]:
    """Every way of changing, two at a time."""
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(outcome_of, names))

"""Copies are known whatever was done to them; different pictures never pass, however alike they look from afar."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw

from amends.intake.likeness import Fit, best_fit
from amends.intake.pictures import grey_of
from amends.intake.prints import ANCHORS, LARGE, Sight, keys_of, prints_of, sought_by, views_of
from bench.changed_pictures import CHANGES
from tests.pictures_house import as_file, scene
from tests.rooms.intake.test_prints import grey


def compared(new: bytes, kept: Image.Image) -> Fit:
    """As the house compares: by prints first, then point by point."""
    best = Fit(0.0, 0.0, 0)
    large = grey_of(io.BytesIO(new), LARGE)
    assert large is not None
    for view in views_of(large):
        sights, sought = sought_by(view)
        seen: list[tuple[float, list[Sight]]] = []
        for anchor, bits in zip(ANCHORS, prints_of(kept), strict=True):
            near = {at for place, value in enumerate(keys_of(bits)) for at in sought.get((place, value), ())}
            order = sorted(near, key=lambda at, bits=bits: (sights[at].bits ^ bits).bit_count())  # type: ignore[misc]
            if order:
                seen.append((anchor, [sights[at] for at in order]))
        best = max(best, best_fit(view, kept, seen), key=lambda one: (one.same, one.agreeing))
    return best


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_is_the_same_picture(name: str) -> None:
    picture = scene(11)
    assert compared(CHANGES[name](picture, Random(3)), grey(as_file(picture))).same


def test_other_pictures_are_not() -> None:
    kept = [grey(as_file(scene(seed))) for seed in range(20, 26)]
    assert not [one for one in kept if compared(as_file(scene(11)), one).same]


def test_two_forms_filled_in_differently_are_two_pictures() -> None:
    def form(number: str) -> Image.Image:
        page = Image.new("RGB", (600, 800), "white")
        draw = ImageDraw.Draw(page)
        for line in range(20):
            draw.text(
                (60, 60 + line * 34),
                f"Line {line} of a printed form, the same on each: {line * 7}",
                "black",
                font_size=18,
            )
        draw.text((330, 20), number, "black", font_size=36)
        return page

    assert not compared(as_file(form("A 03018")), grey(as_file(form("B 77452")))).same
    assert compared(as_file(form("A 03018"), "WEBP"), grey(as_file(form("A 03018")))).same


def test_a_picture_that_shows_nothing_is_like_no_other() -> None:
    blank = as_file(Image.new("RGB", (300, 300), "white"))
    assert not compared(blank, grey(blank)).same


def test_real_receipts_and_parcels(shared: Path) -> None:
    """The whole table is printed by `python -m bench.bench_pictures`."""
    folder = shared / "data" / "images-receipts-sroie" / "img"
    forms = [Image.open(folder / f"{name}.jpg").convert("RGB") for name in ("033", "058", "030")]
    parcel = Image.open(shared / "data" / "images-parcel-damage" / "dent_tear_amazon_box.jpg").convert("RGB")
    kept = [grey(as_file(one, "PNG")) for one in (*forms, parcel)]
    for at, picture in enumerate((*forms, parcel)):
        new, other = CHANGES["cropped 0-15 %, x0.5, q60"](picture, Random(at)), kept[at - 1]
        assert [one is kept[at] for one in (kept[at], other) if compared(new, one).same] == [True]

"""Prints stay nearly the same when a picture is changed, and whatever is near enough shares a key."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance, ImageOps

from amends.intake.pictures import grey_of
from amends.intake.prints import (
    BITS,
    KEYS,
    MIRROR,
    MOST,
    SURE,
    keys_of,
    prints_of,
    sought_by,
    views_of,
    windows,
)
from bench.changed_pictures import on_screen
from tests.pictures_house import as_file, scene

PRINTS = st.integers(0, 2**BITS - 1)


def grey(content: bytes) -> Image.Image:
    found = grey_of(io.BytesIO(content))
    assert found is not None
    return found


@given(PRINTS, st.sets(st.integers(0, BITS - 1), max_size=SURE))
def test_a_print_that_differs_in_as_many_bits_as_promised_shares_a_key(bits: int, turned: set[int]) -> None:
    other = bits
    for place in turned:
        other ^= 1 << place
    assert any(mine == theirs for mine, theirs in zip(keys_of(bits), keys_of(other), strict=True))


@given(PRINTS)
def test_keys_hold_every_bit_of_a_print(bits: int) -> None:
    assert sum([one.bit_count() for one in keys_of(bits)]) == bits.bit_count()
    assert all(0 <= one < 2 ** (BITS // KEYS) for one in keys_of(bits))


@given(
    st.integers(0, 10_000),
    st.sampled_from((30, 60, 90)),
    st.sampled_from((0.25, 0.5, 2.0)),
    st.sampled_from((0.9, 1.0, 1.1)),
)
def test_a_print_outlives_saving_resizing_and_light(seed: int, quality: int, scale: float, light: float) -> None:
    picture = scene(seed, (320, 240))
    other = picture.resize((round(320 * scale), round(240 * scale)))
    changed = as_file(ImageEnhance.Brightness(other).enhance(light), "WEBP", quality=quality)
    for mine, theirs in zip(prints_of(grey(as_file(picture))), prints_of(grey(changed)), strict=True):
        assert (mine ^ theirs).bit_count() <= 8


@given(st.integers(0, 10_000))
def test_a_mirror_image_turns_the_bits_of_the_mirror(seed: int) -> None:
    picture = scene(seed, (256, 256)).convert("L")
    mine, turned = prints_of(picture)[0], prints_of(ImageOps.mirror(picture))[0]
    assert (mine ^ MIRROR ^ turned).bit_count() <= 2


def test_different_pictures_have_different_prints() -> None:
    whole = [prints_of(scene(seed).convert("L"))[0] for seed in range(40)]
    assert min((one ^ other).bit_count() for at, one in enumerate(whole) for other in whole[:at]) > 8


@pytest.mark.parametrize("cut", [(0, 0, 0, 0), (0.15, 0.15, 0.15, 0.15), (0.02, 0.13, 0.07, 0.1), (0, 0.15, 0, 0.05)])
def test_a_cropped_copy_is_suspected(cut: tuple[float, float, float, float]) -> None:
    picture = scene(4)
    wide, high = picture.size
    box = (round(cut[0] * wide), round(cut[1] * high), round((1 - cut[2]) * wide), round((1 - cut[3]) * high))
    _, sought = sought_by(grey(as_file(picture.crop(box))))
    kept = prints_of(grey(as_file(picture)))
    assert any((place, value) in sought for bits in kept for place, value in enumerate(keys_of(bits)))


def test_no_window_is_smaller_than_what_two_crops_leave() -> None:
    assert all(left + right < 0.32 and top + bottom < 0.32 for left, top, right, bottom in windows())
    assert (0.0, 0.0, 0.0, 0.0) in windows()


def test_a_frame_is_taken_off_and_a_plain_picture_has_none() -> None:
    framed = ImageOps.expand(scene(1), 60, "black").convert("L")
    assert [one.size for one in views_of(framed)] == [(MOST, 303), (MOST, 288)]
    assert len(views_of(Image.new("L", (80, 80), 7))) == 1
    noise = Image.effect_noise((640, 480), 120)
    assert [one.size for one in views_of(noise)] == [(MOST, 288)]


def test_a_photo_is_taken_out_of_a_screenshot_though_there_is_writing_on_its_bars() -> None:
    screen = on_screen(scene(1), "black", "white").convert("L")
    *_, inner = views_of(screen)
    shown = inner.width / inner.height
    assert abs(shown - 640 / 480) < 0.02

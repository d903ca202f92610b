"""The vault in a real browser: what is drawn on a page is black on the copy, by pointer and by keyboard, wide and on a phone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.accessible import assert_accessible


def a_piece(page: Any, tmp_path: Path) -> str:
    photo = tmp_path / "receipt.png"
    Image.new("RGB", (900, 600), "white").save(photo)
    link = page.locator('.line a[href^="/cases/"], a.line').first.get_attribute("href")
    page.goto(link.split("?")[0])
    page.locator("#shelf details summary").first.click()
    page.set_input_files("#shelf input[type=file]", photo)
    page.locator("#shelf .takes-long button").click()
    page.wait_for_selector("#shelf .pieces")
    found: str = page.locator('#shelf .pieces a[href^="/cases/"]').last.get_attribute("href")
    return found


@pytest.mark.parametrize(("width", "language"), [(1280, "en-GB"), (360, "zh-TW")])
def test_what_is_drawn_is_black_on_the_copy(
    open_page: Callable[..., Any], tmp_path: Path, width: int, language: str
) -> None:
    page = open_page(width, language)
    piece = a_piece(page, tmp_path)
    page.goto(piece)
    place = page.locator(".cover-drawn")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.2, steps=4)
    page.mouse.up()
    for field, value in (("x", "0"), ("y", "900"), ("wide", "1000"), ("high", "100")):
        page.fill(f"[name={field}]", value)
    page.locator(".cover-add").press("Enter")
    assert len(page.input_value("[name=boxes]").split(";")) == 2
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    page.locator("#cover .main-button").click()
    page.wait_for_selector('dd a[href*="/files/"]')
    copy = page.url.rsplit("/", 1)[-1]
    with Image.open(io.BytesIO(page.request.get(f"/files/{copy}/original").body())) as seen:
        assert seen.getpixel((270, 90)) == (0, 0, 0)
        assert seen.getpixel((450, 570)) == (0, 0, 0)
        assert seen.getpixel((450, 300)) == (255, 255, 255)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_look_through_everything_is_for_everyone(open_page: Callable[..., Any], width: int) -> None:
    page = open_page(width, "en-GB")
    page.goto("/audit/verify")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)

"""A dossier in a real browser, wide and on a phone: chosen, moved, built, looked at page by page, downloaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.accessible import assert_accessible


def a_case(page: Any, tmp_path: Path) -> str:
    photos = []
    for at, colour in enumerate(("teal", "maroon")):
        photos.append(tmp_path / f"packing{at}.png")
        Image.new("RGB", (900, 600 + at), colour).save(photos[-1])
    link = page.locator('.line a[href^="/cases/"], a.line').first.get_attribute("href")
    page.goto(link.split("?")[0])
    page.locator("#shelf details summary").first.click()
    page.set_input_files("#shelf input[type=file]", photos)
    page.locator("#shelf .takes-long button").click()
    page.wait_for_selector("#shelf .pieces")
    return str(link.split("?")[0])


@pytest.mark.parametrize(
    ("width", "language", "forum"), [(1280, "en-GB", "visa"), (360, "zh-CN", "douyin"), (1280, "zh-CN", "court")]
)
def test_a_dossier_is_built_and_looked_at(
    open_page: Callable[..., Any], tmp_path: Path, width: int, language: str, forum: str
) -> None:
    page = open_page(width, language)
    case = a_case(page, tmp_path)
    page.locator('#shelf a[href$="/dossier"]').click()
    page.select_option("[name=forum]", forum)
    page.locator(".dossier-which button").press("Enter")
    page.wait_for_url(f"**{case}/dossier?forum={forum}*")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    page.locator(".exhibit [name=show]").first.uncheck()
    page.locator("[name=do][value=build]").press("Enter")
    page.wait_for_selector("#state .seal", timeout=30_000)
    page.reload()
    assert page.locator(".exhibit [name=show]:checked").count() == page.locator(".exhibit [name=show]").count() - 1
    picture = page.locator(".dossier-page")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 500
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    page.locator("#preview [rel=next]").click()
    page.wait_for_url("**page=2*")
    with page.expect_download() as told:
        page.locator("#state .main-button").click()
    assert told.value.suggested_filename.endswith(".pdf" if forum == "visa" else ".zip")
    page.screenshot(path=str(tmp_path / "dossier.png"), full_page=True)

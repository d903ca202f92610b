"""The console as a person uses it: with the mouse, with the keyboard, wide and narrow, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]
LANGUAGES = ["zh-CN", "zh-TW", "en-US"]
WIDTHS = [1280, 360]
ADDRESSES = [
    "/",
    "/?q=TK99&view=review",
    "/cases/1",
    "/cases/3",
    "/rules",
    "/me",
    "/people",
    "/merchants",
    "/audit",
    "/?view=closed",
    "/nowhere",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(open_page: Open, language: str) -> None:
    page = open_page(WIDTHS[0], language, complaints_about=("404",))
    sideways = []
    for address in ADDRESSES:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 780})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                sideways.append((address, width))
    assert sideways == []


def test_signing_in_and_reading_the_first_case(open_page: Open) -> None:
    page = open_page(language="en-US")
    assert page.locator(".line").count() == 50
    first = page.locator(".line").first
    assert "overdue 3 h 0 min" in first.inner_text()
    first.click()
    page.wait_for_url("**/cases/3*")
    assert "Full explanation" in page.inner_text("main")
    assert "Refuse" in page.inner_text("footer")  # what is suggested comes first


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page(language="en-US")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.locator(".line.is-on").evaluate("line => [...document.querySelectorAll('.line')].indexOf(line)") == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/2*")
    page.keyboard.press("j")
    page.wait_for_url("**/cases/1*")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_selector(".listing")
    page.keyboard.press("/")
    page.keyboard.type("XY-XIA")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=XY-XIA*")
    assert page.locator(".total").inner_text() == "21 cases"


def test_help_opens_and_closes(open_page: Open) -> None:
    page = open_page(language="en-US")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert "Back to the work list" in page.inner_text("#keys")
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_the_language_changes_and_stays(open_page: Open) -> None:
    page = open_page(language="zh-CN")
    assert "全部待处理" in page.inner_text(".views")
    page.click(".language summary")
    page.click("text=English")
    page.wait_for_selector("text=All open")
    page.goto("/cases/1")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click(".language summary")
    page.click("text=繁體中文")
    page.wait_for_selector("text=完整依據")
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    assert page.locator(".language summary").inner_text().endswith("繁體")
    page.click(".language summary")
    page.click("text=简体中文")
    page.wait_for_selector("text=完整依据")


def test_a_filter_asks_at_once_and_the_address_holds_only_what_was_chosen(open_page: Open) -> None:
    page = open_page(language="en-US")
    page.click(".filter-fold summary")
    page.select_option("select[name=platform]", "taobao")
    page.wait_for_url("**platform=taobao*")
    assert "kind=" not in page.url
    assert page.locator(".total").inner_text() == "21 cases"


def test_the_countdown_ticks_in_words(open_page: Open) -> None:
    page = open_page(language="zh-CN")
    assert page.locator(".line .clock").nth(1).inner_text() == "剩 1 小时 24 分"
    page.clock.set_fixed_time("2026-11-25T05:30:00Z")
    page.locator(".line").nth(1).locator(".clock[data-band=overdue]").wait_for(timeout=20_000)
    assert page.locator(".line .clock").nth(1).inner_text() == "已超时 6 分"


def test_on_a_wide_screen_the_case_shows_beside_the_list(open_page: Open) -> None:
    page = open_page(width=1680, language="en-US")
    page.locator(".line").nth(2).click()
    page.wait_for_selector(".peek")
    assert "7012345678901" in page.inner_text(".drawer")
    assert page.url.endswith("/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/1*")


def test_every_page_works_without_scripts(chromium: Any, site: str) -> None:
    window = chromium.new_context(base_url=site, java_script_enabled=False, locale="en-US")
    page = window.new_page()
    page.goto("/sign-in")
    page.fill("[name=name]", "lin")
    page.fill("[name=password]", "lin")
    page.click(".main-button")
    page.locator(".line").first.click()
    assert "Full explanation" in page.inner_text("main")
    window.close()


def test_every_field_has_a_label(open_page: Open) -> None:
    page = open_page(language="en-US")
    page.click(".filter-fold summary")
    for field in page.locator("input:not([type=hidden]), select").all():
        assert field.evaluate("f => Boolean(f.labels?.length || f.getAttribute('aria-label'))")

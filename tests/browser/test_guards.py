"""Guards in a real browser: a month is written down and moves the distance, a name is checked, a page is written; for everyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

WINDOWS = [(1280, "en-GB"), (360, "zh-CN"), (1280, "zh-TW"), (360, "en-GB")]


@pytest.mark.parametrize(("width", "language"), WINDOWS)
@pytest.mark.parametrize("address", ["/guards", "/guards/statements", "/guards/listings", "/guards/pages?market=DE"])
def test_guards_can_be_used_by_everyone(open_page: Callable[..., Any], width: int, language: str, address: str) -> None:
    page = open_page(width, language)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


def test_a_manager_writes_down_a_month_and_sees_how_far_the_line_is(open_page: Callable[..., Any]) -> None:
    page = open_page(1280, "en-GB")
    page.goto("/guards")
    shop = page.locator(".guard-shop").filter(has_text="Harbour & Pine")
    shop.locator(".guard-months summary").click()
    month = shop.locator(".guard-month").first
    month.locator("[name=settled]").fill("120,000")
    month.locator("[name=frauds]").fill("1700")
    month.locator("button").click()
    page.wait_for_url("**done=1")
    line = page.locator(".guard-shop").filter(has_text="Harbour & Pine").locator(".guard-line").first
    assert "1,700" in line.locator(".guard-facts").inner_text()
    line.get_by_text("What would move it").click()
    assert "TC40" in line.locator(".guard-levers").inner_text()


def test_a_manager_checks_the_name_on_statements_and_posts_the_page(open_page: Callable[..., Any]) -> None:
    page = open_page(1280, "en-GB")
    page.goto("/guards/statements")
    shop = page.locator(".guard-shop").filter(has_text="Harbour & Pine")
    shop.locator("[name=name]").fill("Harbour & Pine")
    shop.locator("[name=processor]").select_option("stripe")
    shop.locator("[name=descriptor]").fill("HARBOURPINE +4940123456")
    shop.locator("button").click()
    page.wait_for_url("**done=1")
    shop = page.locator(".guard-shop").filter(has_text="Harbour & Pine")
    assert "HARBOURPINE" in shop.locator(".statement").inner_text()
    assert "cut off is" in shop.locator(".guard-flaws").inner_text()
    page.goto("/guards/pages?market=DE")
    page.locator(".guard-asked [name=shop]").select_option("Harbour & Pine")
    page.locator(".guard-asked button").click()
    page.locator("[name=url]").fill("https://harbour.example/returns")
    page.get_by_role("button", name="It stands there now").click()
    page.wait_for_url("**done=1")
    assert page.get_by_role("link", name="https://harbour.example/returns").is_visible()
    assert page.get_by_text("Nobody wrote down yet").count() == 0

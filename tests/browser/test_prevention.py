"""A manager finds a bad SKU on the dashboard, gives the task to somebody, writes down the change and sees its effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible


@pytest.mark.parametrize(
    ("width", "language", "unknown"), [(1280, "en-GB", "not yet known"), (360, "zh-CN", "尚不能判断")]
)
def test_from_the_dashboard_to_the_effect(
    open_page: Callable[..., Any], width: int, language: str, unknown: str
) -> None:
    page = open_page(width, language)
    page.goto("/metrics?days=365")
    page.goto(page.locator(".heat td a").nth(0 if width > 1000 else 1).get_attribute("href"))
    page.locator('form[action="/prevention/new"] button').click()
    page.wait_for_url("**/prevention/*")
    assert_accessible(page)
    page.locator("[name=owner]").select_option("lin")
    page.locator("[name=due]").fill(str(datetime.now(UTC).date() + timedelta(days=9)))
    page.locator("form:has([name=due]) button").click()
    page.wait_for_url("**done=1")
    assert page.locator("[name=owner]").input_value() == "lin"
    page.locator("[name=change]").fill("New picture / 换了新图")
    page.locator("form:has([name=change]) button").click()
    page.wait_for_load_state()
    shown = page.locator("main").inner_text()
    assert "New picture / 换了新图" in shown
    assert unknown in shown
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/prevention")
    assert page.locator("main a[href^='/prevention/']").count() >= 1
    assert_accessible(page)

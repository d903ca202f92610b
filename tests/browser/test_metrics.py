"""The dashboard in a real browser: drawn from its own tables, by keyboard, wide and on a phone, for everyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible


@pytest.mark.parametrize(("width", "language"), [(1280, "en-GB"), (360, "zh-TW")])
def test_the_dashboard_can_be_used_by_everyone(open_page: Callable[..., Any], width: int, language: str) -> None:
    page = open_page(width, language)
    page.goto("/metrics?days=365")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)
    page.goto("/metrics/intervention_rate?days=30&by=reason")
    page.wait_for_selector(".course.is-drawn canvas")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


def test_how_a_metric_is_reckoned_shows_with_the_focus(open_page: Callable[..., Any]) -> None:
    page = open_page(1280, "en-GB")
    page.goto("/metrics?days=365")
    hint = page.locator("#hint-time_to_act")
    assert not hint.is_visible()
    page.focus('[aria-describedby="hint-time_to_act"]')
    assert hint.is_visible()
    assert "cases of these days that were acted on" in hint.inner_text()


def test_a_cell_of_the_heat_table_opens_its_cases(open_page: Callable[..., Any]) -> None:
    page = open_page(1280, "en-GB")
    page.goto("/metrics?days=365")
    cell = page.locator(".heat td a").first
    many = cell.inner_text()
    cell.click()
    page.wait_for_selector(".metric-table")
    assert page.locator(".metric-table tbody tr").count() == int(many)

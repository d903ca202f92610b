"""A new agent practises a round by keyboard, sees the rule behind each answer, and the score by topic at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.accessible import assert_accessible


def as_agent(open_page: Callable[..., Any], width: int, language: str) -> Any:
    """A window with kim, an agent, signed in, on the first page of practice."""
    page = open_page(width, language)
    page.context.clear_cookies()
    page.goto("/sign-in?next=/practice")
    page.fill("[name=name]", "kim")
    page.fill("[name=password]", "kim")
    page.click(".main-button")
    page.wait_for_url("**/practice")
    return page


def begin(page: Any) -> None:
    page.locator("form[action='/practice/new'] button").click()
    page.wait_for_url("**/practice/*")


def answer(page: Any, place: int) -> None:
    """Will choose the first of each question by its digit, and send them with Enter."""
    many = page.locator(".practice-ask").count()
    for _ in range(many):
        page.keyboard.press("1")
    assert page.locator(".practice-ask input:checked").count() == many
    page.keyboard.press("Enter")
    page.wait_for_url(f"**place={place}")


def test_a_new_agent_practises_a_round(open_page: Callable[..., Any]) -> None:
    page = as_agent(open_page, 1280, "en-GB")
    assert "No round yet" in page.locator("main").inner_text()
    begin(page)
    assert_accessible(page)
    for place in range(1, 11):
        assert page.locator("main a[href^='/rules/']").count() == 0
        answer(page, place)
        rule = page.locator("main a[href^='/rules/']").first.get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "place" not in address)
    assert page.locator(".practice-scores meter").count() >= 3
    assert_accessible(page)
    assert page.request.get(rule).status == 200

    small = as_agent(open_page, 360, "zh-CN")
    assert small.locator(".practice-rounds a").count() == 1
    begin(small)
    answer(small, 1)
    assert_accessible(small)
    assert small.evaluate("document.documentElement.scrollWidth") <= 360

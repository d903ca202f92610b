"""Disputes in a real browser: found, answered, accepted, appealed, in Chinese and in English, wide and on a phone, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

WORDS = {
    "zh-CN": {
        "given": "已在对方后台提交",
        "answered": "已举证，待裁决",
        "lost": "败诉",
        "won": "胜诉",
        "appealed": "已申诉，待复核",
    },
    "en-GB": {
        "given": "I have given it there",
        "answered": "answered, under review",
        "lost": "lost",
        "won": "won",
        "appealed": "pre-arbitration, to be answered",
    },
}


def opened(page: Any, words: str) -> Any:
    """The part of the case page on the dispute that is found by these words."""
    page.goto(f"/disputes?view=all&words={words}")
    link = page.locator(".dispute-line a").first.get_attribute("href")
    page.goto(link)
    return page.locator(f"#dispute-{re.findall(r'[0-9]+', link)[-1]}")


@pytest.mark.parametrize(("width", "language"), [(1280, "zh-CN"), (1280, "en-GB"), (360, "zh-CN"), (360, "en-GB")])
def test_list_and_pages_fit_and_are_accessible(open_page: Callable[..., Any], width: int, language: str) -> None:
    page = open_page(width, language)
    for place in ("/disputes", "/disputes?view=loose", "/disputes?words=nothing-has-this-number"):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert_accessible(page)
    part = opened(page, "CE-1")
    assert part.locator(".dispute-ce tbody tr").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)


@pytest.mark.parametrize(("width", "language", "order"), [(1280, "zh-CN", "STEP-1"), (360, "en-GB", "WAY-2")])
def test_a_dispute_is_answered_ruled_on_and_appealed(
    open_page: Callable[..., Any], width: int, language: str, order: str
) -> None:
    page, said = open_page(width, language), WORDS[language]
    part = opened(page, order)
    part.locator("textarea[name=letter]").fill("It was delivered on Monday / 周一已签收")
    part.locator('form[action$="/choose"] button').press("Enter")
    page.wait_for_load_state()
    assert "周一已签收" in part.locator(".dispute-preview").inner_text()
    button = part.locator('form[action$="/submit"] button').first
    assert said["given"] in button.inner_text()
    button.press("Enter")
    page.wait_for_load_state()
    assert said["answered"] in part.locator(".dispute-sums").inner_text()
    part.locator('summary:has(+ form[action$="/rule"])').press("Enter")
    part.locator('form[action$="/rule"] select[name=outcome]').select_option("lost")
    part.locator('form[action$="/rule"] button').click()
    page.wait_for_load_state()
    assert said["lost"] in part.locator(".dispute-sums").inner_text()
    part.locator('form[action$="/appeal"] textarea').fill("The signature was overlooked / 忽略了签收凭证")
    part.locator('form[action$="/appeal"] button').click()
    page.wait_for_load_state()
    shown = part.locator(".dispute-sums").inner_text()
    assert said["appealed"] in shown
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(
    ("width", "language", "order", "reason"), [(1280, "en-GB", "WAY-1", "13.1"), (360, "zh-CN", "CE-1", "10.4")]
)
def test_a_charge_back_is_won(
    open_page: Callable[..., Any], width: int, language: str, order: str, reason: str
) -> None:
    page, said = open_page(width, language), WORDS[language]
    part = opened(page, order)
    assert reason in part.inner_text()
    assert (part.locator(".dispute-ce").count() == 1) == (order == "CE-1")
    if part.locator('form[action$="/choose"] button').count():
        part.locator("textarea[name=letter]").fill("Delivered and signed for / 已签收")
        part.locator('form[action$="/choose"] button').click()
        page.wait_for_load_state()
    if part.locator('form[action$="/submit"] button').count():
        part.locator('form[action$="/submit"] button').first.click()
        page.wait_for_load_state()
    part.locator('summary:has(+ form[action$="/rule"])').press("Enter")
    part.locator('form[action$="/rule"] select[name=outcome]').select_option("won")
    part.locator('form[action$="/rule"] button').click()
    page.wait_for_load_state()
    assert said["won"] in part.locator(".dispute-sums").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_was_owed_is_advised_to_be_accepted(open_page: Callable[..., Any]) -> None:
    page = open_page(1280, "zh-CN")
    part = opened(page, "OWED-1")
    assert "接受" in part.locator(".dispute-worth summary").inner_text()
    form = part.locator('form[action$="/accept"]')
    assert form.is_visible()
    form.locator("[name=why]").fill("the refund was due / 本应退款")
    form.locator("button").click()
    page.wait_for_load_state()
    assert part.locator('form[action$="/accept"]').count() == 0
    assert "−€90.00" in part.inner_text() or "-€90.00" in part.inner_text()


def test_a_dispute_of_nobodys_case_is_matched_by_hand(open_page: Callable[..., Any]) -> None:
    page = open_page(1280, "en-GB", complaints_about=("409",))
    page.goto("/disputes?view=loose")
    page.locator(".dispute-line a").first.click()
    page.fill("[name=case]", "no-such-case")
    page.locator('form[action$="/join"] button').click(no_wait_after=True)
    page.wait_for_selector(".verb-fault")
    page.fill("[name=case]", "PAY-0")
    page.locator('form[action$="/join"] button').click()
    page.wait_for_load_state()
    assert page.locator('form[action$="/join"]').count() == 0

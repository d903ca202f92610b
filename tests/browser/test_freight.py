"""A parcel brought back on its way, in a real browser: asked for, the carrier's word kept, the refund gone once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

WORDS = {
    "zh-CN": {"stopped": "拦截成功", "paid": "退款"},
    "en-GB": {"stopped": "stopped", "paid": "refund"},
}


@pytest.mark.parametrize(("width", "language", "order"), [(1280, "en-GB", "STOP-1"), (360, "zh-CN", "STOP-2")])
def test_a_parcel_is_stopped_and_its_refund_goes_by_itself(
    open_page: Callable[..., Any], width: int, language: str, order: str
) -> None:
    page, said = open_page(width, language), WORDS[language]
    page.goto(f"/?words={order}&q={order}")
    page.goto(page.locator(f'a[href^="/cases/"]:has-text("{order}")').first.get_attribute("href"))
    part = page.locator("#freight")
    part.locator('summary:has(+ form[action*="/intercept"])').first.press("Enter")
    part.locator('form[action*="/intercept"] [name=why]').first.fill("refund asked for / 买家申请退款")
    part.locator('form[action*="/intercept"] button').first.press("Enter")
    page.wait_for_load_state()
    assert_accessible(page)
    for move in ("accept", "succeed"):
        part.locator('summary:has(+ form[action*="/intercept-told"])').press("Enter")
        form = part.locator('form[action*="/intercept-told"]')
        form.locator("select[name=move]").select_option(move)
        form.locator("button").press("Enter")
        page.wait_for_load_state()
    shown = part.locator(".tracked-one").first.inner_text().lower()
    assert said["stopped"] in shown
    assert said["paid"] in shown
    assert part.locator('form[action*="/intercept-told"]').count() == 0
    assert "90.00" in page.locator("#pay-out").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == width

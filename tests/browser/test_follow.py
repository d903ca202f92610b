"""A buyer on a phone answers that they were not content; an agent finds it as work, contacts them and marks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import settled


def fits(page: Any, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "language", "order", "contact", "outcome"),
    [
        (360, "zh-CN", "NH20007", "maya.torres@example.com", "已挽回"),
        (1280, "en-GB", "NH20004", "camille.moreau@example.com", "won back"),
    ],
)
def test_from_the_answer_to_the_second_contact(
    chromium: Any,
    site: str,
    open_page: Callable[..., Any],
    width: int,
    language: str,
    order: str,
    contact: str,
    outcome: str,
) -> None:
    phone = chromium.new_context(base_url=site, viewport={"width": 360, "height": 740}, locale=language, has_touch=True)
    buyer = settled(phone.new_page())
    buyer.goto("/s/Nordhus")
    buyer.fill("#number", order)
    buyer.fill("#contact", contact)
    buyer.click("form.card .main")
    buyer.click(f".requests a:has-text('R-{order}-1')")
    buyer.click("a[href$='/survey']")
    assert buyer.locator("[name=score]").count() == 5
    fits(buyer, 360)
    assert_accessible(buyer)
    buyer.check("[name=score][value='1']")
    buyer.fill("#remark", "Nobody answered for a week. / 一周没人回复。")
    buyer.click("form.card .main")
    buyer.wait_for_url("**done=1")
    assert buyer.locator(".done[role=status]").count() == 1
    assert buyer.locator("[name=score][value='1']").is_checked()
    phone.close()

    page = open_page(width, language)
    page.goto("/follow-up")
    assert "Nobody answered for a week." in page.locator("main").inner_text()
    fits(page, width)
    assert_accessible(page)
    page.click(f"main a:has-text('R-{order}-1')")
    page.select_option("[name=owner]", "lin")
    page.click("form:has([name=owner]) button")
    page.wait_for_url("**done=1")
    assert_accessible(page)
    page.select_option("[name=outcome]", "recovered")
    page.fill("[name=note]", "Rang her, said sorry, refunded the shipping.")
    page.click("form:has([name=note]) button")
    page.wait_for_load_state()
    assert page.locator("form:has([name=note])").count() == 0
    fits(page, width)
    page.goto("/follow-up")
    assert outcome in page.locator("main").inner_text()
    assert page.locator("article").count() == 0 or order not in page.locator("article").first.inner_text()

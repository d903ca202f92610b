"""A manager rehearses a draft, sees the money, lets it run in the shadow, sees a new case differ, and goes live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.accessible import assert_accessible

Open = Callable[..., Any]
TEXT = "#policy-text"
KINDER = "    then: {outcome: accept, handling: auto}\n"
WITH_COUPON = '    then: {outcome: accept, handling: review, compensation: {amount: "5 EUR"}}\n'


def draft(page: Any) -> str:
    """A policy that gives five euros on top, and has a person look; its address."""
    page.goto("/settings/policies")
    page.fill("[name=name]", "kinder")
    page.click("main .main-button")
    page.wait_for_selector(TEXT)
    address = str(page.url)
    page.fill(TEXT, page.input_value(TEXT).replace(KINDER, WITH_COUPON))
    page.click("button[value=save]")
    page.wait_for_url("**done=save")
    return address


def a_case_comes_in(page: Any) -> None:
    page.goto("/cases/new?shop=acme&order=NEW-7")
    page.locator("[name=line_title]").first.fill("Kettle")
    page.locator("[name=line_paid]").first.fill("80.00")
    page.fill("[name=captured]", "80.00")
    page.fill("[name=bought]", "2026-11-18")
    page.fill("[name=delivered]", "2026-11-20")
    page.select_option("[name=kind]", "return_refund")
    page.select_option("[name=reason]", "changed_mind")
    page.click(".new-case[method=post] .main-button")
    page.wait_for_url("**/cases/*")


def test_a_manager_rehearses_sees_the_money_goes_shadow_and_goes_live(open_page: Open) -> None:
    page = open_page(1280, "zh-CN")
    policy = draft(page)
    page.click("text=用历史售后单试算")
    page.click("text=开始试算")
    page.wait_for_selector(".rehearsed-matrix")
    assert "合计多退 €" in page.inner_text("main")
    assert page.locator(".rehearsed-cases a[href^='/cases/']").count() > 0
    assert_accessible(page)
    page.click("text=开始影子运行")
    page.wait_for_url("**/shadow")
    assert "还没有新的判定" in page.inner_text("main")
    assert_accessible(page)
    a_case_comes_in(page)
    case = page.url.rsplit("/", 1)[1]
    for _ in range(50):
        page.goto(f"{policy}/shadow")
        if page.locator(f".rehearsed-cases a[href='/cases/{case}']").count():
            break
        page.wait_for_timeout(200)
    assert page.locator(".rehearsed-cases li").count() == 1
    assert "€5.00" in page.inner_text(".rehearsed-cases")
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("text=发布这一版")
    page.wait_for_url("**done=publish")
    assert "生效" in page.inner_text("h1")
    page.goto(f"{policy}/shadow")
    assert "已作为第 3 版发布" in page.inner_text("main")

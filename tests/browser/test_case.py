"""A case worked on in a browser: a lead approves above a limit, a refusal that a rule forbids, verbs by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

Open = Callable[..., Any]
WORDS = {
    "en-US": {"ask": "Ask a Team lead", "yes": "Say yes", "done": "Done: Say yes", "blocked": "This cannot be refused"},
    "zh-CN": {"ask": "请客服主管审批", "yes": "批准", "done": "已完成：批准", "blocked": "不能拒绝"},
}


def as_person(page: Any, name: str) -> None:
    """Signs someone else in, in the same window."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", name)
    page.click(".main-button")
    page.wait_for_selector(".listing")


def open_case(page: Any, order: str) -> str:
    """Opens the case of an order and gives its address."""
    page.goto(f"/?q={order}")
    address = str(page.locator("a.line").first.get_attribute("href")).split("?")[0]
    page.goto(address)
    return address


@pytest.mark.parametrize(("language", "order"), [("en-US", "ASK-1"), ("zh-CN", "ASK-2")])
@pytest.mark.parametrize("width", [1280])
def test_a_lead_approves_above_a_limit(open_page: Open, language: str, order: str, width: int) -> None:
    words, page = WORDS[language], open_page(width, language)
    as_person(page, "an")
    address = open_case(page, order)
    page.keyboard.press("a")
    page.locator("#approve").wait_for(state="visible")
    assert words["ask"] in page.locator("#approve .verb-go").inner_text()
    assert_accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**done=approve*")
    assert page.locator(".acts a[href='#yes']").count() == 0
    as_person(page, "mei")
    page.goto("/approvals")
    assert_accessible(page)
    asked = page.locator(f"article:has(a[href='{address}'])")
    assert "90.00" in asked.inner_text()
    asked.get_by_role("button", name=words["yes"]).click()
    page.wait_for_selector(".done")
    assert words["done"] in page.inner_text(".done")
    page.goto(address)
    assert page.locator(".pay-step").count() == 1


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_refused_refusal(open_page: Open, language: str, width: int) -> None:
    page = open_page(width, language)
    as_person(page, "an")
    open_case(page, "BACK-1")
    page.locator(".acts a[href='#refuse']").click()
    form = page.locator("#refuse")
    form.wait_for(state="visible")
    assert WORDS[language]["blocked"] in form.inner_text()
    assert form.locator("a[href='/rules/eu.withdrawal']").count() >= 1
    assert form.locator("select[name=reason]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.keyboard.press("Escape")
    form.wait_for(state="hidden")


def test_the_forms_open_by_their_keys_and_shut_by_escape(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    open_case(page, "BACK-1")
    for key, verb in (("r", "refuse"), ("o", "offer"), ("e", "ask"), ("a", "approve")):
        page.keyboard.press(key)
        page.locator(f"#{verb}").wait_for(state="visible")
        assert page.evaluate(f"document.getElementById('{verb}').contains(document.activeElement)")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Escape")
        page.locator(f"#{verb}").wait_for(state="hidden")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "note"


def test_a_key_counts_from_the_first_moment_of_a_page(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    address = open_case(page, "BACK-1")
    page.evaluate("performance.now = () => 5")
    page.keyboard.press("r")
    page.locator("#refuse").wait_for(state="visible")
    assert address in page.url


def test_a_press_is_taken_back_while_the_seconds_run(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    open_case(page, "UNDO-1")
    page.keyboard.press("a")
    page.locator("#approve").wait_for(state="visible")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=approve*")
    page.keyboard.press("u")
    page.wait_for_url("**done=undo*")
    assert "To be answered" in page.inner_text(".headline")


def test_a_verb_works_without_scripts(chromium: Any, site: str) -> None:
    window = chromium.new_context(base_url=site, java_script_enabled=False, locale="en-US")
    page = window.new_page()
    page.goto("/sign-in")
    page.fill("[name=name]", "lin")
    page.fill("[name=password]", "lin")
    page.click(".main-button")
    open_case(page, "BACK-1")
    page.locator(".acts a[href='#offer']").click()
    page.locator("#offer input[name=amount]").fill("much")
    page.locator("#offer .main-button").click()
    assert page.locator("#offer .field-fault").is_visible()
    assert page.locator("#offer input[name=amount]").input_value() == "much"
    window.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["/cases/new?shop=acme&order=NEW-1", "/before-you-leave", "/approvals"])
def test_the_pages_around_a_case_can_be_used_by_everyone(open_page: Open, width: int, address: str) -> None:
    page = open_page(width, "zh-CN")
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_every_form_of_the_bar_can_be_used_by_everyone(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    address = open_case(page, "BACK-1")
    verbs = page.eval_on_selector_all(".verb", "forms => forms.map((form) => form.id)")
    assert len(verbs) > 6
    for verb in verbs:
        page.goto(f"{address}#{verb}")
        page.locator(f"#{verb}").wait_for(state="visible")
        assert_accessible(page)
        page.goto("about:blank")

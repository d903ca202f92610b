"""The settings as a manager uses them: a policy that fails the check, is mended, published and rolled back; all pages for everyone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

Open = Callable[..., Any]
TEXT = "#policy-text"
PAGES = (
    "/settings/policies",
    "/settings/shops",
    "/settings/shops/1",
    "/settings/messages",
    "/settings/messages/approved",
    "/settings/calendars",
    "/settings/calendars/new",
)


def begin(page: Any, name: str) -> None:
    page.goto("/settings/policies")
    page.fill("[name=name]", name)
    page.click("main .main-button")
    page.wait_for_selector(TEXT)


def put_caret_after(page: Any, words: str) -> None:
    page.evaluate(
        """words => { const area = document.querySelector("#policy-text"), at = area.value.indexOf(words) + words.length;
                      area.focus(); area.setSelectionRange(at, at); }""",
        words,
    )


def choices(page: Any) -> list[str]:
    page.wait_for_selector("#policy-choices:not([hidden])")
    return list(page.eval_on_selector_all("#policy-choices b", "words => words.map(word => word.textContent)"))


def test_a_manager_sees_the_check_fail_mends_it_publishes_and_rolls_back(open_page: Open) -> None:
    page = open_page(language="en-US", complaints_about=("409",))
    begin(page, "winter-sale")
    page.fill(
        TEXT, page.input_value(TEXT).replace("rules:\n", "rules:\n  - id: no-returns\n    then: {outcome: refuse}\n\n")
    )
    page.click("button[value=check]")
    page.wait_for_selector(".finding", timeout=60_000)
    finding = page.locator(".finding").first
    assert "contradicts law or platform" in finding.inner_text()
    assert "Counter-example: a case like this" in finding.inner_text()
    with page.expect_download() as file:
        finding.locator("text=Download the case file").click()
    assert json.loads(Path(file.value.path()).read_text(encoding="utf-8"))["schema"] == "amends.case/1"

    page.click("button[value=publish]")
    page.wait_for_selector("[role=alert]")
    assert "The check found errors" in page.inner_text("[role=alert]")

    page.fill(TEXT, page.input_value(TEXT).replace("  - id: no-returns\n    then: {outcome: refuse}\n\n", ""))
    page.fill("[name=note]", "back to what the law allows")
    page.click("button[value=publish]")
    page.wait_for_url("**done=publish")
    assert "live: version 2" in page.inner_text("h1")

    page.fill(TEXT, page.input_value(TEXT).replace("handling: auto", "handling: review"))
    page.fill("[name=note]", "look at each")
    page.click("button[value=publish]")
    page.wait_for_url("**done=publish")
    page.click("text=Versions")
    page.click("text=Version 3")
    assert "review" in page.inner_text(".diff-new")
    page.click(".bar-more summary")
    page.click(".bar-menu >> text=Settings")
    page.click("text=winter-sale")
    page.click("text=Versions")
    page.click("text=Version 2")
    page.click("text=Go back to this version")
    page.wait_for_url("**done=publish")
    assert "live: version 4" in page.inner_text("h1")
    assert "handling: auto" in page.input_value(TEXT)


def test_the_editor_completes_and_marks_faults_by_keyboard(open_page: Open) -> None:
    page = open_page(language="zh-CN")
    begin(page, "by-keyboard")
    put_caret_after(page, "  - id: entitled\n    when: {entitled: true")
    page.keyboard.type(", days_since_d")
    assert choices(page)[0] == "days_since_delivery"
    page.keyboard.press("Enter")
    page.keyboard.type("{")
    page.keyboard.press("Control+Space")
    assert choices(page)[:2] == ["at_least", "at_most"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("7}, reason: [")
    page.keyboard.press("Control+Space")
    assert "quality" in choices(page)
    page.keyboard.press("Escape")
    assert page.locator("#policy-choices").is_hidden()
    page.keyboard.type("qualiti]")
    page.wait_for_selector(".lint >> text=did you mean quality?")
    assert page.locator(".editor-lines .is-bad").count() == 1
    page.locator(".lint-line").press("Enter")
    assert page.evaluate("document.activeElement.id") == "policy-text"
    assert "qualiti" in page.evaluate(
        "(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.activeElement)"
    )
    page.fill(TEXT, page.input_value(TEXT).replace("qualiti", "quality"))
    page.wait_for_selector(".lint-clean")
    page.click("button[value=save]")
    page.wait_for_url("**done=save")


def test_a_text_that_was_not_saved_is_not_left_by_mistake(open_page: Open) -> None:
    page = open_page(language="en-US")
    begin(page, "unsaved")
    put_caret_after(page, "policy: unsaved\n")
    page.keyboard.type("# mine\n")
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto("/settings/policies")
    assert asked == ["beforeunload"]


def test_a_calendar_tells_what_it_means_while_it_is_typed(open_page: Open) -> None:
    page = open_page(language="en-US")
    page.goto("/settings/calendars/new")
    page.fill("[name=name]", "Office")
    page.fill("[name=week_wed]", "14:00-18:00")
    page.wait_for_selector("text=opens next: 2026-11-25 Wed 14:00")
    page.fill("[name=week_thu]", "nine")
    page.wait_for_selector("#calendar-preview .fault")
    assert "Thu:" in page.inner_text("#calendar-preview")
    page.fill("[name=week_thu]", "")
    page.wait_for_selector("#calendar-preview svg")
    page.press("[name=name]", "Enter")
    page.wait_for_url("**done=save")
    assert page.input_value("[name=week_wed]") == "14:00–18:00"


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en-US"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_settings_scrolls_sideways(open_page: Open, width: int, language: str) -> None:
    page = open_page(width, language)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_of_the_settings_can_be_used_by_everyone(open_page: Open, address: str) -> None:
    page = open_page(360, "zh-CN")
    page.goto(address)
    assert_accessible(page)


def test_the_editor_with_its_findings_can_be_used_by_everyone(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    begin(page, "for-everyone")
    page.fill(TEXT, "policy: for-everyone\nrules:\n  - id: never\n    then: {outcome: refuse}\n")
    page.wait_for_timeout(600)
    page.click("button[value=check]")
    page.wait_for_selector(".finding", timeout=60_000)
    page.click("button[value=rehearse]")
    page.wait_for_selector("#policy-rehearsal section")
    assert_accessible(page)
    put_caret_after(page, "policy: for-everyone\n")
    page.keyboard.press("Control+Space")
    choices(page)
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.click("button[value=save]")
    page.wait_for_url("**done=save")
    page.click("text=Versions")
    page.click("text=Version 2")
    assert_accessible(page)

"""The work list as an agent uses it all day: by keyboard, many at once, searching as one types; in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

Open = Callable[..., Any]
WIDE = 1680
DONE = {"en-US": ("Approved", "Sent for approval"), "zh-CN": ("已同意", "已提交审批")}
CANNOT = ("409",)
"""A yes that is not possible is answered 409, which the browser notes."""


def chosen(page: Any) -> str:
    """The number of the line that is chosen."""
    return str(page.locator("li:has(.line.is-on)").get_attribute("data-number"))


def choose_next(page: Any) -> str:
    """J, and wait until the drawer shows the line that is chosen now."""
    page.keyboard.press("j")
    page.wait_for_selector(f'.peek[data-number="{chosen(page)}"]')
    return chosen(page)


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_an_agent_clears_twenty_mixed_cases_by_keyboard(open_page: Open, language: str) -> None:
    page = open_page(WIDE, language, complaints_about=CANNOT)
    page.goto("/?sort=newest" if language == "en-US" else "/?sort=amount")
    seen, approved, refused, taken = set(), 0, 0, 0
    number = choose_next(page)
    for _ in range(20):
        seen.add(number)
        if page.locator('.peek [data-press="a"]').count() and approved < 8:
            page.evaluate("document.getElementById('toasts').replaceChildren()")
            page.keyboard.press("a")
            deed = page.wait_for_selector(".deed")
            if "deed-fault" not in deed.get_attribute("class"):
                assert any(word in deed.inner_text() for word in DONE[language])
                approved += 1
                page.wait_for_selector(f'.peek:not([data-number="{number}"])')
                page.wait_for_selector(f"#case-{number}.is-done")
                number = chosen(page)
                page.wait_for_selector(f'.peek[data-number="{number}"]')
                continue
        elif refused < 2:
            page.keyboard.press("r")
            page.wait_for_url("**/cases/*#refuse")
            assert f"/cases/{number}" in page.url
            page.go_back()
            page.wait_for_selector(".listing")
            while choose_next(page) != number:
                pass
            refused += 1
        else:
            page.keyboard.press("t")
            page.wait_for_selector(f'#case-{number} .chip-person:has-text("lin")')
            taken += 1
        number = choose_next(page)
    assert len(seen) == 20
    assert approved
    assert taken


def test_a_yes_can_be_taken_back_by_key(open_page: Open) -> None:
    page = open_page(WIDE, "en-US", complaints_about=CANNOT)
    page.goto("/?view=auto")
    number = choose_next(page)
    while not page.locator('.peek [data-press="a"]').count():
        number = choose_next(page)
    page.keyboard.press("a")
    page.wait_for_selector('.deed:has-text("Approved")')
    page.keyboard.press("u")
    page.wait_for_selector('.deed:has-text("Taken back")')
    page.locator(f"#case-{number}.is-done").wait_for(state="detached")


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_a_bulk_approval_with_failures(open_page: Open, language: str) -> None:
    page = open_page(1280, language)
    page.goto("/?view=open")
    page.keyboard.press("j")
    page.keyboard.press("x")
    boxes = page.locator("#lines .tick input")
    boxes.nth(11).click(modifiers=["Shift"])
    assert page.locator("#lines .tick input:checked").count() == 12
    page.click('#bulk button[value="approve"]')
    page.wait_for_selector(".bulk-sums")
    sums = {
        one.get_attribute("class").split("-")[-1]: one.locator("b").inner_text()
        for one in page.locator(".bulk-sum").all()
    }
    assert sum(int(many) for many in sums.values()) == 12
    assert int(sums["blocked"]) > 0
    assert_accessible(page)
    forms = page.locator("form[data-batch]:has(button)")
    if forms.count():
        forms.first.locator("button").first.click()
        page.wait_for_selector("#bulk-after:not([hidden])")
        assert page.locator(".bulk-row[data-outcome]").count() > 0
        assert page.inner_text("#bulk-result")


def test_searching_as_one_types_keeps_the_field_and_the_address(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    page.keyboard.press("/")
    page.keyboard.type("XY-XIA", delay=20)
    page.wait_for_url("**q=XY-XIA*")
    page.wait_for_selector('.total:has-text("21 cases")')
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("End")
    page.keyboard.type("zzz")
    page.wait_for_selector(".empty")
    assert "closed ones" in page.inner_text(".empty")


def test_a_view_is_saved_and_deleted(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    page.goto("/?platform=taobao")
    page.click(".save-view summary")
    page.fill(".save-view [name=name]", "Shrimps")
    page.click(".save-view button")
    page.wait_for_selector('.own-views a:has-text("Shrimps")')
    page.goto("/list/views")
    assert_accessible(page)
    page.click(".own-row form[action$=forget] button")
    page.wait_for_selector(".own-page .empty")


@pytest.mark.parametrize(("width", "language"), [(WIDE, "en-US"), (360, "zh-CN"), (360, "zh-TW")])
def test_the_list_can_be_used_by_everyone(open_page: Open, width: int, language: str) -> None:
    page = open_page(width, language)
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.wait_for_selector(".peek")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_change_by_another_shows_without_moving_the_reader(open_page: Open) -> None:
    first, second = open_page(WIDE, "en-US"), open_page(WIDE, "en-US")
    number = choose_next(first)
    second.goto("/")
    while choose_next(second) != number:
        pass
    second.keyboard.press("t")
    second.wait_for_selector(".deed")
    first.locator(f"#case-{number}.is-changed").wait_for(timeout=15_000)
    assert chosen(first) == number

"""Every page can be used by everyone: WCAG 2.2 AA in both looks, focus that is seen, paper that can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

Open = Callable[..., Any]
ADDRESSES = [
    "/",
    "/?view=closed",
    "/?q=nothing-like-this",
    "/cases/1",
    "/cases/2",
    "/cases/3",
    "/approvals",
    "/money",
    "/people",
    "/me",
    "/merchants",
    "/audit",
    "/me",
    "/people",
    "/merchants",
    "/audit",
    "/rules",
    "/rules/cn.no_reason_return",
    "/rules/nothing-like-this",
    "/nowhere",
]


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_can_be_used_by_everyone(open_page: Open, width: int) -> None:
    page = open_page(width, "zh-CN", complaints_about=("404",))
    for address in ADDRESSES:
        page.goto(address)
        assert_accessible(page)
    page.goto("/?q=PAY-")
    paid_out = [link.get_attribute("href") for link in page.locator("a.line").all()]
    assert len(paid_out) == 6
    for address in paid_out:
        page.goto(address)
        page.evaluate("for (const fold of document.querySelectorAll('#pay-out details')) fold.open = true")
        assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["policies", "calendars", "messages", "shops"])
def test_every_page_of_the_settings_can_be_used_by_everyone(open_page: Open, address: str, width: int) -> None:
    page = open_page(width, "zh-TW")
    page.goto(f"/settings/{address}")
    assert_accessible(page)
    beyond = page.locator(f"main a[href^='/settings/{address}/']").evaluate_all("links => links.map(link => link.href)")
    for onward in beyond[:2]:
        page.goto(onward)
        assert_accessible(page)


@pytest.mark.parametrize("language", ["en-US", "zh-TW"])
def test_what_opens_can_be_used_by_everyone(open_page: Open, language: str) -> None:
    page = open_page(1680, language)
    page.locator(".line").nth(2).click()
    page.wait_for_selector(".peek")
    page.click(".filter-fold summary")
    page.click(".language summary")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert_accessible(page)
    page.goto("/cases/1")
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    assert_accessible(page)


def test_signing_in_can_be_used_by_everyone(chromium: Any, site: str) -> None:
    window = chromium.new_context(base_url=site, locale="en-US")
    page = window.new_page()
    page.goto("/sign-in")
    assert_accessible(page)
    page.fill("[name=name]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click(".main-button")
    page.wait_for_selector("[role=alert]")
    assert_accessible(page)
    window.close()


@pytest.mark.parametrize("address", ["/", "/cases/1"])
@pytest.mark.parametrize("width", [1280, 360])
def test_what_has_the_focus_is_never_hidden(open_page: Open, address: str, width: int) -> None:
    page = open_page(width, "en-US")
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    hidden = []
    for key in ["Tab"] * 25 + ["Shift+Tab"] * 25:
        page.keyboard.press(key)
        hidden += page.evaluate("""async () => {
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          const it = document.activeElement, box = it.getClientRects()[0];
          if (it === document.body || !box?.width) return [];
          const within = (from, size, most) => (Math.max(from, 0) + Math.min(from + size, most)) / 2;
          const [x, y] = [within(box.x, box.width, innerWidth), within(box.y, box.height, innerHeight)];
          const seen = document.elementFromPoint(x, y);
          return seen && (it.contains(seen) || seen.contains(it)) ? [] : [`${it.outerHTML.slice(0, 80)} at ${x}, ${y}`];
        }""")
    assert hidden == []


def test_the_look_is_chosen_and_stays(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    assert light != dark
    page.click(".language summary")
    page.click("text=Light")
    assert page.evaluate(ground) == light
    page.goto("/cases/1")
    assert page.evaluate(ground) == light
    page.click(".language summary")
    page.locator("button[value=dark]").click()
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == dark
    page.click(".language summary")
    page.locator("button[value=auto]").click()
    assert page.evaluate(ground) == light


@pytest.mark.parametrize("address", ["/", "/cases/1"])
def test_paper_is_light_and_holds_what_can_be_read_alone(open_page: Open, address: str) -> None:
    page = open_page(1280, "en-US")
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')").strip() == "#1b2326"
    assert page.locator("button:visible, .bar:visible, .views:visible, input:visible").count() == 0
    assert page.locator("h1:visible").count() == 1
    assert page.locator(".explanation details:not([open])").count() == 0


def test_what_takes_long_says_so(open_page: Open) -> None:
    page = open_page(1680, "en-US")
    waited: list[Any] = []
    page.route("**/peek*", lambda route: waited.append(route))
    page.locator(".line").nth(2).click()
    page.locator("#progress").wait_for(state="visible", timeout=2000)
    assert page.locator("#drawer").get_attribute("aria-busy") == "true"
    waited.pop().continue_()
    page.wait_for_selector(".peek")
    page.locator("#progress").wait_for(state="hidden")
    assert page.locator("#drawer").get_attribute("aria-busy") is None


def test_a_form_that_takes_long_cannot_be_sent_twice(open_page: Open) -> None:
    page = open_page(1280, "en-US")
    page.goto("/money")
    page.evaluate("""() => {
      const form = document.createElement("form");
      form.className = "takes-long";
      form.method = "post";
      form.action = "/slow";
      form.innerHTML = "<button>Take in</button>";
      document.querySelector("main").append(form);
    }""")
    page.route("**/slow", lambda route: route.fulfill(status=204))
    page.locator("form.takes-long button").click()
    page.locator("form.takes-long[aria-busy=true] button:disabled").wait_for()
    assert page.locator("form.takes-long [role=status]").inner_text() == "Working; this may take a while…"
    assert page.locator("#progress").is_visible()

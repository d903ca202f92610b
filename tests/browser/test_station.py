"""The station in a browser, wide and on a phone, in Chinese and English: scanned, received, inspected, objected to, looked at again."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import come_in

SHOTS = os.environ.get("AMENDS_SHOTS", "")
Open = Callable[..., Any]


def shot(page: Any, name: str) -> None:
    """Keep a picture of the page, where someone asked for it."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def photo(folder: Path, name: str = "found.jpg") -> Path:
    place = folder / name
    memory = io.BytesIO()
    Image.effect_noise((640, 480), len(name) * 9 + 20).convert("RGB").save(memory, "JPEG")
    place.write_bytes(memory.getvalue())
    return place


@pytest.fixture
def person(chromium: Any, site: str, keys: dict[str, list[Any]]) -> Iterator[Open]:
    """Opens a window in which someone of the warehouse is signed in; none may have complained at the end."""
    windows: list[Any] = []
    complaints: list[str] = []

    def opened(name: str, width: int = 1280, language: str = "en-GB", *, expects: tuple[str, ...] = ()) -> Any:
        window = chromium.new_context(
            base_url=site, viewport={"width": width, "height": 900 if width > 500 else 780}, locale=language
        )
        windows.append(window)
        page = window.new_page()

        def heard(told: Any) -> None:
            if told.type in ("error", "warning") and not any(one in told.text for one in expects):
                complaints.append(told.text)

        page.on("console", heard)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        come_in(page, name, keys)
        return page

    yield opened
    for window in windows:
        window.close()
    assert complaints == []


def fits(page: Any, width: int) -> None:
    """Nothing sticks out to the side, what is touched is large enough, and everyone can use it."""
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main .field, main .station-choice, main .station-row, main summary")]
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    )
    assert small == []
    page.evaluate("scrollTo(0, 0)")
    assert_accessible(page)


def scan(page: Any, number: str) -> None:
    page.goto("/station")
    assert page.evaluate("document.activeElement.id") == "scan"
    page.keyboard.type(number)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "language", "order"), [(1280, "en-GB", "DRESS-1"), (360, "zh-CN", "DRESS-2")])
def test_a_worn_dress_is_scanned_received_and_inspected(
    person: Open, tmp_path: Path, width: int, language: str, order: str
) -> None:
    page = person("wu", width, language)
    scan(page, f"WB-{order}")
    page.wait_for_url("**/station/cases/*")
    fits(page, width)
    shot(page, f"receive-{width}-{language}")
    page.fill("[name=grams]", "410")
    page.fill("[name=place]", "A-3")
    page.click("details[open] .main-button")
    page.wait_for_url("**done=receive**")
    page.locator('[name="grade-0"][value=C]').check()
    page.locator('[name="state-0"][value=used]').check()
    page.locator('.station-count[data-kind="defective"] [data-step="1"]').click()
    page.fill('[name="note-0"]', "worn, make-up at the collar")
    page.set_input_files("#inspect input[type=file]", photo(tmp_path))
    page.locator("#weighed .rule-id").first.wait_for()
    assert "32.00" in page.locator("#weighed").inner_text()
    fits(page, width)
    shot(page, f"inspect-{width}-{language}")
    page.click("#inspect .main-button")
    page.wait_for_url("**done=inspect**")
    fits(page, width)
    shot(page, f"inspected-{width}-{language}")
    page.locator('.station-count:has([name="refurbish-0"]) [data-step="1"]').click()
    page.click("#place .main-button")
    page.wait_for_url("**/station?done=dispose")
    fits(page, width)
    shot(page, f"board-{width}-{language}")


def test_keys_alone_inspect_and_nothing_typed_is_lost_without_a_connection(person: Open) -> None:
    page = person("wu", expects=("ERR_INTERNET_DISCONNECTED", "Failed to fetch"))
    scan(page, "WB-PHONE-1")
    page.wait_for_url("**/station/cases/*")
    page.click("details[open] .main-button")
    page.wait_for_url("**done=receive**")
    page.locator('[name="grade-0"][value=A]').focus()
    page.keyboard.press("2")
    page.locator('[name="grade-0"][value=B]:checked').wait_for()
    page.fill('[name="serials-0"]', "SN999")
    assert page.get_attribute('[name="serials-0"]', "aria-invalid") == "true"
    page.context.set_offline(True)
    page.click("#inspect .main-button")
    page.wait_for_selector("[data-trouble]:not([hidden])")
    assert page.input_value('[name="serials-0"]') == "SN999"
    page.context.set_offline(False)
    page.reload()
    assert page.input_value('[name="serials-0"]') == "SN999"


def test_a_serial_that_was_not_sold_is_caught(person: Open) -> None:
    page = person("wu", expects=("409",))
    scan(page, "PHONE-1")
    page.wait_for_url("**/station/cases/*")
    page.fill('[name="serials-0"]', "SN999")
    page.click("#inspect .main-button")
    page.wait_for_selector("[data-trouble]:not([hidden])")
    assert "SN999" in page.locator("[data-trouble]").inner_text()
    shot(page, "swapped-1280-en-GB")


def test_an_empty_parcel_is_told_by_its_weight(person: Open) -> None:
    page = person("wu", 360, "zh-CN")
    scan(page, "WB-EMPTY-1")
    page.wait_for_url("**/station/cases/*")
    page.fill("[name=grams]", "60")
    page.click("details[open] .main-button")
    page.wait_for_url("**done=receive**")
    assert "空包" in page.locator(".setup-bad:not([data-trouble])").first.inner_text()
    assert page.input_value('[name="missing-0"]') == "1"
    fits(page, 360)
    shot(page, "empty-360-zh-CN")


@pytest.mark.parametrize(("width", "language"), [(1280, "zh-CN"), (360, "en-GB")])
def test_an_unannounced_parcel_is_kept_labelled_and_matched(
    person: Open, tmp_path: Path, width: int, language: str
) -> None:
    page = person("li", width, language)
    scan(page, f"ZZ9{width}77")
    page.wait_for_selector('[data-tone="bad"]')
    shot(page, f"nothing-{width}-{language}")
    page.click('a[href^="/station/keep?"]')
    assert page.input_value("[name=waybill]") == f"ZZ9{width}77"
    fits(page, width)
    page.select_option("[name=shop]", "acme")
    page.fill("[name=name]", f"zoe lost{width}")
    page.fill("[name=grams]", "440")
    page.set_input_files("input[type=file]", photo(tmp_path, f"box{width}.jpg"))
    shot(page, f"keep-{width}-{language}")
    page.click("form[data-keep] .main-button")
    page.wait_for_url("**done=keep**")
    page.click('a[href$="/label"]')
    page.wait_for_selector(".label-code svg")
    shot(page, f"label-{width}-{language}")
    page.go_back()
    page.locator('a[href^="/station/parcels/"]').first.wait_for()
    page.goto("/station")
    page.locator('a.station-row[href^="/station/parcels/"]').first.click()
    page.wait_for_selector(".station-suggestion")
    assert f"LOST-{width}" in page.locator(".station-suggestion").first.inner_text()
    fits(page, width)
    shot(page, f"match-{width}-{language}")
    page.locator(".station-suggestion .main-button").first.click()
    page.wait_for_url("**done=match**")
    fits(page, width)


def test_a_buyer_objects_and_another_person_looks_again(person: Open, tmp_path: Path) -> None:
    wu = person("wu", 360, "en-GB")
    scan(wu, "NH20006")
    wu.wait_for_url("**/station/cases/*")
    case = wu.url.split("?")[0]
    wu.click("details[open] .main-button")
    wu.wait_for_url("**done=receive**")
    wu.locator('[name="grade-0"][value=C]').check()
    wu.locator('.station-count[data-kind="defective"] [data-step="1"]').click()
    wu.fill('[name="note-0"]', "scratches on the leather")
    wu.set_input_files("#inspect input[type=file]", photo(tmp_path))
    wu.click("#inspect .main-button")
    wu.wait_for_url("**done=inspect**")
    buyer = wu.context.browser.new_context(
        base_url=wu.url.split("/station")[0], viewport={"width": 360, "height": 780}, locale="en-GB"
    )
    page = buyer.new_page()
    page.goto("/s/Nordhus")
    page.fill("#number", "NH20006")
    page.fill("#contact", "mia.krueger@example.com")
    page.click("form.card .main")
    page.wait_for_url("**/order")
    page.locator('a[href*="/case/"]').first.click()
    page.wait_for_selector("#inspection")
    shot(page, "buyer-360-en-GB")
    shown = page.locator("#inspection img")
    shown.scroll_into_view_if_needed()
    assert page.request.get(shown.get_attribute("src")).status == 200
    page.click("#inspection details:has(#objection) summary")
    page.fill("#objection", "It came like that.")
    page.click("#inspection .main")
    page.wait_for_url("**object=1**")
    shot(page, "objected-360-en-GB")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    buyer.close()
    wu.goto(case)
    assert wu.locator("#inspect").count() == 0
    li = person("li", 1280, "zh-CN")
    li.goto("/station")
    shot(li, "board-again-1280-zh-CN")
    li.goto(case)
    li.wait_for_selector("#inspect")
    fits(li, 1280)
    shot(li, "second-look-1280-zh-CN")
    li.fill('[name="note-0"]', "only as tried on")
    li.locator('[name="grade-0"][value=B]').check()
    li.click("#inspect .main-button")
    li.wait_for_url("**done=inspect**")
    assert li.locator("#inspect").count() == 0


def test_who_leads_sees_how_long_a_parcel_takes(open_page: Open) -> None:
    page = open_page(1280, "zh-CN")
    page.goto("/station")
    assert page.locator(".station-columns table").count() == 1
    shot(page, "board-lead-1280-zh-CN")

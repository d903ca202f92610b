"""A buyer on a phone, 360 px wide: asking, answering an offer, sending a waybill, withdrawing under the Union's law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import settled
from tests.portal_house import picture

Phone = Callable[..., Any]


@pytest.fixture
def phone(chromium: Any, site: str) -> Iterator[Phone]:
    """Opens a window of a phone's width in a language; at the end no window may have complained."""
    windows: list[Any] = []
    complaints: list[str] = []

    def opened(language: str = "en-US", *, width: int = 360, script: bool = True) -> Any:
        window = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 740},
            locale=language,
            has_touch=True,
            java_script_enabled=script,
        )
        windows.append(window)
        page = settled(window.new_page())
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        return page

    yield opened
    for window in windows:
        window.close()
    assert complaints == []


def find(page: Any, number: str, contact: str) -> None:
    page.goto("/s/Nordhus")
    page.fill("#number", number)
    page.fill("#contact", contact)
    page.click("form.card .main")
    page.wait_for_url("**/order")


def fits(page: Any) -> None:
    """Nothing sticks out to the side, and what is touched is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, .withdraw-button, input.field, select, .pick")]
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 40).map((one) => one.outerHTML)"""
    )
    assert small == []


def test_asking_with_a_photo_and_following(phone: Phone, tmp_path: Path) -> None:
    photo = tmp_path / "seam.jpg"
    photo.write_bytes(picture(size=(600, 400)))
    page = phone()
    find(page, "NH20001", "anna.weber@example.com")
    fits(page)
    assert_accessible(page)
    assert page.locator(".line.closed, .line").count() == 2
    page.check("#line-1")
    page.check("[name=reason][value=changed_mind]")
    page.click(".ask-first .main")
    assert "You pay the return freight." in page.locator("#prospects").inner_text()
    fits(page)
    assert_accessible(page)
    page.go_back()
    page.check("#line-1")
    page.check("[name=reason][value=quality]")
    page.click(".ask-first .main")
    assert "The shop pays the return freight." in page.locator("#prospects").inner_text()
    page.check("[name='goods.used'][value=no]")
    page.fill("#message", "The seam is open.")
    page.set_input_files("#files", photo)
    assert "seam.jpg" in page.locator(".chosen-files").inner_text()
    page.click("form.ask > .main")
    page.wait_for_url("**/case/**")
    assert page.locator(".done[role=status]").inner_text() == "Your request has been received."
    assert "The seam is open." in page.locator("#messages").inner_text()
    shown = page.locator(".pieces img")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.pieces img').naturalWidth > 0")
    fits(page)
    assert_accessible(page)
    page.click("text=Receipt of this request")
    assert page.locator(".code svg").is_visible()
    assert_accessible(page)


def test_answering_an_offer_in_chinese(phone: Phone) -> None:
    page = phone("zh-CN")
    find(page, "NH20005", "+44 7700 900105")
    page.click(".requests a")
    offer = page.locator(".offer")
    assert "部分退款，无需退货" in offer.inner_text()
    assert "40.00" in offer.inner_text()
    fits(page)
    assert_accessible(page)
    page.click(".offer button.main")
    page.wait_for_url("**answer=1*")
    assert page.locator(".offer").count() == 0
    assert "已收到你的答复。" in page.locator("main").inner_text()


def test_sending_a_waybill_and_the_slip(phone: Phone) -> None:
    page = phone()
    find(page, "NH20001", "+49 170 5550101")
    page.click(".requests a:has-text('R-NH20001-1')")
    assert "please send the goods back" in page.locator("#now").inner_text()
    page.click("text=Slip for the parcel")
    assert "R-NH20001-1" in page.locator(".paper").inner_text()
    assert_accessible(page)
    page.emulate_media(media="print")
    assert page.locator(".button:visible, .foot:visible").count() == 0
    page.emulate_media(media="screen")
    page.go_back()
    page.fill("#waybill", "JJD000390007882938475")
    page.click("text=I have sent it")
    page.wait_for_url("**waybill=1*")
    assert "on its way to the shop" in page.locator("#now").inner_text()


@pytest.mark.parametrize(("language", "number", "contact", "own"), [
    ("en-US", "NH20003", "lena.hoffmann@example.com", "Withdraw from contract here"),
    ("zh-CN", "NH20006", "mia.krueger@example.com", "在此撤销合同"),
])  # fmt: skip
def test_withdrawing_from_the_contract(phone: Phone, language: str, number: str, contact: str, own: str) -> None:
    page = phone(language)
    find(page, number, contact)
    button = page.locator("main .withdraw-button")
    assert button.inner_text().split("\n") == ["Vertrag widerrufen", own]
    button.click()
    fits(page)
    assert_accessible(page)
    page.click("form.card .main")
    confirm = page.locator("button.withdraw-button")
    assert confirm.inner_text().startswith("Widerruf bestätigen")
    fits(page)
    assert_accessible(page)
    confirm.click()
    page.wait_for_selector(".done")
    assert "2026-11-25 05:00 (UTC+1)" in page.locator(".done").inner_text()
    assert_accessible(page)
    with page.expect_download() as saved:
        page.click("a.main[download]")
    assert "2026-11-25 04:00:00 UTC" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_a_french_buyer_is_given_the_french_label(phone: Phone) -> None:
    page = phone()
    find(page, "NH20004", "camille.moreau@example.com")
    assert page.locator("main .withdraw-button [lang=fr]").inner_text() == "Renoncer au contrat ici"


def test_everything_works_without_a_script(phone: Phone) -> None:
    page = phone(script=False)
    find(page, "NH20008", "13800005508")
    page.check("#line-1")
    page.check("[name=reason][value=changed_mind]")
    page.click(".ask-first .main")
    page.check("[name='goods.used'][value=no]")
    page.click(".update")
    assert "goods.used=no" in page.url
    assert page.locator("[name='goods.used'][value=no]").is_checked()
    page.check("#prospects input:enabled >> nth=0")
    page.click("form.ask > .main")
    page.wait_for_url("**/case/**")
    page.fill("#text", "Is it on its way?")
    page.click("#messages button")
    page.wait_for_url("**say=1*")
    assert "Is it on its way?" in page.locator("#messages").inner_text()


def test_the_keyboard_alone_is_enough(phone: Phone) -> None:
    page = phone(width=1280)
    page.goto("/s/Nordhus")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#number")
    page.keyboard.type("NH20002")
    page.keyboard.press("Tab")
    page.keyboard.type("jonas.brandt@example.com")
    page.keyboard.press("Enter")
    page.wait_for_url("**/order")
    assert "ended on 30 October 2026" in page.locator("main").inner_text()
    assert_accessible(page)

"""Remedies in a real browser: a difference both ways, a repair in vain twice, a missing part, a lower price; wide and on a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible

Open = Callable[..., Any]


def case(page: Any, key: str) -> None:
    """The page of the case with this key."""
    page.goto(f"/?q={key}")
    page.goto(str(page.locator("a.line").first.get_attribute("href")).split("?")[0])
    page.wait_for_selector(".acts")


def act(page: Any, verb: str, **fields: str) -> None:
    """Fill the form of a verb and press its button."""
    address = page.url.split("#")[0].split("?")[0]
    page.goto(address)
    page.goto(f"{address}#{verb}")
    form = page.locator(f"section#{verb} form")
    form.wait_for(state="visible")
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator(".verb-go button").click()
    page.wait_for_selector(".done, .verb-fault")


def charge(page: Any, button: str, reference: str = "") -> None:
    page.locator("#remedy .charge summary").last.click()
    if reference:
        page.locator('#remedy [name="reference"]').last.fill(reference)
    page.locator(f'#remedy button[value="{button}"]').last.click()
    page.wait_for_selector(".done, .verb-fault")


def looked_at(page: Any, name: str, width: int) -> None:
    """The page is as wide as its window and everyone can use it; kept as a picture where a folder is named."""
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    folder = os.environ.get("AMENDS_SHOTS", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "language", "key"), [(1280, "en-GB", "SWAP-1"), (360, "zh-CN", "SWAP-2")])
def test_a_dearer_exchange_is_paid_before_it_ships(open_page: Open, width: int, language: str, key: str) -> None:
    page = open_page(width, language, complaints_about=("409",))
    case(page, key)
    fields = {"sku-0": "LAMP-RED", "title-0": "Red lamp", "price-0": "82.50", "link": "https://pay.example/7"}
    page.goto(page.url.split("#")[0] + "#choose")
    looked_at(page, f"choose-{language}", width)
    act(page, "choose", **fields)
    assert "12.50" in page.locator("#remedy").inner_text()
    looked_at(page, f"dearer-{language}", width)
    act(page, "inspect", grade="A")
    act(page, "ship", waybill="SF1")
    assert page.locator(".verb-fault").count() == 1
    charge(page, "agree")
    charge(page, "confirm", f"TX-{key}")
    act(page, "ship", waybill="SF1")
    act(page, "delivered")
    assert page.locator('.acts a[href="#reopen"]').count() == 1
    looked_at(page, f"exchanged-{language}", width)


def test_the_buyer_chooses_and_agrees_on_a_phone(open_page: Open) -> None:
    page = open_page(1280, "en-GB")
    case(page, "R-NH20002-1")
    rows = {"sku-0": "A-1", "title-0": "The same in blue", "quantity-0": "1", "price-0": "1.00"}
    rows |= {"sku-1": "A-2", "title-1": "The large one", "quantity-1": "1", "price-1": "900.00"}
    act(page, "choices", **rows)
    looked_at(page, "choices-en", 1280)
    phone = open_page(360, "zh-CN")
    phone.goto("/s/Nordhus")
    phone.fill("#number", "NH20002")
    phone.fill("#contact", CONTACT)
    phone.click("form.card .main")
    phone.wait_for_url("**/order")
    phone.click(".requests a:has-text('R-NH20002-1')")
    looked_at(phone, "portal-choices-zh", 360)
    phone.check('[name="choice"][value="2"]')
    phone.click('form[action$="/choose"] button')
    phone.wait_for_selector("[role=status]")
    looked_at(phone, "portal-consent-zh", 360)
    phone.check('[name="agree"]')
    phone.click('form[action$="/consent"] .main')
    phone.wait_for_selector("[role=status]")
    looked_at(phone, "portal-agreed-zh", 360)
    page.reload()
    assert "The large one" in page.locator("#remedy").inner_text()
    looked_at(page, "agreed-en", 1280)


CONTACT = "jonas.brandt@example.com"


def test_two_repairs_in_vain_give_the_buyer_the_choice(open_page: Open) -> None:
    page = open_page(360, "zh-CN")
    case(page, "MEND-1")
    for wants in ("repair", "exchange"):
        act(page, "inspect", grade="B")
        act(page, "quote", text="更换开关")
        act(page, "repair", step="start")
        if wants == "repair":
            looked_at(page, "repairing-zh", 360)
        act(page, "repaired", warranty="90")
        act(page, "ship", waybill="SF1")
        act(page, "delivered")
        act(page, "failed", wants=wants, why="仍然闪烁")
        if wants == "repair":
            act(page, "approve")
    assert page.locator("#remedy .chip-red").count() == 1
    looked_at(page, "two-repairs-zh", 360)


@pytest.mark.parametrize(("width", "language"), [(1280, "en-GB")])
def test_a_missing_part_and_a_lower_price(open_page: Open, width: int, language: str) -> None:
    page = open_page(width, language, complaints_about=("409",))
    case(page, "PART-1")
    act(page, "choose", **{"sku-0": "PART-7", "title-0": "Bag of screws", "quantity-0": "1"})
    looked_at(page, f"part-{language}", width)
    act(page, "ship", waybill="SF1")
    act(page, "delivered")
    case(page, "PRICE-1")
    act(page, "protect", price="70.00", proof="listing v2")
    assert page.locator(".verb-fault").count() == 1
    looked_at(page, f"price-refused-{language}", width)
    act(page, "protect", price="58.00", proof="listing v2")
    assert "12.00" in page.locator("#remedy").inner_text()
    looked_at(page, f"price-{language}", width)

"""A passkey is made and signs in without a password, with the browser's own virtual authenticator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def page(chromium: Any, site: str) -> Iterator[Any]:
    """A window at the server's name, for passkeys work at no number, with an authenticator that says yes."""
    window = chromium.new_context(base_url=f"http://localhost:{urlsplit(site).port}", locale="en-US")
    opened = window.new_page()
    tools = window.new_cdp_session(opened)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    complaints: list[str] = []
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield opened
    window.close()
    assert complaints == []


def sign_in(page: Any) -> None:
    page.goto("/sign-in")
    page.fill("[name=name]", "kim")
    page.fill("[name=password]", "kim")
    page.click(".main-button")


def test_a_passkey_is_made_used_and_forgotten(page: Any) -> None:
    sign_in(page)
    page.wait_for_selector(".listing")
    page.goto("/me")
    page.fill("[data-passkey-make] [name=name]", "office computer")
    page.click("text=Add a passkey")
    page.wait_for_selector("#passkeys >> text=office computer")
    assert "There are no recovery codes" in page.inner_text("main")
    page.click("button.sign-out")
    page.wait_for_url("**/sign-in")
    page.click("[data-passkey-use]")
    page.wait_for_selector(".listing")
    page.click("button.sign-out")
    sign_in(page)
    page.wait_for_url("**/sign-in/second")
    page.click("[data-passkey-use]")
    page.wait_for_selector(".listing")
    page.goto("/me")
    assert "last used" in page.inner_text("#passkeys")
    page.click("#passkeys >> text=Remove")
    page.wait_for_selector("#passkeys >> text=office computer", state="detached")
    page.click("button.sign-out")
    page.click("[data-passkey-use]")
    page.wait_for_selector("[data-passkey-fault]:not([hidden])")
    assert "could not be verified" in page.inner_text("[data-passkey-fault]")


def test_an_address_of_numbers_says_where_passkeys_work(chromium: Any, site: str) -> None:
    window = chromium.new_context(base_url=site, locale="en-US")
    page = window.new_page()
    page.goto("/sign-in")
    told = page.inner_text("form")
    window.close()
    assert f"http://localhost:{urlsplit(site).port}" in told
    assert "Sign in with a passkey" not in told

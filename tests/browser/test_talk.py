"""An agent answers a mail from the case and sees it sent; one that is refused is sent again from the list of mails out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from amends.fakes.smtp import FakeSmtp
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import free_port, wait_for
from tests.browser.test_case import as_person, open_case

Open = Callable[..., Any]
Do = Callable[[str], None]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(samples, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def site(data: Path, checkout: Path) -> Iterator[str]:
    """The server of the sample cases, over a folder that the runner is let into."""
    port = free_port()
    command = [sys.executable, "-m", "tests.browser.serve_samples", str(data), str(port)]
    server = subprocess.Popen(command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)})
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=15)


@pytest.fixture(scope="module")
def beside(data: Path, checkout: Path) -> Do:
    """What a mail server and the runner do meanwhile."""

    def do(what: str) -> None:
        command = [sys.executable, "-m", "tests.browser.letters", str(data), what]
        subprocess.run(command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, check=True)

    return do


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    found = FakeSmtp()
    yield found
    found.stop()


def set_up(page: Any, server: FakeSmtp) -> None:
    """A manager has the shop acme write by this server."""
    page.goto("/settings/senders")
    page.locator("a.setup-row", has_text="acme").click()
    page.fill("[name=host]", "127.0.0.1")
    page.fill("[name=port]", str(server.port))
    page.select_option("[name=security]", "none")
    page.fill("[name=address]", "service@acme.example")
    page.locator(".setup-form .main-button").last.click()
    page.wait_for_selector(".setup-good")
    assert_accessible(page)
    page.locator("button[value=test]").click()
    page.wait_for_selector(".setup-good")
    if page.locator("button[value=on]").count():
        page.locator("button[value=on]").click()
    page.wait_for_selector("button[value=off]")


def shot(page: Any, name: str) -> None:
    """Kept where `AMENDS_SHOTS` names a folder, for people to look at."""
    if folder := os.environ.get("AMENDS_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(("language", "width"), [("en-US", 1280), ("zh-CN", 360)])
def test_an_agent_answers_a_mail_from_the_case_and_sees_it_sent(
    open_page: Open, beside: Do, server: FakeSmtp, language: str, width: int
) -> None:
    page, name = open_page(width, language), f"{language}-{width}"
    shot(page, f"list-{name}")
    page.goto("/letters")
    assert_accessible(page)
    shot(page, f"letters-empty-{name}")
    set_up(page, server)
    shot(page, f"sender-{name}")
    page.goto("/settings/senders")
    shot(page, f"senders-{name}")
    page.goto("/settings/team")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"team-{name}")
    if language == "en-US":
        beside("arrives")
    as_person(page, "an")
    address = open_case(page, "ASK-1")
    assert "call my bank" in page.inner_text("#talk")
    page.fill("#message-text", f"Hello Anna,\nwe pay today. {language}")
    page.locator("#talk [formaction]").click()
    page.wait_for_selector(".letter-text")
    assert_accessible(page)
    shot(page, f"preview-{name}")
    assert "service@acme.example" in page.inner_text(".letter-heads")
    page.locator("#content .main-button").click()
    page.wait_for_url("**done=message*")
    beside("leave")
    (mail,) = [content.decode() for _, _, content in server.office.taken]
    assert "we pay today" in mail
    assert "In-Reply-To: <m1@buyer.example>" in mail or "References: <m1@buyer.example>" in mail
    page.goto(f"{address}#talk")
    said = page.locator(".said-shop").last.inner_text()
    assert {"en-US": "sent", "zh-CN": "已发送"}[language] in said
    shot(page, f"case-{name}")
    server.office.troubles = ["refuse:rcpt:550"]
    page.fill("#message-text", "One more thing.")
    page.locator("#talk .compose .main-button").first.click()
    page.wait_for_url("**done=message*")
    beside("leave")
    page.goto(address)
    page.locator("#talk a[href^='/letters']").last.click()
    page.wait_for_selector(".out-table tbody tr")
    assert_accessible(page)
    shot(page, f"letters-{name}")
    case = address.split("#", 1)[0].rsplit("/", 1)[-1]
    of_case = page.locator(".out-table tbody tr", has=page.locator(f"a[href='/cases/{case}']"))
    of_case.locator("button[value=again]").first.click()
    page.wait_for_load_state()
    beside("leave")
    assert len(server.office.taken) == 2
    page.goto("/letters")
    assert of_case.count() > 0
    assert of_case.locator(".chip-red").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

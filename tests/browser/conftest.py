"""A real server with the sample cases, and a real browser. Skips where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser without a window; gone with its module, for its event loop would bar the database from other tests."""
    if not shutil.which(CHROMIUM):
        pytest.skip(f"needs {CHROMIUM} (Debian: apt-get install chromium fonts-noto-cjk)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[str]:
    """The address of a server with the sample cases, a new one for each module; it is stopped as Ctrl-C would."""
    data = tmp_path_factory.mktemp("site")
    port = free_port()
    command = [sys.executable, "-m", "tests.browser.serve_samples", str(data), str(port)]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    server = subprocess.Popen(command, cwd=checkout, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended at once"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within 120 s")


def settled(page: Any) -> Any:
    """Will let scripts of a test look at whole pages only: right after a click the next page may have no body yet."""
    ask = page.evaluate

    def evaluate(expression: str, argument: Any = None) -> Any:
        page.wait_for_load_state()
        return ask(expression, argument)

    page.evaluate = evaluate
    return page


@pytest.fixture
def open_page(chromium: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Opens a window of a width and a language, signed in; at the end no window may have complained on its console."""
    windows: list[Any] = []
    complaints: list[str] = []

    def opened(width: int = 1280, language: str = "zh-CN", *, complaints_about: tuple[str, ...] = ()) -> Any:
        window = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900 if width > 500 else 780},
            locale=language,
            timezone_id="Asia/Shanghai",
        )
        windows.append(window)
        page = settled(window.new_page())
        page.clock.set_fixed_time("2026-11-25T04:00:00Z")

        def heard(message: Any) -> None:
            expected = any(word in message.text for word in complaints_about)
            if message.type in ("error", "warning") and not expected:
                complaints.append(message.text)

        page.on("console", heard)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto("/sign-in")
        page.fill("[name=name]", "lin")
        page.fill("[name=password]", "lin")
        page.click(".main-button")
        page.wait_for_selector(".listing")
        return page

    yield opened
    for window in windows:
        window.close()
    assert complaints == []

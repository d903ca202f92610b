"""A real server with the sample cases, and a real browser. Skips where there is no Chromium."""

from __future__ import annotations

import fcntl
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

# The shell without a window does the same work for a fraction of the time: the whole browser draws its own bars for every page.
CHROMIUM = next((way for way in map(shutil.which, ("chromium-headless-shell", "chromium")) if way), None)
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
SERVE = (sys.executable, "-m", "tests.browser.serve_samples")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser without a window; gone with its module, for its event loop would bar the database from other tests."""
    if CHROMIUM is None:
        pytest.skip(
            "needs chromium-headless-shell or chromium (Debian: apt-get install chromium-headless-shell fonts-noto-cjk)"
        )
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


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A folder with the sample cases, made once for all processes of this run; each module works on a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample-cases"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            folder.mkdir()
            subprocess.run([*SERVE, str(folder)], cwd=checkout, check=True)
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, checkout: Path, samples: Path) -> Iterator[str]:
    """The address of a server with the sample cases, a new one for each module; it is stopped as Ctrl-C would."""
    data = tmp_path_factory.mktemp("site")
    shutil.copytree(samples, data, dirs_exist_ok=True)
    port = free_port()
    server = subprocess.Popen([*SERVE, str(data), str(port)], cwd=checkout)
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


@pytest.fixture(scope="module")
def keys() -> dict[str, list[Any]]:
    """The cookies of people who are signed in, by name: `come_in` signs each in once for a module."""
    return {}


def come_in(page: Any, name: str, keys: dict[str, list[Any]]) -> None:
    """Will open the work list as a person: with the cookies that person has, or by signing in."""
    if keys.get(name):
        page.context.add_cookies(keys[name])
        page.goto("/")
        if "/sign-in" not in page.url:
            return
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", name)
    page.click(".main-button")
    page.wait_for_url("**/")
    keys[name] = page.context.cookies()


@pytest.fixture
def open_page(chromium: Any, site: str, keys: dict[str, list[Any]]) -> Iterator[Callable[..., Any]]:
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
        come_in(page, "lin", keys)
        return page

    yield opened
    for window in windows:
        window.close()
    assert complaints == []

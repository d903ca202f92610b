"""A manager connects a shop to a platform's stand-in: keys, test call, switches, history; the first case arrives; all pages for everyone.

The whole house runs: server, runner and the platform's stand-in, each in a process of its own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import free_port, wait_for
from tests.django_house import empty_tables

Open = Callable[..., Any]
NAME = "douyin"
"""A channel that tells of cases and pushes."""
PERSON = """
import sys
from pathlib import Path
from amends.wiring.django_start import start_django
start_django(Path(sys.argv[1]), None)
from django.contrib.auth.models import User
from amends.store.members import give_role
from amends.store.ready import migrate
migrate()
User.objects.create_user("lin", password="lin")
give_role("lin", "manager")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[str]:
    """The address of an empty house with its runner; lin/lin is its manager."""
    data, port = tmp_path_factory.mktemp("house"), free_port()
    empty_tables(data)
    subprocess.run([sys.executable, "-c", PERSON, str(data)], check=True, timeout=120)
    environment = {**os.environ, "AMENDS_DATA": str(data), "AMENDS_PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "amends", "up", "--no-demo"]
    address = f"http://127.0.0.1:{port}"
    with ended(subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.DEVNULL)) as house:
        wait_for(f"{address}/healthz", house)
        yield address


@pytest.fixture(scope="module")
def platform() -> Iterator[dict[str, Any]]:
    """The stand-in: its name, its address, its keys."""
    command = [sys.executable, "-m", "amends.fakes", "--platform", NAME]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is stopped as Ctrl-C would."""
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def door(platform: dict[str, Any], path: str, content: dict[str, Any]) -> Any:
    request = urllib.request.Request(f"{platform['url']}/__fake__/{path}", json.dumps(content).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def fill_keys(page: Any, platform: dict[str, Any], **other: str) -> None:
    for name, value in {**platform["config"], **other}.items():
        page.fill(f"[name={name}]", str(value))
    fold = page.locator("main details:has([name=base_url])")
    if fold.count():
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        page.fill("[name=base_url]", platform["url"])
    page.click("main .main-button")
    page.wait_for_url("**/test")


def looked_over(page: Any) -> None:
    """Nothing is wider than the window, and everyone can use it."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert_accessible(page)


def wait_for_case(page: Any, shop: str, order: str) -> None:
    until = time.monotonic() + 90
    while True:
        page.goto(f"/?shop={shop}")
        if page.locator(f".line:has-text('{order}')").count():
            return
        assert time.monotonic() < until, f"{order} did not arrive"
        page.wait_for_timeout(500)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_shop_is_connected_and_its_first_case_arrives(
    open_page: Open, platform: dict[str, Any], width: int, language: str
) -> None:
    page, shop = open_page(width, language), f"shop-{width}-{language.lower()}"
    page.goto("/settings/shops")
    page.click("main a[href='/settings/shops/connect']")
    looked_over(page)
    page.click(f"a[href='/settings/shops/connect/{NAME}']")
    page.fill("[name=shop]", shop)
    looked_over(page)
    page.click("main .main-button")
    page.wait_for_url("**/keys")
    looked_over(page)
    push_url = page.input_value("[data-select]")

    fill_keys(page, platform, app_secret="not-this-one")
    assert page.locator("[role=alert]").count() == 1
    looked_over(page)
    page.click("main a[href$='/keys'].plain-button")
    page.wait_for_url("**/keys")
    assert page.input_value("[name=app_secret]") == ""
    looked_over(page)
    fill_keys(page, platform)
    assert page.locator(".setup-good").count() == 1
    looked_over(page)

    page.click("main a.main-button")
    page.wait_for_url("**/choices")
    assert not page.is_checked("[name=may_act]")
    assert not page.is_checked("[name=may_pay]")
    page.focus("[name=may_act]")
    page.keyboard.press("Space")
    assert page.is_checked("[name=may_act]")
    looked_over(page)
    page.click("main .main-button")
    page.wait_for_url("**/history")
    looked_over(page)
    page.click("main .main-button")
    page.wait_for_url("**/done")
    looked_over(page)
    page.wait_for_selector("progress[value='100']", timeout=90_000)

    door(platform, "webhooks", {"url": push_url})
    order = door(platform, "orders", {})["number"]
    door(platform, "cases", {"order": order, "kind": "return_refund", "reason": "changed_mind"})
    wait_for_case(page, shop, order)
    page.goto("/settings/connections")
    section = page.locator(f".connect-row:has-text('{shop}')")
    assert section.locator("h2 .chip-auto").count() == 1
    looked_over(page)
    section.locator("h2 a").click()
    page.wait_for_selector("#switches")
    assert page.is_checked("[name=may_act]")
    looked_over(page)
    page.locator("button[value=pause]").click()
    page.wait_for_selector("button[value=resume]")
    looked_over(page)

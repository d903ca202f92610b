"""The whole system, killed with `kill -9` in the middle of a refund and started again: the refund completes, once."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.django_house import empty_tables

LONG = 60.0


def until(what: Callable[[], Any], seconds: float = LONG) -> Any:
    """The first answer that counts as true, asked for again and again. Fails after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come about in time")


class System:
    """`amends up` in a process group of its own, and a browser without scripts."""

    def __init__(self, data: Path) -> None:
        self.data = data
        empty_tables(data)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and sign in."""
        environment = {**os.environ, "AMENDS_DATA": str(self.data), "AMENDS_PORT": str(self.port)}
        command = [sys.executable, "-m", "amends", "up"]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
        until(lambda: urllib.request.urlopen(f"{self.address}/healthz", timeout=2).status == 200)
        self.jar = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        word = (self.data / "demo-password.txt").read_text(encoding="ascii").strip()
        page = self.get("/sign-in")
        self.post("/sign-in", page, name="demo", password=word)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> str:
        """A page."""
        with self.browser.open(self.address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, page: str, **fields: str) -> str:
        """A form of a page, sent."""
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = urlencode({**fields, "csrfmiddlewaretoken": token.group(1)}).encode()
        request = urllib.request.Request(self.address + path, form, {"Referer": self.address})
        with self.browser.open(request, timeout=20) as answer:
            return str(answer.read().decode())

    def fake(self, path: str, content: Any = None) -> Any:
        """A door of the fake Stripe; posted where there is content."""
        url = json.loads((self.data / "demo-gateways/addresses.json").read_text(encoding="ascii"))["stripe"]
        body = None if content is None else json.dumps(content).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{url}/__fake__/{path}", body), timeout=10) as answer:
            return json.loads(answer.read())

    def kill(self) -> None:
        """End every process of it at once, without a word."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    found = System(tmp_path)
    found.start()
    yield found
    found.kill()


def payable(system: System) -> tuple[int, str]:
    """A case that goes back by card, and its page."""
    for number in range(201, 301):
        page = system.get(f"/cases/{number}")
        if (
            'name="digest"' in page
            and "Stripe" in page
            and page.count('<b class="num">')
            and "gift card" not in page.lower()
        ):
            return number, page
    raise AssertionError("no sample case can be paid out by card")


def test_a_refund_that_was_under_way_completes_once(system: System) -> None:
    number, page = payable(system)
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest
    system.fake("settings", {"latency_ms": 1500})
    system.post(f"/cases/{number}/approve", page, digest=digest.group(1))
    until(
        lambda: (
            any(one["what"] == "call" for one in system.fake("events")) or "pay-sent" in system.get(f"/cases/{number}")
        )
    )
    system.kill()
    system.start()
    shown = until(lambda: (text := system.get(f"/cases/{number}")) and "pay-succeeded" in text and text, 90)
    assert shown.count("pay-step") - shown.count("pay-steps") == shown.count("pay-succeeded")
    refunds = system.fake("refunds")
    keys = [refund["key"] for refund in refunds]
    assert len(keys) == len(set(keys)) == 1
    assert keys[0] in shown
    assert refunds[0]["id"] in shown


def below(process: int, name: str) -> list[int]:
    """The processes below one, at any depth, whose command line holds a word."""
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for one in task.read_text(encoding="ascii").split():
            if name in Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8").replace("\0", " "):
                found.append(int(one))
            found += below(int(one), name)
    return found


def test_a_runner_that_dies_is_replaced(system: System) -> None:
    assert system.process is not None
    server = system.process.pid
    keeper = until(lambda: below(server, "multiprocessing.spawn"))[0]
    [first] = until(lambda: below(keeper, "multiprocessing.spawn"))
    os.kill(first, signal.SIGKILL)
    until(lambda: [one for one in below(keeper, "multiprocessing.spawn") if one != first])


def test_ctrl_c_ends_everything(system: System) -> None:
    assert system.process is not None
    started = below(system.process.pid, "")
    assert len(started) >= 3
    os.killpg(system.process.pid, signal.SIGINT)
    assert system.process.wait(30) == 0
    system.process = None
    until(lambda: not [one for one in started if Path(f"/proc/{one}/stat").exists()], 10)

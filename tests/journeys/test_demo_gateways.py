"""`amends demo gateways`: the commands it prints work, its money outlives it, and Ctrl-C ends all of it."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ["stripe", "paypal", "adyen", "wechat_pay", "alipay"]


@contextmanager
def demo(state: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and what it printed up to the last line."""
    command = [sys.executable, "-m", "amends", "demo", "gateways", "--state", str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = ""
        try:
            while "Ctrl-C" not in said:
                line = process.stdout.readline()
                assert line, "it ended early"
                said += line
            yield process, said
        finally:
            process.kill()


def call(method: str, url: str, body: str | None = None) -> Any:
    request = urllib.request.Request(url, body.encode() if body else None, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def is_gone(url: str) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            call("GET", f"{url}/__fake__/")
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_what_it_prints_works_and_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    with demo(tmp_path) as (process, said):
        addresses = dict(line.split() for line in said.splitlines()[:5])
        assert list(addresses) == NAMES
        printed = [shlex.split(line) for line in said.splitlines() if line.strip().startswith("curl")]
        assert len(printed) == 3
        for words in printed:
            body = words[words.index("-d") + 1] if "-d" in words else None
            call("POST" if "-X" in words else "GET", next(word for word in words if word.startswith("http")), body)
        [balance] = call("GET", f"{addresses['stripe']}/__fake__/payments")
        assert (balance["id"], balance["left"]) == ("pi_1", 5_000)
        assert call("GET", f"{addresses['stripe']}/__fake__/faults")[0]["name"] == "drop_after"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, 130)
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert all(is_gone(url) for url in addresses.values())
    with demo(tmp_path) as (_, said):
        url = said.splitlines()[0].split()[1]
        assert [one["id"] for one in call("GET", f"{url}/__fake__/payments")] == ["pi_1"]


def test_a_killed_command_leaves_no_fakes_behind(tmp_path: Path) -> None:
    with demo(tmp_path) as (process, said):
        url = said.splitlines()[0].split()[1]
        process.kill()
        process.wait(10)
        assert is_gone(url)

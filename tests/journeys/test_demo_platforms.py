"""`amends demo platforms`: the keys it prints are good, the lines it prints work, pushes go where they are aimed, Ctrl-C ends it."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from amends.fakes.platforms import PLATFORMS
from tests.contracts.gateway_world import Ear

NAME = "douyin"


@contextmanager
def demo(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and what it printed up to the last line."""
    command = [sys.executable, "-m", "amends", "demo", "platforms", *options]
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


def lines_of(said: str) -> list[tuple[str, str, str]]:
    """The printed curl lines: method, address, body."""
    found = []
    for line in said.splitlines():
        if line.strip().startswith("curl"):
            words = shlex.split(line)
            body = words[words.index("-d") + 1] if "-d" in words else ""
            found.append(("POST" if "-X" in words else "GET", next(w for w in words if w.startswith("http")), body))
    return found


def test_every_platform_is_started_with_something_to_read_and_keys_to_paste() -> None:
    with demo() as (process, said):
        for name, fake in PLATFORMS.items():
            assert f"\n{name}\n" in f"\n{said}"
            for field in fake().config():
                assert f"  {field} " in said
        doors = [url for method, url, _ in lines_of(said) if method == "GET"]
        assert len(doors) == len(PLATFORMS)
        assert [len(call("GET", door)) for door in doors] == [3] * len(PLATFORMS)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, 130)
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert is_gone(doors[0])


def test_the_printed_lines_work_and_pushes_go_where_they_are_aimed() -> None:
    ear = Ear()
    try:
        with demo(NAME, "--samples", "0", "--push", f"{NAME}={ear.url}") as (_, said):
            sell, ask, send_back, look, aim, misbehave = lines_of(said)
            order = call(sell[0], sell[1], sell[2])["number"]
            case = call(ask[0], ask[1], ask[2].replace("ORDER", order))["number"]
            assert ear.wait(1)
            assert [one["number"] for one in call(*look[:2])] == [case]
            assert call(aim[0], aim[1], aim[2].replace("PUSH-ADDRESS", ear.url)) == {"url": ear.url}
            assert call(*misbehave)[0]["name"] == "error_before"
            assert send_back[1].endswith("/__fake__/cases/CASE")
    finally:
        ear.stop()


def test_what_cannot_be_is_said_and_nothing_is_started() -> None:
    for options, told in (
        (["nowhere"], "there is no stand-in for 'nowhere'"),
        (["--push", f"{NAME}=https://shop.example/x"], "an address of this machine"),
    ):
        command = [sys.executable, "-m", "amends", "demo", "platforms", *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode != 0
        assert told in " ".join(done.stderr.replace("│", " ").split())


def is_gone(url: str) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            call("GET", url)
        except OSError:
            return True
        time.sleep(0.05)
    return False

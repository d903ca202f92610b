"""Webhooks are really posted, again until they are taken, and late, twice, out of order or not at all when told so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from amends.fakes.calls import Told
from amends.fakes.courier import Courier, UnableToDeliver
from amends.fakes.faults import Faults


class Ear:
    """Answers what it is told to (then 200), and keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.answers: list[int] = []
        ear = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                ear.heard.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(ear.answers.pop(0) if ear.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def ear() -> Iterator[Ear]:
    found = Ear()
    yield found
    found.server.shutdown()
    found.server.server_close()


def dress(told: Told, ago: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
    return {}, f"{told.id}{'!' if wrong else ''}{' old' if ago else ''}".encode()


@pytest.fixture
def courier(ear: Ear) -> Iterator[Courier]:
    found = Courier("test", dress, Faults(), lambda what, **detail: None)
    found.retry_ms = 5
    found.aim(ear.url)
    yield found
    found.end()


def soon(what: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.005)


def told(name: str) -> Told:
    return Told(name, "refund.updated", {})


def test_it_is_posted_again_until_it_is_taken(ear: Ear, courier: Courier) -> None:
    ear.answers = [500, 302, 404]
    courier.post(told("a"))
    soon(lambda: len(ear.heard) == 4 and courier.idle())
    assert ear.heard == ["a"] * 4


def test_what_is_never_taken_is_kept_for_later(ear: Ear, courier: Courier) -> None:
    courier.most_tries = 2
    ear.answers = [500, 500]
    courier.post(told("a"))
    soon(lambda: courier.held)
    assert courier.release() == 1
    soon(lambda: len(ear.heard) == 3)


@pytest.mark.parametrize(
    ("fault", "heard"),
    [
        ("webhook_duplicate", ["a", "a", "b"]),
        ("webhook_reorder", ["b", "a"]),
        ("webhook_lost", ["b"]),
        ("webhook_hold", ["b"]),
        ("webhook_bad_signature", ["a!", "b"]),
        ("webhook_stale", ["a old", "b"]),
    ],
)
def test_faults_strike_the_first_of_two(ear: Ear, courier: Courier, fault: str, heard: list[str]) -> None:
    courier._faults.set(fault)
    courier.post(told("a"))
    courier.post(told("b"))
    soon(lambda: len(ear.heard) >= len(heard) and courier.idle())
    assert ear.heard == heard
    assert [one.id for one in courier.held] == (["a"] if fault == "webhook_hold" else [])


def test_a_webhook_out_of_order_comes_in_the_end_when_no_other_follows(ear: Ear, courier: Courier) -> None:
    courier._faults.set("webhook_reorder")
    courier.post(told("a"))
    soon(lambda: ear.heard == ["a"])


def test_without_an_address_webhooks_are_held(ear: Ear, courier: Courier) -> None:
    courier.aim(None)
    courier.post(told("a"))
    courier.deliver_first(told("b"))
    assert [one.id for one in courier.held] == ["a", "b"]
    courier.aim(ear.url)
    assert courier.release() == 2
    soon(lambda: ear.heard == ["a", "b"])


@pytest.mark.parametrize("url", ["http://example.com/hook", "https://127.0.0.1/hook", "file:///etc/passwd", "hook"])
def test_webhooks_stay_on_this_machine(courier: Courier, url: str) -> None:
    with pytest.raises(UnableToDeliver, match="address on this machine"):
        courier.aim(url)

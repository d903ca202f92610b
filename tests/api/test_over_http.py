"""The API over real HTTP by the generated client, and its signed events at a receiver."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from clients.python.amends_client import ApiProblem, Client
from tests.api.conftest import Live
from tests.api_house import order_parts


@pytest.fixture
def client(live: Live) -> Iterator[Client]:
    made = Client(live.url, live.token)
    yield made
    made.close()


class Receiver(HTTPServer):
    """Takes webhooks in; `answers` are given first, then 204."""

    def __init__(self, answers: tuple[int, ...] = ()) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answers = list(answers)
        super().__init__(("127.0.0.1", 0), _Take)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"

    def wait(self, many: int) -> None:
        until = time.monotonic() + 40
        while len(self.taken) < many and time.monotonic() < until:
            time.sleep(0.1)
        assert len(self.taken) >= many


class _Take(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.end_headers()

    def log_message(self, *given: Any) -> None:
        return


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.shutdown()
    found.server_close()


def test_the_client_is_what_the_document_says() -> None:
    made = subprocess.run([sys.executable, "-m", "clients.make_python", "--check"], check=False)
    assert made.returncode == 0, "run: python -m clients.make_python"


def test_the_whole_flow_by_the_client(client: Client) -> None:
    client.tell_order("acme", "O-1", order_parts())  # type: ignore[arg-type]
    opened = client.open_case(
        {"shop": "acme", "order": "O-1", "kind": "return_refund", "reason": "changed_mind", "lines": [{"id": "l1"}]}
    )
    approved = client.case_approve(opened["id"], {}, key="mine")
    assert client.case_approve(opened["id"], {}, key="mine") == approved
    client.case_inspect(opened["id"], {"grade": "A"})
    client.prove_case(opened["id"], {"proof": "B-1", "confirmed": True})
    read = client.read_case(opened["id"])
    assert read["money"]
    assert read["money"]["payments"][0]["given_back"] == "20.00"
    with pytest.raises(ApiProblem) as told:
        client.case_approve(opened["id"], {})
    assert (told.value.status, told.value.code) == (409, "not_possible")


def test_events_arrive_signed_and_can_be_sent_again(client: Client, receiver: Receiver) -> None:
    receiver.answers = [503]
    hook = client.make_webhook({"url": receiver.url, "events": ["case.opened"], "merchant": "main"})
    time.sleep(1.2)
    client.tell_order("acme", "O-2", order_parts())  # type: ignore[arg-type]
    wish: Any = {"shop": "acme", "order": "O-2", "kind": "return_refund", "reason": "changed_mind"}
    case = client.open_case(wish)
    receiver.wait(2)
    (first, body), (second, again) = receiver.taken[:2]
    assert body == again
    assert first["webhook-id"] == second["webhook-id"]
    event = json.loads(body)
    assert (event["type"], event["data"]["case"]) == ("case.opened", case["id"])
    assert second["webhook-signature"] == "v1," + _signed(hook["secret"] or "", second, again)
    done = client.list_deliveries(hook["id"])["items"][0]
    assert done["name"] == second["webhook-id"]
    client.replay_delivery(hook["id"], done["id"])
    receiver.wait(3)
    assert receiver.taken[2][0]["webhook-id"] == first["webhook-id"]


def _signed(secret: str, headers: dict[str, str], body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()

"""The doors under /__fake__/ and the server over real HTTP."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from amends.fakes.faults import FAULTS
from amends.fakes.server import Server, serving
from amends.fakes.stripe import SECRET_KEY, FakeStripe


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(FakeStripe()) as found:
        yield found


class Client:
    """One connection that is kept."""

    def __init__(self, server: Server) -> None:
        self.line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)

    def raw(self, method: str, path: str, body: bytes = b"") -> tuple[int, Any]:
        self.line.request(method, path, body, {"Authorization": f"Bearer {SECRET_KEY}"})
        answer = self.line.getresponse()
        return answer.status, json.loads(answer.read())

    def door(self, method: str, path: str, content: Any = None) -> tuple[int, Any]:
        return self.raw(method, f"/__fake__/{path}", b"" if content is None else json.dumps(content).encode())


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    found = Client(server)
    yield found
    found.line.close()


def refund(client: Client, amount: int = 300) -> tuple[int, Any]:
    return client.raw("POST", "/v1/refunds", f"payment_intent=pi_1&amount={amount}".encode())


def test_pay_in_pay_back_and_look(client: Client) -> None:
    client.door("POST", "payments", {"id": "pi_1", "amount": 1_000, "currency": "EUR"})
    status, made = refund(client)
    assert status == 200
    expected = {"id": "pi_1", "currency": "EUR", "captured": 1_000, "refunded": 300, "pending": 0, "left": 700}
    assert client.door("GET", "payments/pi_1/balance") == (200, expected)
    assert client.door("GET", "payments") == (200, [expected])
    assert [one["id"] for one in client.door("GET", "refunds?payment=pi_1")[1]] == [made["id"]]
    assert client.door("GET", "refunds?payment=pi_2") == (200, [])
    events = client.door("GET", "events")[1]
    assert [one["what"] for one in events] == ["call", "refund"]
    assert client.door("GET", "events?after=1")[1] == events[1:]


def test_the_first_door_tells_of_keys_faults_and_doors(client: Client) -> None:
    status, about = client.door("GET", "")
    assert (status, about["name"], about["faults"]) == (200, "stripe", FAULTS)
    assert about["config"]["secret_key"] == SECRET_KEY
    assert "POST /__fake__/payments" in about["doors"]


def test_refunds_are_finished_failed_and_turned_back_by_hand(client: Client) -> None:
    client.door("POST", "settings", {"finish_ms": None})
    client.door("POST", "payments", {"id": "pi_1", "amount": 1_000, "currency": "EUR"})
    client.door("POST", "faults", {"name": "pending", "times": 3})
    first, second, third = [refund(client)[1] for _ in range(3)]
    assert {one["status"] for one in (first, second, third)} == {"pending"}
    assert client.door("POST", f"refunds/{first['id']}/finish", {"state": "failed"})[1]["state"] == "failed"
    assert client.door("POST", "finish") == (200, {"finished": [second["id"], third["id"]]})
    assert client.door("POST", f"refunds/{third['id']}/reverse")[1]["state"] == "failed"
    assert client.door("GET", "payments/pi_1/balance")[1]["refunded"] == 300


def test_a_person_pays_back_at_the_console_and_a_buyer_disputes(client: Client) -> None:
    client.door("POST", "payments", {"id": "pi_1", "amount": 1_000, "currency": "EUR"})
    status, outside = client.door("POST", "refunds", {"payment": "pi_1", "amount": 400})
    assert (status, outside["key"], outside["state"]) == (200, "", "succeeded")
    assert client.door("POST", "disputes", {"payment": "pi_1"}) == (200, {"webhooks": 2})
    assert refund(client)[1]["error"]["code"] == "charge_disputed"
    held = client.door("GET", "webhooks")[1]["held"]
    kinds = ["refund.updated", "charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert [one["kind"] for one in held] == kinds


@pytest.mark.parametrize(
    ("method", "path", "content", "says"),
    [
        ("POST", "payments", {"amount": "5.00", "currency": "EUR"}, "amount: '5.00' should be a whole number"),
        ("POST", "payments", {"amount": True, "currency": "EUR"}, "amount: True"),
        ("POST", "payments", {"amount": 5}, "currency: None should be a text"),
        ("POST", "payments", {"amount": 0, "currency": "EUR"}, "above 0"),
        ("POST", "payments", [], "JSON object"),
        ("GET", "payments/none/balance", None, "no payment has the id none"),
        ("POST", "refunds", {"payment": "none", "amount": 1}, "no payment has the id none"),
        ("POST", "refunds/none/finish", {}, "no refund has the id none"),
        ("POST", "refunds/none/finish", {"state": "lost"}, "succeeded or failed"),
        ("POST", "refunds/none/reverse", None, "no refund has the id none"),
        ("POST", "disputes", {"payment": "none", "stage": "odd"}, "opened, won or lost"),
        ("POST", "faults", {"name": "explode"}, "no fault is called 'explode'"),
        ("POST", "faults", {"faults": ["drip"]}, "a fault is an object"),
        ("POST", "settings", {"speed": 1}, "there is no such setting"),
        ("POST", "settings", {"latency_ms": "slow"}, "should be a whole number"),
        ("POST", "webhooks", {"url": "http://example.com"}, "address on this machine"),
        ("GET", "events?after=x", None, "number of an event"),
        ("GET", "bill/2026-11-25", None, "makes no bills"),
    ],
)
def test_a_wrong_call_is_refused_with_the_field_and_does_nothing(
    client: Client, method: str, path: str, content: Any, says: str
) -> None:
    status, answer = client.door(method, path, content)
    assert status == 422
    assert says in answer["error"]
    assert client.door("GET", "payments") == (200, [])
    assert client.door("GET", "faults") == (200, [])


def test_an_unknown_door_tells_which_there_are(client: Client) -> None:
    status, answer = client.door("POST", "open")
    assert status == 404
    assert len(answer["doors"]) > 15


def test_faults_are_set_listed_and_cleared(client: Client) -> None:
    client.door("POST", "faults", {"seed": 5, "faults": [{"name": "drip", "ms": 1}, {"name": "throttle"}]})
    assert [one["name"] for one in client.door("GET", "faults")[1]] == ["drip", "throttle"]
    assert [one["name"] for one in client.door("DELETE", "faults/drip")[1]] == ["throttle"]
    assert client.door("DELETE", "faults") == (200, [])


def test_one_connection_serves_many_calls_and_a_hung_up_one_ends(server: Server, client: Client) -> None:
    for _ in range(3):
        client.door("GET", "payments")
    assert client.line.sock is not None
    server.fake.faults.set("drop_before")
    with pytest.raises(http.client.RemoteDisconnected):
        refund(client)


def test_answers_take_as_long_as_was_set(server: Server, client: Client) -> None:
    client.door("POST", "settings", {"latency_ms": 60})
    start = time.monotonic()
    refund(client)
    assert time.monotonic() - start >= 0.06


def test_a_dripping_answer_arrives_whole(server: Server, client: Client) -> None:
    server.fake.pay(1_000, "EUR", "pi_1")
    server.fake.faults.set("drip", ms=1)
    assert refund(client)[1]["amount"] == 300


def test_a_body_without_end_is_not_read(client: Client) -> None:
    client.line.putrequest("POST", "/v1/refunds")
    client.line.putheader("Content-Length", "99999999")
    client.line.endheaders()
    assert client.line.getresponse().status == 413

"""What a fake does to money when it misbehaves: each fault leaves exactly the money that it says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from amends.fakes.adyen import ACCOUNT, API_KEY, FakeAdyen
from amends.fakes.calls import Call, Reply
from amends.fakes.stripe import SECRET_KEY, FakeStripe


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    found = FakeStripe()
    found.pay(1_000, "EUR", "pi_1")
    yield found
    found.end()


def send(fake: FakeStripe, key: str = "am1", amount: int = 300) -> Reply | None:
    headers = {"authorization": f"Bearer {SECRET_KEY}", "idempotency-key": key}
    body = f"payment_intent=pi_1&amount={amount}&metadata[amends_key]={key}".encode()
    return fake.serve(Call("POST", "/v1/refunds", headers, body))


def content(reply: Reply | None) -> Any:
    assert reply is not None
    return json.loads(reply.body)


def refunded(fake: FakeStripe) -> int:
    with fake.lock:
        return fake.ledger.moved("pi_1")


def soon(what: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("fault", "status", "moved"),
    [
        ({"name": "hang_before", "ms": 5}, None, 0),
        ({"name": "drop_before"}, None, 0),
        ({"name": "throttle", "seconds": 9}, 429, 0),
        ({"name": "error_before"}, 503, 0),
        ({"name": "error_before", "status": 500}, 500, 0),
        ({"name": "refuse"}, 400, 0),
        ({"name": "drop_after"}, None, 300),
        ({"name": "error_after", "status": 502}, 502, 300),
        ({"name": "malformed"}, 200, 300),
        ({"name": "wrong_amount"}, 200, 300),
        ({"name": "wrong_currency"}, 200, 300),
        ({"name": "strange_status"}, 200, 300),
        ({"name": "drip", "ms": 1}, 200, 300),
    ],
)
def test_a_fault_answers_and_moves_what_it_says(
    fake: FakeStripe, fault: dict[str, Any], status: int | None, moved: int
) -> None:
    fake.faults.set(**fault)
    reply = send(fake)
    assert (reply.status if reply else None) == status
    assert refunded(fake) == moved
    if fault["name"] == "throttle":
        assert reply is not None
        assert reply.headers["Retry-After"] == "9"


@pytest.mark.parametrize("status", [0, 500])
def test_a_late_commit_refuses_the_same_key_meanwhile_and_answers_it_after(fake: FakeStripe, status: int) -> None:
    fake.faults.set("commit_late", ms=80, status=status)
    reply = send(fake)
    assert (reply.status if reply else 0) == status
    assert refunded(fake) == 0
    assert content(send(fake))["error"]["code"] == "idempotency_key_in_use"
    soon(lambda: refunded(fake) == 300)
    assert content(send(fake))["status"] == "succeeded"
    assert refunded(fake) == 300


def test_an_error_is_given_again_for_its_key_and_not_for_another(fake: FakeStripe) -> None:
    fake.faults.set("error_before", status=500)
    replies = [send(fake), send(fake), send(fake, "am2")]
    assert [reply.status for reply in replies if reply] == [500, 500, 200]
    assert refunded(fake) == 300


def test_the_same_key_with_another_amount_is_refused(fake: FakeStripe) -> None:
    send(fake)
    assert content(send(fake, amount=301))["error"]["type"] == "idempotency_error"
    assert refunded(fake) == 300


@pytest.mark.parametrize(("fault", "end"), [("fail", "failed"), ("reversal", "failed"), ("pending", "succeeded")])
def test_what_looked_well_or_open_at_first_ends_otherwise_and_is_told(fake: FakeStripe, fault: str, end: str) -> None:
    fake.faults.set(fault, ms=20)
    assert content(send(fake))["status"] == ("succeeded" if fault == "reversal" else "pending")
    soon(lambda: fake.ledger.refunds()[0].state == end)
    soon(lambda: fake.courier.held)
    assert fake.courier.held[-1].content["object"]["status"] == end
    assert refunded(fake) == (300 if end == "succeeded" else 0)


def test_a_webhook_comes_before_the_answer_when_told_so(fake: FakeStripe) -> None:
    fake.faults.set("webhook_first")
    reply = send(fake)
    assert reply is not None
    assert reply.notices == ()
    assert [told.kind for told in fake.courier.held] == ["refund.created"]
    later = send(fake, "am2")
    assert later is not None
    assert [told.kind for told in later.notices] == ["refund.created"]


def test_wrong_keys_and_unknown_places_move_nothing(fake: FakeStripe) -> None:
    body = b"payment_intent=pi_1&amount=300"
    replies = [
        fake.serve(Call("POST", "/v1/refunds", {}, body)),
        fake.serve(Call("POST", "/v1/other", {"authorization": f"Bearer {SECRET_KEY}"}, body)),
        fake.serve(Call("DELETE", "/v1/refunds", {"authorization": f"Bearer {SECRET_KEY}"}, body)),
    ]
    assert [reply.status for reply in replies if reply] == [401, 404, 404]
    assert refunded(fake) == 0


def test_what_was_pending_when_it_was_stopped_ends_after_it_is_started_again(tmp_path: Path) -> None:
    file = str(tmp_path / "adyen.sqlite3")
    first = FakeAdyen(file)
    first.finish_ms = None
    first.pay(1_000, "EUR", "PSP")
    body = json.dumps(
        {"merchantAccount": ACCOUNT, "reference": "am1", "amount": {"value": 300, "currency": "EUR"}}
    ).encode()
    call = Call("POST", "/v72/payments/PSP/refunds", {"x-api-key": API_KEY, "idempotency-key": "am1"}, body)
    assert content(first.serve(call))["status"] == "received"
    assert first.ledger.refunds()[0].state == "pending"
    first.end()
    again = FakeAdyen(file)
    soon(lambda: again.ledger.refunds()[0].state == "succeeded")
    soon(lambda: again.courier.held)
    assert again.courier.held[0].content["merchantReference"] == "am1"
    again.end()

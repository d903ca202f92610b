"""What PayPal is told, and what its answers and events mean."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.wire import (
    NeedsToken,
    RefundOrder,
    Seal,
    UnableToAsk,
    UnableToGetToken,
    UnableToTrustNotice,
    WireAnswer,
)
from amends.fakes.keys import kept_pair
from amends.fakes.ledger import Shelf
from amends.gateways.paypal import PayPal, PayPalConfig

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SEAL = Seal(NOW, "nonce")
ORDER = RefundOrder("am01", 2_500, "EUR", 2, "CAP1", 10_000, "case 1", 1)
PAIR = kept_pair(Shelf(), "paypal")
PAYPAL = PayPal(PayPalConfig("id", "secret", "WH-1", PAIR.certificate(), "https://paypal.example"), token="tok")


def refund(**changes: Any) -> dict[str, Any]:
    made = {"id": "R1", "status": "COMPLETED", "amount": {"value": "25.00", "currency_code": "EUR"}}
    links = [
        {"rel": "self", "href": "https://x/v2/payments/refunds/R1"},
        {"rel": "up", "href": "https://x/captures/CAP1"},
    ]
    return made | {"custom_id": "am01", "links": links} | changes


def answer(status: int, content: Any) -> WireAnswer:
    return WireAnswer(status, {}, content if isinstance(content, bytes) else json.dumps(content).encode())


def issue(code: str) -> WireAnswer:
    return answer(422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": code, "description": "says why"}]})


def test_a_refund_is_asked_for_under_our_key() -> None:
    request = PAYPAL.send(ORDER, SEAL)
    assert (request.method, request.url) == ("POST", "https://paypal.example/v2/payments/captures/CAP1/refund")
    assert (request.headers["PayPal-Request-Id"], request.headers["Authorization"]) == ("am01", "Bearer tok")
    assert json.loads(request.body) == {"amount": {"value": "25.00", "currency_code": "EUR"}, "custom_id": "am01"}


@pytest.mark.parametrize(
    ("amount", "currency", "digits", "value"),
    [(2_500, "JPY", 0, "2500"), (5, "USD", 2, "0.05"), (1_234, "KWD", 3, "1.234")],
)
def test_amounts_are_written_with_the_currencys_digits(amount: int, currency: str, digits: int, value: str) -> None:
    order = RefundOrder("am01", amount, currency, digits, "CAP1", 10_000, "", 1)
    assert json.loads(PAYPAL.send(order, SEAL).body)["amount"]["value"] == value
    told = refund(amount={"value": value, "currency_code": currency})
    receipt = PAYPAL.read_sent(order, answer(201, told))
    assert (receipt.amount, receipt.currency) == (amount, currency)


def test_a_known_refund_is_read_and_an_unknown_one_asked_for_by_the_same_request() -> None:
    known = PAYPAL.ask(replace(ORDER, reference="R/1"), SEAL)
    assert (known.method, known.url) == ("GET", "https://paypal.example/v2/payments/refunds/R%2F1")
    assert PAYPAL.ask(replace(ORDER, first_sent_at=NOW - timedelta(days=44)), SEAL) == PAYPAL.send(ORDER, SEAL)
    with pytest.raises(UnableToAsk):
        PAYPAL.ask(replace(ORDER, first_sent_at=NOW - timedelta(days=44, seconds=1)), SEAL)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("COMPLETED", "succeeded"),
        ("PENDING", "pending"),
        ("FAILED", "failed"),
        ("CANCELLED", "failed"),
        ("HALF_DONE", "unknown"),
        (None, "unknown"),
        ({}, "unknown"),
    ],
)
def test_every_status_means_one_outcome_and_a_strange_one_calls_a_person(status: Any, outcome: str) -> None:
    receipt = PAYPAL.read_sent(ORDER, answer(201, refund(status=status)))
    assert (receipt.outcome, bool(receipt.alarm)) == (outcome, outcome == "unknown")


@pytest.mark.parametrize(
    ("given", "sent", "asked"),
    [
        (issue("REFUND_FAILED_INSUFFICIENT_FUNDS"), "failed", "failed"),
        (issue("REFUND_TIME_LIMIT_EXCEEDED"), "failed", "failed"),
        (issue("PARTIAL_REFUND_NOT_ALLOWED"), "failed", "failed"),
        (issue("CAPTURE_FULLY_REFUNDED"), "failed", "unknown"),
        (issue("REFUND_AMOUNT_EXCEEDED"), "failed", "unknown"),
        (issue("DUPLICATE_INVOICE_ID"), "unknown", "unknown"),
        (issue("PENDING_CAPTURE"), "unknown", "unknown"),
        (answer(404, {"name": "RESOURCE_NOT_FOUND"}), "failed", "unknown"),
        (answer(409, {"name": "RESOURCE_CONFLICT"}), "unknown", "unknown"),
        (answer(401, {"name": "AUTHENTICATION_FAILURE"}), "absent", "unknown"),
        (answer(429, {"name": "RATE_LIMIT_REACHED"}), "absent", "unknown"),
        (answer(500, {"name": "INTERNAL_SERVER_ERROR"}), "unknown", "unknown"),
        (answer(201, b"{"), "unknown", "unknown"),
        (answer(422, b"<html>"), "unknown", "unknown"),
        (answer(422, {"details": "none"}), "failed", "failed"),
    ],
)
def test_refusals_mean_less_to_a_question_than_to_the_first_sending(given: WireAnswer, sent: str, asked: str) -> None:
    assert PAYPAL.read_sent(ORDER, given).outcome == sent
    assert PAYPAL.read_asked(ORDER, given).outcome == asked


def test_who_asks_and_finds_nothing_left_calls_a_person() -> None:
    assert "console" in (PAYPAL.read_asked(ORDER, issue("CAPTURE_FULLY_REFUNDED")).alarm or "")


@given(st.binary(max_size=80), st.integers(100, 599))
def test_whatever_comes_back_is_no_success_and_no_fault_of_ours(body: bytes, status: int) -> None:
    assert PAYPAL.read_sent(ORDER, WireAnswer(status, {}, body)).outcome != "succeeded"
    assert PAYPAL.read_asked(ORDER, WireAnswer(status, {}, body)).outcome != "succeeded"


def test_a_token_is_asked_for_with_the_accounts_keys_and_read_with_its_life() -> None:
    assert isinstance(PAYPAL, NeedsToken)
    request = PAYPAL.token_request()
    assert request.headers["Authorization"] == "Basic " + base64.b64encode(b"id:secret").decode()
    assert request.body == b"grant_type=client_credentials"
    token = PAYPAL.read_token(answer(200, {"access_token": "A21", "expires_in": 32_400}))
    assert (token.value, token.seconds) == ("A21", 32_400)
    assert PAYPAL.with_token("A21").send(ORDER, SEAL).headers["Authorization"] == "Bearer A21"


@pytest.mark.parametrize(
    "given", [answer(401, {"error_description": "Client Authentication failed"}), answer(200, {}), answer(200, b"")]
)
def test_no_token_says_why_and_keeps_the_secret(given: WireAnswer) -> None:
    with pytest.raises(UnableToGetToken, match=str(given.status)) as caught:
        PAYPAL.read_token(given)
    assert "secret" not in str(caught.value)


def signed(kind: str, thing: Any, at: datetime = NOW, webhook: str = "WH-1") -> tuple[dict[str, str], bytes]:
    body = json.dumps(
        {"id": "WH-E1", "event_type": kind, "create_time": "2026-11-25T09:00:00Z", "resource": thing}
    ).encode()
    sent = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    message = f"T1|{sent}|{webhook}|{zlib.crc32(body)}".encode()
    return {
        "paypal-transmission-id": "T1",
        "paypal-transmission-time": sent,
        "paypal-transmission-sig": PAIR.sign(message),
    }, body


def test_a_refund_is_told_with_its_key_and_its_capture() -> None:
    [note] = PAYPAL.read_notice(*signed("PAYMENT.CAPTURE.REFUNDED", refund()), NOW)
    assert (note.id, note.kind, note.key, note.reference, note.payment_reference) == (
        "WH-E1", "refund", "am01", "R1", "CAP1",
    )  # fmt: skip
    assert note.receipt is not None
    assert (note.receipt.outcome, note.receipt.amount) == ("succeeded", 2_500)


@pytest.mark.parametrize("links", [None, {}, [], [7], [{"rel": "up"}], [{"rel": "up", "href": ""}]])
def test_a_refund_without_its_capture_is_still_told(links: Any) -> None:
    [note] = PAYPAL.read_notice(*signed("PAYMENT.REFUND.FAILED", refund(status="FAILED", links=links)), NOW)
    assert note.payment_reference is None
    assert note.receipt is not None
    assert note.receipt.outcome == "failed"


def test_a_capture_that_the_vendor_reverses_is_no_refund_of_ours() -> None:
    [note] = PAYPAL.read_notice(*signed("PAYMENT.CAPTURE.REVERSED", refund()), NOW)
    assert (note.kind, note.receipt) == ("other", None)


@pytest.mark.parametrize(
    ("kind", "stage", "outcome", "moves"),
    [
        ("CUSTOMER.DISPUTE.CREATED", "INQUIRY", None, (None, "opened")),
        ("CUSTOMER.DISPUTE.CREATED", "CHARGEBACK", None, ("out", "opened")),
        ("CUSTOMER.DISPUTE.UPDATED", "PRE_ARBITRATION", None, ("out", "opened")),
        ("CUSTOMER.DISPUTE.RESOLVED", "CHARGEBACK", "RESOLVED_SELLER_FAVOUR", ("back", "won")),
        ("CUSTOMER.DISPUTE.RESOLVED", "INQUIRY", "RESOLVED_BUYER_FAVOUR", ("out", "lost")),
        ("CUSTOMER.DISPUTE.RESOLVED", "CHARGEBACK", "CANCELED_BY_BUYER", ("back", "won")),
    ],
)
def test_a_dispute_holds_money_from_a_claim_on(kind: str, stage: str, outcome: str | None, moves: Any) -> None:
    thing = {
        "dispute_id": "PP-D-1",
        "disputed_transactions": [{"seller_transaction_id": "CAP1"}],
        "dispute_amount": {"value": "9.00", "currency_code": "EUR"},
        "dispute_life_cycle_stage": stage,
    } | ({"dispute_outcome": {"outcome_code": outcome}} if outcome else {})
    [note] = PAYPAL.read_notice(*signed(kind, thing), NOW)
    assert (note.kind, note.payment_reference, note.detail["amount"]) == ("dispute", "CAP1", 900)
    assert (note.detail["moves"], note.detail["stage"]) == moves


def test_a_notice_is_good_for_an_hour_and_for_our_webhook_only() -> None:
    headers, body = signed("PAYMENT.CAPTURE.REFUNDED", refund())
    assert PAYPAL.read_notice(headers, body, NOW + timedelta(hours=1))
    for away in (timedelta(hours=1, seconds=1), -timedelta(hours=1, seconds=1)):
        with pytest.raises(UnableToTrustNotice, match="look at the clock"):
            PAYPAL.read_notice(headers, body, NOW + away)
    with pytest.raises(UnableToTrustNotice, match="does not fit"):
        PAYPAL.read_notice(*signed("PAYMENT.CAPTURE.REFUNDED", refund(), webhook="WH-2"), NOW)


@pytest.mark.parametrize(
    ("certificate", "says"), [(PAIR.certificate(-900), "ran out"), ("no PEM", "cannot be read"), ("", "cannot be read")]
)
def test_a_certificate_that_cannot_be_used_is_told(certificate: str, says: str) -> None:
    spoilt = PayPal(PayPalConfig("id", "secret", "WH-1", certificate))
    with pytest.raises(UnableToTrustNotice, match=says):
        spoilt.read_notice(*signed("PAYMENT.CAPTURE.REFUNDED", refund()), NOW)


@given(st.integers(0, 400), st.integers(1, 255))
def test_one_changed_byte_is_refused(place: int, change: int) -> None:
    headers, body = signed("PAYMENT.CAPTURE.REFUNDED", refund())
    spoilt = bytearray(body)
    spoilt[place % len(body)] ^= change
    with pytest.raises(UnableToTrustNotice):
        PAYPAL.read_notice(headers, bytes(spoilt), NOW)


@pytest.mark.parametrize("field", ["paypal-transmission-id", "paypal-transmission-time", "paypal-transmission-sig"])
@pytest.mark.parametrize("value", ["", "é", "2026-11-25T09:00:00", "\ud800"])
def test_headers_that_are_missing_or_odd_are_refused(field: str, value: str) -> None:
    headers, body = signed("PAYMENT.CAPTURE.REFUNDED", refund())
    with pytest.raises(UnableToTrustNotice):
        PAYPAL.read_notice(headers | {field: value}, body, NOW)

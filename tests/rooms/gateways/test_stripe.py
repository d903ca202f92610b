"""What Stripe is told, and what its answers, lists and events mean."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.wire import RefundOrder, Seal, UnableToTrustNotice, WireAnswer
from amends.gateways.stripe import Stripe, StripeConfig

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SEAL = Seal(NOW, "nonce")
ORDER = RefundOrder("am01", 2_500, "EUR", 2, "pi_1", 10_000, "case 1 & more", 1)
STRIPE = Stripe(StripeConfig("sk_1", ("whsec_new", "whsec_old"), "https://stripe.example"))


def refund(**changes: Any) -> dict[str, Any]:
    made = {"id": "re_1", "object": "refund", "amount": 2_500, "currency": "eur", "status": "succeeded"}
    return made | {"metadata": {"amends_key": "am01"}} | changes


def answer(content: Any, status: int = 200, **headers: str) -> WireAnswer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return WireAnswer(status, {key.replace("_", "-"): value for key, value in headers.items()}, body)


def fault(status: int, kind: str, code: str | None = None, **headers: str) -> WireAnswer:
    return answer({"error": {"type": kind, "code": code, "message": "says why"}}, status, **headers)


def listed(*refunds: Any, more: Any = False) -> WireAnswer:
    return answer({"object": "list", "data": list(refunds), "has_more": more})


def test_a_refund_is_asked_for_under_our_key_in_header_and_metadata() -> None:
    request = STRIPE.send(ORDER, SEAL)
    assert (request.method, request.url) == ("POST", "https://stripe.example/v1/refunds")
    assert request.headers["Idempotency-Key"] == "am01"
    assert request.headers["Authorization"] == "Bearer sk_1"
    assert dict(parse_qsl(request.body.decode())) == {
        "payment_intent": "pi_1",
        "amount": "2500",
        "reason": "requested_by_customer",
        "metadata[amends_key]": "am01",
        "metadata[case]": "case 1 & more",
    }


def test_the_same_order_makes_the_same_request_whenever_it_is_sent() -> None:
    later = Seal(NOW + timedelta(hours=5), "other")
    assert STRIPE.send(ORDER, SEAL) == STRIPE.send(ORDER, later)


@pytest.mark.parametrize(("reference", "field"), [("pi_1", "payment_intent"), ("ch_1", "charge"), ("py_1", "charge")])
def test_a_payment_is_named_by_what_it_is(reference: str, field: str) -> None:
    order = RefundOrder("am01", 1, "EUR", 2, reference, 1, "", 1)
    assert parse_qs(STRIPE.send(order, SEAL).body.decode())[field] == [reference]
    assert parse_qs(urlsplit(STRIPE.ask(order, SEAL).url).query)[field] == [reference]


@pytest.mark.parametrize(
    ("status", "outcome", "alarms"),
    [
        ("succeeded", "succeeded", False),
        ("pending", "pending", False),
        ("requires_action", "pending", True),
        ("failed", "failed", False),
        ("canceled", "failed", False),
        ("half_done", "unknown", True),
        (None, "unknown", True),
        (["succeeded"], "unknown", True),
    ],
)
def test_every_status_means_one_outcome_and_a_strange_one_calls_a_person(
    status: Any, outcome: str, alarms: bool
) -> None:
    for receipt in (
        STRIPE.read_sent(ORDER, answer(refund(status=status))),
        STRIPE.read_asked(ORDER, listed(refund(status=status))),
    ):
        assert (receipt.outcome, bool(receipt.alarm)) == (outcome, alarms)


def test_a_success_tells_what_moved() -> None:
    receipt = STRIPE.read_sent(ORDER, answer(refund()))
    assert (receipt.reference, receipt.amount, receipt.currency) == ("re_1", 2_500, "EUR")


@pytest.mark.parametrize(
    ("given", "outcome", "alarms"),
    [
        (fault(400, "invalid_request_error", "charge_already_refunded"), "failed", False),
        (fault(404, "invalid_request_error", "resource_missing"), "failed", False),
        (fault(402, "card_error"), "failed", False),
        (fault(400, "idempotency_error"), "unknown", True),
        (fault(409, "idempotency_error", "idempotency_key_in_use"), "unknown", False),
        (fault(401, "invalid_request_error"), "absent", True),
        (fault(403, "invalid_request_error"), "absent", True),
        (fault(429, "rate_limit_error"), "absent", False),
        (fault(500, "api_error"), "unknown", False),
        (fault(503, "api_error"), "unknown", False),
        (answer(b"<html>proxy</html>", 502), "unknown", False),
        (answer(b"<html>proxy</html>", 200), "unknown", False),
        (answer(b"<html>proxy</html>", 404), "unknown", False),
        (answer(b"", 302), "unknown", False),
    ],
)
def test_refusals_are_final_only_when_the_vendor_itself_refuses_the_refund(
    given: WireAnswer, outcome: str, alarms: bool
) -> None:
    receipt = STRIPE.read_sent(ORDER, given)
    assert (receipt.outcome, bool(receipt.alarm)) == (outcome, alarms)


def test_it_waits_as_long_as_it_is_asked_to() -> None:
    assert STRIPE.read_sent(ORDER, fault(429, "rate_limit_error", retry_after="17")).retry_after == 17
    assert STRIPE.read_sent(ORDER, fault(429, "rate_limit_error", retry_after="soon")).retry_after == 1
    assert STRIPE.read_sent(ORDER, fault(429, "rate_limit_error", retry_after="9999999")).retry_after == 3600


def test_absent_only_where_the_whole_list_was_seen_without_our_key() -> None:
    other = refund(id="re_2", metadata={"amends_key": "am02"})
    assert STRIPE.read_asked(ORDER, listed()).outcome == "absent"
    assert STRIPE.read_asked(ORDER, listed(other, refund(metadata=None), 7)).outcome == "absent"
    assert STRIPE.read_asked(ORDER, listed(other, refund(id="re_3"))).reference == "re_3"
    for unsure in (listed(other, more=True), listed(other, more=None), answer({"data": []}), answer({"data": {}})):
        assert STRIPE.read_asked(ORDER, unsure).outcome == "unknown"
    assert STRIPE.read_asked(ORDER, listed(other, more=True)).alarm


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_question_that_is_refused_says_nothing_of_the_refund(status: int) -> None:
    assert STRIPE.read_asked(ORDER, fault(status, "api_error")).outcome == "unknown"


@given(st.binary(max_size=80), st.integers(100, 599))
def test_whatever_comes_back_is_no_success_and_no_fault_of_ours(body: bytes, status: int) -> None:
    for receipt in (
        STRIPE.read_sent(ORDER, WireAnswer(status, {}, body)),
        STRIPE.read_asked(ORDER, WireAnswer(status, {}, body)),
    ):
        assert receipt.outcome != "succeeded"


def signed(event: Any, at: datetime = NOW, secret: str = "whsec_new") -> tuple[dict[str, str], bytes]:
    body, stamp = json.dumps(event).encode(), str(int(at.timestamp()))
    sign = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"stripe-signature": f"t={stamp},v0=x,v1={'0' * 64},v1={sign}"}, body


def event(kind: str, thing: Any) -> dict[str, Any]:
    return {"id": "evt_1", "type": kind, "created": 1_764_061_200, "data": {"object": thing}}


@pytest.mark.parametrize("secret", ["whsec_new", "whsec_old"])
def test_an_event_is_trusted_under_either_secret_while_one_is_rolled_over(secret: str) -> None:
    headers, body = signed(event("refund.updated", refund(payment_intent="pi_1")), secret=secret)
    [note] = STRIPE.read_notice(headers, body, NOW)
    assert (note.id, note.kind, note.key, note.reference, note.payment_reference) == (
        "evt_1", "refund", "am01", "re_1", "pi_1",
    )  # fmt: skip
    assert note.receipt is not None
    assert note.receipt.outcome == "succeeded"


def test_a_late_failure_is_a_failure_with_its_reason() -> None:
    headers, body = signed(event("refund.failed", refund(status="failed", failure_reason="lost_or_stolen_card")))
    [note] = STRIPE.read_notice(headers, body, NOW)
    assert note.receipt is not None
    assert (note.receipt.outcome, note.receipt.code) == ("failed", "lost_or_stolen_card")


@pytest.mark.parametrize(
    ("kind", "status", "stage", "moves"),
    [
        ("charge.dispute.created", "needs_response", "opened", None),
        ("charge.dispute.created", "warning_needs_response", "opened", None),
        ("charge.dispute.funds_withdrawn", "needs_response", "opened", "out"),
        ("charge.dispute.closed", "lost", "lost", None),
        ("charge.dispute.closed", "won", "won", None),
        ("charge.dispute.closed", "warning_closed", "won", None),
        ("charge.dispute.funds_reinstated", "won", "won", "back"),
    ],
)
def test_a_dispute_moves_money_only_by_the_events_that_say_so(
    kind: str, status: str, stage: str, moves: str | None
) -> None:
    thing = {"id": "dp_1", "amount": 900, "currency": "eur", "charge": "ch_1", "payment_intent": None, "status": status}
    [note] = STRIPE.read_notice(*signed(event(kind, thing)), NOW)
    assert (note.kind, note.payment_reference, note.receipt) == ("dispute", "ch_1", None)
    wanted = {"stage": stage, "moves": moves, "amount": 900, "currency": "EUR", "dispute": "dp_1", "type": kind}
    assert {name: value for name, value in note.detail.items() if name != "told"} == wanted


def test_other_events_are_heard_and_mean_nothing() -> None:
    [note] = STRIPE.read_notice(*signed(event("charge.refunded", {"id": "ch_1", "amount_refunded": 5})), NOW)
    assert (note.kind, note.receipt) == ("other", None)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_a_signature_is_good_for_five_minutes(seconds: int) -> None:
    headers, body = signed(event("refund.updated", refund()))
    edge = 300 if seconds > 0 else -300
    assert STRIPE.read_notice(headers, body, NOW + timedelta(seconds=edge))
    with pytest.raises(UnableToTrustNotice, match="more than 300 seconds"):
        STRIPE.read_notice(headers, body, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("header", ["", "t=1", "v1=abc", "t=x,v1=abc", "t=,v1=", "nonsense", "t=١,v1=abc"])
def test_a_header_without_time_or_signature_is_refused(header: str) -> None:
    with pytest.raises(UnableToTrustNotice):
        STRIPE.read_notice({"stripe-signature": header}, b"{}", NOW)


@given(st.integers(0, 200), st.integers(1, 255))
def test_one_changed_byte_is_refused(place: int, change: int) -> None:
    headers, body = signed(event("refund.updated", refund()))
    spoilt = bytearray(body)
    spoilt[place % len(body)] ^= change
    with pytest.raises(UnableToTrustNotice):
        STRIPE.read_notice(headers, bytes(spoilt), NOW)


@pytest.mark.parametrize("sign", ["é", "\ud800", "", "0"])
def test_any_other_text_for_a_signature_is_refused(sign: str) -> None:
    header = f"t={int(NOW.timestamp())},v1={sign}"
    with pytest.raises(UnableToTrustNotice, match="does not fit"):
        STRIPE.read_notice({"stripe-signature": header}, b"{}", NOW)

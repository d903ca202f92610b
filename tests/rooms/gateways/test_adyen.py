"""What Adyen is told, its signatures, and what its events mean."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.collect import CollectOrder, read_told_payment
from amends.facts.wire import Notice, RefundOrder, Seal, UnableToAsk, UnableToTrustNotice, WireAnswer
from amends.gateways.adyen import Adyen, AdyenConfig, notice_signature

KEY = "00112233445566778899aabbccddeeff" * 2
OLD = "ff" * 32
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SEAL = Seal(NOW, "nonce")
ORDER = RefundOrder("am01", 2_500, "EUR", 2, "ORIG1", 10_000, "case 1", 1)
ADYEN = Adyen(AdyenConfig("key", "Acct", (KEY, OLD), "https://adyen.example/v72"))


@pytest.fixture
def item() -> dict[str, Any]:
    return {
        "pspReference": "PSP1",
        "originalReference": "ORIG1",
        "merchantAccountCode": "Acct",
        "merchantReference": "REF1",
        "amount": {"value": 1000, "currency": "EUR"},
        "eventCode": "REFUND",
        "success": "true",
    }


def told(*items: dict[str, Any], key: str = KEY) -> bytes:
    entries = [
        {"NotificationRequestItem": one | {"additionalData": {"hmacSignature": notice_signature(one, key)}}}
        for one in items
    ]
    return json.dumps({"live": "false", "notificationItems": entries}).encode()


def heard(*items: dict[str, Any]) -> tuple[Notice, ...]:
    return ADYEN.read_notice({}, told(*items), NOW)


def answer(status: int, /, **content: Any) -> WireAnswer:
    return WireAnswer(status, {}, json.dumps(content).encode())


def test_the_signature_is_the_published_one(item: dict[str, Any]) -> None:
    assert notice_signature(item, KEY) == "/8CsfblFhYk/WVeLjbU4V8Lz9vce0M+3lYgwpqcsM+c="


@pytest.mark.parametrize("field", ["pspReference", "originalReference", "merchantReference", "eventCode", "success"])
def test_every_field_counts(item: dict[str, Any], field: str) -> None:
    assert notice_signature(item | {field: "other"}, KEY) != notice_signature(item, KEY)


def test_a_refund_is_asked_for_under_our_key_in_header_and_reference() -> None:
    request = ADYEN.send(ORDER, SEAL)
    assert (request.method, request.url) == ("POST", "https://adyen.example/v72/payments/ORIG1/refunds")
    assert (request.headers["Idempotency-Key"], request.headers["X-API-Key"]) == ("am01", "key")
    body = json.loads(request.body)
    assert (body["merchantAccount"], body["reference"]) == ("Acct", "am01")
    assert body["amount"] == {"currency": "EUR", "value": 2_500}


def test_the_question_is_the_same_request_while_the_key_is_surely_known() -> None:
    assert ADYEN.ask(ORDER, SEAL) == ADYEN.send(ORDER, SEAL)
    old = RefundOrder("am01", 1, "EUR", 2, "O", 1, "", 1, first_sent_at=NOW - timedelta(days=6, seconds=1))
    with pytest.raises(UnableToAsk, match="could pay again"):
        ADYEN.ask(old, SEAL)


@pytest.mark.parametrize(
    ("given", "outcome", "alarms"),
    [
        (answer(201, status="received", pspReference="PSP1"), "pending", False),
        (answer(201, status="refunded", pspReference="PSP1"), "unknown", True),
        (answer(201, status="received"), "unknown", True),
        (WireAnswer(201, {}, b"{"), "unknown", False),
        (answer(422, errorCode="167", message="Original pspReference required"), "failed", False),
        (answer(409, errorCode="704"), "unknown", False),
        (answer(401), "absent", True),
        (answer(429), "absent", False),
        (answer(500, errorCode="905"), "unknown", False),
        (WireAnswer(404, {}, b"<html>"), "unknown", False),
    ],
)
def test_no_answer_is_ever_a_success(given: WireAnswer, outcome: str, alarms: bool) -> None:
    receipt = ADYEN.read_sent(ORDER, given)
    assert (receipt.outcome, bool(receipt.alarm)) == (outcome, alarms)
    asked = ADYEN.read_asked(ORDER, given)
    assert asked.outcome == ("unknown" if outcome == "absent" else outcome)


@pytest.mark.parametrize(
    ("event", "success", "outcome"),
    [
        ("REFUND", "true", "succeeded"),
        ("REFUND", "false", "failed"),
        ("REFUND_FAILED", "true", "failed"),
        ("REFUNDED_REVERSED", "true", "failed"),
        ("REFUND_WITH_DATA", "true", "succeeded"),
        ("REFUND_WITH_DATA", "false", "failed"),
    ],
)
def test_events_of_refunds_mean_one_outcome(item: dict[str, Any], event: str, success: str, outcome: str) -> None:
    [note] = heard(item | {"eventCode": event, "success": success, "reason": "why"})
    assert note.receipt is not None
    assert (note.kind, note.key, note.reference, note.payment_reference) == ("refund", "REF1", "PSP1", "ORIG1")
    assert (note.receipt.outcome, note.receipt.amount, note.receipt.currency) == (outcome, 1_000, "EUR")


@pytest.mark.parametrize(
    ("event", "stage", "moves"),
    [
        ("NOTIFICATION_OF_CHARGEBACK", "opened", None),
        ("CHARGEBACK", "opened", "out"),
        ("CHARGEBACK_REVERSED", "won", "back"),
        ("SECOND_CHARGEBACK", "lost", "out"),
    ],
)
def test_events_of_disputes_say_whether_money_moves(
    item: dict[str, Any], event: str, stage: str, moves: str | None
) -> None:
    [note] = heard(item | {"eventCode": event})
    assert (note.kind, note.payment_reference, note.receipt) == ("dispute", "ORIG1", None)
    assert (note.detail["stage"], note.detail["moves"], note.detail["amount"]) == (stage, moves, 1_000)


def test_the_same_event_twice_has_one_id_and_another_event_of_the_refund_another(item: dict[str, Any]) -> None:
    first, again, late = heard(
        item, item | {"eventDate": "2026-11-25T10:00:00+01:00"}, item | {"eventCode": "REFUND_FAILED"}
    )
    assert first.id == again.id != late.id


def test_either_key_is_good_while_one_is_rolled_over(item: dict[str, Any]) -> None:
    assert ADYEN.read_notice({}, told(item, key=OLD), NOW)
    with pytest.raises(UnableToTrustNotice, match="any of the HMAC keys"):
        ADYEN.read_notice({}, told(item, key="aa" * 32), NOW)


def test_one_item_with_a_wrong_signature_refuses_all(item: dict[str, Any]) -> None:
    body = json.loads(told(item, item | {"pspReference": "PSP2"}))
    body["notificationItems"][1]["NotificationRequestItem"]["amount"]["value"] = 1
    with pytest.raises(UnableToTrustNotice):
        ADYEN.read_notice({}, json.dumps(body).encode(), NOW)


def test_a_notice_for_another_account_and_a_key_that_is_none_are_told(item: dict[str, Any]) -> None:
    with pytest.raises(UnableToTrustNotice, match="another merchant account"):
        heard(item | {"merchantAccountCode": "Other"})
    spoilt = Adyen(AdyenConfig("key", "Acct", ("no hex",)))
    with pytest.raises(UnableToTrustNotice, match="not hexadecimal"):
        spoilt.read_notice({}, told(item), NOW)


@pytest.mark.parametrize("sign", ["", "é", "\ud800", 7, None, "A" * 44])
def test_any_other_text_for_a_signature_is_refused(item: dict[str, Any], sign: Any) -> None:
    item |= {"additionalData": {"hmacSignature": sign}, "reason": "\ud800", "merchantReference": "\ud800"}
    body = json.dumps({"notificationItems": [{"NotificationRequestItem": item}]}).encode()
    with pytest.raises(UnableToTrustNotice):
        ADYEN.read_notice({}, body, NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["notificationItems", "NotificationRequestItem", "amount", "additionalData"]), inner, max_size=3
    ),
    max_leaves=12,
)  # fmt: skip


@given(JSON | st.binary(max_size=40))
def test_whatever_is_posted_is_refused_in_words(content: Any) -> None:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(UnableToTrustNotice):
        ADYEN.read_notice({}, body, NOW)


OURS = "am" + "0a" * 15


def test_a_page_that_holds_asks_for_cards_and_manual_capture_and_says_the_same_each_time() -> None:
    order = CollectOrder(OURS, "link", 7_000, "EUR", 2, "Deposit", hold=True, made_at=NOW)
    first, later = [next(ADYEN.collecting.send(order, Seal(at, "n"))) for at in (NOW, NOW + timedelta(hours=5))]
    assert first == later
    assert first.headers["Idempotency-Key"] == OURS
    said = json.loads(first.body)
    assert (said["manualCapture"], said["allowedPaymentMethods"], said["reusable"]) == (True, ["scheme"], False)
    assert said["expiresAt"] == "2026-12-25T09:00:00Z"
    paid = json.loads(next(ADYEN.collecting.send(replace(order, hold=False), SEAL)).body)
    assert ("manualCapture" in paid, paid["captureDelayHours"]) == (False, 0)


@pytest.mark.parametrize(
    ("event", "success", "state", "step"),
    [
        ("AUTHORISATION", "true", "authorised", None),
        ("AUTHORISATION", "false", "declined", None),
        ("CAPTURE", "true", "paid", None),
        ("CAPTURE", "false", "declined", "capture"),
        ("CAPTURE_FAILED", "true", "declined", "capture"),
        ("CANCELLATION", "true", "cancelled", None),
        ("CANCELLATION", "false", "declined", "release"),
        ("EXPIRE", "true", "cancelled", None),
    ],
)
def test_an_event_about_money_that_comes_in_says_what_became_of_it(
    item: dict[str, Any], event: str, success: str, state: str, step: str | None
) -> None:
    [note] = heard(item | {"eventCode": event, "success": success, "merchantReference": OURS})
    found = read_told_payment(note.detail["told"])
    assert (note.kind, note.key, found.state, found.step) == ("collection", OURS, state, step)
    assert found.payment == ("PSP1" if event == "AUTHORISATION" else "ORIG1")
    [shops_own] = heard(item | {"eventCode": event, "success": success})
    assert shops_own.kind == "other"


def test_what_only_a_notice_tells_is_waited_for_and_asked_for_again_only_while_that_is_safe_and_wanted() -> None:
    def asked(**more: Any) -> tuple[str, bool]:
        order = CollectOrder(OURS, "capture", 7_000, "EUR", 2, about="PSP1", **more)
        try:
            request = next(ADYEN.collecting.ask(order, SEAL))
        except StopIteration as end:
            return end.value.outcome, bool(end.value.alarm)
        raise AssertionError(f"nothing can be asked: {request}")

    hour, day = NOW - timedelta(hours=1), NOW - timedelta(days=2)
    assert asked(reference="MOD1", first_sent_at=hour) == ("pending", False)
    assert asked(reference="MOD1", first_sent_at=day) == ("unknown", True)
    assert asked(first_sent_at=day) == ("absent", False)
    assert asked(first_sent_at=NOW - timedelta(days=7)) == ("unknown", True)
    assert asked(first_sent_at=hour, wanted=False) == ("unknown", True)

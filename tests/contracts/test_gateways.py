"""What every gateway promises, against its fake over real HTTP: pays once, never believes too much, trusts no forged word."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.carry_out.wire import UnableToReach
from amends.facts.wire import UnableToGetToken, UnableToTrustNotice
from amends.fakes.keys import kept_pair
from amends.fakes.ledger import Shelf
from tests.contracts.gateway_world import NAMES, PAID, World, spoilt, world

LATER_BY_NOTICE = ("adyen",)
ASKS_BY_REPEATING = ("paypal", "adyen")
DISPUTES = ("stripe", "paypal", "adyen")


@pytest.fixture(params=NAMES)
def there(request: pytest.FixtureRequest) -> Iterator[World]:
    with world(request.param) as found:
        yield found


def test_a_refund_pays_once_and_is_told_rightly(there: World) -> None:
    payment = there.paid()
    order = there.order(payment)
    receipt = there.settle(order)
    assert receipt.outcome == "succeeded"
    assert receipt.reference
    assert receipt.amount in (None, order.amount)
    assert receipt.currency in (None, order.currency)
    assert there.balance(payment)["refunded"] == order.amount


def test_the_same_key_pays_once_however_often_it_is_sent(there: World) -> None:
    payment = there.paid()
    order = there.order(payment)
    references = {there.send(order).reference for _ in range(3)} | {there.settle(order).reference}
    assert len(references - {None}) == 1
    assert there.balance(payment)["refunded"] == order.amount


def test_several_parts_add_up_and_more_than_is_left_is_refused(there: World) -> None:
    payment = there.paid()
    for amount in (2_500, 2_500, 4_999):
        assert there.settle(there.order(payment, amount)).outcome == "succeeded"
    refused = there.settle(there.order(payment, 2))
    assert refused.outcome == "failed"
    assert refused.code
    assert there.settle(there.order(payment, 1)).outcome == "succeeded"
    assert there.balance(payment)["left"] == 0


def test_at_once_from_many_sides_the_same_key_pays_once_and_the_cap_holds(there: World) -> None:
    payment = there.paid()
    one = there.order(payment, 4_000)
    others = [there.order(payment, 4_000) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(there.try_send, [one] * 4 + others))
    assert len({receipt.reference for receipt in receipts[:4]} - {None}) <= 1
    there.finish()
    assert there.balance(payment)["refunded"] == 8_000
    assert sum(receipt.outcome == "failed" for receipt in receipts) >= 2


@pytest.mark.parametrize(
    "fault",
    [
        {"name": "drop_after"},
        {"name": "drop_before"},
        {"name": "error_before", "status": 503},
        {"name": "error_before", "status": 500},
        {"name": "error_after", "status": 502},
        {"name": "throttle", "seconds": 1},
        {"name": "commit_late", "ms": 60, "status": 500},
        {"name": "commit_late", "ms": 60, "status": 0},
        {"name": "malformed"},
        {"name": "drip", "ms": 1},
    ],
    ids=lambda fault: "-".join(map(str, fault.values())),
)
def test_whatever_happens_to_a_call_it_pays_once_or_stays_in_doubt(there: World, fault: dict[str, Any]) -> None:
    payment = there.paid()
    order = there.order(payment)
    there.fault(**fault)
    receipt = there.settle(order)
    there.server.fake.later.after(0, lambda: None)
    moved = there.balance(payment)["refunded"] + there.balance(payment)["pending"]
    replays_errors = there.name == "stripe" and fault["name"] == "error_before"
    if replays_errors:
        assert receipt.outcome in ("unknown", "absent")
        assert moved == 0
    else:
        assert receipt.outcome == "succeeded"
        assert moved == order.amount


@pytest.mark.parametrize("fault", ["drop_after", "error_after", "malformed"])
def test_an_answer_that_is_lost_or_broken_is_never_read_as_an_end(there: World, fault: str) -> None:
    order = there.order(there.paid())
    there.fault(fault)
    assert there.try_send(order).outcome in ("unknown", "pending")


@pytest.mark.parametrize("fault", ["wrong_amount", "wrong_currency", "strange_status"])
def test_an_answer_that_disagrees_is_no_success_and_calls_a_person(there: World, fault: str) -> None:
    order = there.order(there.paid())
    there.fault(fault, times=None)
    receipt = there.try_send(order)
    if fault == "wrong_currency" and there.name == "alipay":
        assert receipt.outcome in ("succeeded", "unknown")  # its answers name no currency
        return
    if receipt.outcome == "pending":
        pytest.skip(
            "this answer is taken in before amounts are told; the question's and the notice's are checked the same"
        )
    assert receipt.outcome == "unknown"
    assert receipt.alarm or (there.name, fault) == ("alipay", "strange_status")  # a call's answer has no status there


def test_a_business_refusal_is_final_or_in_doubt_and_moves_nothing(there: World) -> None:
    payment = there.paid()
    there.fault("refuse", times=None)
    receipt = there.try_send(there.order(payment))
    assert receipt.outcome in ("failed", "unknown")
    assert receipt.code
    assert there.balance(payment)["left"] == PAID


def test_asked_about_what_never_was_it_says_absent_or_does_it_once(there: World) -> None:
    payment = there.paid()
    order = there.order(payment)
    receipt = there.ask(order)
    if there.name in ASKS_BY_REPEATING:
        assert receipt.outcome in ("succeeded", "pending")
        there.settle(order)
        assert there.balance(payment)["refunded"] == order.amount
    else:
        assert receipt.outcome == "absent"
        assert there.balance(payment)["left"] == PAID


def wrong_keys(config: Any) -> Any:
    other = kept_pair(Shelf(), "other").private
    names = {"secret_key": "sk_wrong", "api_key": "wrong", "private_key": other, "secret": "wrong"}
    return replace(config, **{name: value for name, value in names.items() if hasattr(config, name)})


def test_wrong_keys_move_nothing_and_are_told(there: World) -> None:
    payment = there.paid()
    there.gateway = spoilt(there.gateway, wrong_keys)
    there.tokens.forget(there.name)
    if there.name == "paypal":
        with pytest.raises(UnableToGetToken, match="refused with 401"):
            there.send(there.order(payment))
    else:
        receipt = there.send(there.order(payment))
        assert receipt.outcome in ("absent", "unknown")
        assert receipt.alarm
    assert there.balance(payment)["left"] == PAID


def test_a_host_that_nobody_configured_is_not_called(there: World) -> None:
    order = there.order(there.paid())
    field = "gateway_url" if there.name == "alipay" else "base_url"
    there.gateway = spoilt(there.gateway, lambda config: replace(config, **{field: "http://example.invalid/x"}))
    with pytest.raises(UnableToReach) as caught:
        there.send(order)
    assert not caught.value.sent


def test_a_notice_is_verified_and_names_the_refund(there: World) -> None:
    order = there.order(there.paid())
    there.try_send(order)
    there.finish()
    found = [heard for heard in there.notices(1) if heard.reference_of(order)]
    assert found
    note = found[-1].note
    assert (note.kind, note.receipt is not None) == ("refund", True)
    assert note.receipt is not None
    assert note.receipt.outcome == "succeeded"
    assert note.receipt.amount in (None, order.amount)
    assert note.id


@pytest.mark.parametrize("change", ["body", "wrong", "stale", "nothing"])
def test_a_forged_or_stale_notice_is_refused(there: World, change: str) -> None:
    if change == "stale" and there.name == "adyen":
        pytest.skip("these notices carry no time")
    there.fault("webhook_bad_signature" if change == "wrong" else "webhook_stale") if change in (
        "wrong",
        "stale",
    ) else None
    order = there.order(there.paid())
    there.try_send(order)
    there.finish()
    headers, body = there.ear.wait(1)[0]
    if change == "body":
        body = body.replace(b"2500", b"2600").replace(b"25.00", b"26.00") if there.name != "wechat_pay" else body + b" "
    if change == "nothing":
        headers, body = {}, b"{}"
    with pytest.raises(UnableToTrustNotice):
        there.gateway.read_notice(headers, body, datetime.now(UTC))


def test_a_true_notice_is_refused_when_it_comes_again_much_later(there: World) -> None:
    if there.name == "adyen":
        pytest.skip("these notices carry no time")
    there.try_send(there.order(there.paid()))
    there.finish()
    headers, body = there.ear.wait(1)[0]
    with pytest.raises(UnableToTrustNotice):
        there.gateway.read_notice(headers, body, datetime.now(UTC) + timedelta(days=1))


def test_a_refund_that_is_turned_back_is_told_as_failed(there: World) -> None:
    if there.name == "alipay":
        pytest.skip("what a bank sends back stays with the buyer, in the Alipay account: no success is turned back")
    order = there.order(there.paid())
    receipt = there.settle(order)
    before = len(there.ear.wait(1))
    there.server.fake.turn_back(receipt.reference or "")
    late = [heard for heard in there.notices(before + 1) if heard.reference_of(order)][-1]
    assert late.note.receipt is not None
    assert late.note.receipt.outcome == "failed"


def test_a_dispute_is_told_with_its_payment_and_whether_money_moves(there: World) -> None:
    if there.name not in DISPUTES:
        pytest.skip("complaints of this provider are no card disputes")
    payment = there.paid()
    there.server.fake.dispute(payment.id)
    found = [heard.note for heard in there.notices(1) if heard.note.kind == "dispute"]
    there.notices(2)
    assert found
    assert found[0].payment_reference == payment.id
    assert found[0].detail["stage"] == "opened"
    moves = [heard.note.detail["moves"] for heard in there.notices(2) if heard.note.kind == "dispute"]
    assert "out" in moves

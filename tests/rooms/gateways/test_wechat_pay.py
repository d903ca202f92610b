"""WeChat Pay v3: what is signed, what is believed, and what an answer means for the money."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.facts.wire import UnableToSend, UnableToTrustNotice, WireAnswer
from amends.fakes.keys import kept_pair
from amends.fakes.ledger import Shelf
from amends.fakes.wechat_pay import KEY_ID
from amends.fakes.wechat_pay import WeChatPay as Fake
from amends.fakes.wechat_pay_seal import signed_headers
from amends.gateways.rsa import UnableToReadKey
from amends.gateways.wechat_pay.config import WeChatPayConfig
from amends.gateways.wechat_pay.gateway import WeChatPay
from amends.gateways.wechat_pay.numbers import refund_number
from tests.rooms.gateways.china import alive, asked, callback, changed, order_of, seal, sent, served

PLATFORM = kept_pair(Shelf(), "platform")


@pytest.fixture
def fake() -> Iterator[Fake]:
    with alive(Fake()) as made:
        assert isinstance(made, Fake)
        yield made


@pytest.fixture
def gateway(fake: Fake) -> WeChatPay:
    return WeChatPay(WeChatPayConfig(base_url="http://127.0.0.1:1", **fake.config()))


def told(status: int, content: Any, signed: bool = True) -> WireAnswer:
    """An answer that says so, signed by the platform's key of these tests."""
    body = json.dumps(content).encode()
    headers = signed_headers(PLATFORM, KEY_ID, body, 1_700_000_000, False) if signed else {}
    return WireAnswer(status, {name.lower(): value for name, value in headers.items()}, body)


@pytest.fixture
def reader(gateway: WeChatPay) -> WeChatPay:
    """A gateway that trusts the platform's key of these tests."""
    return replace(gateway, config=replace(gateway.config, platform_keys={KEY_ID: PLATFORM.public}))


def refund(status: str, number: str = "am0001", amount: int = 2_500, currency: str = "CNY") -> dict[str, Any]:
    return {
        "refund_id": "50000000382019052709732678859",
        "out_refund_no": number,
        "status": status,
        "amount": {"refund": amount, "total": 10_000, "currency": currency},
    }


def test_a_refund_is_taken_in_then_told_of_and_found_again(fake: Fake, gateway: WeChatPay) -> None:
    payment = fake.pay(10_000, "CNY")
    order = order_of(payment.id)
    first = sent(gateway, fake, order)
    assert (first.outcome, first.amount, first.currency) == ("pending", 2_500, "CNY")
    assert sent(gateway, fake, order).reference == first.reference, "the same number is the same refund"
    assert asked(gateway, fake, order).outcome == "pending"
    fake.finish(str(first.reference))
    assert asked(gateway, fake, order).outcome == "succeeded"
    assert fake.ledger.moved(payment.id) == 2_500
    headers, body = callback(fake)
    (notice,) = gateway.read_notice(headers, body, datetime.now(UTC))
    assert (notice.kind, notice.key, notice.reference) == ("refund", order.key, first.reference)
    assert notice.receipt is not None
    assert (notice.receipt.outcome, notice.receipt.amount) == ("succeeded", 2_500)
    again = callback(fake)
    assert gateway.read_notice(*again, datetime.now(UTC))[0].id == notice.id, "sent again it has the same id"


def test_asking_about_a_refund_that_was_never_made_finds_it_absent(fake: Fake, gateway: WeChatPay) -> None:
    assert asked(gateway, fake, order_of(fake.pay(10_000, "CNY").id)).outcome == "absent"


def test_a_refund_can_name_the_order_number_of_the_merchant(fake: Fake, gateway: WeChatPay) -> None:
    payment = fake.pay(10_000, "CNY")
    named = replace(gateway, config=replace(gateway.config, named_by="out_trade_no"))
    assert sent(named, fake, order_of(payment.detail["out_trade_no"])).outcome == "pending"


def test_the_authorization_is_bound_to_method_target_time_and_body(fake: Fake, gateway: WeChatPay) -> None:
    order = order_of(fake.pay(10_000, "CNY").id)
    good = gateway.send(order, seal())
    for bad in (
        replace(good, body=good.body.replace(b"2500", b"9500")),
        replace(good, method="PUT", url=good.url),
        gateway.send(order, seal(datetime.now(UTC) - timedelta(minutes=6))),
    ):
        assert served(fake, bad).status in (401, 404)
    assert fake.ledger.refunds() == []
    assert served(fake, good).status == 200


@pytest.mark.parametrize(
    ("status", "outcome", "alarms"),
    [
        ("SUCCESS", "succeeded", False),
        ("CLOSED", "failed", False),
        ("PROCESSING", "pending", False),
        ("ABNORMAL", "pending", True),
        ("REVIEWING", "unknown", True),
        ("success", "unknown", True),
    ],
)
def test_every_status_has_one_meaning(reader: WeChatPay, status: str, outcome: str, alarms: bool) -> None:
    receipt = reader.read_asked(order_of("4200"), told(200, refund(status)))
    assert (receipt.outcome, bool(receipt.alarm)) == (outcome, alarms)


@pytest.mark.parametrize(
    ("http", "code", "sent_outcome", "asked_outcome"),
    [
        (500, "SYSTEM_ERROR", "unknown", "unknown"),
        (403, "NOT_ENOUGH", "failed", "unknown"),
        (403, "USER_ACCOUNT_ABNORMAL", "failed", "unknown"),
        (400, "PARAM_ERROR", "failed", "unknown"),
        (400, "INVALID_REQUEST", "failed", "unknown"),
        (404, "RESOURCE_NOT_EXISTS", "failed", "absent"),
        (429, "FREQUENCY_LIMITED", "absent", "unknown"),
        (403, "SOMETHING_NEW", "unknown", "unknown"),
        (401, "SIGN_ERROR", "unknown", "unknown"),
    ],
)
def test_every_error_code_has_one_meaning(
    reader: WeChatPay, http: int, code: str, sent_outcome: str, asked_outcome: str
) -> None:
    answer, order = told(http, {"code": code, "message": "…"}), order_of("4200")
    assert reader.read_sent(order, answer).outcome == sent_outcome
    assert reader.read_asked(order, answer).outcome == asked_outcome


def test_too_many_calls_wait_as_long_as_was_asked(reader: WeChatPay) -> None:
    answer = changed(told(429, {"code": "FREQUENCY_LIMITED"}), {"retry-after": "7"})
    assert reader.read_sent(order_of("4200"), answer).retry_after == 7
    assert reader.read_sent(order_of("4200"), told(429, {}, signed=False)).retry_after == 10


@pytest.mark.parametrize("status", [200, 403, 404])
def test_an_answer_that_is_not_rightly_signed_is_unknown_with_an_alarm(reader: WeChatPay, status: int) -> None:
    good = told(status, refund("SUCCESS") if status == 200 else {"code": "RESOURCE_NOT_EXISTS"})
    for bad in (
        changed(good, body=good.body + b" "),
        changed(good, {"wechatpay-timestamp": "1700000001"}),
        changed(good, {"wechatpay-serial": "PUB_KEY_ID_OF_SOMEBODY"}),
        changed(good, {"wechatpay-signature": "AAAA"}),
        changed(good, {"wechatpay-signature-type": "WECHATPAY2-SM2-WITH-SM3"}),
        told(status, json.loads(good.body), signed=False),
    ):
        for receipt in (reader.read_sent(order_of("4200"), bad), reader.read_asked(order_of("4200"), bad)):
            assert receipt.outcome == "unknown"
            assert receipt.alarm


def test_a_front_server_that_does_not_sign_its_503_raises_no_alarm(reader: WeChatPay) -> None:
    receipt = reader.read_sent(order_of("4200"), WireAnswer(503, {}, b"<html>busy</html>"))
    assert (receipt.outcome, receipt.alarm) == ("unknown", None)


def test_an_answer_about_another_refund_is_not_believed(reader: WeChatPay) -> None:
    receipt = reader.read_asked(order_of("4200"), told(200, refund("SUCCESS", number="am0002")))
    assert receipt.outcome == "unknown"
    assert receipt.alarm


@pytest.mark.parametrize(
    "content", [[], {}, {"out_refund_no": "am0001", "status": "SUCCESS"}, refund("SUCCESS", amount=True)]
)
def test_a_signed_answer_without_an_amount_is_no_success(reader: WeChatPay, content: Any) -> None:
    assert reader.read_asked(order_of("4200"), told(200, content)).outcome == "unknown"


def test_money_stuck_at_a_dead_card_stays_reserved_until_a_person_brings_it_home(
    fake: Fake, gateway: WeChatPay
) -> None:
    payment = fake.pay(10_000, "CNY")
    fake.kill_card(payment.id)
    order = order_of(payment.id)
    reference = str(sent(gateway, fake, order).reference)
    fake.finish(reference)
    receipt = asked(gateway, fake, order)
    assert (receipt.outcome, receipt.code) == ("pending", "ABNORMAL")
    assert "console" in str(receipt.alarm)
    (notice,) = gateway.read_notice(*callback(fake), datetime.now(UTC))
    assert notice.receipt is not None
    assert notice.receipt.outcome == "pending"


def test_a_callback_is_refused_when_it_is_old_changed_or_by_another_hand(fake: Fake, gateway: WeChatPay) -> None:
    fake.finish(str(sent(gateway, fake, order_of(fake.pay(10_000, "CNY").id)).reference))
    now = datetime.now(UTC)
    headers, body = callback(fake)
    stale = callback(fake, seconds_ago=301)
    for what, (bad_headers, bad_body) in {
        "clock": stale,
        "signature": callback(fake, wrong=True),
        "wrong": ({**headers, "Wechatpay-Timestamp": str(int(headers["Wechatpay-Timestamp"]) - 1)}, body),
        "platform_keys": ({**headers, "Wechatpay-Serial": "7777"}, body),
        "not signed": ({}, body),
    }.items():
        with pytest.raises(UnableToTrustNotice, match=what):
            gateway.read_notice(bad_headers, bad_body, now)
    assert gateway.read_notice(*callback(fake, seconds_ago=290), now)
    assert gateway.read_notice(*stale, now - timedelta(seconds=301)), "its own time was right"


def test_a_callback_for_another_merchant_or_sealed_by_another_key_is_refused(fake: Fake, gateway: WeChatPay) -> None:
    fake.finish(str(sent(gateway, fake, order_of(fake.pay(10_000, "CNY").id)).reference))
    other = replace(gateway, config=replace(gateway.config, merchant="1900000110"))
    with pytest.raises(UnableToTrustNotice, match="mchid"):
        other.read_notice(*callback(fake), datetime.now(UTC))
    other = replace(gateway, config=replace(gateway.config, api_v3_key="x" * 32))
    with pytest.raises(UnableToTrustNotice, match="api_v3_key"):
        other.read_notice(*callback(fake), datetime.now(UTC))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 1}', b'{"id": "EV-1", "resource": []}', b"\xff"])
def test_a_signed_callback_that_makes_no_sense_is_refused_not_a_crash(reader: WeChatPay, body: bytes) -> None:
    at = datetime.now(UTC)
    headers = signed_headers(PLATFORM, KEY_ID, body, int(at.timestamp()), False)
    with pytest.raises(UnableToTrustNotice, match="WeChat Pay callback"):
        reader.read_notice(headers, body, at)


def test_a_platform_certificate_serves_while_it_is_in_date(fake: Fake, gateway: WeChatPay) -> None:
    fake.finish(str(sent(gateway, fake, order_of(fake.pay(10_000, "CNY").id)).reference))
    now = datetime.now(UTC)
    good, past = [fake._platform_pair.certificate(left) for left in (30, -1)]
    holding = [replace(gateway.config, platform_keys={KEY_ID: text}) for text in (good, past)]
    assert replace(gateway, config=holding[0]).read_notice(*callback(fake), now)
    with pytest.raises(UnableToTrustNotice, match="ran out"):
        replace(gateway, config=holding[1]).read_notice(*callback(fake), now)


def test_what_wechat_pay_cannot_do_is_said_before_anything_is_sent(gateway: WeChatPay) -> None:
    with pytest.raises(UnableToSend, match="CNY only, not in USD"):
        gateway.send(replace(order_of("4200"), currency="USD"), seal())
    with pytest.raises(UnableToSend, match="transaction_id"):
        gateway.send(order_of(""), seal())


def test_a_long_reason_is_cut_at_eighty_bytes_between_letters(gateway: WeChatPay) -> None:
    request = gateway.send(replace(order_of("4200"), reason="退" * 40), seal())
    assert json.loads(request.body)["reason"] == "退" * 26


def test_keys_that_do_not_fit_become_numbers_that_do_and_stay_the_same() -> None:
    assert refund_number("am" + "0f" * 15) == "am" + "0f" * 15
    odd = [refund_number(key) for key in ("a b", "a/b", "é", "x" * 65, "")]
    assert all(len(number) == 64 and number.isalnum() for number in odd)
    assert len(set(odd)) == len(odd)
    assert refund_number("a b") == odd[0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"private_key": "-----BEGIN nonsense"}, "private_key"),
        ({"api_v3_key": "short"}, "api_v3_key"),
        ({"platform_keys": {}}, "platform_keys"),
        ({"platform_keys": ["a"]}, "platform_keys"),
        ({"platform_keys": {"PUB_KEY_ID_1": "zzz"}}, "public key"),
    ],
)
def test_a_configuration_with_a_wrong_key_names_the_field(fake: Fake, change: dict[str, Any], field: str) -> None:
    with pytest.raises(UnableToReadKey, match=field) as raised:
        WeChatPayConfig(**{**fake.config(), **change})
    assert "nonsense" not in str(raised.value)


def test_secrets_are_not_shown(gateway: WeChatPay) -> None:
    assert "PRIVATE" not in repr(gateway)
    assert gateway.config.api_v3_key not in repr(gateway)


def test_a_number_that_was_not_put_in_quotes_is_named(fake: Fake) -> None:
    with pytest.raises(TypeError, match="merchant: should be a text; put it in quotes"):
        WeChatPayConfig(**{**fake.config(), "merchant": 1900000109})


def test_what_it_can_do_is_as_wechat_pay_states_it(gateway: WeChatPay) -> None:
    can = gateway.capabilities
    assert (can.most_partials, can.window_days, can.spacing_seconds, can.calls_per_second) == (50, 365, 60, 150)
    assert can.currencies == {"CNY"}

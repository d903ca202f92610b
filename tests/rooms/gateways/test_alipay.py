"""Alipay: what is signed, what is believed, and what an answer means for the money."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from amends.facts.wire import UnableToSend, UnableToTrustNotice, WireAnswer
from amends.fakes.alipay import Alipay as Fake
from amends.fakes.alipay_sign import signed_answer, signed_form
from amends.fakes.keys import kept_pair
from amends.fakes.ledger import Shelf
from amends.gateways.alipay.config import AlipayConfig
from amends.gateways.alipay.gateway import Alipay
from amends.gateways.alipay.numbers import request_number
from amends.gateways.rsa import UnableToReadKey
from tests.rooms.gateways.china import alive, asked, callback, changed, order_of, seal, sent, served

PLATFORM = kept_pair(Shelf(), "platform")
REFUND = "alipay_trade_refund_response"
QUERY = "alipay_trade_fastpay_refund_query_response"
ORDER = order_of("2018080121001004890510526853")


@pytest.fixture
def fake() -> Iterator[Fake]:
    with alive(Fake()) as made:
        assert isinstance(made, Fake)
        yield made


@pytest.fixture
def gateway(fake: Fake) -> Alipay:
    return Alipay(AlipayConfig(gateway_url="http://127.0.0.1:1/gateway.do", **fake.config()))


@pytest.fixture
def reader(gateway: Alipay) -> Alipay:
    """A gateway that trusts the platform's key of these tests."""
    return replace(gateway, config=replace(gateway.config, alipay_public_key=PLATFORM.public))


def told(part: str, content: Any, status: int = 200) -> WireAnswer:
    """An answer that says so, rightly signed."""
    raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return WireAnswer(status, {}, signed_answer(part, raw, PLATFORM, False))


def refunded(**changes: Any) -> dict[str, Any]:
    content = {
        "code": "10000",
        "msg": "Success",
        "fund_change": "Y",
        "refund_fee": "25.00",
        "trade_no": ORDER.payment_reference,
    }
    return {**content, **changes}


def found(**changes: Any) -> dict[str, Any]:
    content = {
        "code": "10000",
        "trade_no": ORDER.payment_reference,
        "out_request_no": ORDER.key,
        "refund_amount": "25.00",
        "refund_status": "REFUND_SUCCESS",
    }
    return {name: value for name, value in {**content, **changes}.items() if value is not None}


def test_a_refund_moves_at_once_and_a_repeat_moves_nothing(fake: Fake, gateway: Alipay) -> None:
    payment = fake.pay(10_000, "CNY")
    order = order_of(payment.id)
    first = sent(gateway, fake, order)
    assert (first.outcome, first.reference, first.amount) == ("succeeded", order.key, None)
    again = sent(gateway, fake, order)
    assert (again.outcome, again.alarm) == ("unknown", None), "fund_change N: to be asked about"
    answer = asked(gateway, fake, order)
    assert (answer.outcome, answer.amount, answer.currency) == ("succeeded", 2_500, "CNY")
    assert fake.ledger.moved(payment.id) == 2_500


def test_the_running_total_is_not_taken_for_the_amount_of_the_second_refund(fake: Fake, gateway: Alipay) -> None:
    payment = fake.pay(10_000, "CNY")
    assert sent(gateway, fake, order_of(payment.id, 2_500, key="am0001")).outcome == "succeeded"
    second = order_of(payment.id, 4_000, key="am0002")
    assert sent(gateway, fake, second).amount is None
    assert asked(gateway, fake, second).amount == 4_000
    assert fake.ledger.moved(payment.id) == 6_500


def test_a_question_about_what_never_came_is_answered_with_a_bare_10000(fake: Fake, gateway: Alipay) -> None:
    assert asked(gateway, fake, order_of(fake.pay(10_000, "CNY").id)).outcome == "absent"


def test_a_refund_can_name_the_order_number_of_the_merchant(fake: Fake, gateway: Alipay) -> None:
    payment = fake.pay(10_000, "CNY")
    named = replace(gateway, config=replace(gateway.config, named_by="out_trade_no"))
    order = order_of(payment.detail["out_trade_no"])
    assert sent(named, fake, order).outcome == "succeeded"
    assert asked(named, fake, order).outcome == "succeeded"


def test_a_call_that_is_changed_on_the_way_is_refused(fake: Fake, gateway: Alipay) -> None:
    request = gateway.send(order_of(fake.pay(10_000, "CNY").id), seal())
    values = dict(parse_qsl(request.body.decode()))
    bad = {**values, "biz_content": values["biz_content"].replace("25.00", "95.00")}
    answer = served(fake, replace(request, body=urlencode(bad).encode()))
    assert b"isv.invalid-signature" in answer.body
    assert fake.ledger.refunds() == []
    receipt = gateway.read_sent(ORDER, answer)
    assert receipt.outcome == "unknown"
    assert receipt.alarm


def test_times_are_sent_in_chinas_zone(gateway: Alipay) -> None:
    request = gateway.send(ORDER, seal(datetime(2026, 11, 25, 18, 30, tzinfo=UTC)))
    assert dict(parse_qsl(request.body.decode()))["timestamp"] == "2026-11-26 02:30:00"


@pytest.mark.parametrize(
    ("content", "outcome", "alarms"),
    [
        (refunded(), "succeeded", False),
        (refunded(refund_fee="100.00"), "succeeded", False),
        (refunded(fund_change="N"), "unknown", False),
        (refunded(fund_change="MAYBE"), "unknown", False),
        ({"code": "10000", "trade_no": ORDER.payment_reference}, "unknown", False),
        (refunded(refund_fee="24.99"), "unknown", True),
        (refunded(refund_fee="100.01"), "unknown", True),
        (refunded(refund_fee="25.001"), "unknown", True),
        (refunded(refund_fee=25.0), "unknown", True),
        (refunded(trade_no="2018080121001004890510526854"), "unknown", True),
        ({"code": "20000", "sub_code": "isp.unknow-error"}, "unknown", False),
        ({"code": "40005", "sub_code": "isv.call-limited"}, "absent", False),
        ({"code": "40004", "sub_code": "ACQ.SYSTEM_ERROR"}, "unknown", False),
        ({"code": "40004", "sub_code": "ACQ.SELLER_BALANCE_NOT_ENOUGH"}, "failed", True),
        ({"code": "40004", "sub_code": "ACQ.TRADE_HAS_FINISHED"}, "failed", False),
        ({"code": "40004", "sub_code": "ACQ.DISCORDANT_REPEAT_REQUEST"}, "unknown", True),
        ({"code": "40004", "sub_code": "ACQ.SOMETHING_NEW"}, "unknown", True),
        ({"code": "40002", "sub_code": "isv.invalid-signature"}, "unknown", True),
        ({}, "unknown", True),
    ],
)
def test_every_answer_to_a_refund_has_one_meaning(
    reader: Alipay, content: dict[str, Any], outcome: str, alarms: bool
) -> None:
    receipt = reader.read_sent(ORDER, told(REFUND, content))
    assert (receipt.outcome, bool(receipt.alarm)) == (outcome, alarms)


@pytest.mark.parametrize(
    ("content", "outcome", "alarms"),
    [
        (found(), "succeeded", False),
        (found(refund_status=None), "succeeded", False),
        ({"code": "10000", "msg": "Success"}, "absent", False),
        (found(refund_status="REFUND_PROCESSING"), "unknown", True),
        (found(refund_amount=None), "unknown", True),
        (found(out_request_no="am0002"), "unknown", True),
        (found(trade_no="1"), "unknown", True),
        ({"code": "20000"}, "unknown", False),
        ({"code": "40005"}, "unknown", False),
        ({"code": "40004", "sub_code": "ACQ.SYSTEM_ERROR"}, "unknown", False),
        ({"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST"}, "unknown", True),
    ],
)
def test_every_answer_to_a_question_has_one_meaning(
    reader: Alipay, content: dict[str, Any], outcome: str, alarms: bool
) -> None:
    receipt = reader.read_asked(ORDER, told(QUERY, content))
    assert (receipt.outcome, bool(receipt.alarm)) == (outcome, alarms)


def test_the_signature_is_over_the_very_text_of_the_answer(reader: Alipay) -> None:
    odd = (
        b'{ "trade_no" : "2018080121001004890510526853","code":"10000",\n'
        b'"note":"a } \\" {\xe9\x80\x80","fund_change":"Y", "refund_fee":"25.00" }'
    )
    good = told(REFUND, odd)
    assert reader.read_sent(ORDER, good).outcome == "succeeded"
    spaced = changed(good, body=good.body.replace(b' "trade_no" :', b'"trade_no":'))
    assert reader.read_sent(ORDER, spaced).outcome == "unknown"


def test_an_answer_that_is_not_rightly_signed_is_unknown_with_an_alarm(reader: Alipay) -> None:
    good = told(REFUND, refunded())
    twice = good.body[:-1] + b',"' + REFUND.encode() + b'":' + json.dumps(refunded(refund_fee="99.00")).encode() + b"}"
    for body in (
        good.body.replace(b"25.00", b"26.00"),
        good.body.replace(b'"sign":"', b'"sign":"A'),
        b'{"' + REFUND.encode() + b'":' + json.dumps(refunded()).encode() + b"}",
        told(QUERY, refunded()).body,
        twice,
        good.body[: len(good.body) // 2],
        b"[]",
        b"\xff\xfe",
        b"",
    ):
        receipt = reader.read_sent(ORDER, changed(good, body=body))
        assert receipt.outcome == "unknown"
        assert receipt.alarm


def test_a_signed_error_outside_any_method_is_read(reader: Alipay) -> None:
    receipt = reader.read_sent(ORDER, told("error_response", {"code": "40002", "sub_code": "isv.invalid-app-id"}))
    assert (receipt.outcome, receipt.code) == ("unknown", "isv.invalid-app-id")


def test_a_busy_front_raises_no_alarm_and_names_its_wait(reader: Alipay) -> None:
    busy = reader.read_sent(ORDER, WireAnswer(429, {"retry-after": "3"}, b""))
    assert (busy.outcome, busy.retry_after, busy.alarm) == ("unknown", 3, None)
    assert reader.read_asked(ORDER, WireAnswer(502, {}, b"<html>")).alarm is None


def test_a_notice_of_a_refund_is_read_and_has_its_id(fake: Fake, gateway: Alipay) -> None:
    order = order_of(fake.pay(10_000, "CNY").id)
    sent(gateway, fake, order)
    (notice,) = gateway.read_notice(*callback(fake), datetime.now(UTC))
    assert (notice.kind, notice.key, notice.payment_reference) == ("refund", order.key, order.payment_reference)
    assert notice.receipt is not None
    assert (notice.receipt.outcome, notice.receipt.amount) == ("succeeded", None)
    assert gateway.read_notice(*callback(fake), datetime.now(UTC))[0].id == notice.id
    assert gateway.answer_notice().body == b"success"


def test_a_notice_is_refused_when_it_is_old_changed_or_for_another(fake: Fake, gateway: Alipay) -> None:
    sent(gateway, fake, order_of(fake.pay(10_000, "CNY").id))
    now = datetime.now(UTC)
    headers, body = callback(fake)
    for what, bad in {
        "notify_time": callback(fake, seconds_ago=86_400)[1],
        "sign is": callback(fake, wrong=True)[1],
        "sign is missing": body.replace(b"refund_fee=25", b"refund_fee=95"),
        "sign_type": body.replace(b"sign_type=RSA2", b"sign_type=RSA"),
        "UTF-8": b"\xff",
    }.items():
        with pytest.raises(UnableToTrustNotice, match=what):
            gateway.read_notice(headers, bad, now)
    with pytest.raises(UnableToTrustNotice, match="app_id"):
        replace(gateway, config=replace(gateway.config, app_id="2021")).read_notice(headers, body, now)
    assert gateway.read_notice(headers, callback(fake, seconds_ago=86_400)[1], now - timedelta(days=1))


def test_other_notices_are_kept_but_settle_nothing(reader: Alipay) -> None:
    now = datetime.now(UTC)
    china = (now + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S")
    common = {"notify_id": "n1", "notify_time": china, "app_id": reader.config.app_id, "trade_no": "2018"}
    for more in (
        {"trade_status": "TRADE_SUCCESS"},
        {"out_biz_no": "am1", "refund_fee": "1.00"},
        {"msg_method": "alipay.trade.refund.depositback.completed", "biz_content": '{"dback_status":"F"}'},
    ):
        (notice,) = reader.read_notice({}, signed_form({**common, **more}, PLATFORM, False), now)
        assert (notice.kind, notice.receipt) == ("other", None)


def test_what_alipay_cannot_do_is_said_before_anything_is_sent(gateway: Alipay) -> None:
    with pytest.raises(UnableToSend, match="CNY only, not in USD"):
        gateway.send(replace(ORDER, currency="USD"), seal())
    with pytest.raises(UnableToSend, match="trade_no"):
        gateway.send(order_of(""), seal())


def test_keys_that_do_not_fit_become_numbers_that_do_and_stay_the_same() -> None:
    assert request_number("am" + "0f" * 15) == "am" + "0f" * 15
    odd = [request_number(key) for key in ("a b", "a|b", "退", "x" * 65, "")]
    assert all(len(number) == 64 and number.isalnum() for number in odd)
    assert len(set(odd)) == len(odd)


def test_bare_keys_as_the_console_shows_them_serve_too(fake: Fake) -> None:
    def bare(pem: str) -> str:
        return "".join(pem.splitlines()[1:-1])

    kept = fake.config()
    config = {**kept, **{name: bare(kept[name]) for name in ("private_key", "alipay_public_key")}}
    gateway = Alipay(AlipayConfig(gateway_url="http://127.0.0.1:1/gateway.do", **config))
    assert sent(gateway, fake, order_of(fake.pay(10_000, "CNY").id)).outcome == "succeeded"


@pytest.mark.parametrize("field", ["private_key", "alipay_public_key"])
def test_a_wrong_key_is_named_when_it_is_configured(fake: Fake, field: str) -> None:
    with pytest.raises(UnableToReadKey, match=r"private_key|public key"):
        AlipayConfig(**{**fake.config(), field: "not a key"})


def test_the_window_of_the_contract_is_shown_before_the_click(gateway: Alipay) -> None:
    assert gateway.capabilities.window_days is None
    mine = replace(gateway, config=replace(gateway.config, window_days=90))
    assert (mine.capabilities.window_days, mine.capabilities.spacing_seconds) == (90, 3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"app_id": 2021000000000001}, "app_id: should be a text; put it in quotes"),
        ({"named_by": "no"}, "named_by: .*trade_no"),
    ],
)
def test_a_configuration_of_wrong_kind_names_the_field(fake: Fake, change: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        AlipayConfig(**{**fake.config(), **change})

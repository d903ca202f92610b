"""Whatever WeChat Pay and Alipay do wrong, what our gateways conclude is what became of the money."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.carry_out.runner import checked
from amends.facts.wire import Gateway, Receipt, RefundOrder, UnableToTrustNotice, WireAnswer
from amends.fakes import alipay as fake_alipay
from amends.fakes import wechat_pay as fake_wechat
from amends.fakes.calls import Call
from amends.fakes.fake import Fake
from amends.gateways.alipay.config import AlipayConfig
from amends.gateways.alipay.gateway import Alipay
from amends.gateways.wechat_pay.config import WeChatPayConfig
from amends.gateways.wechat_pay.gateway import WeChatPay
from tests.rooms.gateways.china import order_of, seal

CAPTURED = 10_000
FAULTS = (
    "drop_before drop_after commit_late throttle error_before error_after bad_signature malformed wrong_amount "
    "wrong_currency strange_status refuse pending fail"
).split()
ROUNDS = 30


@pytest.fixture(scope="module")
def keys() -> Mapping[str, Fake]:
    """One fake of each, whose keys all examples use: making keys is slow."""
    return {"wechat_pay": fake_wechat.WeChatPay(), "alipay": fake_alipay.Alipay()}


def _pair(keys: Mapping[str, Fake], name: str) -> tuple[Fake, Gateway]:
    """A fake without any money yet, and a gateway to it."""
    config = keys[name].config()
    fresh: Fake = type(keys[name])()
    for pair in ("_merchant_pair", "_platform_pair", "_app_pair"):
        if hasattr(keys[name], pair):
            setattr(fresh, pair, getattr(keys[name], pair))
    fresh.finish_ms = None
    gateway: Gateway = (
        WeChatPay(WeChatPayConfig(base_url="http://fake", **config))
        if name == "wechat_pay"
        else Alipay(AlipayConfig(gateway_url="http://fake/gateway.do", **config))
    )
    return fresh, gateway


def _call(fake: Fake, gateway: Gateway, order: RefundOrder, ask: bool) -> Receipt:
    """What the runner would make of one call."""
    request = gateway.ask(order, seal()) if ask else gateway.send(order, seal())
    target = "/" + request.url.removeprefix("http://fake/")
    headers = {name.lower(): value for name, value in request.headers.items()}
    reply = fake.serve(Call(request.method, target, headers, request.body))
    while not fake.later.idle():  # a question is asked no sooner than late work is done: `ask_after_seconds`
        time.sleep(0.001)
    if reply is None:
        return Receipt("unknown", code="no_answer")
    answer = WireAnswer(reply.status, {name.lower(): value for name, value in reply.headers.items()}, reply.body)
    return checked(gateway.read_asked(order, answer) if ask else gateway.read_sent(order, answer), order)


def _settle(fake: Fake, gateway: Gateway, order: RefundOrder, clear_after: int) -> str:
    """Send, ask and send again as the runner does; what comes out in the end. Faults stop after some rounds."""
    may_send = True
    for turn in range(ROUNDS):
        if turn == clear_after:
            fake.faults.clear()
        receipt = _call(fake, gateway, order, ask=not may_send)
        refund = fake.ledger.by_key(order.key)
        if receipt.outcome == "succeeded":
            assert refund is not None
            assert (refund.state, refund.amount) == ("succeeded", order.amount)
            return "succeeded"
        if receipt.outcome == "failed":
            assert refund is None or refund.state == "failed"
            return "failed"
        may_send = receipt.outcome == "absent"
        if refund is not None and turn > clear_after:
            fake.finish(refund.id, quietly=True)
    raise AssertionError(f"no outcome after {ROUNDS} rounds")


@pytest.mark.parametrize("name", ["wechat_pay", "alipay"])
@given(
    amounts=st.lists(st.integers(1, 6_000), min_size=1, max_size=4),
    faults=st.lists(st.tuples(st.sampled_from(FAULTS), st.integers(0, 3), st.sampled_from([500, 503, 0])), max_size=6),
    clear_after=st.integers(0, 8),
)
def test_what_is_concluded_is_what_became_of_the_money(
    keys: Mapping[str, Fake], name: str, amounts: list[int], faults: list[tuple[str, int, int]], clear_after: int
) -> None:
    fake, gateway = _pair(keys, name)
    try:
        payment = fake.pay(CAPTURED, "CNY")
        ended: list[tuple[str, int]] = []
        for index, amount in enumerate(amounts):
            for fault, skip, status in faults:
                settings_: dict[str, Any] = {"skip": skip, "status": status or 503, "ms": 1}
                if fault in ("pending", "drop_after"):
                    settings_["ms"] = 0
                fake.faults.set(fault, **settings_)
            order = order_of(payment.id, amount, CAPTURED, key=f"am{index:04}")
            ended.append((_settle(fake, gateway, order, clear_after), amount))
            fake.faults.clear()
        paid = sum([amount for outcome, amount in ended if outcome == "succeeded"])
        assert fake.ledger.moved(payment.id) == paid <= CAPTURED
    finally:
        fake.end()


NAME = "alipay_trade_refund_response"
BODIES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"[" * 100_000,
            f'{{"{NAME}"'.encode(),
            f'{{"x":"{NAME}","sign":"AA=="}}'.encode(),
            f'{{"x":["{NAME}",":"],"alipay\\u005ftrade_refund_response":{{}},"sign":"AA=="}}'.encode(),
            f'{{"{NAME}":{{"code":"10000","fund_change":"Y"}},"sign":"é"}}'.encode(),
            b'{"out_refund_no":"am0001","status":"SUCCESS","amount":{"refund":1}}',
            b"sign=%FF&sign_type=RSA2&notify_id=1",
        ]
    ),
)
HEADERS = st.dictionaries(
    st.sampled_from(["wechatpay-serial", "wechatpay-signature", "wechatpay-timestamp", "retry-after"]),
    st.one_of(st.text(max_size=20), st.sampled_from([fake_wechat.KEY_ID, "AAAA", "1700000000"])),
)


@pytest.mark.parametrize("name", ["wechat_pay", "alipay"])
@given(body=BODIES, headers=HEADERS, status=st.sampled_from([200, 204, 400, 404, 429, 500]))
def test_what_nobody_signed_concludes_nothing_and_breaks_nothing(
    keys: Mapping[str, Fake], name: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    fake, gateway = _pair(keys, name)
    fake.end()
    answer, order = WireAnswer(status, headers, body), order_of("4200")
    assert gateway.read_sent(order, answer).outcome == "unknown"
    assert gateway.read_asked(order, answer).outcome == "unknown"
    with pytest.raises(UnableToTrustNotice):
        gateway.read_notice(headers, body, seal().at)

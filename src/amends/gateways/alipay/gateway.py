"""Alipay as a gateway: refund, question, notice (`amends.facts.wire.Gateway`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from amends.basics.money import write_minor
from amends.facts.wire import (
    Capabilities,
    Notice,
    Receipt,
    RefundOrder,
    Seal,
    UnableToSend,
    UnableToTrustNotice,
    WireAnswer,
    WireRequest,
)
from amends.gateways.alipay.answers import QUERY, REFUND, read_query, read_refund, yuan
from amends.gateways.alipay.config import CAPABILITIES, AlipayConfig
from amends.gateways.alipay.numbers import request_number
from amends.gateways.alipay.signature import moment, signed_call, verified_notice
from amends.gateways.kernel import json_of

_LONGEST_REASON: Final = 256
_BOUNCED: Final = "alipay.trade.refund.depositback.completed"


@dataclass(frozen=True, slots=True)
class Alipay:
    """Pays back by Alipay. The same `out_request_no` of a payment refunds once, for ever."""

    config: AlipayConfig
    name: str = "alipay"

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, with the pauses and the window of this configuration."""
        config = self.config
        return replace(
            CAPABILITIES,
            spacing_seconds=config.spacing_seconds,
            ask_after_seconds=config.ask_after_seconds,
            window_days=config.window_days,
        )

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Will make the refund request. Raises `UnableToSend` for another currency: Alipay takes every number as yuan."""
        if order.currency != "CNY":
            raise UnableToSend(f"currency: Alipay refunds in CNY only, not in {order.currency}")
        if not order.payment_reference:
            raise UnableToSend(f"payment: its {self.config.named_by} at Alipay is not known")
        content = {
            self.config.named_by: order.payment_reference,
            "out_request_no": request_number(order.key),
            "refund_amount": write_minor(order.amount, 2),
        }
        if order.reason:
            content["refund_reason"] = order.reason[:_LONGEST_REASON]
        return self._request(REFUND, content, seal)

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """Will read the answer to a refund."""
        return read_refund(self.config, order, answer)

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Will ask by payment and request number."""
        content = {self.config.named_by: order.payment_reference, "out_request_no": request_number(order.key)}
        return self._request(QUERY, content, seal)

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """Will read the answer to the question."""
        return read_query(self.config, order, answer)

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Notice, ...]:
        """Will read a notice, refusing one that is unsigned, stale or another application's."""
        values = verified_notice(self.config, body, at)
        name = values.get("notify_id")
        if not name:
            raise UnableToTrustNotice("Alipay notice: notify_id is missing")
        payment = values.get(self.config.named_by)
        number, told = values.get("out_biz_no"), moment(values.get("gmt_refund"))
        if values.get("msg_method") == _BOUNCED:
            return (Notice(name, "other", None, None, payment, None, at, {**values, **_bounced(values)}),)
        if not number or told is None or not yuan(values.get("refund_fee")):
            return (Notice(name, "other", None, None, payment, None, at, values),)
        receipt = Receipt("succeeded", number, code="gmt_refund")
        return (Notice(name, "refund", number, number, payment, receipt, told, values),)

    def answer_notice(self) -> WireAnswer:
        """Will answer ``success``, the one word by which Alipay stops to repeat itself."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"success")

    def _request(self, method: str, content: Mapping[str, Any], seal: Seal) -> WireRequest:
        body = urlencode(signed_call(self.config, method, content, seal)).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8", "User-Agent": "amends"}
        return WireRequest("POST", self.config.gateway_url, headers, body)


def _bounced(values: Mapping[str, str]) -> dict[str, Any]:
    """What a notice says of a refund that the buyer's bank sent back to Alipay."""
    return json_of(values.get("biz_content", "").encode()) or {}

"""WeChat Pay v3 as a gateway: refund, question, callback (`amends.facts.wire.Gateway`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

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
from amends.gateways.kernel import json_of, text_of
from amends.gateways.wechat_pay.answers import read_answer, read_status
from amends.gateways.wechat_pay.config import CAPABILITIES, WeChatPayConfig
from amends.gateways.wechat_pay.numbers import refund_number
from amends.gateways.wechat_pay.signature import authorization, check_notice, unseal

_REFUNDS: Final = "/v3/refund/domestic/refunds"
_LONGEST_REASON: Final = 80


@dataclass(frozen=True, slots=True)
class WeChatPay:
    """Pays back by WeChat Pay. The same `out_refund_no` refunds once, for ever."""

    config: WeChatPayConfig
    name: str = "wechat_pay"

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, with the pauses of this configuration."""
        config = self.config
        return replace(CAPABILITIES, spacing_seconds=config.spacing_seconds, ask_after_seconds=config.ask_after_seconds)

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Will make the refund request; WeChat Pay answers PROCESSING and tells the outcome later. Raises `UnableToSend`."""
        if order.currency != "CNY":
            raise UnableToSend(f"currency: WeChat Pay refunds in CNY only, not in {order.currency}")
        if not order.payment_reference:
            raise UnableToSend(f"payment: its {self.config.named_by} at WeChat Pay is not known")
        content: dict[str, Any] = {
            self.config.named_by: order.payment_reference,
            "out_refund_no": refund_number(order.key),
            "amount": {"refund": order.amount, "total": order.payment_total, "currency": order.currency},
        }
        if order.reason:
            content["reason"] = _short(order.reason)
        if self.config.notify_url:
            content["notify_url"] = self.config.notify_url
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        return self._request("POST", self._refunds, body, seal)

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """Will read the answer to a refund."""
        return read_answer(self.config, order, answer, asked=False)

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """Will ask by our own refund number."""
        number = quote(refund_number(order.key), safe="")
        return self._request("GET", f"{self._refunds}/{number}", b"", seal)

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """Will read the answer to the question; `absent` only for a signed RESOURCE_NOT_EXISTS."""
        return read_answer(self.config, order, answer, asked=True)

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Notice, ...]:
        """Will read a callback, refusing one that is unsigned, stale or sealed with another key."""
        check_notice(self.config, {name.lower(): value for name, value in headers.items()}, body, at)
        envelope = _content(body, "the body")
        name, event = envelope.get("id"), str(envelope.get("event_type") or "")
        if not isinstance(name, str) or not name:
            raise UnableToTrustNotice("WeChat Pay callback: id should be a text")
        resource = envelope.get("resource")
        told = _content(unseal(self.config, resource if isinstance(resource, dict) else {}), "resource")
        if not event.startswith("REFUND."):
            return (Notice(name, "other", None, None, None, None, at, {"event_type": event, **told}),)
        return (self._refund_notice(name, told, at),)

    def answer_notice(self) -> WireAnswer:
        """Will answer 204: taken in."""
        return WireAnswer(204, {}, b"")

    def _refund_notice(self, name: str, told: Mapping[str, Any], at: datetime) -> Notice:
        if told.get("mchid") != self.config.merchant:
            raise UnableToTrustNotice(f"WeChat Pay callback: mchid should be {self.config.merchant}")
        amount = told.get("amount")
        receipt = read_status(
            str(told.get("refund_status") or ""),
            text_of(told, "refund_id"),
            amount if isinstance(amount, dict) else {},
        )
        return Notice(
            id=name,
            kind="refund",
            key=text_of(told, "out_refund_no"),
            reference=text_of(told, "refund_id"),
            payment_reference=text_of(told, self.config.named_by),
            receipt=receipt,
            at=_moment(text_of(told, "success_time")) or at,
            detail=told,
        )

    @property
    def _refunds(self) -> str:
        return self.config.base_url.rstrip("/") + _REFUNDS

    def _request(self, method: str, url: str, body: bytes, seal: Seal) -> WireRequest:
        headers = {
            "Accept": "application/json",
            "Authorization": authorization(self.config, method, url, body, seal),
            "User-Agent": "amends",
        }
        if body:
            headers["Content-Type"] = "application/json"
        # Where the newer public key is in use, its id asks WeChat Pay to sign the answer with it.
        if newer := [serial for serial in self.config.platform_keys if serial.startswith("PUB_KEY_ID_")]:
            headers["Wechatpay-Serial"] = newer[0]
        return WireRequest(method, url, headers, body)


def _short(reason: str) -> str:
    """The reason within 80 bytes, no letter cut in two."""
    return reason.encode()[:_LONGEST_REASON].decode(errors="ignore")


def _content(body: bytes, what: str) -> dict[str, Any]:
    found = json_of(body)
    if found is None:
        raise UnableToTrustNotice(f"WeChat Pay callback: {what} should be a JSON object")
    return found


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None

"""PayPal taking money in: orders that the buyer approves (Orders v2), authorizations taken or let go (Payments v2).

Source: the vendor's published OpenAPI files (2024-02) and its pages on authorization and honour period, funding failures, idempotency
(2026). An order is the page. What a buyer approved on it is neither held nor taken before we say so, once for an order; so a page is
shut by never saying so. Everything is read from the order: its authorization, and what was captured of it. An order that nobody
approved is gone after three hours. Orders cannot be listed; where the answer to making one was lost, the same request id gives the
same order, and one that nobody knows can be approved by nobody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from amends.facts.collect import (
    PAGE_ENDED,
    PAGE_SHUT,
    Collected,
    CollectLimits,
    CollectOrder,
    PaymentTold,
    Talk,
    concluded,
)
from amends.facts.wire import Seal, WireRequest
from amends.gateways.kernel import json_of, text_of
from amends.gateways.paypal_payments import capture_told, hold_told, issue_of, moment, order_told, page_of, refusal
from amends.gateways.units import PAYPAL

_PAGE_HOURS: Final = 3
_NOT_YET: Final = frozenset({"ORDER_NOT_APPROVED", "PAYER_ACTION_REQUIRED"})
_ANOTHER_WAY: Final = frozenset({"INSTRUMENT_DECLINED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", "CARD_EXPIRED"})
"""The buyer's card or account was refused; they may go back to the page and choose another."""
_DONE: Final = frozenset({"ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_AUTHORIZED", "ORDER_COMPLETED_OR_VOIDED"})
_GONE: Final = frozenset({"ORDER_EXPIRED", "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID"})


@dataclass(frozen=True, slots=True)
class PayPalCollecting:
    """The translator."""

    base_url: str
    token: str
    return_url: str = ""
    hold_days: int = 3

    @property
    def limits(self) -> CollectLimits:
        """Honoured three days, open for 29. Nothing is held without the buyer here. The rest of a final capture is let go."""
        return CollectLimits("paypal", hold_days=self.hold_days)

    def send(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Do it."""
        if order.kind == "link":
            return self._make(order)
        if order.kind == "close":
            return self._ask_closed(order, seal)
        if order.kind in ("capture", "release"):
            return self._end(order, seal)
        return _never()

    def ask(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Ask what became of it; what the buyer approved is taken or held, as long as it is wanted."""
        if order.kind == "link":
            return self._ask_page(order, seal)
        if order.kind == "close":
            return self._ask_closed(order, seal)
        if order.kind in ("capture", "release"):
            return self._ask_payment(order, seal)
        return _never()

    def _make(self, order: CollectOrder) -> Talk[Collected]:
        back = order.back_url or self.return_url
        context = {"user_action": "PAY_NOW", "shipping_preference": "NO_SHIPPING"}
        context |= {"return_url": back, "cancel_url": back} if back else {}
        unit = {"custom_id": order.key, "amount": _money(order), "description": order.text[:127] or order.key}
        content = {
            "intent": "AUTHORIZE" if order.hold else "CAPTURE",
            "purchase_units": [unit],
            "payment_source": {"paypal": {"experience_context": context}},
        }
        answer = yield self._post("/v2/checkout/orders", content, order.key)
        return page_of(json_of(answer.body)) if answer.status in (200, 201) else refusal(order, answer)

    def _ask_page(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        if not order.reference:
            return Collected("absent")
        answer = yield self._get(order.reference)
        body = json_of(answer.body)
        if answer.status == 404:
            return _page_over(order)
        if answer.status != 200 or body is None:
            return refusal(order, answer, asked=True)
        told = order_told(body, seal.at)
        if told.state == "approved" and order.wanted:
            return (yield from self._take(order, seal, body))
        return self._of_page(order, seal, body, told)

    def _take(self, order: CollectOrder, seal: Seal, body: Mapping[str, Any]) -> Talk[Collected]:
        """Say the word: what the buyer approved is held, or taken. Once for an approval; an order allows it once anyway."""
        verb = "authorize" if order.hold else "capture"
        path = f"/v2/checkout/orders/{quote(order.reference, safe='')}/{verb}"
        stamp = "".join([mark for mark in text_of(body, "update_time") or "" if mark.isalnum()])
        answer = yield self._post(path, {}, f"{order.key}-{stamp}"[:108])
        made, code = json_of(answer.body), issue_of(answer)[0]
        if answer.status in (200, 201) and made is not None:
            return self._of_page(order, seal, made, order_told(made, seal.at))
        if code in _GONE:
            return _page_over(order)
        if code in _DONE:
            return (yield from self._ask_payment(replace(order, page=order.reference), seal))
        found = refusal(order, answer, asked=answer.status != 422)
        if found.outcome != "failed":
            return found
        known = code in _NOT_YET or code in _ANOTHER_WAY
        return replace(found, outcome="pending", alarm="" if known else f"{code}: {found.message}"[:300])

    def _of_page(self, order: CollectOrder, seal: Seal, body: Mapping[str, Any], told: PaymentTold) -> Collected:
        if told.state in ("declined", "cancelled"):
            return _page_over(order)
        if told.payment or told.state == "unknown":
            return replace(concluded(order, told), reference=order.reference)
        if not order.wanted:
            return _page_over(order, PAGE_SHUT)
        made = moment(text_of(body, "create_time"))
        late = made is not None and seal.at > made + timedelta(hours=_PAGE_HOURS)
        if late and told.state == "open":
            return _page_over(order)
        page = page_of(body)
        return replace(page, outcome="pending", reference=order.reference, code=told.code, message="")

    def _ask_closed(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Nothing is left to shut: what nobody takes is not taken. Only whether it was taken or held before is looked at."""
        answer = yield self._get(order.about)
        body = json_of(answer.body)
        if answer.status == 404:
            return Collected("succeeded", order.about)
        if answer.status != 200 or body is None:
            return refusal(order, answer, asked=True)
        told = order_told(body, seal.at)
        if told.payment and told.state in ("open", "held", "paid"):
            return Collected("failed", order.about, code="paid", message="the buyer was faster")
        return Collected("unknown" if told.state == "unknown" else "succeeded", order.about, code=told.code)

    def _end(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Take what is held, the rest being let go, or let go of all of it."""
        taking = order.kind == "capture"
        content: dict[str, Any] = {"amount": _money(order), "final_capture": True} if taking else {}
        path = f"/v2/payments/authorizations/{quote(order.about, safe='')}/{'capture' if taking else 'void'}"
        answer = yield self._post(path, content, order.key)
        body = json_of(answer.body)
        if not taking and answer.status == 204:
            return Collected("succeeded", payment=order.about)
        if answer.status in (200, 201) and body is not None:
            return concluded(order, capture_told(body, order.about) if taking else hold_told(body, seal.at))
        said = refusal(order, answer)
        if answer.status != 422:
            return said
        found = yield from self._ask_payment(order, seal)
        return said if found.outcome in ("absent", "pending") else replace(found, message=said.message)

    def _ask_payment(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        answer = yield self._get(order.page)
        body = json_of(answer.body)
        if answer.status != 200 or body is None:
            return refusal(order, answer, asked=True)
        found = concluded(order, order_told(body, seal.at))
        return replace(found, reference=order.reference) if order.kind == "link" else found

    def _get(self, name: str) -> WireRequest:
        url = f"{self.base_url}/v2/checkout/orders/{quote(name, safe='')}"
        return WireRequest("GET", url, {"Authorization": f"Bearer {self.token}"})

    def _post(self, path: str, content: Mapping[str, Any], key: str) -> WireRequest:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "PayPal-Request-Id": key,
            "Prefer": "return=representation",
        }
        return WireRequest("POST", self.base_url + path, headers, json.dumps(content, separators=(",", ":")).encode())


def _money(order: CollectOrder) -> dict[str, str]:
    return {"currency_code": order.currency, "value": PAYPAL.text(order.amount, order.currency, order.digits)}


def _page_over(order: CollectOrder, code: str = PAGE_ENDED) -> Collected:
    message = "the page ended unpaid" if code == PAGE_ENDED else "nothing is taken any more"
    return Collected("failed", order.reference, code=code if order.wanted else PAGE_SHUT, message=message)


def _never() -> Talk[Collected]:
    """What this gateway does not do; nobody asks for it, since its limits say so."""
    yield from ()
    return Collected("failed", code="no_saved_method", message="nothing is held without the buyer here")

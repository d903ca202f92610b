"""Adyen taking money in: payment links that are paid once, with manual capture where money is to be held, captures, cancels.

Source: the vendor's published OpenAPI files (Checkout, 2026-07) and its pages on captures, cancels, payment links and idempotency (2026). A
link can be read; a payment cannot: who paid, what was captured and what was cancelled comes by AUTHORISATION, CAPTURE and CANCELLATION
with their `success` only. An answer that was lost is had again by the same request under the same key, which the vendor keeps for a week at
least. A link whose making was not answered is known to nobody, so making it again can do no harm.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from amends.facts.collect import PAGE_ENDED, PAGE_SHUT, Collected, CollectLimits, CollectOrder, Talk, agreeing
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.gateways.adyen_payments import amount_of, page_of, refusal
from amends.gateways.kernel import json_of, part, text_of
from amends.gateways.units import ADYEN

_PAGE_DAYS: Final = 30
"""The vendor lets a page stand 70 days at most, and one day where nothing is said."""
_KEY_DAYS: Final = 6
_NOTICE_HOURS: Final = 24
"""After so long without its notice a person is told."""


@dataclass(frozen=True, slots=True)
class AdyenCollecting:
    """The translator."""

    api_key: str
    merchant_account: str
    base_url: str
    return_url: str = ""
    hold_days: int = 7

    @property
    def limits(self) -> CollectLimits:
        """Every card holds seven days. Nothing is held without the buyer here. The rest of a capture is let go."""
        return CollectLimits("card", hold_days=self.hold_days)

    def send(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Do it."""
        if order.kind == "link":
            return self._make(order, seal)
        if order.kind == "close":
            return self._close(order)
        return self._end(order) if order.kind in ("capture", "release") else _said(_NEVER)

    def ask(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Ask what became of it, as far as an answer can tell."""
        if order.kind == "link":
            return self._ask_page(order, seal)
        if order.kind == "close":
            return self._ask_closed(order)
        return _said(_waits(order, seal) if order.kind in ("capture", "release") else _NEVER)

    def _make(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        until = (order.made_at or seal.at).astimezone(UTC).replace(microsecond=0) + timedelta(days=_PAGE_DAYS)
        content: dict[str, Any] = {
            "merchantAccount": self.merchant_account,
            "reference": order.key,
            "amount": _money(order),
            "description": order.text[:280] or order.key,
            "reusable": False,
            "expiresAt": until.isoformat().replace("+00:00", "Z"),
        }
        held: dict[str, Any] = {"manualCapture": True, "allowedPaymentMethods": ["scheme"]}
        content |= held if order.hold else {"captureDelayHours": 0}
        if back := order.back_url or self.return_url:
            content["returnUrl"] = back
        answer = yield self._call("POST", "/paymentLinks", content, order.key)
        return page_of(json_of(answer.body)) if answer.status in (200, 201) else refusal(answer)

    def _ask_page(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        if not order.reference:
            return Collected("absent")
        answer = yield self._call("GET", f"/paymentLinks/{quote(order.reference, safe='')}")
        body = json_of(answer.body)
        if answer.status != 200 or body is None:
            return refusal(answer, asked=True)
        status, found = text_of(body, "status"), page_of(body)
        if status in ("active", "paymentPending"):
            return found
        if status == "expired":
            code = PAGE_ENDED if order.wanted else PAGE_SHUT
            return replace(found, outcome="failed", code=code, message="the page ended unpaid")
        if status not in ("completed", "paid"):
            alarm = f"the gateway tells of a status {status!r} of a page that is not known"
            return replace(found, outcome="unknown", alarm=alarm)
        since = _moment(text_of(body, "updatedAt"))
        late = since is not None and seal.at > since + timedelta(hours=_NOTICE_HOURS)
        alarm = "it was paid on the page, and no notice of it has come; look at the gateway's webhooks" if late else ""
        return replace(found, outcome="unknown" if late else "pending", alarm=alarm)

    def _close(self, order: CollectOrder) -> Talk[Collected]:
        """Have the page expire; where that is refused, a buyer may have been faster."""
        path = f"/paymentLinks/{quote(order.about, safe='')}"
        answer = yield self._call("PATCH", path, {"status": "expired"})
        if answer.status not in (200, 201) and not 400 <= answer.status < 500:
            return refusal(answer)
        found = yield from self._ask_closed(order)
        return replace(found, outcome="unknown") if found.outcome == "absent" else found

    def _ask_closed(self, order: CollectOrder) -> Talk[Collected]:
        answer = yield self._call("GET", f"/paymentLinks/{quote(order.about, safe='')}")
        status = text_of(json_of(answer.body), "status")
        if answer.status != 200 or status is None:
            return refusal(answer, asked=True)
        if status in ("completed", "paid"):
            return Collected("failed", order.about, code="paid", message="the buyer was faster")
        known: Any = {"expired": "succeeded", "active": "absent", "paymentPending": "pending"}
        return Collected(known.get(status, "unknown"), order.about, code=status)

    def _end(self, order: CollectOrder) -> Talk[Collected]:
        """Ask for what is held to be taken, or let go; what comes of that is told later."""
        taking = order.kind == "capture"
        content: dict[str, Any] = {"merchantAccount": self.merchant_account, "reference": order.key}
        content |= {"amount": _money(order)} if taking else {}
        path = f"/payments/{quote(order.about, safe='')}/{'captures' if taking else 'cancels'}"
        answer = yield self._call("POST", path, content, order.key)
        return _received(order, answer) if answer.status in (200, 201) else refusal(answer)

    def _call(self, method: str, path: str, content: Mapping[str, Any] | None = None, key: str = "") -> WireRequest:
        headers = {"X-API-Key": self.api_key, "Content-Type": "application/json"}
        body = b"" if content is None else json.dumps(content, separators=(",", ":")).encode()
        return WireRequest(method, self.base_url + path, headers | ({"Idempotency-Key": key} if key else {}), body)


_NEVER: Final = Collected("failed", code="no_saved_method", message="nothing is held without the buyer here")


def _said(found: Collected) -> Talk[Collected]:
    """What is known without a call."""
    yield from ()
    return found


def _received(order: CollectOrder, answer: WireAnswer) -> Collected:
    body = json_of(answer.body)
    status, name = part(body, "status"), text_of(body, "pspReference")
    if body is None or status != "received" or name is None:
        alarm = f"the gateway tells of a status {status!r} that is not known" if body is not None else ""
        return Collected("unknown", name or "", code=str(status)[:80], alarm=alarm)
    told = Collected("pending", name, code="received")
    amount, currency = amount_of(body)
    return agreeing(order, replace(told, amount=amount, currency=currency))


def _waits(order: CollectOrder, seal: Seal) -> Collected:
    """Nothing can be asked. What was received is waited for; what may not have been is asked for again, while the key is surely known."""
    sent = order.first_sent_at
    since = timedelta() if sent is None else seal.at - sent
    if order.wanted and not order.reference and since < timedelta(days=_KEY_DAYS):
        return Collected("absent", code="by_notice", message="the same request again gives the first answer")
    message = "what came of it is told by the gateway's notice only"
    if order.reference and since < timedelta(hours=_NOTICE_HOURS):
        return Collected("pending", order.reference, code="by_notice", message=message)
    alarm = "" if sent is None else "no notice of it has come; look at the gateway's own console and its webhooks"
    return Collected("unknown", order.reference, code="by_notice", message=message, alarm=alarm)


def _money(order: CollectOrder) -> dict[str, Any]:
    return {"currency": order.currency, "value": ADYEN.theirs(order.amount, order.currency)}


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None

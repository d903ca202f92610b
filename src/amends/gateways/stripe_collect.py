"""Stripe taking money in: payment links that can be paid once, holds on a saved card, capture, cancellation.

Source: the vendor's API reference and the typed models of its Python package (API of 2026-10). A link made for one completed session
cannot be paid twice. Its sessions are asked for their payment; a payment is asked for by its id, and a hold whose answer was lost is
found among the payments of the customer by our key in the metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import quote, urlencode

from amends.facts.collect import PAGE_SHUT, Collected, CollectLimits, CollectOrder, Talk, concluded
from amends.facts.wire import Seal, WireRequest
from amends.gateways.kernel import json_of, part, text_of
from amends.gateways.stripe_payments import data, of_payment, page, payment_told, refused, unanswered
from amends.gateways.units import STRIPE

_PAGE: Final = 100
_MOST_PAGES: Final = 20
_KEY_HOURS: Final = 23
"""The vendor keeps an idempotency key for 24 hours at least."""
_NOTHING_SAVED: Final = "no_saved_method"


@dataclass(frozen=True, slots=True)
class StripeCollecting:
    """The translator."""

    secret_key: str
    base_url: str
    name: str = "stripe"

    @property
    def limits(self) -> CollectLimits:
        """Cards hold seven days where the buyer was there; Visa five where he was not. The rest of a capture is let go."""
        return CollectLimits("card", hold_days=7, saved_days=5)

    def send(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Do it."""
        if order.kind == "link":
            return self._link(order)
        if order.kind == "authorise":
            return self._authorise(order)
        if order.kind == "close":
            return self._close(order)
        return self._end(order)

    def ask(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Ask what became of it."""
        if order.kind == "link":
            return self._ask_link(order, seal)
        if order.kind == "authorise":
            return self._ask_authorised(order)
        if order.kind == "close":
            return self._ask_closed(order)
        return self._ask_payment(order, order.about)

    def _link(self, order: CollectOrder) -> Talk[Collected]:
        form = {
            "line_items[0][price_data][currency]": order.currency.lower(),
            "line_items[0][price_data][unit_amount]": _amount(order),
            "line_items[0][price_data][product_data][name]": order.text[:250] or order.key,
            "line_items[0][quantity]": "1",
            "restrictions[completed_sessions][limit]": "1",
            "metadata[amends_key]": order.key,
            "payment_intent_data[metadata][amends_key]": order.key,
        }
        if order.hold:
            form |= {"payment_intent_data[capture_method]": "manual", "payment_method_types[0]": "card"}
        if order.back_url:
            form |= {"after_completion[type]": "redirect", "after_completion[redirect][url]": order.back_url}
        answer = yield self._post("/v1/payment_links", form, order.key)
        body = json_of(answer.body)
        if answer.status != 200:
            return refused(order, answer, body)
        return page(body)

    def _authorise(self, order: CollectOrder) -> Talk[Collected]:
        payer = yield from self._payer(order)
        if isinstance(payer, Collected):
            return payer
        form = {
            "amount": _amount(order),
            "currency": order.currency.lower(),
            "customer": payer[0],
            "payment_method": payer[1],
            "payment_method_types[0]": "card",
            "capture_method": "manual",
            "confirm": "true",
            "off_session": "true",
            "description": order.text[:250],
            "metadata[amends_key]": order.key,
            "expand[0]": "latest_charge",
        }
        answer = yield self._post("/v1/payment_intents", form, order.key)
        body = json_of(answer.body)
        if answer.status != 200:
            return refused(order, answer, body)
        return of_payment(order, body)

    def _end(self, order: CollectOrder) -> Talk[Collected]:
        """Take what is held, or let it go."""
        form = {"amount_to_capture": _amount(order)} if order.kind == "capture" else {}
        verb = "capture" if order.kind == "capture" else "cancel"
        path = f"/v1/payment_intents/{quote(order.about, safe='')}/{verb}"
        answer = yield self._post(path, form, order.key)
        body = json_of(answer.body)
        if answer.status != 200:
            return refused(order, answer, body)
        return of_payment(order, body)

    def _close(self, order: CollectOrder) -> Talk[Collected]:
        """Shut the page, and what buyers have open of it; then look whether one of them was faster."""
        link = quote(order.about, safe="")
        answer = yield self._post(f"/v1/payment_links/{link}", {"active": "false"}, order.key)
        if answer.status != 200:
            return refused(order, answer, json_of(answer.body))
        answer = yield self._get(
            "/v1/checkout/sessions", {"payment_link": order.about, "status": "open", "limit": str(_PAGE)}
        )
        for one in data(answer) or ():
            name = text_of(one, "id") or ""
            yield self._post(f"/v1/checkout/sessions/{quote(name, safe='')}/expire", {}, f"{order.key}-{name}"[:255])
        found = yield from self._ask_closed(order)
        return replace(found, outcome="unknown") if found.outcome == "absent" else found

    def _ask_closed(self, order: CollectOrder) -> Talk[Collected]:
        told = yield self._get(f"/v1/payment_links/{quote(order.about, safe='')}", {})
        answer = yield self._get("/v1/checkout/sessions", {"payment_link": order.about, "limit": str(_PAGE)})
        active, sessions = part(json_of(told.body), "active"), data(answer)
        if told.status != 200 or sessions is None or not isinstance(active, bool):
            return unanswered(answer if told.status == 200 else told)
        states = {text_of(one, "status") for one in sessions}
        if "complete" in states:
            return Collected("failed", order.about, code="paid", message="the buyer was faster")
        return Collected("absent" if active or "open" in states else "succeeded", order.about)

    def _ask_link(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        found = Collected("pending", order.reference)
        active: object = None
        if order.reference:
            answer = yield self._get(f"/v1/payment_links/{quote(order.reference, safe='')}", {})
            body = json_of(answer.body)
            if answer.status != 200:
                return unanswered(answer)
            found, active = page(body), part(body, "active")
        else:
            found = yield from self._find_link(order, seal)
            if found.outcome != "pending":
                return found
        answer = yield self._get(
            "/v1/checkout/sessions",
            {"payment_link": found.reference, "limit": str(_PAGE), "expand[0]": "data.payment_intent.latest_charge"},
        )
        sessions = data(answer)
        if sessions is None:
            return replace(found, outcome="unknown", code=f"http_{answer.status}")
        done = [one for one in sessions if text_of(one, "status") == "complete"]
        paid = [one for one in done if isinstance(part(one, "payment_intent"), dict)]
        if paid:
            seen = concluded(order, payment_told(part(paid[0], "payment_intent")))
            alarm = seen.alarm or ("this page was paid more than once" if len(paid) > 1 else "")
            return replace(seen, reference=found.reference, link=found.link, alarm=alarm)
        if active is False and not any(text_of(one, "status") in ("open", "complete") for one in sessions):
            return replace(found, outcome="failed", code=PAGE_SHUT, message="the page was shut at the console")
        return found

    def _find_link(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """The page with our key, newest first. Not found: the same key may go out again while the vendor surely knows it."""
        after = ""
        for _ in range(_MOST_PAGES):
            query = {"limit": str(_PAGE)} | ({"starting_after": after} if after else {})
            answer = yield self._get("/v1/payment_links", query)
            links = data(answer)
            if links is None:
                return unanswered(answer)
            for one in links:
                if text_of(one, "metadata", "amends_key") == order.key:
                    return page(one)
            if part(json_of(answer.body), "has_more") is not True or not links:
                return Collected("absent")
            after = text_of(links[-1], "id") or ""
        if order.first_sent_at is not None and seal.at - order.first_sent_at < timedelta(hours=_KEY_HOURS):
            return Collected("absent")
        return Collected("unknown", code="more", alarm="there are too many payment links; look at the console")

    def _ask_authorised(self, order: CollectOrder) -> Talk[Collected]:
        if order.reference:
            return (yield from self._ask_payment(order, order.reference))
        payer = yield from self._payer(order)
        if isinstance(payer, Collected):
            return replace(payer, outcome="unknown") if payer.outcome == "absent" else payer
        after = ""
        for _ in range(_MOST_PAGES):
            query = {"customer": payer[0], "limit": str(_PAGE), "expand[0]": "data.latest_charge"}
            answer = yield self._get("/v1/payment_intents", query | ({"starting_after": after} if after else {}))
            payments = data(answer)
            if payments is None:
                return unanswered(answer)
            for one in payments:
                if text_of(one, "metadata", "amends_key") == order.key:
                    return of_payment(order, one)
            if part(json_of(answer.body), "has_more") is not True or not payments:
                return Collected("absent")
            after = text_of(payments[-1], "id") or ""
        return Collected("unknown", code="more", alarm="this customer has too many payments; look at the console")

    def _ask_payment(self, order: CollectOrder, name: str) -> Talk[Collected]:
        path = f"/v1/payment_intents/{quote(name, safe='')}"
        answer = yield self._get(path, {"expand[0]": "latest_charge"})
        if answer.status != 200:
            return unanswered(answer)
        return of_payment(order, json_of(answer.body))

    def _payer(self, order: CollectOrder) -> Talk[tuple[str, str] | Collected]:
        """Customer and saved method of the earlier payment; else what stands against it, nothing having been sent."""
        kind = "charges" if order.earlier.startswith(("ch_", "py_")) else "payment_intents"
        answer = yield self._get(f"/v1/{kind}/{quote(order.earlier, safe='')}", {})
        body = json_of(answer.body)
        if answer.status == 404:
            return Collected("failed", code=_NOTHING_SAVED, message="the earlier payment is not known here")
        if answer.status != 200:
            return replace(unanswered(answer), outcome="absent")
        customer, method = text_of(body, "customer"), text_of(body, "payment_method")
        if customer is None or method is None:
            return Collected("failed", code=_NOTHING_SAVED, message="no payment method was saved with the payment")
        return customer, method

    def _get(self, path: str, query: Mapping[str, str]) -> WireRequest:
        url = f"{self.base_url}{path}" + (f"?{urlencode(query)}" if query else "")
        return WireRequest("GET", url, {"Authorization": f"Bearer {self.secret_key}"})

    def _post(self, path: str, form: Mapping[str, str], key: str) -> WireRequest:
        headers = {
            "Authorization": f"Bearer {self.secret_key}",
            "Idempotency-Key": key,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return WireRequest("POST", self.base_url + path, headers, urlencode(form).encode())


def _amount(order: CollectOrder) -> str:
    return str(STRIPE.theirs(order.amount, order.currency))

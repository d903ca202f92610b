"""Stripe's payment links and their sessions as the fake has them, with the page that a buyer sees."""

from __future__ import annotations

import html
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Route, Told, UnableToUnderstand, json_reply
from amends.fakes.ledger import UnableToMove
from amends.fakes.stripe_intents import HOLD_DAYS, StripeIntentDoors, named

CARDS: Final = ("good", "declined", "left")
"""How a buyer's visit to the page ends: paid, refused by the card's bank, or gone away with the page still open."""


class StripeLinkDoors(StripeIntentDoors):
    """The part of the fake Stripe on links: each is paid once."""

    def link_routes(self) -> list[Route]:
        """Links, sessions, and the page."""
        name = "(?P<id>[^/]+)"
        return [
            ("POST", "/v1/payment_links", lambda call: self.once(call, self._make_link)),
            ("GET", "/v1/payment_links", self._list_links),
            ("GET", f"/v1/payment_links/{name}", self._read_link),
            ("POST", f"/v1/payment_links/{name}", lambda call: self.once(call, self._change_link)),
            ("GET", "/v1/checkout/sessions", self._list_sessions),
            ("POST", f"/v1/checkout/sessions/{name}/expire", lambda call: self.once(call, self._expire_session)),
            ("GET", f"/pay/{name}", self._show_page),
            ("POST", f"/pay/{name}", self._use_page),
        ]

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """What a buyer does, and what time does."""
        return (
            ("POST", "payments/([^/]+)/save", lambda fake, call, name: fake.save_method(name)),
            (
                "POST",
                "pages/([^/]+)/visit",
                lambda fake, call, name: fake.visit(name, call.json().get("card", "good")),
            ),
            ("POST", "holds/expire", lambda fake, call, _: {"expired": fake.expire_holds()}),
        )

    # What buyers and time do.

    def save_method(self, payment: str) -> dict[str, Any]:
        """A payment whose buyer let the shop keep the card. Raises `UnableToMove`."""
        with self.lock:
            paid = self.ledger.payment(payment)
            if paid is None:
                raise UnableToMove("no_payment", f"no payment has the id {payment}")
            paid.detail |= {"customer": f"cus_{payment}", "payment_method": f"pm_{payment}"}
            self.ledger.save_payment(paid)
            return dict(paid.detail)

    def visit(self, link: str, card: str = "good") -> dict[str, Any]:
        """A buyer comes to the page, and pays, is refused, or goes away with it open. Raises `UnableToMove`."""
        if card not in CARDS:
            raise UnableToUnderstand(f"card: {card!r} should be one of {', '.join(CARDS)}")
        with self.lock:
            page = self.shelf.get("link", link)
            if page is None or not page["active"]:
                raise UnableToMove("no_payment", f"the link {link} is not active")
            session = self._session(page) if card == "left" else self._open_of(link) or self._session(page)
            notices = self._visited(page, session, card)
        self.send_notices(tuple(notices))
        return self._session_shown(session, expand=False)

    def _visited(self, page: dict[str, Any], session: dict[str, Any], card: str) -> list[Told]:
        if card == "left":
            return []
        intent = self.new_intent(
            page["amount"], page["currency"], page["capture_method"], page["intent_metadata"], HOLD_DAYS
        )
        if card == "declined":
            self.decline(intent, "card_declined", "generic_decline")
            return [self._event("payment_intent.payment_failed", self.intent_shown(intent))]
        told = self.confirmed(intent)
        session |= {"status": "complete", "payment_intent": intent["id"]}
        self.shelf.keep("session", session["id"], session)
        page["active"] = False
        self.shelf.keep("link", page["id"], page)
        self._expire_others(page["id"])
        self.log("paid", link=page["id"], payment=intent["id"], amount=intent["amount"], held=intent["status"])
        return [*told, self._event("checkout.session.completed", self._session_shown(session, expand=False))]

    def _expire_others(self, link: str) -> None:
        """One completed session is all that a link allows: whoever else has it open is too late."""
        while one := self._open_of(link):
            one["status"] = "expired"
            self.shelf.keep("session", one["id"], one)

    # The page that a buyer sees.

    def _show_page(self, call: Call) -> Reply:
        page = self.shelf.get("link", call.parts["id"])
        if page is None:
            return Reply(404, b"no such page", {"Content-Type": "text/plain"})
        said = "This page takes no payment any more."
        form = "".join(
            [f'<p><button name="card" value="{card}">{word}</button></p>'
             for card, word in (("good", "Pay with a good card"), ("declined", "Pay with a card that is declined"))]
        )  # fmt: skip
        what = f"{html.escape(page['name'])}: {page['amount']} {page['currency'].upper()} (smallest unit)"
        body = f"<!doctype html><title>Fake page</title><h1>{what}</h1>" + (
            f'<form method="post">{form}</form>' if page["active"] else f"<p>{said}</p>"
        )
        return Reply(200, body.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _use_page(self, call: Call) -> Reply:
        page = self.shelf.get("link", call.parts["id"])
        if page is None or not page["active"]:
            return Reply(410, b"this page takes no payment any more", {"Content-Type": "text/plain"})
        card = call.form().get("card", "good")
        notices = self._visited(page, self._open_of(page["id"]) or self._session(page), card)
        back = page["back"]
        if card == "good" and back:
            return Reply(303, b"", {"Location": back}, tuple(notices))
        said = b"paid" if card == "good" else b"the card was declined"
        return Reply(200, said, {"Content-Type": "text/plain"}, tuple(notices))

    # Links and sessions.

    def _make_link(self, call: Call) -> Reply:
        form = call.form()
        amount = form.get("line_items[0][price_data][unit_amount]", "")
        if not amount.isdecimal() or int(amount) == 0:
            return self.wrong_call("Invalid integer: unit_amount", "parameter_invalid_integer")
        if form.get("restrictions[completed_sessions][limit]") != "1":
            return self.wrong_call("this fake makes links for one session only")
        if "refuse" in call.faults:
            return self.wrong_call("Your account cannot currently make live charges.", "account_invalid")
        name = self.new_id("plink_")
        page = {
            "id": name,
            "url": f"http://{call.headers.get('host', 'localhost')}/pay/{name}",
            "active": True,
            "amount": int(amount),
            "currency": form.get("line_items[0][price_data][currency]", ""),
            "name": form.get("line_items[0][price_data][product_data][name]", ""),
            "metadata": named(form, "metadata"),
            "intent_metadata": named(form, "payment_intent_data[metadata]"),
            "capture_method": form.get("payment_intent_data[capture_method]", "automatic"),
            "back": form.get("after_completion[redirect][url]", ""),
        }
        self.shelf.keep("link", name, page)
        self.log("link", id=name, amount=page["amount"])
        return json_reply(200, _link_shown(page))

    def _read_link(self, call: Call) -> Reply:
        page = self.shelf.get("link", call.parts["id"]) if self._is_let_in(call) else None
        return json_reply(200, _link_shown(page)) if page else self.wrong_call("No such payment link", status=404)

    def _change_link(self, call: Call) -> Reply:
        page = self.shelf.get("link", call.parts["id"])
        if page is None:
            return self.wrong_call("No such payment link", status=404)
        page["active"] = call.form().get("active", "true") == "true"
        self.shelf.keep("link", page["id"], page)
        self.log("link_changed", id=page["id"], active=page["active"])
        return json_reply(200, _link_shown(page))

    def _list_links(self, call: Call) -> Reply:
        return self.listed(call, [_link_shown(one) for one in reversed(self.shelf.all("link"))])

    def _session(self, page: dict[str, Any]) -> dict[str, Any]:
        session = {
            "id": self.new_id("cs_"),
            "link": page["id"],
            "status": "open",
            "payment_intent": None,
            "metadata": page["metadata"],
            "amount": page["amount"],
            "currency": page["currency"],
        }
        self.shelf.keep("session", session["id"], session)
        return session

    def _open_of(self, link: str) -> dict[str, Any] | None:
        return next((s for s in self.shelf.all("session") if s["link"] == link and s["status"] == "open"), None)

    def _list_sessions(self, call: Call) -> Reply:
        link, status = call.query.get("payment_link"), call.query.get("status")
        expand = call.query.get("expand[0]", "").startswith("data.payment_intent")
        found = [one for one in reversed(self.shelf.all("session")) if link in (None, one["link"])]
        shown = [self._session_shown(one, expand) for one in found if status in (None, one["status"])]
        return self.listed(call, shown)

    def _session_shown(self, one: dict[str, Any], expand: bool) -> dict[str, Any]:
        intent = self.intent(one["payment_intent"]) if one["payment_intent"] else None
        paid = intent is not None and intent["status"] == "succeeded"
        return {
            "id": one["id"],
            "object": "checkout.session",
            "mode": "payment",
            "status": one["status"],
            "payment_status": "paid" if paid else "unpaid",
            "payment_link": one["link"],
            "payment_intent": self.intent_shown(intent) if intent and expand else one["payment_intent"],
            "metadata": one["metadata"],
            "amount_total": one["amount"],
            "currency": one["currency"],
        }

    def _expire_session(self, call: Call) -> Reply:
        session = self.shelf.get("session", call.parts["id"])
        if session is None or session["status"] != "open":
            return self.wrong_call("Only Checkout Sessions with a status of open can be expired.")
        session["status"] = "expired"
        self.shelf.keep("session", session["id"], session)
        return json_reply(200, self._session_shown(session, expand=False))


def _link_shown(page: dict[str, Any]) -> dict[str, Any]:
    shown = {name: page[name] for name in ("id", "url", "active", "metadata", "currency")}
    return {"object": "payment_link", **shown, "restrictions": {"completed_sessions": {"limit": 1}}}

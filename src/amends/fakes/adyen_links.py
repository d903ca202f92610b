"""Adyen's payment links, captures and cancels as the fake has them: answers say `received`, notifications tell the rest a moment later."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Route, Told, UnableToUnderstand, json_reply
from amends.fakes.fake import Fake
from amends.fakes.ledger import Payment, UnableToMove

DAY: Final = 86_400
HOLD_DAYS: Final = 28
NOTICE_MS: Final = 5
CARDS: Final = ("good", "declined", "left")
"""How a buyer's visit ends: paid, refused by the card's bank, or gone away with the page still open."""


class AdyenLinkDoors(Fake):
    """The part of the fake Adyen on links and what was authorised by them. What was captured can be refunded."""

    _underway: set[str]

    def link_routes(self) -> list[Route]:
        """Links, captures, cancels, and the page that a buyer sees."""
        name = "(?P<id>[^/]+)"
        return [
            ("POST", "/v72/paymentLinks", lambda call: self.once(call, self._make_link)),
            ("GET", f"/v72/paymentLinks/{name}", self._read_link),
            ("PATCH", f"/v72/paymentLinks/{name}", self._change_link),
            ("POST", f"/v72/payments/{name}/captures", lambda call: self.once(call, self._capture)),
            ("POST", f"/v72/payments/{name}/cancels", lambda call: self.once(call, self._cancel)),
            ("GET", f"/pay/{name}", self._show_page),
            ("POST", f"/pay/{name}", self._use_page),
        ]

    def _let_in(self, call: Call) -> bool:
        raise NotImplementedError

    def item(
        self, event: str, name: str, payment: str, key: str, amount: int, currency: str, success: str, reason: str = ""
    ) -> Told:
        """A notification."""
        raise NotImplementedError

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """What a buyer does, and what time does."""
        return (
            ("POST", "pages/([^/]+)/visit", lambda fake, call, name: fake.visit(name, call.json().get("card", "good"))),
            ("POST", "holds/expire", lambda fake, call, _: {"expired": fake.expire_holds()}),
        )

    # What buyers and time do.

    def visit(self, name: str, card: str = "good") -> dict[str, Any]:
        """A buyer comes to the page, and pays, is refused, or goes away with it open. Raises `UnableToMove`."""
        if card not in CARDS:
            raise UnableToUnderstand(f"card: {card!r} should be one of {', '.join(CARDS)}")
        with self.lock:
            link = self._link(name)
            if link is None or link["status"] != "active":
                raise UnableToMove("no_payment", f"the link {name} is not active")
            notices = self._visited(link, card)
        self.send_notices(tuple(notices))
        return link

    def _visited(self, link: dict[str, Any], card: str) -> list[Told]:
        if card == "left":
            return []
        name, amount, currency = self.new_id("", 16).upper(), link["amount"], link["currency"]
        if card == "declined":
            return [self.item("AUTHORISATION", name, "", link["reference"], amount, currency, "false", "Refused")]
        paid = {
            "id": name, "reference": link["reference"], "amount": amount, "currency": currency,
            "state": "held" if link["manual"] else "taken", "taken": 0, "until": self.now() + HOLD_DAYS * DAY,
        }  # fmt: skip
        if not link["manual"]:
            self._took(paid, amount)
        self.shelf.keep("authorised", name, paid)
        self._set_link(link, "completed")
        self.log("paid", link=link["id"], payment=name, amount=amount, held=link["manual"])
        return [self.item("AUTHORISATION", name, "", link["reference"], amount, currency, "true")]

    def expire_holds(self) -> list[str]:
        """What is held too long is let go, and told; the ids."""
        with self.lock:
            late = [one for one in self.shelf.all("authorised") if one["state"] == "held" and self._is_late(one)]
            for one in late:
                self.shelf.keep("authorised", one["id"], one | {"state": "expired"})
        told = [
            self.item("EXPIRE", self.new_id("", 16).upper(), one["id"], one["reference"], one["amount"],
                      one["currency"], "true")
            for one in late
        ]  # fmt: skip
        self.send_notices(tuple(told))
        return [one["id"] for one in late]

    def money_of(self, payment: str) -> dict[str, int]:
        """What is held of a payment, and what was taken, in minor units."""
        with self.lock:
            found: Any = self.shelf.get("authorised", payment)
            held = found["state"] == "held" and not self._is_late(found)
            return {"held": found["amount"] if held else 0, "taken": found["taken"]}

    def _is_late(self, paid: dict[str, Any]) -> bool:
        return bool(self.now() > paid["until"])

    def _took(self, paid: dict[str, Any], amount: int) -> None:
        paid |= {"state": "taken", "taken": amount}
        self.ledger.capture(Payment(paid["id"], amount, paid["currency"], self.now()))

    # The page that a buyer sees.

    def _show_page(self, call: Call) -> Reply:
        link = self._link(call.parts["id"])
        if link is None or link["status"] != "active":
            return Reply(410, b"this page takes no payment any more", {"Content-Type": "text/plain"})
        form = "".join(
            [f'<p><button name="card" value="{card}">{word}</button></p>'
             for card, word in (("good", "Pay with a good card"), ("declined", "Pay with a card that is declined"))]
        )  # fmt: skip
        what = f"{html.escape(link['text'])}: {link['amount']} {link['currency']} (smallest unit)"
        body = f'<!doctype html><title>Fake page</title><h1>{what}</h1><form method="post">{form}</form>'
        return Reply(200, body.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _use_page(self, call: Call) -> Reply:
        link = self._link(call.parts["id"])
        if link is None or link["status"] != "active":
            return Reply(410, b"this page takes no payment any more", {"Content-Type": "text/plain"})
        card = call.form().get("card", "good")
        notices = tuple(self._visited(link, card))
        if card == "good" and link["back"]:
            return Reply(303, b"", {"Location": link["back"]}, notices)
        said = b"paid" if card == "good" else b"the card was declined"
        return Reply(200, said, {"Content-Type": "text/plain"}, notices)

    # Links.

    def _make_link(self, call: Call) -> Reply:
        content = call.json()
        amount = content.get("amount") or {}
        if not isinstance(amount.get("value"), int) or amount["value"] <= 0 or not content.get("reference"):
            return json_reply(422, {"status": 422, "errorCode": "100", "message": "amount and reference are wanted"})
        if "refuse" in call.faults or content.get("reusable"):
            return json_reply(422, {"status": 422, "errorCode": "901", "message": "not possible on this account"})
        name = self.new_id("PL", 16).upper()
        until = datetime.fromisoformat(
            content.get("expiresAt") or datetime.fromtimestamp(self.now() + DAY, UTC).isoformat()
        )
        link = {
            "id": name, "url": f"http://{call.headers.get('host', 'localhost')}/pay/{name}", "status": "active",
            "amount": amount["value"], "currency": amount.get("currency", ""), "reference": content["reference"],
            "text": content.get("description", ""), "manual": bool(content.get("manualCapture")),
            "back": content.get("returnUrl", ""), "until": int(until.timestamp()), "updated": self.now(),
        }  # fmt: skip
        self.shelf.keep("link", name, link)
        self.log("link", id=name, amount=link["amount"])
        return json_reply(201, _link_shown(link))

    def _link(self, name: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.shelf.get("link", name)
        if found and found["status"] == "active" and self.now() > found["until"]:
            return self._set_link(found, "expired")
        return found

    def _set_link(self, link: dict[str, Any], status: str) -> dict[str, Any]:
        link |= {"status": status, "updated": self.now()}
        self.shelf.keep("link", link["id"], link)
        return link

    def _read_link(self, call: Call) -> Reply:
        if not self._let_in(call):
            return self.error_reply(401, message="HTTP Status Response - Unauthorized")
        link = self._link(call.parts["id"])
        return self.error_reply(404) if link is None else json_reply(200, _link_shown(link))

    def _change_link(self, call: Call) -> Reply:
        if not self._let_in(call):
            return self.error_reply(401, message="HTTP Status Response - Unauthorized")
        link = self._link(call.parts["id"])
        if link is None:
            return self.error_reply(404)
        if link["status"] not in ("active", "expired") or call.json().get("status") != "expired":
            return json_reply(422, {"status": 422, "errorCode": "29_005", "message": "the link cannot expire any more"})
        return json_reply(200, _link_shown(self._set_link(link, "expired")))

    # What was authorised.

    def _capture(self, call: Call) -> Reply:
        amount = call.json().get("amount") or {}
        return self._modified(call, "CAPTURE", amount.get("value", 0))

    def _cancel(self, call: Call) -> Reply:
        return self._modified(call, "CANCELLATION", 0)

    def _modified(self, call: Call, event: str, amount: int) -> Reply:
        """Received; done, or refused for good, as the notification tells."""
        paid: Any = self.shelf.get("authorised", call.parts["id"])
        if paid is None:
            return json_reply(422, {"status": 422, "errorCode": "167", "message": "Original pspReference required"})
        able = paid["state"] == "held" and not self._is_late(paid) and amount <= paid["amount"]
        able = able and "refuse" not in call.faults
        if able and event == "CAPTURE":
            self._took(paid, amount)
        elif able:
            paid["state"] = "cancelled"
        self.shelf.keep("authorised", paid["id"], paid)
        name, reference = self.new_id("", 16).upper(), str(call.json().get("reference", ""))
        self.log(event.lower(), payment=paid["id"], done=able)
        told = self.item(
            event, name, paid["id"], reference, amount or paid["amount"], paid["currency"],
            "true" if able else "false", "" if able else "Transaction hasn't been authorised or is not open any more",
        )  # fmt: skip
        self.later.after(NOTICE_MS, lambda: self.send_notices((told,)))
        shown = {"paymentPspReference": paid["id"], "pspReference": name, "reference": reference, "status": "received"}
        if amount:
            value, currency = self.shown_amount(call, amount), self.shown_currency(call, paid["currency"])
            shown["amount"] = {"currency": currency, "value": value}
        return json_reply(201, shown | ({"status": "half-done"} if "strange_status" in call.faults else {}))

    def once(self, call: Call, work: Callable[[Call], Reply]) -> Reply:
        """The work, or the answer that this idempotency key was given before."""
        if not self._let_in(call):
            return self.error_reply(401, message="HTTP Status Response - Unauthorized")
        key = call.headers.get("idempotency-key", "")
        if key in self._underway:
            return json_reply(409, {"errorCode": "704", "message": "request already processed or in progress"})
        if key and (kept := self.shelf.get("link_answer", key)):
            return Reply(201, kept.encode(), {"Content-Type": "application/json"})
        reply = work(call)
        if key and reply.status == 201:
            self.shelf.keep("link_answer", key, reply.body.decode())
        return reply


def _link_shown(link: dict[str, Any]) -> dict[str, Any]:
    shown = {name: link[name] for name in ("id", "url", "status", "reference")}
    amount = {"value": link["amount"], "currency": link["currency"]}
    until, updated = [datetime.fromtimestamp(link[name], UTC).isoformat() for name in ("until", "updated")]
    return {**shown, "amount": amount, "reusable": False, "expiresAt": until, "updatedAt": updated}

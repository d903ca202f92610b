"""A stand-in for a Medusa 2 server: returns that are received step by step, refunds paid as often as they are asked for."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl, urlsplit

from amends.basics.money import UnableToReadAmount, read_minor
from amends.fakes.calls import Call, Reply, Route, json_reply
from amends.fakes.ledger import Refund, UnableToMove
from amends.fakes.market import Asked, SoldOrder, UnableToDo
from amends.fakes.medusa_shapes import order_shape, own_status, refund_shape, return_shape, seconds_of
from amends.fakes.platform import PlatformFake

SECRET_KEY = "sk_amends_fake"
_KINDS: Final = frozenset({"return_refund", "exchange"})
_ID: Final = "(?P<id>[^/]+)"


class FakeMedusa(PlatformFake):
    """A shop in euros. Its buyers ask for returns only; exchanges are opened by its merchant."""

    name: ClassVar[str] = "medusa"
    currency: ClassVar[str] = "EUR"

    def order_number(self) -> str:
        """Ids that grow."""
        return f"order_{len(self.market.orders) + 1:08}"

    def case_number(self) -> str:
        """Ids that grow."""
        return f"return_{len(self.market.cases) + 1:08}"

    def routes(self) -> list[Route]:
        """What the house uses of it."""
        ways = (
            ("GET", "stores", lambda call: json_reply(200, {"stores": [{"id": "store_1", "name": "Amends Demo"}]})),
            ("GET", "orders", self._orders),
            ("GET", f"orders/{_ID}", self._order),
            ("POST", f"orders/{_ID}", self._metadata),
            ("GET", f"orders/{_ID}/changes", self._changes),
            ("GET", "returns", self._returns),
            ("GET", f"returns/{_ID}", self._return),
            ("POST", f"returns/{_ID}/receive", self._begin),
            ("POST", f"returns/{_ID}/receive-items", self._name_goods),
            ("POST", f"returns/{_ID}/receive/confirm", self._confirm),
            ("POST", f"returns/{_ID}/cancel", self._cancel),
            ("POST", f"fulfillments/{_ID}/cancel", self._cancel_label),
            ("POST", f"payments/{_ID}/refund", self._refund),
        )
        return [(method, f"/admin/{path}", self._guarded(work)) for method, path, work in ways]

    def config(self) -> dict[str, Any]:
        """The key of the fake shop."""
        return {"secret_key": SECRET_KEY}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Above 499 and for too many calls the proxy before the server speaks, in pages for people."""
        if status in (400, 404):
            return _error(status, "invalid_data" if status == 400 else "not_found", message)
        body = f"<html><title>{status}</title></html>".encode()
        return Reply(status, body, {"Content-Type": "text/html", **(headers or {})})

    def _guarded(self, work: Any) -> Any:
        word = "Basic " + base64.b64encode(f"{SECRET_KEY}:".encode()).decode()

        def answered(call: Call) -> Reply:
            if call.headers.get("authorization") != word:
                return json_reply(401, {"message": "Unauthorized"})
            try:
                reply: Reply = work(call)
            except UnableToDo as fault:
                missing = fault.why == "missing"
                return _error(404 if missing else 400, "not_found" if missing else "not_allowed", str(fault))
            return reply

        return answered

    # Reading.

    def _shape(self, order: SoldOrder) -> dict[str, Any]:
        cases = [case for case in self.market.of_order(order.number) if case.kind in _KINDS]
        return order_shape(order, cases, self.ledger.refunds(order.payment))

    def _orders(self, call: Call) -> Reply:
        """Of the window, by id, from the last id on."""
        query = call.query
        since, until = seconds_of(query["updated_at[$gte]"]), seconds_of(query["updated_at[$lt]"])
        after, limit = query.get("id[$gt]", ""), int(query.get("limit", "15"))
        shapes = [self._shape(order) for number, order in sorted(self.market.orders.items()) if number > after]
        found = [shape for shape in shapes if since <= seconds_of(shape["updated_at"]) < until]
        return json_reply(200, {"orders": found[:limit], "count": len(found), "offset": 0, "limit": limit})

    def _order(self, call: Call) -> Reply:
        return json_reply(200, {"order": self._shape(self.market.order(call.parts["id"]))})

    def _returns(self, call: Call) -> Reply:
        wanted = {value for name, value in parse_qsl(urlsplit(call.target).query) if name == "order_id[]"}
        cases = [case for case in self.market.cases.values() if case.order in wanted and case.kind in _KINDS]
        found = [return_shape(case, self.market.order(case.order)) for case in cases]
        return json_reply(200, {"returns": found, "count": len(found), "offset": 0, "limit": 200})

    def _return(self, call: Call) -> Reply:
        case = self.market.case(call.parts["id"])
        return json_reply(200, {"return": return_shape(case, self.market.order(case.order))})

    def _changes(self, call: Call) -> Reply:
        order = self.market.order(call.parts["id"])
        return json_reply(200, {"order_changes": order.detail.get("changes", [])})

    # Doing.

    def _metadata(self, call: Call) -> Reply:
        """Names that are given are set, others stay. The house's mark of agreement moves the case along, for people who watch."""
        order = self.market.order(call.parts["id"])
        given = call.json().get("metadata") or {}
        order.detail.setdefault("metadata", {}).update(given)
        for name in given:
            number = name.removeprefix("amends_agreed_")
            if number in self.market.cases and self.market.case(number).standing == "requested":
                self._agreed(self.market.case(number))
        order.updated_at = max(self.now(), order.updated_at)
        self.market.save_order(order)
        return json_reply(200, {"order": self._shape(order)})

    def _agreed(self, case: Asked) -> None:
        self.market.move(case, "agree_return", self.now())
        case.agreed_at = self.now()
        self.market.save(case)

    def _active(self, order: SoldOrder) -> dict[str, Any] | None:
        changes: list[dict[str, Any]] = order.detail.setdefault("changes", [])
        return next((change for change in changes if change["status"] == "pending"), None)

    def _begin(self, call: Call) -> Reply:
        case = self.market.case(call.parts["id"])
        order = self.market.order(case.order)
        if self._active(order):
            return _error(400, "invalid_data", f"Order ({order.number}) already has an existing active order change")
        if own_status(case) == "canceled":
            return _error(400, "invalid_data", f"Return with id {case.number} has been canceled.")
        change: dict[str, Any] = {
            "id": self.new_id("ordch_"),
            "status": "pending",
            "change_type": "return_receive",
            "return_id": case.number,
            "description": call.json().get("description"),
            "actions": [],
        }
        order.detail["changes"].append(change)
        self.market.save_order(order)
        return self._return(call)

    def _name_goods(self, call: Call) -> Reply:
        case = self.market.case(call.parts["id"])
        order = self.market.order(case.order)
        change = self._active(order)
        if change is None:
            return _error(400, "invalid_data", "An active Order Change is required to proceed")
        left = {line.id: line.quantity for line in order.lines if line.id in case.lines}
        for action in change["actions"]:
            left[action["details"]["reference_id"]] -= action["details"]["quantity"]
        for item in call.json().get("items") or []:
            if item["quantity"] > left.get(item["id"], 0):
                message = f"Cannot receive more items than what was requested to be returned for item {item['id']}."
                return _error(400, "invalid_data", message)
            details = {"reference_id": item["id"], "quantity": item["quantity"]}
            change["actions"].append({"action": "RECEIVE_RETURN_ITEM", "details": details})
        self.market.save_order(order)
        return self._return(call)

    def _confirm(self, call: Call) -> Reply:
        """Goods come whether or not anybody had agreed or said that they were sent."""
        case = self.market.case(call.parts["id"])
        order = self.market.order(case.order)
        change = self._active(order)
        if change is None:
            return _error(400, "invalid_data", "An active Order Change is required to proceed")
        change["status"] = "confirmed"
        self.market.save_order(order)
        if case.standing == "requested":
            self._agreed(case)
        if case.standing == "awaiting_return":
            self.market.move(case, "send_back", self.now())
            case.sent_back_at = self.now()
        self.seller(case.number, "confirm_receipt")
        return self._return(call)

    def _cancel_label(self, call: Call) -> Reply:
        case = self.market.case(call.parts["id"].removeprefix("ful_"))
        case.detail["label_canceled"] = self.now()
        self.market.save(case)
        return json_reply(200, {"fulfillment": {"id": call.parts["id"]}})

    def _cancel(self, call: Call) -> Reply:
        case = self.market.case(call.parts["id"])
        if not case.detail.get("label_canceled"):
            return _error(400, "not_allowed", "All fulfillments must be canceled before canceling a return")
        self.market.move(case, "withdraw", self.now())
        return json_reply(200, {})

    def _refund(self, call: Call) -> Reply:
        """Each call is a refund of its own, whatever its note says."""
        payment, content = self.ledger.payment(call.parts["id"]), call.json()
        if payment is None:
            return _error(404, "not_found", f"Payment id not found: {call.parts['id']}")
        try:
            wanted = read_minor(str(content.get("amount")), 2)
        except UnableToReadAmount:
            return _error(400, "invalid_data", "Invalid request: Expected type: 'number' for field 'amount'")
        if "refuse" in call.faults:
            return _error(500, "unknown_error", "An unknown error occurred.")
        note = str(content.get("note") or "")
        refund = Refund(
            self.new_id("ref_"), note.rpartition("[")[2].rstrip("]") if "[" in note else "", payment.id, wanted,
            payment.currency, "succeeded", self.now(), detail={"note": note},
        )  # fmt: skip
        try:
            self.take_refund(call, refund)
        except UnableToMove:
            message = "You are not allowed to refund more than the captured amount"
            return _error(400, "invalid_data", message)
        refunds = [refund_shape(one) for one in self.ledger.refunds(payment.id)]
        return json_reply(200, {"payment": {"id": payment.id, "refunds": refunds}}, refund=refund.id)


def _error(status: int, kind: str, message: str) -> Reply:
    return json_reply(status, {"type": kind, "message": message})

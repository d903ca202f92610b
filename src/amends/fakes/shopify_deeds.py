"""What a merchant's app does at the fake Shopify: returns worked off by their states, money paid back once for a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.fakes.calls import Call, Told
from amends.fakes.ledger import Refund, UnableToMove
from amends.fakes.market import Asked, SoldOrder, UnableToDo
from amends.fakes.platform import PlatformFake
from amends.fakes.shopify_plain import money
from amends.fakes.shopify_shapes import Shapes

Args = Mapping[str, Any]
_OPEN: Final = frozenset({"awaiting_return", "returning", "awaiting_replacement", "replacement_sent"})


class Refused(ValueError):
    """The whole document is refused; `code` goes into the error's extensions."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Wrong(ValueError):
    """A user error of a mutation."""

    def __init__(self, code: str, field: list[str], message: str) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Done:
    """A mutation's payload and what follows from it."""

    payload: dict[str, Any]
    notices: tuple[Told, ...] = ()
    refund: str | None = None


class Deeds:
    """The mutations of one fake. Its lock is held."""

    def __init__(self, fake: PlatformFake, shapes: Shapes) -> None:
        self.fake, self.shapes = fake, shapes
        self._known: dict[str, tuple[str, Callable[[Args], Done]]] = {
            "returnApproveRequest": ("ReturnApproveRequestPayload", self._approve),
            "returnDeclineRequest": ("ReturnDeclineRequestPayload", self._decline),
            "returnProcess": ("ReturnProcessPayload", self._process),
            "reverseFulfillmentOrderDispose": ("ReverseFulfillmentOrderDisposePayload", self._dispose),
            "returnClose": ("ReturnClosePayload", self._close),
            "orderUpdate": ("OrderUpdatePayload", self._note),
        }

    def do(self, call: Call, name: str, args: Args, directives: Mapping[str, Args], underway: set[str]) -> Done:
        """Carry a mutation out. Raises `Refused`."""
        if name == "refundCreate":
            return self._once(call, args["input"], directives.get("idempotent"), underway)
        if directives.get("idempotent"):
            raise Refused("BAD_REQUEST", f"{name} does not support the @idempotent directive")
        if name not in self._known:
            raise Refused("notKnownHere", f"this stand-in has no mutation {name}")
        kind, work = self._known[name]
        try:
            done = work(args)
        except _Wrong as wrong:
            return Done(_failed(kind, "ReturnUserError", wrong))
        except UnableToDo as fault:
            code = "NOT_FOUND" if fault.why == "missing" else "INVALID_STATE"
            return Done(_failed(kind, "ReturnUserError", _Wrong(code, ["id"], str(fault))))
        return Done({"__typename": kind, "userErrors": [], **done.payload}, done.notices)

    # Returns.

    def _case(self, identity: str, *standings: str) -> Asked:
        cases = self.fake.market.cases.values()
        case = next((one for one in cases if self.shapes.return_gid(one.number) == identity), None)
        if case is None:
            raise _Wrong("NOT_FOUND", ["id"], "Return not found.")
        if standings and case.standing not in standings:
            raise _Wrong("INVALID_STATE", ["id"], "Return status is invalid for this operation.")
        return case

    def _moved(self, case: Asked, what: str, **values: Any) -> Done:
        moved = self.fake.seller(case.number, what, **values)
        return Done({"return": self.shapes.asked(moved)}, tuple(self.fake.told_case(moved, what)))

    def _approve(self, args: Args) -> Done:
        return self._moved(self._case(args["input"]["id"], "requested"), "agree_return")

    def _decline(self, args: Args) -> Done:
        given = args["input"]
        case = self._case(given["id"], "requested")
        if len(given.get("declineNote") or "") > 500:
            raise _Wrong("TOO_LONG", ["input", "declineNote"], "Decline note is too long (maximum is 500 characters)")
        return self._moved(case, "refuse", detail={**case.detail, "decline": given["declineReason"]})

    def _close(self, args: Args) -> Done:
        return self._moved(self._case(args["id"], *_OPEN), "agree_refund")

    def _process(self, args: Args) -> Done:
        given = args["input"]
        case = self._case(given["returnId"], *_OPEN)
        items = [item for line in given.get("returnLineItems") or () for item in line.get("dispositions") or ()]
        return self._take_in(case, items)

    def _dispose(self, args: Args) -> Done:
        items = args["dispositionInputs"]
        for case in self.fake.market.cases.values():
            if case.standing in _OPEN and set(map(_line, items)) <= set(case.lines):
                done = self._take_in(case, items)
                return Done({"reverseFulfillmentOrderLineItems": []}, done.notices)
        raise _Wrong("NOT_FOUND", ["dispositionInputs"], "Reverse fulfillment order line item not found.")

    def _take_in(self, case: Asked, items: list[Args]) -> Done:
        """Note what was looked at; once it is everything, the goods are taken in."""
        order = self.fake.market.order(case.order)
        lines = {line.id: line for line in order.lines if line.id in case.lines}
        seen = {name: self.shapes.seen_of(case, line) for name, line in lines.items()}
        for item in items:
            name = _line(item)
            if item["dispositionType"] == "RESTOCKED" and not item.get("locationId"):
                raise _Wrong("BLANK", ["locationId"], "Location is required to restock.")
            if name not in lines or seen[name] + item["quantity"] > lines[name].quantity:
                raise _Wrong("INVALID", ["quantity"], "Quantity is more than can be disposed.")
            seen[name] += item["quantity"]
        case.detail = {**case.detail, "seen": seen, "finding": items[0]["dispositionType"]}
        if any(seen[name] < line.quantity for name, line in lines.items()):
            self.fake.market.save(case)
            return Done({"return": self.shapes.asked(case)})
        if case.standing == "awaiting_return":
            self.fake.market.move(case, "send_back", self.fake.now())
        return self._moved(case, "confirm_receipt")

    # Orders.

    def _order(self, identity: str) -> SoldOrder:
        orders = self.fake.market.orders.values()
        order = next((one for one in orders if self.shapes.order_gid(one.number) == identity), None)
        if order is None:
            raise _Wrong("NOT_FOUND", ["orderId"], "Order does not exist")
        return order

    def _note(self, args: Args) -> Done:
        order = self._order(args["input"]["id"])
        order.detail = {**order.detail, "note": args["input"].get("note")}
        order.updated_at = max(order.updated_at, self.fake.now())
        self.fake.market.save_order(order)
        return Done({"order": self.shapes.order(order)})

    # Money.

    def _once(self, call: Call, given: Args, idempotent: Args | None, underway: set[str]) -> Done:
        """Pay once for a key: the same question again gets the same refund, another one under its key is refused."""
        key = str((idempotent or {}).get("key") or "").strip()
        if not key:
            raise Refused("BAD_REQUEST", "refundCreate: the @idempotent directive is required for this mutation")
        if key in underway:
            raise Refused("IDEMPOTENCY_CONCURRENT_REQUEST", "another request with this key is being worked on")
        kept = self.fake.shelf.get("answer", key)
        if kept is not None:
            if kept["given"] != given:
                raise Refused("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "the key was used with other parameters")
            refund = self.fake.ledger.get(kept["refund"])
            order = self.fake.market.order(kept["order"])
            return Done(_paid(self.shapes.refund(order, refund) if refund else None))
        try:
            order, refund = self._pay(call, given, key)
        except (_Wrong, UnableToMove) as fault:
            wrong = fault if isinstance(fault, _Wrong) else _Wrong("", ["transactions"], f"Refund amount: {fault}")
            return Done(_failed("RefundCreatePayload", "UserError", wrong))
        self.fake.shelf.keep("answer", key, {"given": given, "refund": refund.id, "order": order.number})
        shown = self.shapes.refund(order, refund)
        if {"wrong_amount", "wrong_currency"} & set(call.faults):
            shown = self._shown_wrongly(call, shown, refund)
        return Done(_paid(shown), tuple(self.fake.told_refund(refund, late=False)), refund.id)

    def _pay(self, call: Call, given: Args, key: str) -> tuple[SoldOrder, Refund]:
        order = self._order(given["orderId"])
        moves = given.get("transactions") or []
        if len(moves) != 1 or moves[0]["kind"] != "REFUND" or moves[0]["orderId"] != given["orderId"]:
            raise _Wrong("", ["transactions"], "this stand-in pays back by one transaction of kind REFUND")
        sale = self.shapes.sale(order)
        if (moves[0].get("parentId"), moves[0]["gateway"]) != (sale["id"], sale["gateway"]):
            raise _Wrong("", ["transactions", "0"], "Parent transaction or gateway is not one of this order")
        if given.get("currency") not in (None, order.currency):
            raise _Wrong("", ["currency"], "Currency must be the one that the customer paid in")
        if "refuse" in call.faults:
            raise _Wrong("", ["transactions"], "The payment provider refused: insufficient funds")
        try:
            amount = read_minor(str(moves[0]["amount"]), EXPONENTS[order.currency])
        except UnableToReadAmount as fault:
            raise _Wrong("", ["transactions", "0", "amount"], str(fault)) from None
        lines = given.get("refundLineItems") or []
        taken = self._taken(order, lines)
        detail = {"note": given.get("note"), "lines": lines, "strange": "strange_status" in call.faults}
        refund = Refund(self.fake.new_id("rf"), key, order.payment, amount, order.currency, "pending", self.fake.now())
        refund.detail = detail
        refund = self.fake.take_refund(call, refund)
        order.detail = {**order.detail, "taken_back": taken}
        self.fake.market.save_order(order)
        return order, refund

    def _taken(self, order: SoldOrder, lines: list[Args]) -> dict[str, int]:
        taken = dict(order.detail.get("taken_back", {}))
        for item in lines:
            line = next((one for one in order.lines if item["lineItemId"].endswith(f"/{one.id}")), None)
            if line is None or taken.get(line.id, 0) + item["quantity"] > line.quantity:
                raise _Wrong(
                    "", ["refundLineItems"], "Refund line items quantity cannot refund more items than were purchased"
                )
            taken[line.id] = taken.get(line.id, 0) + item["quantity"]
        return taken

    def _shown_wrongly(self, call: Call, shown: dict[str, Any], refund: Refund) -> dict[str, Any]:
        page = shown["transactions"](None, first=1)
        currency = self.fake.shown_currency(call, refund.currency)
        page["nodes"][0]["amountSet"] = money(self.fake.shown_amount(call, refund.amount), currency)
        return {**shown, "transactions": lambda info, **_: page}


def _line(item: Args) -> str:
    return str(item["reverseFulfillmentOrderLineItemId"]).rpartition("/")[2]


def _paid(refund: dict[str, Any] | None) -> dict[str, Any]:
    return {"__typename": "RefundCreatePayload", "userErrors": [], "refund": refund, "order": None}


def _failed(kind: str, of: str, wrong: _Wrong) -> dict[str, Any]:
    error = {"__typename": of, "field": wrong.field, "message": str(wrong), "code": wrong.code or None}
    empty = dict.fromkeys(("return", "refund", "order", "reverseFulfillmentOrderLineItems"))
    return {"__typename": kind, "userErrors": [error], **empty}

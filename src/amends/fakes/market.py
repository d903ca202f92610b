"""A fake platform's orders and cases, and how a case goes on: the same ways on every platform, whatever each calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from amends.basics.money import Minor
from amends.fakes.ledger import Shelf

RETURNS: Final = frozenset({"return_refund", "exchange", "repair"})
SHIPPED_AGAIN: Final = frozenset({"exchange", "repair", "resend"})
Why = Literal["missing", "state", "stale", "amount", "final"]

MOVES: Final[dict[str, dict[str, str]]] = {
    "requested": {
        "agree_return": "awaiting_return",
        "agree_resend": "awaiting_replacement",
        "agree_refund": "succeeded",
        "refuse": "refused",
        "withdraw": "closed",
    },
    "awaiting_return": {
        "send_back": "returning",
        "agree_refund": "succeeded",
        "withdraw": "closed",
        "run_out": "closed",
    },
    "returning": {
        "confirm_receipt": "returning",
        "agree_refund": "succeeded",
        "refuse": "refused",
        "received_for_exchange": "awaiting_replacement",
    },
    "awaiting_replacement": {"ship_replacement": "replacement_sent", "agree_refund": "succeeded", "refuse": "refused"},
    "replacement_sent": {"got_replacement": "succeeded"},
    "refused": {"step_in": "stepped_in", "ask_again": "requested", "withdraw": "closed", "agree_refund": "succeeded"},
    "stepped_in": {"rule_for_buyer": "succeeded", "rule_for_merchant": "closed", "agree_refund": "succeeded"},
    "succeeded": {},
    "closed": {},
}
"""From each standing (`amends.facts.platforms.Standing`), what may happen and where it leads."""


class UnableToDo(ValueError):
    """The platform does not let this be done now; `why` says it in a word."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


@dataclass(slots=True)
class SoldLine:
    """A line of an order. `paid`: for the whole line, minor units."""

    id: str
    sku: str
    title: str
    quantity: int
    paid: Minor


@dataclass(slots=True)
class SoldOrder:
    """An order that was paid by one payment. Times are seconds since 1970; 0: has not happened. `shipping`: paid by the buyer."""

    number: str
    currency: str
    lines: list[SoldLine]
    payment: str
    shipping: Minor = 0
    placed_at: int = 0
    paid_at: int = 0
    shipped_at: int = 0
    delivered_at: int = 0
    carrier: str = "shunfeng"
    waybill: str = ""
    name: str = "王小明"
    email: str = "buyer@example.com"
    phone: str = "13800138000"
    updated_at: int = 0
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def paid(self) -> Minor:
        """All that was paid."""
        return sum([line.paid for line in self.lines]) + self.shipping


@dataclass(slots=True)
class Asked:
    """A case at the platform. `standing` is where it stands; `version` counts its changes; `by_itself`: what the platform did alone."""

    number: str
    order: str
    kind: str
    reason: str
    amount: Minor
    text: str = ""
    standing: str = "requested"
    version: int = 1
    asked_at: int = 0
    agreed_at: int = 0
    refused_at: int = 0
    sent_back_at: int = 0
    received_at: int = 0
    ended_at: int = 0
    updated_at: int = 0
    deadline: int = 0
    carrier: str = ""
    waybill: str = ""
    replacement_carrier: str = ""
    replacement_waybill: str = ""
    refund: str = ""
    by_itself: str = ""
    ruling: str = ""
    strange: str = ""
    lines: list[str] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    deeds: list[dict[str, Any]] = field(default_factory=list)
    detail: dict[str, Any] = field(default_factory=dict)


class Market:
    """The orders and cases of one fake, kept on its shelf. Callers hold the fake's lock."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.orders: dict[str, SoldOrder] = {}
        self.cases: dict[str, Asked] = {}
        for value in shelf.all("order"):
            lines = [SoldLine(**line) for line in value.pop("lines")]
            self.orders[value["number"]] = SoldOrder(lines=lines, **value)
        for value in shelf.all("case"):
            self.cases[value["number"]] = Asked(**value)

    def save_order(self, order: SoldOrder) -> SoldOrder:
        """Keep an order as it is now."""
        self.orders[order.number] = order
        self._shelf.keep("order", order.number, asdict(order))
        return order

    def save(self, case: Asked) -> Asked:
        """Keep a case as it is now."""
        self.cases[case.number] = case
        self._shelf.keep("case", case.number, asdict(case))
        return case

    def case(self, number: str) -> Asked:
        """A case. Raises `UnableToDo` where there is none."""
        if number not in self.cases:
            raise UnableToDo("missing", f"there is no case {number}")
        return self.cases[number]

    def order(self, number: str) -> SoldOrder:
        """An order. Raises `UnableToDo` where there is none."""
        if number not in self.orders:
            raise UnableToDo("missing", f"there is no order {number}")
        return self.orders[number]

    def move(self, case: Asked, what: str, at: int) -> Asked:
        """Let something happen to a case. Raises `UnableToDo` where it may not happen now; nothing is changed then."""
        target = MOVES[case.standing].get(what)
        if target is None:
            why: Why = "final" if not MOVES[case.standing] else "state"
            raise UnableToDo(why, f"case {case.number} is {case.standing}: {what} is not possible")
        case.standing, case.version = target, case.version + 1
        case.updated_at = max(at, case.updated_at)
        if not MOVES[target]:
            case.ended_at = at
        case.deeds.append({"what": what, "at": at})
        return self.save(case)

    def changed(self, since: int, until: int) -> list[Asked]:
        """Cases changed from `since` on and before `until`, oldest change first."""
        found = [case for case in self.cases.values() if since <= case.updated_at < until]
        return sorted(found, key=lambda case: (case.updated_at, case.number))

    def orders_changed(self, since: int, until: int) -> list[SoldOrder]:
        """Orders changed from `since` on and before `until`, oldest change first."""
        found = [order for order in self.orders.values() if since <= order.updated_at < until]
        return sorted(found, key=lambda order: (order.updated_at, order.number))

    def of_order(self, number: str) -> Iterator[Asked]:
        """The cases of an order."""
        return (case for case in self.cases.values() if case.order == number)

"""A shop with orders whose money can go back, a desk over the database, and a bank that a test commands."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from amends.carry_out.runner import Runner
from amends.carry_out.wire import UnableToReach
from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.desk.decide_waiting import decide_waiting
from amends.desk.house import House
from amends.desk.money_desk import MoneyDesk
from amends.facts.imported import CaseMade, IncomingCase, RowSource, ShopSetting
from amends.facts.wire import Capabilities, Receipt, RefundOrder, Seal, WireAnswer, WireRequest
from amends.gateways.gift_card import GiftCard
from amends.gateways.manual import Manual
from amends.gateways.store_credit import StoreCredit
from amends.wiring.house import FORMS, load_rulebooks
from amends.wiring.ways import BY_HAND
from tests.django_house import NOW

SHOP = ShopSetting("acme", "direct", "DE", "EUR")
POLICY = """
policy: acme
version: 1
approvals: [{up_to: "50 EUR", role: agent}, {up_to: "500 EUR", role: lead}, {role: finance}]
rules:
  - {id: unshipped, when: {shipped: false}, then: {outcome: accept, remedy: refund_only, handling: auto}}
  - {id: entitled, when: {entitled: true}, then: {outcome: accept, handling: auto}}
otherwise: {outcome: ask}
"""
ROUTES = {**BY_HAND, "card": "bank"}
_NUMBER = itertools.count(1)


def order_of(
    gift_card: int = 0, refunded: str = "0.00", order: str = "O1", **change: Mapping[str, Any]
) -> dict[str, Any]:
    """A case about an order of 90 EUR that was never shipped: 70 and 20 in two lines. `gift_card`: cents paid so."""
    card = {"id": "p1", "method": "card", "captured": f"{(9_000 - gift_card) / 100:.2f}", "reference": f"pi_{order}"}
    payments = [card | {"refunded": refunded}]
    if gift_card:
        payments.append({"id": "p2", "method": "gift_card", "captured": f"{gift_card / 100:.2f}", "reference": "GC1"})
    case: dict[str, Any] = {
        "shop": {"channel": "direct", "name": "acme"},
        "market": "DE",
        "order": {
            "id": order,
            "currency": "EUR",
            "placed_at": "2026-11-20T10:00:00+01:00",
            "paid_at": "2026-11-20T10:02:00+01:00",
            "shipping_paid": "0.00",
            "lines": [
                {"id": "l1", "title": "Lamp", "quantity": 1, "paid": "70.00", "category": "home_textile"},
                {"id": "l2", "title": "Bulb", "quantity": 1, "paid": "20.00", "category": "home_textile"},
            ],
            "payments": payments,
        },
        "request": {"kind": "cancel", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"},
    }
    for part, fields in change.items():
        case[part] = {**case.get(part, {}), **fields}
    if case["request"]["kind"] == "return_refund":
        case["shipments"] = [
            {"id": "S1", "shipped_at": "2026-11-20T18:00:00+01:00", "delivered_at": "2026-11-22T18:00:00+01:00",
             "trace": "delivered"}
        ]  # fmt: skip
    return case


def case_of(case: dict[str, Any], key: str | None = None, state: str = "open", shop: ShopSetting = SHOP) -> int:
    """The row number of the case, taken in and decided."""
    from amends.store.models import CaseRow

    name = key or f"C{next(_NUMBER)}"
    made = CaseMade(name, {**case, "case": name}, state, "2026-11-24T09:00:00+01:00")  # type: ignore[arg-type]
    house = house_of()
    house.cases.put(shop, [IncomingCase(made, RowSource("x.jsonl", "ab" * 32, (1,), ({},)))])
    decide_waiting(house)
    return CaseRow.objects.get(key=name).pk


def house_of() -> House:
    """The house over the database, at a fixed time."""
    from amends.store.case_book import DatabaseCaseBook
    from amends.store.decision_book import DatabaseDecisionBook

    policy = compile_policy(read_policy(POLICY))
    return House(
        DatabaseCaseBook(lambda: NOW),
        DatabaseDecisionBook(),
        load_rulebooks(),
        lambda shop, market, channel: policy,
        FORMS,
        lambda: NOW,
    )


def desk_of(card: str = "bank") -> MoneyDesk:
    """The verbs of money: cards go back by the bank, or another gateway that is named."""
    from amends.store.money_till import DatabaseTill

    return MoneyDesk(house_of(), DatabaseTill(), lambda shop: {**ROUTES, "card": card}, {})


@dataclass
class Bank:
    """A gateway and its wire in one, which answers as it is told. `answers`: by payment method; success where none is named."""

    answers: dict[str, Receipt] = field(default_factory=dict)
    paid: list[int] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    asked: int = 0
    reachable: bool = True
    name: str = "bank"
    capabilities: Capabilities = field(default_factory=Capabilities)

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        self.orders.append(order.amount)
        return WireRequest("POST", f"http://bank/{order.key}")

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        self.asked += 1
        return WireRequest("GET", f"http://bank/{order.key}")

    def call(self, request: WireRequest) -> WireAnswer:
        if not self.reachable:
            raise UnableToReach("the bank is away", sent=False)
        return WireAnswer(200, {}, b"")

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        receipt = self.answers.get("card") or Receipt("succeeded", f"R{order.key}", order.amount, order.currency)
        if receipt.outcome == "succeeded":
            self.paid.append(order.amount)
            self.keys.append(order.key)
        return receipt

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        return self.answers.get("asked") or Receipt("unknown", code="no_answer")

    def read_notice(self, headers: Any, body: Any, at: Any) -> tuple[()]:
        return ()

    def answer_notice(self) -> WireAnswer:
        return WireAnswer(200, {}, b"")


def runner_of(bank: Bank, minutes: int = 0, owner: str = "w1", card: str = "bank") -> Runner:
    """A runner so many minutes later, whose gift cards count as the bank's."""
    from amends.store.money_payouts import DatabasePayouts

    class Cards:
        def settle(self, order: RefundOrder) -> Receipt:
            bank.paid.append(order.amount)
            return GiftCard().settle(order)

    ways: dict[str, Any] = {card: bank, "gift_card": Cards(), "manual": Manual(), "store_credit": StoreCredit()}
    return Runner(owner, DatabasePayouts(), ways, bank, lambda: NOW + timedelta(minutes=minutes), lambda: "nonce")

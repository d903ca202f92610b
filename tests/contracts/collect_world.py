"""A gateway that takes money in, its fake behind real HTTP, and the buyer: what the contract suite of collections runs in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from amends.carry_out.collecting import said
from amends.facts.collect import Collected, Collecting, CollectOrder, PaymentTold, concluded, read_told_payment
from amends.facts.wire import UnableToTrustNotice
from tests.contracts.gateway_world import World, seal, world

AMOUNT = 4_900
_ENDS = ("succeeded", "failed")


@dataclass(frozen=True)
class Trait:
    """What differs between gateways. `pages`, `holds`: what the fake calls them; `lasts`: days until it lets go of a hold by itself;
    `notices`: how many tell of a hold, and how many of it and its capture, each twice. `page_seconds`: after which a page ends unpaid
    (None: never). `by_notice`: whether only notices tell what became of a payment."""

    pages: str
    holds: str
    lasts: int
    notices: tuple[int, int] = (4, 6)
    page_seconds: int | None = None
    by_notice: bool = False


TRAITS = {
    "stripe": Trait("link", "intent", 7),
    "paypal": Trait("order", "authorization", 29, page_seconds=3 * 3_600),
    "adyen": Trait("link", "authorised", 28, (2, 4), page_seconds=30 * 86_400, by_notice=True),
}
COLLECTS = tuple(TRAITS)
SAVES = ("stripe",)
"""Gateways that hold money on a saved method, the buyer not being there."""
ENDS = tuple([name for name, one in TRAITS.items() if one.page_seconds])


@dataclass
class Till:
    """One gateway that takes money in, with everything around it."""

    world: World
    door: Collecting

    @property
    def trait(self) -> Trait:
        """What is its own."""
        return TRAITS[self.world.name]

    def forward(self, seconds: int) -> None:
        """Let the fake's time pass; a token that ran out meanwhile is fetched anew."""
        self.fake.clock_offset += seconds
        self.world.tokens.forget(self.world.gateway.name)
        gateway: Any = self.world.tokens.ready(self.world.gateway)
        self.door = gateway.collecting

    @property
    def fake(self) -> Any:
        """The fake."""
        return self.world.server.fake

    def order(self, kind: str, **more: Any) -> CollectOrder:
        """A step under a fresh key."""
        given = {"amount": AMOUNT, "currency": "EUR", "digits": 2, "text": "Deposit for order 7", **more}
        return CollectOrder(next(self.world.keys), kind, **given)  # type: ignore[arg-type]

    def send(self, order: CollectOrder) -> Collected:
        """What came of sending, as the runner reads it."""
        return said(self.world.wire, self.door, order, seal(), sends=True)

    def ask(self, order: CollectOrder) -> Collected:
        """What came of asking, as the runner reads it; where notices alone tell it, what they tell within a moment."""
        found = said(self.world.wire, self.door, order, seal(), sends=False)
        if not self.trait.by_notice or found.outcome in ("succeeded", "failed"):
            return found
        until = time.monotonic() + (0.05 if order.kind == "link" and found.code == "active" else 0.3)
        while time.monotonic() < until:
            ends = [one for told in self.told(0, order, mine=True) if (one := concluded(order, told)).outcome in _ENDS]
            if ends:
                return replace(ends[-1], reference=order.reference)
            time.sleep(0.01)
        return found

    def settle(self, order: CollectOrder, rounds: int = 8) -> Collected:
        """Send, then ask, and send again only where it is absent, until there is an end or an open page."""
        found = self.send(order)
        for _ in range(rounds):
            if found.outcome in ("succeeded", "failed") or found.link:
                break
            time.sleep(0.02)
            found = (
                self.send(order) if found.outcome == "absent" else self.ask(replace(order, reference=found.reference))
            )
        return found

    def page(self, hold: bool = False) -> tuple[CollectOrder, Collected]:
        """An open page, and what was told of it."""
        order = self.order("link", hold=hold)
        found = self.settle(order)
        return replace(order, reference=found.reference), found

    def held(self, amount: int = AMOUNT) -> Collected:
        """Money held by a buyer on a page."""
        order, found = self.page(hold=True)
        self.fake.visit(found.reference)
        return self.ask(order)

    def about(self, kind: str, held: Collected, **more: Any) -> CollectOrder:
        """A step about what is held."""
        return self.order(kind, about=held.payment, page=held.reference, held=AMOUNT, **more)

    def money(self, payment: str) -> dict[str, int]:
        """The fake's own word: what is held, what was taken."""
        found: dict[str, int] = self.fake.money_of(payment)
        return found

    def told(self, many: int, order: CollectOrder, *, mine: bool = False) -> list[PaymentTold]:
        """What was heard about an order, at least so many notices in all if they come. `mine`: under its own key only."""
        found: list[tuple[str | None, PaymentTold]] = []
        for headers, body in self.world.ear.wait(many):
            try:
                notices = self.world.gateway.read_notice(headers, body, datetime.now(UTC))
            except UnableToTrustNotice:
                continue
            found += [(one.key, read_told_payment(one.detail["told"])) for one in notices if one.kind == "collection"]
        payments = {told.first for key, told in found if key == order.key} - {""}
        return [told for key, told in found if key == order.key or (not mine and told.first in payments)]

    def concluded(self, order: CollectOrder, many: int) -> list[str]:
        """The outcomes that notices about an order tell."""
        return [concluded(order, told).outcome for told in self.told(many, order)]


@contextmanager
def till(name: str) -> Iterator[Till]:
    """Everything up, for as long as the block lasts."""
    with world(name) as found:
        gateway: Any = found.tokens.ready(found.gateway)
        yield Till(found, gateway.collecting)

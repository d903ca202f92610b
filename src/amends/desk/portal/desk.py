"""The verbs of the buyer's page: what they are handed."""

from __future__ import annotations

from dataclasses import dataclass

from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.orders import OrderDesk
from amends.desk.portal.ports import OrderCases, StatementBook
from amends.facts.log import Actor
from amends.facts.orders import ShopOrderFile
from amends.facts.shops import KeptShop


@dataclass(frozen=True, slots=True)
class PortalDesk:
    """What the verbs of the buyer's page are handed."""

    cases: CaseDesk
    orders: OrderDesk
    known: OrderCases
    statements: StatementBook
    evidence: EvidenceDesk

    def shop(self, name: str) -> KeptShop | None:
        """The shop of this name or number."""
        return self.known.shop_called(name[:120])

    def order(self, shop: str, number: str) -> ShopOrderFile | None:
        """An order that its buyer has identified before."""
        return self.orders.shelf.get(shop, number)


def buyer_of(order: ShopOrderFile) -> Actor:
    """The buyer of an order as the log names them."""
    told = order.contact.name or str((order.file.get("buyer") or {}).get("name") or "")
    return Actor("buyer", told[:120] or "buyer")

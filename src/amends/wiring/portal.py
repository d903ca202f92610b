"""The buyer's page and the evidence shelf over the database that Django was made ready for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk, EvidenceShelf
from amends.desk.orders import OrderDesk
from amends.desk.portal.desk import PortalDesk
from amends.facts.people import SYSTEM
from amends.facts.shops import ReturnAddress, ShopLook
from amends.intake.pictures import preview_of
from amends.intake.samples.told_orders import SHOP, told_orders
from amends.wiring.cases import order_desk


def evidence_shelf(data: Path) -> EvidenceShelf:
    """The files, which lie in the folder `evidence` of the data folder."""
    from amends.store.evidence_shelf import DatabaseEvidence

    return DatabaseEvidence(data / "evidence", preview_of)


def evidence_desk(cases: CaseDesk, data: Path) -> EvidenceDesk:
    """The verbs on files."""
    return EvidenceDesk(evidence_shelf(data), cases)


def portal_desk(cases: CaseDesk, orders: OrderDesk, evidence: EvidenceDesk) -> PortalDesk:
    """The verbs of the buyer's page."""
    from amends.store.portal_cases import DatabaseOrderCases
    from amends.store.withdrawal_book import DatabaseStatements

    return PortalDesk(cases, orders, DatabaseOrderCases(), DatabaseStatements(), evidence)


def tell_sample_orders(now: datetime) -> None:
    """Tell the sample store's orders that nobody asked anything about yet, and what the store shows its buyers."""
    from amends.store.portal_cases import DatabaseOrderCases
    from amends.store.shop_pages import DatabaseShops

    shop = DatabaseOrderCases().shop_called(SHOP)
    if shop is None:
        return
    back = ReturnAddress("Nordhus Returns", ("Speicherstr. 4", "20457 Hamburg", "Germany"), "+49 40 555 0100")
    DatabaseShops().keep(
        replace(shop, look=ShopLook("Nordhus", "service@nordhus.example", "#3d5a45", "", (back,))), None
    )
    for one in told_orders(now):
        order_desk().tell(SYSTEM, SHOP, one.number, one.file, one.contact)


def to_try() -> tuple[str, str, str] | None:
    """The buyers' page of the sample store, with the number and the contact of an order; None where the store is not there."""
    from amends.store.models import ShopOrder

    first = ShopOrder.objects.filter(shop__name=SHOP, number="NH20001").exists()
    return (f"/s/{SHOP}", "NH20001", "anna.weber@example.com") if first else None

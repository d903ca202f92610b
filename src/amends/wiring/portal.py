"""The buyer's page and the evidence shelf over the database that Django was made ready for."""

from __future__ import annotations

from pathlib import Path

from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.orders import OrderDesk
from amends.desk.portal.desk import PortalDesk
from amends.intake.pictures import preview_of


def evidence_desk(cases: CaseDesk, data: Path) -> EvidenceDesk:
    """The verbs on files, which lie in the folder `evidence` of the data folder."""
    from amends.store.evidence_shelf import DatabaseEvidence

    return EvidenceDesk(DatabaseEvidence(data / "evidence", preview_of), cases)


def portal_desk(cases: CaseDesk, orders: OrderDesk, evidence: EvidenceDesk) -> PortalDesk:
    """The verbs of the buyer's page."""
    from amends.store.portal_cases import DatabaseOrderCases
    from amends.store.withdrawal_book import DatabaseStatements

    return PortalDesk(cases, orders, DatabaseOrderCases(), DatabaseStatements(), evidence)

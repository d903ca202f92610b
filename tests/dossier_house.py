"""A case with files of every kind and a desk of dossiers over a test's database, with a clock that can be moved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from amends.desk.dossiers.build import DossierRounds
from amends.desk.dossiers.desk import DossierDesk, ask
from amends.facts.dossier import Dossier
from tests.case_house import MANAGER, Clock
from tests.money_house import case_of, order_of
from tests.portal_house import picture, upload
from tests.vault_house import evidence_desk

ASKED = {"kind": "refund_only", "reason": "not_received", "requested_at": "2026-11-22T09:00:00+01:00"}
SENT = {
    "id": "SF1234567890123",
    "shipped_at": "2026-11-18T18:00:00+01:00",
    "delivered_at": "2026-11-20T14:20:00+01:00",
    "signed_by": "buyer",
    "trace": "delivered",
}


@dataclass
class Dossiers:
    """The desk, its rounds, its clock and its folder."""

    desk: DossierDesk
    clock: Clock
    data: Path

    def case(self, order: str = "O-1", key: str = "C-1", files: int = 2, **change: Any) -> int:
        """A case whose parcel was signed for, with so many photos of the merchant's."""
        told = {**order_of(order=order, **{"request": ASKED, **change}), "shipments": [SENT]}
        number = case_of(told, key=key)
        uploads = [upload(picture("JPEG", (60 + at, 40)), f"photo{at}.jpg") for at in range(files)]
        for one in uploads:
            self.desk.vault.evidence.add(number, MANAGER, [one])
        return number

    def build(self, number: int, forum: str = "visa", reason: str = "13.1") -> Dossier:
        """Ask for a dossier and let the runner build it."""
        asked = ask(self.desk, number, MANAGER, forum, reason)
        DossierRounds(self.desk).look()
        found = self.desk.book.numbered(number, asked.number)
        assert found is not None
        return found

    def pdf(self, dossier: Dossier) -> bytes:
        """The bytes of a built one."""
        with self.desk.vault.evidence.shelf.original(dossier.sha256) as file:
            return file.read()

    def log(self, number: int) -> list[str]:
        """What the log of a case tells."""
        return [one.entry.what for one in self.desk.vault.evidence.cases.casework.history(number).entries]


def dossiers_in(data: Path) -> Dossiers:
    """The desk over the database that the test was given."""
    from amends.facts.dispute_settings import DisputeSettings
    from amends.wiring.disputes import dispute_desk
    from amends.wiring.dossiers import dossier_desk
    from amends.wiring.networks import Networks
    from amends.wiring.tracking import tracking_desk
    from amends.wiring.vault import vault_desk
    from amends.wiring.ways import read_ways

    clock = Clock()
    evidence = evidence_desk(data, clock)
    vault = vault_desk(evidence, data, clock)
    disputes = dispute_desk(evidence.cases, evidence, read_ways(""), DisputeSettings())
    return Dossiers(dossier_desk(vault, tracking_desk(evidence.cases, Networks()), data, disputes), clock, data)


def words_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF, without the breaks of its lines."""
    found = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in found]
    finally:
        found.close()
    return ["".join(one.split()) for one in pages]

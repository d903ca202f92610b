"""What the verbs of freight are handed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from amends.desk.cases.desk import CaseDesk
from amends.desk.freight.ports import FreightBook, FreightMoney, FreightShelf
from amends.desk.tracking.desk import TrackingDesk
from amends.facts.freight_terms import FreightTerms


@dataclass(frozen=True, slots=True)
class FreightDesk:
    """The verbs' ports. `shelf` gives the files of a case's evidence."""

    book: FreightBook
    cases: CaseDesk
    tracking: TrackingDesk
    money: FreightMoney
    shelf: FreightShelf
    terms: FreightTerms

    def now(self) -> datetime:
        """The present instant."""
        return self.cases.now()

    def on(self, cases: CaseDesk) -> FreightDesk:
        """The same desk for a person who looked at a case in some version."""
        return replace(self, cases=cases, tracking=replace(self.tracking, cases=cases))

"""The desk of cases over the database that Django was made ready for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from amends.desk.cases.desk import CaseDesk
from amends.desk.house import House
from amends.desk.money_desk import MoneyDesk
from amends.facts.work import CaseState


def case_desk(house: House, money: MoneyDesk) -> CaseDesk:
    """The verbs on cases."""
    from amends.store.casework import DatabaseCasework

    return CaseDesk(house, DatabaseCasework(), money, letters, working_due)


def letters(event: str, state: CaseState, values: Mapping[str, str]) -> tuple[str, str]:
    """The subject and text of an event's message to the buyer."""
    return event, ""


def working_due(shop: str, at: datetime, minutes: int) -> datetime:
    """When so many working minutes of a shop have passed."""
    return at + timedelta(minutes=minutes)

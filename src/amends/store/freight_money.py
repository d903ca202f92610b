"""Money that a carrier paid, booked as a cost turned round beside the buyer's money."""

from __future__ import annotations

from datetime import datetime

from amends.basics.money import Minor
from amends.facts.entries import cost
from amends.facts.read_case import read_case
from amends.store.case_rows import whole_case
from amends.store.database import writing
from amends.store.models import CaseRow, Order
from amends.store.money_orders import post, take_in


class DatabaseFreightMoney:
    """Implements `amends.desk.freight.ports.FreightMoney`."""

    def received(self, case: int, key: str, amount: Minor, at: datetime, note: str) -> None:
        """Will book money on the order of a case, once for one key; the buyer's money is not touched by it."""
        with writing():
            order = _order(case, at)
            post(order, cost(key, "insurance", -amount, order.currency, at, note))

    def carried(self, case: int, key: str, amount: Minor, currency: str, at: datetime, note: str) -> bool:
        """Will book freight on the order of a case, once for one key."""
        with writing():
            order = _order(case, at)
            if order.currency != currency:
                return False
            post(order, cost(key, "freight", amount, currency, at, note))
            return True


def _order(case: int, at: datetime) -> Order:
    found = whole_case(case)
    if found is None:
        raise CaseRow.DoesNotExist(case)
    row, file = found
    return take_in(row.shop, read_case(file.case_json), at)

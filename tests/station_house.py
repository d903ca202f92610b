"""The station over a test's database: the shop of `tests.money_house`, parcels that come back, and people who inspect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amends.desk.cases.approve import approve
from amends.desk.cases.desk import CaseDesk
from amends.desk.station.desk import StationDesk
from amends.facts.evidence import Upload
from amends.facts.people import Person
from amends.facts.sheet import LineFound, Sheet
from amends.wiring.portal import evidence_desk
from amends.wiring.station import station_desk
from tests.case_house import LEAD, Clock, case_desk
from tests.money_house import case_of, order_of
from tests.portal_house import picture, upload

WU = Person("wu", "warehouse")
LI = Person("li", "warehouse")
RETURN = {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"}


def station(data: Path, clock: Clock) -> StationDesk:
    """The verbs of the station."""
    return station_desk(evidence_desk(case_desk(clock), data), None, clock)


def line(
    key: str = "a", pieces: int = 1, paid: str = "100.00", category: str = "apparel", **more: Any
) -> dict[str, Any]:
    """An order line."""
    told = {"id": key, "sku": f"SKU-{key}", "title": "Dress", "quantity": pieces, "paid": paid, "category": category}
    return told | more


def returned(
    *lines: Mapping[str, Any], order: str = "O1", market: str = "DE", request: Mapping[str, Any] = RETURN, **parts: Any
) -> int:
    """A case in which the buyer wants to send these lines back, of an order that is theirs alone."""
    told = [dict(one) for one in lines] or [line()]
    paid = sum(int(str(one["paid"]).replace(".", "")) for one in told)
    case = order_of(order=order, request=dict(request), **parts)
    payments = [{"id": "p1", "method": "card", "captured": f"{paid / 100:.2f}", "reference": f"pi_{order}"}]
    case["order"] |= {"lines": told, "payments": payments}
    case["market"] = market
    return case_of(case)


def agreed(desk: CaseDesk, number: int) -> None:
    """The shop has said yes, so that the money waits for the goods."""
    approve(desk, number, LEAD)


def photo(shade: int = 40) -> Upload:
    """A photo that the inspector takes."""
    return upload(picture(size=(shade, 30)))


def found(key: str = "a", good: int = 1, **more: Any) -> Sheet:
    """A sheet of one line."""
    told = {name: more.pop(name) for name in ("why", "grams", "notes") if name in more}
    return Sheet((LineFound(key, good, **more),), **told)

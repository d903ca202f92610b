"""The desk of freight over a test's database, with parcels followed by a fake or by nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.rounds import FreightRounds
from amends.facts.freight_terms import FreightTerms
from amends.facts.traces import Scan
from amends.facts.tracking import ParcelTold
from amends.wiring.freight import terms_of
from tests.money_house import case_of, order_of
from tests.tracking_house import Tracking

WAYBILL = "YT9693083639795"
AT = datetime.fromisoformat("2026-11-24T15:00:00+00:00")
RECEIPT = "ab" * 32


def freight_desk(there: Tracking, shelf: Sequence[str] = (), terms: FreightTerms | None = None) -> FreightDesk:
    """The verbs of freight beside a desk of parcels."""
    from amends.store.freight_book import DatabaseFreight
    from amends.store.freight_money import DatabaseFreightMoney

    known = terms or terms_of(Path("nowhere"))
    return FreightDesk(
        DatabaseFreight(), there.desk.cases, there.desk, DatabaseFreightMoney(), lambda case: list(shelf), known
    )


def refund_case(waybill: str = WAYBILL, order: str = "O1", **more: Any) -> int:
    """A refund that is asked for while the parcel is under way."""
    case = order_of(order=order, request={"kind": "refund_only", "reason": "delivery_delayed"}, **more)
    case["shipments"] = [
        {"id": "S1", "shipped_at": "2026-11-20T18:00:00+01:00", "waybill": waybill, "trace": "in_transit"}
    ]
    return case_of(case)


def told(there: Tracking, freight: FreightDesk, waybill: str, *scans: Scan) -> None:
    """A push of the carrier, and what the house makes of it."""
    there.desk.book.take(
        "kuaidi100", ParcelTold(waybill, scans=scans), there.clock(), there.desk.quiet, timedelta(minutes=30)
    )
    there.rounds.look()
    FreightRounds(freight).look()


def scan(hours: int, kind: str, text: str = "", place: str = "", signed_by: str = "") -> Scan:
    """Something that a carrier told so many hours after it was sent."""
    return Scan(AT + timedelta(hours=hours), kind, text or kind, place, signed_by=signed_by)  # type: ignore[arg-type]


def plans(number: int) -> list[tuple[str, int]]:
    """The plans of money that a case has: what for, and how much."""
    from amends.store.models import PayPlan

    return list(PayPlan.objects.filter(case_id=number).order_by("pk").values_list("purpose", "total_minor"))


def log_of(freight: FreightDesk, number: int) -> list[str]:
    """What a case's log tells, in order."""
    return [one.entry.what for one in freight.cases.casework.history(number).entries]

"""Rows of parcels as plain values."""

from __future__ import annotations

from amends.facts.parcels import CaseParcel, KeptParcel, ParcelState, Part, Stop, StopState
from amends.facts.traces import Scan, ScanKind
from amends.facts.tracking import Waybill
from amends.store.models import CaseParcelRow, ParcelRow, ScanRow, StopRow


def scan_of(row: ScanRow) -> Scan:
    """Will give a scan."""
    kind: ScanKind = row.kind  # type: ignore[assignment]
    return Scan(row.at, kind, row.text, row.place, row.code, row.signed_by)


def parcel_of(row: ParcelRow) -> KeptParcel:
    """Will give a parcel."""
    state: ParcelState = row.state  # type: ignore[assignment]
    return KeptParcel(
        row.pk,
        row.network,
        Waybill(row.waybill, row.carrier, row.phone, row.reference),
        state,
        row.made_at,
        row.subscribed_at,
        row.heard_at,
        row.faults,
        row.fault_why,
        row.fault,
        row.hinted,
        tuple(row.strange),
    )


def link_of(row: CaseParcelRow) -> CaseParcel:
    """Will give a parcel in its part of a case."""
    part: Part = row.part  # type: ignore[assignment]
    alarms, parcel = tuple(row.alarms), parcel_of(row.parcel)
    return CaseParcel(row.pk, row.case_id, part, row.shipment, parcel, alarms, row.moved, row.heard, row.live)


def stop_of(row: StopRow) -> Stop:
    """Will give a wish to stop a parcel."""
    state: StopState = row.state  # type: ignore[assignment]
    return Stop(row.pk, row.parcel_id, row.key, state, row.by, row.at, row.why, row.code, row.message, row.tries)

"""A case's parcels as its page shows them."""

from __future__ import annotations

from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.stop import can_stop
from amends.facts.parcels import ParcelView
from amends.facts.traces import Trace, trace_of


def parcels_of(desk: TrackingDesk, case: int) -> tuple[ParcelView, ...]:
    """Every parcel of a case that counts, its scans newest first. Whoever asks has seen to it that the case may be seen."""
    found = []
    for link in desk.book.of_case(case):
        if not link.live:
            continue
        scans = desk.book.scans(link.parcel.number)
        trace = trace_of(scans)
        stop = desk.book.stop_of(link.parcel.number)
        found.append(ParcelView(link, trace, tuple(reversed(scans)), stop, can_stop(desk, link, trace)))
    return tuple(found)


def return_of(desk: TrackingDesk, case: int) -> Trace | None:
    """Where a case's return is, as its carrier tells; None where nobody has told."""
    views = [view for view in parcels_of(desk, case) if view.link.part == "back" and view.scans]
    return views[0].trace if views else None

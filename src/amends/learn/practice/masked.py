"""A past case as it stood when it was asked for, with nothing in it about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from amends.basics.masking import mask_words
from amends.facts.case import Case, Defect, PlatformWord, RequestedLine, Shipment

SOON: Final = timedelta(hours=1)
"""So long after the request a case is decided in practice."""


def as_asked(case: Case) -> tuple[Case, datetime]:
    """Will give a case as it stood an hour after it was asked for, and that moment: what came later is taken out of it.

    Payments are whole again, the goods are not back yet, nobody answered and no platform or bank stepped in.
    """
    at = case.request.requested_at + SOON
    request = replace(case.request, agreed_at=None, refused_at=None, changed_at=None, message=None)
    known = tuple([one for one in case.evidence if one.at is None or one.at <= at])
    found = case.defect.found_at
    then = replace(
        case,
        order=replace(case.order, payments=tuple([replace(one, refunded=0) for one in case.order.payments])),
        request=request,
        shipments=tuple([_as_then(one, at) for one in case.shipments]),
        evidence=known,
        defect=Defect() if found is not None and found > at else case.defect,
        return_parcel=None,
        inspection=None,
        platform=PlatformWord(),
        dispute=None,
        stopped=None,
        suspicions=(),
    )
    return then, at


def _as_then(parcel: Shipment, at: datetime) -> Shipment:
    if parcel.delivered_at is not None and parcel.delivered_at > at:
        return replace(parcel, delivered_at=None, signed_by=None, trace="in_transit")
    return parcel


def masked(case: Case) -> Case:
    """Will give a case in which the numbers of order, parcels and payments, the buyer's own words and the shop's name are left
    out, and what stands in titles is masked. It is decided as the case itself is.
    """
    lines = tuple([replace(one, title=mask_words(one.title or "")[0]) for one in case.order.lines])
    by_id = {one.id: one for one in lines}
    asked = tuple([RequestedLine(by_id[one.line.id], one.quantity) for one in case.request.lines])
    payments = tuple([replace(one, id=f"p{n}", reference=None) for n, one in enumerate(case.order.payments, 1)])
    parcels = tuple([replace(one, id=f"s{n}") for n, one in enumerate(case.shipments, 1)])
    parcel = case.return_parcel
    back = replace(parcel, waybill=parcel.waybill and "s0") if parcel else None
    return replace(
        case,
        id="",
        shop=replace(case.shop, name=None),
        order=replace(case.order, id="", lines=lines, payments=payments),
        request=replace(case.request, lines=asked, message=None),
        shipments=parcels,
        return_parcel=back,
        suspicions=(),
    )

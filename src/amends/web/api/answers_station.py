"""What the API answers a station."""

from __future__ import annotations

from amends.web.api.answers import Told


class HitTold(Told):
    """Something that a scan found. `kind`: case, stray or order; `by`: what of it fits (waybill, shipment, case, order, label)."""

    kind: str
    id: int
    key: str
    shop: str
    by: str
    status: str
    open: bool


class ScanTold(Told):
    """What goes by a number."""

    items: list[HitTold]

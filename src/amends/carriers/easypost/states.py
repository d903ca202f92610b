"""EasyPost's codes: carriers, statuses and their details."""

from __future__ import annotations

from typing import Final

from amends.facts.traces import ScanKind

CODES: Final[dict[str, str]] = {
    "usps": "USPS",
    "ups": "UPS",
    "fedex": "FedEx",
    "dhl": "DHLExpress",
    "royalmail": "RoyalMail",
    "dpd": "DPD",
    "gls": "GLS",
    "hermes": "Evri",
    "sf": "SFExpress",
    "auspost": "AustraliaPost",
    "japanpost": "JapanPost",
}
STATUSES: Final[dict[str, ScanKind]] = {
    "unknown": "note",
    "pre_transit": "announced",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "delivered": "delivered",
    "available_for_pickup": "at_station",
    "return_to_sender": "returning",
    "failure": "attempted",
    "cancelled": "note",
    "error": "note",
}
DETAILS: Final[dict[str, ScanKind]] = {
    "received_at_origin_facility": "picked_up",
    "arrived_at_pickup_location": "at_station",
    "lost": "lost",
    "refused": "refused",
    "return": "returning",
}
"""``status_detail`` where it says more than the status above it."""

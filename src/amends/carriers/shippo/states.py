"""Shippo's codes: carriers, statuses and their finer ones."""

from __future__ import annotations

from typing import Final

from amends.facts.traces import ScanKind

CODES: Final[dict[str, str]] = {
    "usps": "usps",
    "ups": "ups",
    "fedex": "fedex",
    "dhl": "dhl_express",
    "dhl_parcel_de": "dhl_germany",
    "royalmail": "royal_mail",
    "dpd": "dpd_uk",
    "gls": "gls_us",
    "hermes": "hermes_uk",
    "laposte": "colissimo",
    "auspost": "australia_post",
}
STATUSES: Final[dict[str, ScanKind]] = {
    "UNKNOWN": "note",
    "PRE_TRANSIT": "announced",
    "TRANSIT": "in_transit",
    "DELIVERED": "delivered",
    "RETURNED": "returning",
    "FAILURE": "attempted",
}
SUBSTATUSES: Final[dict[str, ScanKind]] = {
    "package_accepted": "picked_up",
    "out_for_delivery": "out_for_delivery",
    "pickup_available": "at_station",
    "package_held": "at_station",
    "delivery_attempted": "attempted",
    "return_to_sender": "returning",
    "package_lost": "lost",
}
"""The finer code where it says more than the status above it."""

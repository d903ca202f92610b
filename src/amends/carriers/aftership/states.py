"""AfterShip's codes: carriers, tags and the finer tags below them."""

from __future__ import annotations

from typing import Final

from amends.facts.traces import ScanKind

CODES: Final[dict[str, str]] = {
    "sf": "sf-express",
    "yto": "yto",
    "zto": "zto-express",
    "sto": "sto",
    "yunda": "yunda-express",
    "ems": "china-ems",
    "chinapost": "china-post",
    "deppon": "deppon",
    "ups": "ups",
    "fedex": "fedex",
    "usps": "usps",
    "dhl": "dhl",
    "dhl_parcel_de": "dhl-germany",
    "royalmail": "royal-mail",
    "laposte": "la-poste-colissimo",
    "dpd": "dpd",
    "gls": "gls",
    "hermes": "myhermes-uk",
    "japanpost": "japan-post",
    "yamato": "taqbin-jp",
    "auspost": "australia-post",
    "singpost": "singapore-post",
    "hkpost": "hong-kong-post",
}
TAGS: Final[dict[str, tuple[ScanKind, str]]] = {
    "Pending": ("note", ""),
    "InfoReceived": ("announced", ""),
    "InTransit": ("in_transit", ""),
    "OutForDelivery": ("out_for_delivery", ""),
    "AttemptFail": ("attempted", ""),
    "Delivered": ("delivered", ""),
    "AvailableForPickup": ("at_station", ""),
    "Exception": ("attempted", ""),
    "Expired": ("note", ""),
}
SUBTAGS: Final[dict[str, tuple[ScanKind, str]]] = {
    "InTransit_002": ("picked_up", ""),
    "Delivered_002": ("delivered", "buyer"),
    "Delivered_003": ("delivered", "buyer"),
    "Delivered_004": ("delivered", "buyer"),
    "Exception_003": ("refused", ""),
    "Exception_010": ("returning", ""),
    "Exception_011": ("returned", ""),
    "Exception_013": ("lost", ""),
}
"""Finer tags that say more than the tag above them; any other is read by its tag."""

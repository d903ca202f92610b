"""The time zone in which a market's law counts days."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

_NAMES: Final = {
    "CN": "Asia/Shanghai",
    "TW": "Asia/Taipei",
    "HK": "Asia/Hong_Kong",
    "SG": "Asia/Singapore",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "AU": "Australia/Sydney",
    "GB": "Europe/London",
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "EE": "Europe/Tallinn",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IT": "Europe/Rome",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga",
    "MT": "Europe/Malta",
    "NL": "Europe/Amsterdam",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
}
ZONES: Final[dict[str, tzinfo]] = {market: ZoneInfo(name) for market, name in _NAMES.items()}
EU_MARKETS: Final = frozenset(_NAMES) - {"CN", "TW", "HK", "SG", "JP", "KR", "AU", "GB"}
US_MARKETS: Final = frozenset({"US", "US-CA", "US-NY"})
MARKETS: Final = frozenset(_NAMES) | US_MARKETS


def local(moment: datetime, market: str) -> datetime:
    """`moment` on the wall clock of `market`. For the US, which has many zones, the offset that the time carries stays."""
    zone = ZONES.get(market)
    return moment.astimezone(zone) if zone is not None else moment


def utc(moment: datetime) -> datetime:
    """The same instant in UTC."""
    return moment.astimezone(UTC)

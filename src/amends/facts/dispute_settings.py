"""`disputes.yaml`: how early answers are sent, what work and fees cost, and who may tell of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor

KINDS: Final = ("ethoca", "cdrn", "rdr")
_KNOWN: Final = frozenset({"safe_hours", "minutes", "hour", "fees", "answer_days", "offer_share", "alerts"})
_OF_ALERT: Final = frozenset({"kind", "merchant", "token", "secret", "answer_url", "answer_key", "hours"})


class UnableToReadDisputeSettings(ValueError):
    """`disputes.yaml` cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class AlertSource:
    """Who tells of alerts. `token`: the end of its address; `secret`: what it signs with ("" where it does not sign).

    `answer_url`: where the outcome is told; `hours`: how long an alert waits for us where it says nothing of it itself.
    """

    name: str
    kind: str
    merchant: str
    token: str
    secret: str = ""
    answer_url: str = ""
    answer_key: str = ""
    hours: int = 24


@dataclass(frozen=True, slots=True)
class DisputeSettings:
    """The numbers. `safe`: how long before the deadline an answer is sent; `hour`, `fees`: in minor units by currency (fees by gateway)."""

    safe: timedelta = timedelta(hours=24)
    minutes: int = 30
    hour: Mapping[str, Minor] = field(default_factory=dict)
    fees: Mapping[str, Mapping[str, Minor]] = field(default_factory=dict)
    answer_days: Mapping[str, int] = field(default_factory=dict)
    offer_share: int = 50
    alerts: Mapping[str, AlertSource] = field(default_factory=dict)


def read_dispute_settings(found: Any) -> DisputeSettings:
    """The settings that a YAML file states. Raises `UnableToReadDisputeSettings`."""
    plain = _mapping(found, "the file")
    if extra := plain.keys() - _KNOWN:
        raise UnableToReadDisputeSettings(f"{min(extra)}: unknown; known are {', '.join(sorted(_KNOWN))}")
    fees = {str(name): _amounts(given, f"fees.{name}") for name, given in _mapping(plain.get("fees"), "fees").items()}
    days = {
        str(name): _whole(given, f"answer_days.{name}", 365)
        for name, given in _mapping(plain.get("answer_days"), "answer_days").items()
    }
    alerts = {str(name): _alert(str(name), given) for name, given in _mapping(plain.get("alerts"), "alerts").items()}
    return DisputeSettings(
        timedelta(hours=_whole(plain.get("safe_hours", 24), "safe_hours", 24 * 30)),
        _whole(plain.get("minutes", 30), "minutes", 6000),
        _amounts(plain.get("hour"), "hour"),
        fees,
        days,
        _whole(plain.get("offer_share", 50), "offer_share", 100),
        alerts,
    )


def _alert(name: str, given: Any) -> AlertSource:
    path = f"alerts.{name}"
    plain = _mapping(given, path)
    if extra := plain.keys() - _OF_ALERT:
        raise UnableToReadDisputeSettings(f"{path}.{min(extra)}: unknown; known are {', '.join(sorted(_OF_ALERT))}")
    if plain.get("kind") not in KINDS:
        raise UnableToReadDisputeSettings(f"{path}.kind: one of {', '.join(KINDS)}")
    token = str(plain.get("token") or "")
    if len(token) < 16:
        raise UnableToReadDisputeSettings(f"{path}.token: at least 16 letters and digits that nobody can guess")
    if not plain.get("merchant"):
        raise UnableToReadDisputeSettings(f"{path}.merchant: whose payments these alerts are about")
    url = str(plain.get("answer_url") or "")
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise UnableToReadDisputeSettings(f"{path}.answer_url: {url!r} should begin with https://")
    hours = _whole(plain.get("hours", 24), f"{path}.hours", 24 * 30)
    secret, answer_key = str(plain.get("secret") or ""), str(plain.get("answer_key") or "")
    return AlertSource(name, str(plain["kind"]), str(plain["merchant"]), token, secret, url, answer_key, hours)


def _mapping(value: Any, path: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnableToReadDisputeSettings(f"{path}: a mapping is wanted here")
    return value


def _whole(value: Any, path: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise UnableToReadDisputeSettings(f"{path}: {value!r} should be a whole number from 0 to {most}")
    return value


def _amounts(value: Any, path: str) -> dict[str, Minor]:
    found = {}
    for currency, text in _mapping(value, path).items():
        if currency not in EXPONENTS:
            raise UnableToReadDisputeSettings(f"{path}.{currency}: not a currency code")
        try:
            found[str(currency)] = read_minor(str(text), EXPONENTS[currency])
        except UnableToReadAmount as fault:
            raise UnableToReadDisputeSettings(f"{path}.{currency}: {fault}") from fault
    return found

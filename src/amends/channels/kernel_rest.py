"""What channels share that talk JSON with a shop at its own address: addresses, numbers, times, and answers that are none."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlsplit

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor
from amends.basics.zones import MARKETS
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import DeedReceipt
from amends.facts.wire import WireAnswer

_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_LONGEST: Final = 500
_KEYS_REFUSED: Final = 600
"""Seconds until a shop that refuses our keys is tried again; a person must act meanwhile."""
_ALARMS: Final = {
    "keys": "the shop refuses our keys; look at this connection's settings",
    "strange": "the shop's answer cannot be understood",
}


def address(access: Access) -> str:
    """The shop's address. Raises `UnableToTalk` for plain http to another machine: everyone on the way could read the keys."""
    parts = urlsplit(access.url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE):
        return access.url.rstrip("/")
    raise UnableToTalk("refused", f"url: {access.url!r} should begin with https://", code="not_https")


def is_plain(access: Access) -> bool:
    """Whether the shop is reached by plain http, as a stand-in on this machine is."""
    return urlsplit(access.url).scheme == "http"


def basic(name: str, secret: str = "") -> str:
    """The value of an `Authorization` header."""
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def json_of(body: bytes) -> Any:
    """What the body says, numbers with a point as text, so that nothing is rounded; None where it is no JSON."""
    try:
        return json.loads(body, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def part(found: Any, *names: str) -> Any:
    """A value deep in an object; None where any step of the way is missing."""
    for name in names:
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def text_of(found: Any, *names: str) -> str:
    """A text deep in an object, a whole number as text; "" where there is neither."""
    value = part(found, *names)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def items_of(found: Any, *names: str) -> list[Mapping[str, Any]]:
    """The objects in a list deep in an object; [] where there is none."""
    value = part(found, *names)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def minor_of(value: Any, digits: int) -> Minor:
    """An amount in minor units, half up. Raises `UnableToTalk` for what is no number."""
    try:
        scaled = Decimal(str(value)).scaleb(digits)
        if isinstance(value, int | str) and not isinstance(value, bool) and scaled.is_finite():
            return int(scaled.quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        pass
    raise UnableToTalk("strange", f"{str(value)[:40]!r} is no amount")


def digits_of(currency: str) -> int:
    """Digits after the point. Raises `UnableToTalk` for what is no currency (ISO 4217)."""
    if currency not in EXPONENTS:
        raise UnableToTalk("strange", f"{currency[:10]!r} is no known currency", code="currency")
    return EXPONENTS[currency]


def moment(text: str) -> datetime | None:
    """An instant in UTC; one without an offset is taken as UTC. None where it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def stamp(text: str) -> str | None:
    """An instant as a case file writes it; None where it is none."""
    found = moment(text)
    return found.isoformat(timespec="seconds") if found else None


def market_of(country: str, state: str = "") -> str | None:
    """The market of an address; None where it is none that we know, so that the shop's own holds."""
    country, state = country.upper(), state.upper().removeprefix("US-")
    if country == "US" and len(state) == 2 and state.isascii() and state.isalpha():
        return f"US-{state}"
    return country if country in MARKETS else None


def wait_of(answer: WireAnswer) -> int:
    """The seconds that `Retry-After` asks for, within reason; 1 where it does not say."""
    told = answer.headers.get("retry-after", "")
    return min(3600, max(1, int(told))) if told.isdecimal() else 1


def throttled(answer: WireAnswer) -> UnableToTalk:
    """The fault of having asked too often."""
    return UnableToTalk("throttled", "asked too often", code="http_429", retry_after=wait_of(answer))


def shown(answer: WireAnswer) -> str:
    """The beginning of an answer that cannot be read, for people."""
    return f"answered {answer.status}: {answer.body[:120].decode('utf-8', errors='replace')!r}"


def unsure(fault: UnableToTalk) -> DeedReceipt:
    """What a look that came to nothing says of a deed: nothing; an earlier sending may have done it."""
    wait = fault.retry_after or (_KEYS_REFUSED if fault.why == "keys" else None)
    return DeedReceipt(
        "unknown", code=fault.code or fault.why, message=str(fault)[:_LONGEST], retry_after=wait,
        alarm=_ALARMS.get(fault.why, ""),
    )  # fmt: skip


def let_in(fault: UnableToTalk) -> DeedReceipt | None:
    """The receipt of a deed that was surely not let in (asked too often, keys refused); None for every other fault."""
    if fault.why not in ("throttled", "keys"):
        return None
    told = unsure(fault)
    return DeedReceipt("absent", code=told.code, message=told.message, retry_after=told.retry_after, alarm=told.alarm)

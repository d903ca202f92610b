"""What platforms in China share: Beijing's clock, yuan and fen, signatures over sorted parameters, answers read without trust."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import urlencode

from amends.basics.money import Minor, UnableToReadAmount, read_minor
from amends.channels.kernel_json import part, whole
from amends.facts.channels import Access, UnableToTalk
from amends.facts.wire import WireAnswer, WireRequest

BEIJING: Final = timezone(timedelta(hours=8))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK: Final = "%Y-%m-%d %H:%M:%S"
_SOONEST: Final = 631_152_000
"""1990: a number below it is no moment but something else."""
_MILLISECONDS: Final = 100_000_000_000


def beijing_text(moment: datetime) -> str:
    """A moment as these platforms write it: Beijing's clock, without an offset."""
    return moment.astimezone(BEIJING).strftime(_CLOCK)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970, what is left over cut off."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def moment_of(seconds: int) -> datetime:
    """The moment so many seconds after 1970."""
    return _EPOCH + timedelta(seconds=seconds)


def read_moment(value: object) -> datetime | None:
    """A moment in UTC: Beijing's clock as text, or seconds or milliseconds since 1970; None where it is none of them."""
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if text.isascii() and text.isdigit():
        number = int(text[:18])
        number = number // 1000 if number >= _MILLISECONDS else number
        return moment_of(number) if number >= _SOONEST else None
    try:
        found = datetime.strptime(text, _CLOCK).replace(tzinfo=BEIJING)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.year >= 1990 else None


def iso(moment: datetime | None) -> str | None:
    """A moment as a case file writes it, on Beijing's clock."""
    return None if moment is None else moment.astimezone(BEIJING).isoformat(timespec="seconds")


def fen_of_yuan(value: object) -> Minor | None:
    """An amount in yuan (``200.07``) in fen; None where there is none or it is no amount."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        found = read_minor(str(value).strip(), 2)
    except UnableToReadAmount:
        return None
    return found if found >= 0 else None


def sorted_text(values: Mapping[str, str]) -> str:
    """Names and values one after another, by name: what these platforms sign."""
    return "".join([f"{name}{values[name]}" for name in sorted(values)])


def md5_sign(secret: str, values: Mapping[str, str]) -> str:
    """MD5 over the sorted values with the secret before and behind, in capitals."""
    return hashlib.md5(f"{secret}{sorted_text(values)}{secret}".encode(), usedforsecurity=False).hexdigest().upper()


def hmac_md5_sign(secret: str, values: Mapping[str, str]) -> str:
    """HMAC-MD5 over the sorted values, in capitals."""
    return hmac.new(secret.encode(), sorted_text(values).encode(), hashlib.md5).hexdigest().upper()


def form_request(url: str, values: Mapping[str, str]) -> WireRequest:
    """A form that is posted."""
    headers = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
    return WireRequest("POST", url, headers, urlencode(values).encode())


def object_in(answer: WireAnswer) -> dict[str, Any]:
    """The JSON object in an answer; numbers with a point stay text, so that no cent is lost. Raises `UnableToTalk`."""
    if answer.status == 429:
        raise UnableToTalk("throttled", "asked too often", code="429", retry_after=_wait(answer))
    if answer.status >= 500:
        raise UnableToTalk("down", f"the platform answers {answer.status}", code=str(answer.status))
    try:
        found = json.loads(answer.body, parse_float=str)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        shown = answer.body[:120].decode("utf-8", errors="replace")
        raise UnableToTalk("strange", f"the answer cannot be read: {answer.status} {shown!r}", code=str(answer.status))
    return found


def rows_of(found: Any, *names: str) -> list[dict[str, Any]]:
    """The objects of a list deep in a JSON object; a single object stands for a list of one."""
    value = part(found, *names)
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]


def without_secrets(text: str, access: Access) -> str:
    """The text with every value that the shop is connected with blotted out: gateways repeat keys in what they say of them."""
    for value in access.values.values():
        if len(value) >= 8:
            text = text.replace(value, "***")
    return text


def _wait(answer: WireAnswer) -> int | None:
    return whole(answer.headers, "retry-after")

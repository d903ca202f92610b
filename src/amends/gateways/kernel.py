"""What every gateway's translator needs: bodies read without trust, and technical answers that mean the same everywhere."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from amends.facts.wire import Receipt, RefundOrder, Seal, UnableToAsk, WireAnswer

_LONGEST: Final = 500
_OUR_KEY: Final = re.compile(r"am[0-9a-f]{30}")
_KEYS_REFUSED: Final = 600
"""Seconds until a gateway that refuses our keys is tried again; a person must act meanwhile."""


def json_of(body: bytes) -> dict[str, Any] | None:
    """The body as a JSON object; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):  # nested ten thousand deep is no answer either
        return None
    return found if isinstance(found, dict) else None


def part(found: Any, *names: str) -> Any:
    """A value deep in a JSON object; None where any step of the way is missing."""
    for name in names:
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def text_of(found: Any, *names: str) -> str | None:
    """A text deep in a JSON object; None where there is none."""
    value = part(found, *names)
    return value if isinstance(value, str) and value else None


def whole_of(found: Any, *names: str) -> int | None:
    """A whole number deep in a JSON object; None where there is none."""
    value = part(found, *names)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def unreadable(answer: WireAnswer) -> Receipt:
    """An answer that cannot be understood says nothing."""
    shown = answer.body[:120].decode("utf-8", errors="replace")
    return Receipt("unknown", code=f"http_{answer.status}", message=f"the answer cannot be read: {shown!r}")


def strange(status: object, reference: str | None) -> Receipt:
    """A status that nobody has documented: nothing is concluded, and a person is told."""
    return Receipt(
        "unknown", reference, code=str(status), alarm=f"the gateway tells of a status {status!r} that is not known"
    )


def technical(answer: WireAnswer, code: str | None, message: str | None) -> Receipt | None:
    """What a technical answer means whoever gives it; None for one that is about the refund itself.

    429: not taken in, may be sent again. 401 and 403: not taken in; the keys are wrong. 5xx and 408: nothing is known.
    """
    said = (message or "")[:_LONGEST] or None
    if answer.status == 429:
        return Receipt("absent", code=code or "too_many", message=said, retry_after=wait_of(answer.headers))
    if answer.status in (401, 403):
        alarm = "the gateway refuses our keys; look at this gateway's settings"
        return Receipt("absent", code=code or "refused", message=said, retry_after=_KEYS_REFUSED, alarm=alarm)
    if answer.status >= 500 or answer.status == 408:
        return Receipt("unknown", code=code or f"http_{answer.status}", message=said)
    return None


def must_be_remembered(order: RefundOrder, seal: Seal, days: int) -> None:
    """Raise `UnableToAsk` where the gateway may have forgotten our key: the same request again could then pay a second time."""
    if order.first_sent_at is not None and seal.at - order.first_sent_at > timedelta(days=days):
        raise UnableToAsk(
            f"first sent more than {days} days ago: the gateway may have forgotten this key, so that asking could pay again; "
            "look at its own console"
        )


def same(wanted: str, given: str) -> bool:
    """Whether two signatures are the same, in a time that does not tell where they differ; `given` may be any text at all."""
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", errors="replace"))


def wait_of(headers: Mapping[str, str]) -> int:
    """The seconds that `Retry-After` asks for, within reason; 1 where it does not say."""
    told = headers.get("retry-after", "")
    return min(3600, max(1, int(told))) if told.isdecimal() else 1


def is_our_key(text: str | None) -> bool:
    """Whether a reference that a gateway hands back is a key of ours; a shop's own payments bear other things there."""
    return text is not None and _OUR_KEY.fullmatch(text) is not None

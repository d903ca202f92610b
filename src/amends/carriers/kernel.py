"""What every network's translator needs: bodies read without trust, faults that mean the same everywhere, signatures compared."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from amends.facts.channels import UnableToTalk
from amends.facts.wire import WireAnswer

_LONGEST: Final = 300


def json_of(body: bytes) -> dict[str, Any] | None:
    """The body as a JSON object; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def part(found: Any, *names: str) -> Any:
    """A value deep in a JSON object; None where any step of the way is missing."""
    for name in names:
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def text(found: Any, *names: str) -> str:
    """A text (or a whole number as one) deep in a JSON object; "" where there is none."""
    value = part(found, *names)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def objects(found: Any, *names: str) -> list[dict[str, Any]]:
    """The objects of a list deep in a JSON object; what is no object is left out."""
    value = part(found, *names)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def instant(told: str) -> datetime | None:
    """An ISO 8601 time; without an offset it counts as UTC. None where it cannot be read."""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def place_of(found: Any, *names: str) -> str:
    """A place as people write it, from the parts that are there."""
    return ", ".join([told for name in names if (told := text(found, name))])


def read(answer: WireAnswer, code: str = "", message: str = "") -> dict[str, Any]:
    """The JSON object of a good answer. Raises `UnableToTalk` for every other; `code`, `message`: the network's own, once known."""
    found = json_of(answer.body)
    said = (message or text(found, "message") or text(found, "detail"))[:_LONGEST]
    if answer.status == 429:
        raise UnableToTalk("throttled", said or "asked too often", code=code, retry_after=wait_of(answer.headers))
    if answer.status in (401, 403):
        raise UnableToTalk("keys", said or "the network refuses our keys", code=code or str(answer.status))
    if answer.status == 404:
        raise UnableToTalk("missing", said or "there is no such thing", code=code)
    if answer.status >= 500 or answer.status == 408:
        raise UnableToTalk("down", said or f"a fault over there ({answer.status})", code=code)
    if answer.status >= 400:
        raise UnableToTalk("refused", said or f"refused with {answer.status}", code=code or str(answer.status))
    if found is None:
        shown = answer.body[:80].decode("utf-8", errors="replace")
        raise UnableToTalk("strange", f"the answer cannot be read: {shown!r}")
    return found


def wait_of(headers: Mapping[str, str]) -> int:
    """The seconds that `Retry-After` asks for, within reason."""
    told = headers.get("retry-after", "")
    return min(3600, max(1, int(told))) if told.isdecimal() else 60


def same(wanted: str, given: str) -> bool:
    """Whether two signatures are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", errors="replace"))


def body_of(content: Mapping[str, Any]) -> bytes:
    """A JSON body."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

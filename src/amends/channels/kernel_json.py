"""Bodies of platforms, read without trust: what is not there or is of another kind is None, never a guess and never a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

_UNSTORABLE: Final = re.compile(rb"\\u(?:0000|[dD][89abAB])")
_EARLIEST: Final = 631_152_000
_LATEST: Final = 4_102_444_800
"""1990 and 2100: any other number of seconds is no instant (none, milliseconds, an id)."""


def object_of(body: bytes) -> dict[str, Any] | None:
    """The body as a JSON object; None where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):  # nested ten thousand deep is no answer either
        return None
    if not isinstance(found, dict):
        return None
    return _storable(found) if _UNSTORABLE.search(body) else found


def _storable(found: Any) -> Any:
    """The same without what no database keeps as text: NUL, and halves of a letter."""
    if isinstance(found, str):
        return found.replace("\0", "\ufffd").encode("utf-8", errors="replace").decode()
    if isinstance(found, list):
        return [_storable(item) for item in found]
    return {_storable(name): _storable(item) for name, item in found.items()} if isinstance(found, dict) else found


def part(found: Any, *names: str) -> Any:
    """A value deep in a JSON object; None where any step of the way is missing."""
    for name in names:
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def listed(found: Any, *names: str) -> list[Any]:
    """A list deep in a JSON object; what is no list is an empty one."""
    value = part(found, *names)
    return value if isinstance(value, list) else []


def parts(found: Any, *names: str) -> list[Mapping[str, Any]]:
    """The objects of a list deep in a JSON object; what is no object is left out."""
    return [item for item in listed(found, *names) if isinstance(item, Mapping)]


def text(found: Any, *names: str) -> str:
    """A text deep in a JSON object, or a whole number written out (ids are either); "" where there is none."""
    value = part(found, *names)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def whole(found: Any, *names: str) -> int | None:
    """A whole number deep in a JSON object, or one written as text; None where there is none."""
    value = text(found, *names)
    digits = value.removeprefix("-")
    return int(value) if digits.isdecimal() and digits.isascii() and len(digits) <= 20 else None


def moment(found: Any, *names: str) -> datetime | None:
    """An instant given in seconds since 1970, in UTC; None where there is none (platforms write 0 for none)."""
    seconds = whole(found, *names)
    return datetime.fromtimestamp(seconds, UTC) if seconds and _EARLIEST <= seconds < _LATEST else None


def stamp(at: datetime | None) -> str | None:
    """An instant as a case file writes it; None of none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None

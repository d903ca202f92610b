"""The latest event that a case tells of: by it an older export is known from a newer one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime


def latest(times: Iterable[str | None]) -> str | None:
    """The latest of these ISO 8601 instants in UTC (`...Z`); None of none."""
    moments = [datetime.fromisoformat(time) for time in times if time]
    return max(moments).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moments else None

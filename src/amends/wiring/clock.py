"""The clock. It is read here and nowhere below."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)

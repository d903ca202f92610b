"""How a connection is, in one word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from amends.facts.connections import Health

ConnectionWord = Literal["draft", "paused", "stopped", "failing", "beginning", "behind", "well"]
CONNECTION_WORDS: Final[tuple[ConnectionWord, ...]] = (
    "draft",
    "paused",
    "stopped",
    "failing",
    "beginning",
    "behind",
    "well",
)
LATE: Final = timedelta(minutes=30)
"""So far behind the platform is worth a word."""
SOON: Final = timedelta(days=7)
"""Keys that run out within this are told."""


def word_of(health: Health) -> ConnectionWord:
    """Will say how a connection is. `stopped`: it is not tried again before a person has changed something."""
    if health.connection.state != "on":
        return health.connection.state
    if health.faults:
        return "failing" if health.again_at is not None else "stopped"
    if health.read_at is None:
        return "beginning"
    late = health.lag_seconds is not None and health.lag_seconds > LATE.total_seconds()
    return "behind" if late else "well"


def keys_run_out(health: Health, now: datetime) -> bool:
    """Whether a person must soon see to the keys."""
    until = health.connection.keys_until
    return until is not None and until - now < SOON

"""How near a deadline is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

Band = Literal["calm", "amber", "red", "overdue", "none"]
AMBER: Final = timedelta(hours=12)
RED: Final = timedelta(hours=2)


def band(due: datetime | None, now: datetime) -> Band:
    """Will say how urgent `due` is: calm from 12 h on, amber under 12 h, red under 2 h, overdue from its instant on."""
    if due is None:
        return "none"
    left = due - now
    if left <= timedelta(0):
        return "overdue"
    if left < RED:
        return "red"
    return "amber" if left < AMBER else "calm"


def parts(due: datetime, now: datetime) -> tuple[int, int, int]:
    """Will give the days, hours and minutes between two instants, whichever is first, seconds cut off."""
    seconds = int(abs((due - now).total_seconds()))
    return seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60

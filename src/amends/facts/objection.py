"""Whether a buyer may still object to what an inspection takes off, and what waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def takes_off(case: Mapping[str, Any]) -> bool:
    """Whether the inspection of a case file takes anything off the refund."""
    found = case.get("inspection") or {}
    return bool(found.get("loss") or found.get("not_returned"))


def objection_stands(case: Mapping[str, Any], now: datetime) -> str:
    """`open`: the buyer may object still; `objected`: they did, and nobody looked a second time; "" where nothing waits."""
    found = case.get("inspection") or {}
    if not takes_off(case) or found.get("agreed_at") or found.get("second_at"):
        return ""
    if found.get("objected_at"):
        return "objected"
    until = found.get("object_until")
    return "open" if until and now < datetime.fromisoformat(str(until)) else ""


def objection_until(case: Mapping[str, Any]) -> datetime | None:
    """Until when the buyer may object; None where there is no such time."""
    until = (case.get("inspection") or {}).get("object_until")
    return datetime.fromisoformat(str(until)) if until else None

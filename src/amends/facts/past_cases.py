"""A case as it is read out for the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case of the database. `decided_at`: when it was decided last, None where it was not yet."""

    number: int
    shop: str
    case: Mapping[str, Any]
    decision: Mapping[str, Any] | None
    decided_at: datetime | None

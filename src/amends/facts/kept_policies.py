"""Policies as they are kept: each with its versions, of which one is live."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

VersionState = Literal["draft", "live", "retired"]
FROM_FILE: Final = "file"
"""Who made a version that was taken in from a policy file."""


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version of a policy; its text never changes. `accepted`: why it was published although the check found errors."""

    number: int
    text: str
    state: VersionState
    made_by: str
    made_at: datetime
    note: str = ""
    accepted: str = ""

    @property
    def sha256(self) -> str:
        """The fingerprint of the text."""
        return text_sha256(self.text)


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """A policy with its live version and its newest one (a draft, where they differ). `live` is None before the first is published."""

    number: int
    merchant: str
    name: str
    live: KeptVersion | None
    newest: KeptVersion


@dataclass(frozen=True, slots=True)
class LivePolicy:
    """A live text as the shelf needs it."""

    merchant: str
    name: str
    text: str


Result = tuple[str, str, int | None, str]
"""Outcome, remedy, money back, and whether a person looks (handling)."""


@dataclass(frozen=True, slots=True)
class RehearsedCase:
    """One open case that a changed policy would decide otherwise. Amounts are minor units of `currency`, None for no refund."""

    number: int
    key: str
    currency: str
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case for a rehearsal."""

    number: int
    key: str
    shop: str
    case_json: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a changed policy would do to the newest open cases. `money`: more (or less) money back, by currency, in minor units."""

    looked_at: int
    changed: int
    shown: tuple[RehearsedCase, ...]
    money: tuple[tuple[str, int], ...]


def text_sha256(text: str) -> str:
    """The fingerprint of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

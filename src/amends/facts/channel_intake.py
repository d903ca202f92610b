"""What passes between whoever reads platforms and the database: a held connection, what was told, how far the reading is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from amends.facts.imported import Remark
from amends.facts.platforms import ToldCase, ToldOrder

SweepKind = Literal["history", "gap", "nightly"]
"""`history`: asked for by a person. `gap`: a window that could not be read when it was due. `nightly`: the last days once more."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A connection under a lease: who holds it is the only one who reads it. `pushed`: it told something by itself lately.

    `since`: where the window that is being read begins, and `cursor`, `window_until` of it; `since` is None where nothing was read yet.
    `faults`: failures in a row, the last one's kind being `fault_why`.
    """

    number: int
    lease: str
    read_until: datetime | None
    window_until: datetime | None
    cursor: str
    due_at: datetime | None
    reconciled_at: datetime | None
    keys_until: datetime | None
    market: str
    faults: int
    fault_why: str
    pushed: bool


class UnableToHold(Exception):
    """The lease of a connection ran out and another worker has it: nothing of what was to be written was."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one look at a platform brought. `asked_at`: when it was asked, before the answer was made.

    `spoilt`: orders that cannot be read, each with what is wrong. `left`: calls that may still be made now.
    """

    asked_at: datetime
    cases: tuple[ToldCase, ...] = ()
    orders: tuple[ToldOrder, ...] = ()
    spoilt: tuple[tuple[ToldOrder, Remark], ...] = ()
    left: int | None = None


@dataclass(frozen=True, slots=True)
class PollStep:
    """How far the reading of changes is after a page: within a window (`cursor`), or through with it."""

    until: datetime
    cursor: str


@dataclass(frozen=True, slots=True)
class SweepStep:
    """How far a sweep is after a page: `done_to` and the `cursor` of the window behind it; `over` when nothing is left of it."""

    number: int
    done_to: datetime
    cursor: str
    over: bool


@dataclass(frozen=True, slots=True)
class HintsRead:
    """Hints that were read, each with how often it had been heard of then."""

    hints: tuple[tuple[int, int], ...]


Step = PollStep | SweepStep | HintsRead


@dataclass(frozen=True, slots=True)
class Sweep:
    """A stretch of time that is read from its oldest change to its newest, page by page. `checking`: read, and to be compared now."""

    number: int
    kind: SweepKind
    since: datetime
    until: datetime
    done_to: datetime
    cursor: str
    tries: int
    made_at: datetime
    checking: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to read again."""

    number: int
    what: str
    thing: str
    heard: int
    tries: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of what a look brought. `told`: cases and orders in it; `cases`, `orders`: of them, what was new or changed.

    `late`: changes that reading and pushes should have brought before.
    """

    told: tuple[int, int] = (0, 0)
    cases: int = 0
    orders: int = 0
    refused: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a platform could not be read. `why`: as in `Health.fault_why`."""

    why: str
    zh: str
    en: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a platform told, and when we learnt it. `raw`: in its own words."""

    what: str
    number: str
    status: str
    version: str
    updated_at: datetime
    read_at: datetime
    sha256: str
    raw: Mapping[str, Any]

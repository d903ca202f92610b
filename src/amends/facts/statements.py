"""What a gateway's own statement (bill, report) says moved, in one shape for all gateways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from amends.basics.money import Minor
from amends.facts.rulebook import Says

LineKind = Literal["refund", "refunded_total", "dispute", "dispute_back", "payment", "other"]
"""`refunded_total`: what went back of a payment so far, all refunds together, where the file tells no single ones."""
LineState = Literal["succeeded", "pending", "failed"]
Rows = Sequence[tuple[int, Sequence[str]]]
"""The rows of a text table with the line on which each begins, comments and totals included."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement. `amount` is never negative: `kind` tells the direction. `key`: our number of the step, where it is told.

    `payments`: every number by which the payment is called there. `at`: None where the file's time cannot be placed.
    """

    number: int
    kind: LineKind
    reference: str
    key: str
    payments: tuple[str, ...]
    amount: Minor
    currency: str
    at: datetime | None
    state: LineState = "succeeded"


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read: kept as given, with the reason."""

    number: int
    cells: tuple[str, ...]
    wrong: Says


@dataclass(frozen=True, slots=True)
class Total:
    """A sum or a count that the file states of itself, beside what its rows come to (minor units, or rows).

    `always`: it counts every row, so that it must agree even where some of them cannot be read.
    """

    name: str
    stated: int
    found: int
    always: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as read. `totals` is empty where the file states none. `since` and `until`: the time that it covers."""

    lines: tuple[StatementLine, ...]
    broken: tuple[BrokenRow, ...]
    totals: tuple[Total, ...]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatementForm:
    """A form of statement. `fits`: whether rows are of it; `read`: the statement in them (`UnableToTakeStatement`).

    `gateway`: the name under which steps go by it, unless another is named.
    """

    name: str
    gateway: str
    fits: Callable[[Rows], bool]
    read: Callable[[Rows], Statement]


class UnableToTakeStatement(ValueError):
    """A statement is refused as a whole; `says` tells why, in both languages. Nothing of it was taken."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as kept: its row, and the statement's file it came with first."""

    number: int
    line: StatementLine


@dataclass(frozen=True, slots=True)
class BookStep:
    """A step as it is compared with statements."""

    number: int
    key: str
    reference: str
    state: str
    amount: Minor
    currency: str
    payment: int | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class BookPayment:
    """A payment as it is compared. `given_back`: refunds that stand in the book, others' included; `promised`: open steps."""

    number: int
    reference: str
    currency: str
    given_back: Minor
    promised: Minor


DifferenceKind = Literal[
    "missing", "late", "amount", "state", "unsettled", "outside", "unknown_payment", "dispute", "broken_row"
]


@dataclass(frozen=True, slots=True)
class Difference:
    """What book and statements do not agree on. `subject` names the thing once and for all, so that it is told once.

    `ours` and `theirs` in minor units of `currency`. `line`, `step`, `payment`: row numbers.
    `take`: what is to be taken into the book for it (an outside refund or a charge-back), under the key `take_key`.
    """

    kind: DifferenceKind
    subject: str
    ours: Minor | None
    theirs: Minor | None
    currency: str
    says: Says
    line: int | None = None
    step: int | None = None
    payment: int | None = None
    take: Minor = 0
    take_key: str = ""


@dataclass(frozen=True, slots=True)
class OpenDifference:
    """A difference on the work list."""

    number: int
    source: str
    kind: str
    subject: str
    ours: Minor | None
    theirs: Minor | None
    currency: str
    says: Says
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything of one gateway that is compared. `covered`: the times over which its statements are here.

    `disputes`, `disputes_back`: the keys under which the book has money that disputes took, and that came back after them.
    """

    source: str
    lines: Sequence[KeptLine]
    steps: Sequence[BookStep]
    payments: Sequence[BookPayment]
    covered: Sequence[tuple[datetime, datetime]] = ()
    disputes: frozenset[str] = frozenset()
    disputes_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a statement: new lines, lines that were known, broken rows; `known`: the very file was here already."""

    new: int
    again: int
    broken: int
    known: bool
    totals: Mapping[str, tuple[int, int]] = field(default_factory=dict)

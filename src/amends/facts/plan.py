"""A Plan is what will be done about a decision: Steps that each move one amount once. The preview people see is the Plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from amends.basics.money import Minor

StepKind = Literal["refund", "store_credit", "goodwill", "damages"]
StepState = Literal["proposed", "requested", "sent", "unknown", "succeeded", "failed", "reversed", "cancelled"]

RESERVING: Final[frozenset[str]] = frozenset({"requested", "sent", "unknown", "succeeded"})
"""States in which a step's amount counts against the cap: whatever may have been paid, or still may be."""
OPEN: Final[frozenset[str]] = frozenset({"requested", "sent", "unknown"})
"""States that still need something done."""

MOVES: Final[dict[str, frozenset[str]]] = {
    "proposed": frozenset({"requested", "cancelled"}),
    "requested": frozenset({"sent", "cancelled"}),
    "sent": frozenset({"succeeded", "failed", "unknown"}),
    "unknown": frozenset({"succeeded", "failed", "sent"}),
    "succeeded": frozenset({"reversed"}),
    "failed": frozenset(),
    "reversed": frozenset(),
    "cancelled": frozenset(),
}
"""Published moves of a step. A late reversal of a success is a move of its own, never an edit of what was."""


@dataclass(frozen=True, slots=True)
class LinePart:
    """The part of a step's amount that falls on one order line; `line` is None for outbound shipping."""

    line: str | None
    amount: Minor


@dataclass(frozen=True, slots=True)
class Step:
    """One amount that moves once.

    `key`: made from facts, so that the same step asked for again has the same key; it goes with every call about it.
    `gateway`: the name of the way the money goes. `payment`: the payment it goes back by (None: no payment, as for goodwill
    by bank). `parts` sum to `amount`; damages stand on no line. `undoable`: whether it can be taken back once done.
    """

    key: str
    kind: StepKind
    gateway: str
    payment: str | None
    amount: Minor
    currency: str
    parts: tuple[LinePart, ...]
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of one decision, in the order in which they go. `digest`: of the decision it carries out."""

    case: str
    digest: str
    currency: str
    steps: tuple[Step, ...]

    @property
    def total(self) -> Minor:
        """What all steps pay, in minor units."""
        return sum([step.amount for step in self.steps])

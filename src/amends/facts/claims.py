"""A step that a worker holds, and how fast a gateway may be called."""

from __future__ import annotations

from dataclasses import dataclass

from amends.facts.plan import Step, StepState
from amends.facts.wire import RefundOrder


@dataclass(frozen=True, slots=True)
class Claim:
    """A due step that this worker holds for a while.

    `number` is the step's row, `lease` proves the hold. `may_send`: it was never sent, or the gateway surely never had it.
    `sends` and `asks` count the calls made so far.
    """

    number: int
    lease: str
    step: Step
    state: StepState
    order: RefundOrder
    may_send: bool
    sends: int
    asks: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a gateway may be called, over all processes. None sets no limit."""

    calls_per_second: int | None
    concurrency: int | None
    spacing_seconds: int

"""By hand (线下退款): a person pays at the bank or on the platform's console, and records the proof here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.wire import Capabilities, Receipt, RefundOrder

LOOK_AGAIN_SECONDS: Final = 24 * 60 * 60

CAPABILITIES: Final = Capabilities(asks=False, ask_after_seconds=LOOK_AGAIN_SECONDS)


@dataclass(frozen=True, slots=True)
class Manual:
    """Waits for a person. It never succeeds by itself: only a recorded proof settles such a step."""

    name: str = "manual"
    capabilities: Capabilities = CAPABILITIES

    def settle(self, order: RefundOrder) -> Receipt:
        """Pending, to be looked at again in a day, so that a payment nobody made comes up."""
        return Receipt(
            "pending",
            code="by_hand",
            message="to be paid by a person; record the proof",
            retry_after=LOOK_AGAIN_SECONDS,
        )

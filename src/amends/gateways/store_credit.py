"""Store credit (店铺余额): the shop's own promise. It moves by being written down, so it succeeds at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.wire import Capabilities, Receipt, RefundOrder

CAPABILITIES: Final = Capabilities(asks=False, ask_after_seconds=0)


@dataclass(frozen=True, slots=True)
class StoreCredit:
    """Gives credit at the shop. The step's key is the credit's number: the same step gives it once."""

    name: str = "store_credit"
    capabilities: Capabilities = CAPABILITIES

    def settle(self, order: RefundOrder) -> Receipt:
        """The receipt of `order`: done, under its own key."""
        return Receipt("succeeded", order.key, order.amount, order.currency)

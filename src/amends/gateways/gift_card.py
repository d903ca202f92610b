"""Gift cards of the shop's own (礼品卡): what was paid with a card goes back onto that card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amends.facts.wire import Capabilities, Receipt, RefundOrder

CAPABILITIES: Final = Capabilities(asks=False, ask_after_seconds=0)


@dataclass(frozen=True, slots=True)
class GiftCard:
    """Gives back onto a card. The reference is card and step: the same step fills a card once."""

    name: str = "gift_card"
    capabilities: Capabilities = CAPABILITIES

    def settle(self, order: RefundOrder) -> Receipt:
        """The receipt of `order`: done, or failed where the payment does not name its card."""
        if not order.payment_reference:
            return Receipt(
                "failed", code="no_card", message="the payment names no gift card; give store credit instead"
            )
        return Receipt("succeeded", f"{order.payment_reference}:{order.key}", order.amount, order.currency)

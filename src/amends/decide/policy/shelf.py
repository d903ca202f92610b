"""Which policy speaks for a shop, market and channel: the first that applies, or the one that always does."""

from __future__ import annotations

from dataclasses import dataclass

from amends.decide.policy.compiled import CompiledPolicy


@dataclass(frozen=True, slots=True)
class Shelf:
    """The merchant's policies in the order in which they are asked. `standard` speaks where none of them applies."""

    policies: tuple[CompiledPolicy, ...]
    standard: CompiledPolicy

    def policy_for(self, shop: str, market: str, channel: str) -> CompiledPolicy:
        """The first policy whose `applies` holds for the shop (by name), the market and the channel."""
        for policy in self.policies:
            if policy.concerns(shop, market, channel):
                return policy
        return self.standard

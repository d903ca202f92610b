"""The live policies, compiled and remembered until somebody publishes another one, in this process or in any other."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from amends.facts.kept_policies import LivePolicy
from amends.facts.situation import Policy
from amends.store.policy_book import POLICIES, change_count, live_policies, merchant_of

LOOKS_EVERY: Final = 1.0
"""Seconds after which a process looks whether a policy was changed."""


class LiveShelf:
    """Gives the policy of a shop. `build` makes of one merchant's live texts what `policy_for` is asked of."""

    def __init__(
        self,
        build: Callable[[list[LivePolicy]], Callable[[str, str, str], Policy]],
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._build = build
        self._passed = passed
        self._looked: float | None = None
        self._count = -1
        self._shelves: dict[str, Callable[[str, str, str], Policy]] = {}
        self._merchants: dict[str, str] = {}

    def policy_for(self, shop: str, market: str, channel: str) -> Policy:
        """Will give the first live policy of the shop's merchant that applies; see `amends.decide.policy.shelf.Shelf`."""
        self._look()
        if shop not in self._merchants:
            self._merchants[shop] = merchant_of(shop)
        merchant = self._merchants[shop]
        if merchant not in self._shelves:
            self._shelves[merchant] = self._build([one for one in live_policies() if one.merchant == merchant])
        return self._shelves[merchant](shop, market, channel)

    def _look(self) -> None:
        now = self._passed()
        if self._looked is not None and now - self._looked < LOOKS_EVERY:
            return
        self._looked = now
        count = change_count(POLICIES)
        if count != self._count:
            self._count, self._shelves, self._merchants = count, {}, {}

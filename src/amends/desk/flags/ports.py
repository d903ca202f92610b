"""What flags need from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from amends.facts.audit import Deed
from amends.facts.flags import Flag, FlagTerms, Score, Signs, Threshold
from amends.facts.people import Merchants


class FlagBook(Protocol):
    """Where signs, reasons and terms are kept. Every method that writes is one transaction."""

    def transaction(self) -> AbstractContextManager[None]:
        """Do what is inside all or not at all."""
        ...

    def merchants(self, within: Merchants) -> Sequence[str]:
        """Every merchant with a shop, within a wall, by name."""
        ...

    def terms(self, merchant: str) -> FlagTerms:
        """How a merchant flags; the usual terms where none were told."""
        ...

    def keep_terms(self, merchant: str, terms: FlagTerms, deed: Deed, at: datetime) -> None:
        """Keep how a merchant flags, and tell the audit."""
        ...

    def read_changed(self, merchant: str, since: datetime, most: int) -> int:
        """Read the signs of cases asked since then that are new or changed, `most` at a time; how many those were."""
        ...

    def signs(self, merchant: str, since: datetime) -> Sequence[Signs]:
        """Give the signs of a merchant's cases asked since then."""
        ...

    def lifted(self, merchant: str, since: datetime) -> Mapping[int, int]:
        """Give the points that each case whose flag was lifted had when it came, by case."""
        ...

    def ordered(self, merchant: str, since: datetime) -> int:
        """How many orders the merchant's shops told since then."""
        ...

    def keep_scores(
        self, merchant: str, then: Mapping[int, Score], now: Mapping[int, Score], threshold: Threshold, at: datetime
    ) -> None:
        """Keep what the cases came to; a case that is not among them has no reasons any more."""
        ...

    def threshold(self, merchant: str) -> Threshold | None:
        """Give the threshold that the merchant's cases gave last; None before there was a look."""
        ...

    def flag(self, case: int) -> Flag | None:
        """Give what is known of one case; None where nothing is."""
        ...

    def most(self, merchant: str, least: int, many: int) -> Sequence[Flag]:
        """Give the cases with at least so many points, those with the most first, open ones before closed ones."""
        ...

    def asked_again(self, merchants: Merchants) -> Sequence[Flag]:
        """Give the cases whose buyers asked that a person look again and have no answer yet, the most urgent first."""
        ...

    def put_friction(self, case: int, friction: str, by: str) -> None:
        """Note what was pressed because of a flag; "" takes it off. What the buyer wished about an earlier one is over."""
        ...

    def put_appeal(self, case: int, appeal: str, due: datetime | None = None) -> None:
        """Note where the buyer's wish stands (`APPEALS`), and until when it is answered. `KeyError` where the case has no flag.

        Lifted and lapsed end the friction; lifted ends the reasons too.
        """
        ...

    def forget(self, at: datetime) -> int:
        """Delete what is older than its merchant's period; how many cases that were."""
        ...

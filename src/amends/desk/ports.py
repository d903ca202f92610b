"""What the desk needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from amends.facts.imported import IncomingCase, IncomingRefusal, PutOutcome, ShopSetting


class CaseBook(Protocol):
    """The book of cases. A case is known by the name of its shop and the platform's own number of it (`made.key`)."""

    def put(self, shop: ShopSetting, cases: Sequence[IncomingCase]) -> Sequence[PutOutcome]:
        """Take in cases, in order, all or none of them; one answer for each.

        `new`: was not there. `unchanged`: the very same case file and state are there already, and nothing is
        written. `older`: what is there tells of a later event (`made.as_of` there is later than here;
        `None` is earlier than any time), and nothing is written. `changed`: written over what was there.
        For `new` and `changed` the source rows are kept as given. A shop not known yet is made from its setting.
        """
        ...

    def keep_refused(self, shop: ShopSetting, refusals: Sequence[IncomingRefusal]) -> None:
        """Keep rows that made no case, with the reason; the same file and row again changes nothing."""
        ...


class DecisionBook(Protocol):
    """The book of decisions: which cases wait for one, and what was decided."""

    def waiting(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the number and the case file of each case that has no decision yet, or lost it by a change."""
        ...

    def keep(self, decisions: Sequence[tuple[int, dict[str, Any]]], at: datetime) -> None:
        """Write down the decisions (`amends.decision/1`) made at `at`, all or none of them."""
        ...

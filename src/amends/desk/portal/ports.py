"""What the buyer's page needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from amends.facts.shops import KeptShop
from amends.facts.withdrawal import KeptStatement, Statement
from amends.facts.work import CaseState


class OrderCases(Protocol):
    """Cases by the order that they are about."""

    def cases_of(self, shop: str, order: str) -> Sequence[CaseState]:
        """Give every case of an order of a shop, the newest first."""
        ...

    def shop_called(self, name: str) -> KeptShop | None:
        """Give a shop by its name or its number."""
        ...


class StatementBook(Protocol):
    """Statements of withdrawal, kept whatever they say."""

    def transaction(self) -> AbstractContextManager[None]:
        """Do what is inside all or not at all."""
        ...

    def put(
        self, shop: str, statement: Statement, cases: Sequence[int], at: datetime, until: datetime | None, late: bool
    ) -> KeptStatement:
        """Keep a statement; the same one again (by its `once`) gives what is there."""
        ...

    def by_once(self, once: str) -> KeptStatement | None:
        """Give the statement that was sent with this mark."""
        ...

    def get(self, number: int) -> KeptStatement | None:
        """Give a statement."""
        ...

    def waiting(self, merchants: frozenset[str] | None) -> Sequence[KeptStatement]:
        """Give the statements that fit no order and that nobody settled, then the latest others."""
        ...

    def settle(self, number: int, by: str, note: str, at: datetime) -> None:
        """Note what a person found out about a statement that fitted no order."""
        ...

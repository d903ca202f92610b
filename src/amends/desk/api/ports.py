"""What the API needs from the database, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from amends.facts.api import ApiToken, CaseQuery, Delivery, Endpoint, LoggedEvent
from amends.facts.listed import ListLine
from amends.facts.people import Merchants


class TokenShelf(Protocol):
    """Where tokens are kept: only the hash of each secret."""

    def put(self, token: ApiToken, hashed: str) -> ApiToken:
        """Keep a new token. `KeyError` where one has this name already."""
        ...

    def by_hash(self, hashed: str) -> ApiToken | None:
        """Give the token of a secret; None where there is none or it was revoked."""
        ...

    def all(self, merchants: Merchants) -> Sequence[ApiToken]:
        """Give every token within a wall, newest first."""
        ...

    def revoke(self, number: int, at: datetime) -> None:
        """Have a token work no more."""
        ...

    def used(self, number: int, at: datetime) -> None:
        """Note that a token was used."""
        ...


class Feed(Protocol):
    """Lists that are read with a cursor. What is behind the wall is as if it were not there."""

    def cases(self, query: CaseQuery, merchants: Merchants) -> Sequence[ListLine]:
        """Give cases, the newest first."""
        ...

    def events(self, after: int, most: int, merchants: Merchants) -> Sequence[LoggedEvent]:
        """Give log entries in the order they were written, after the one of this number; none comes up later before one that was given."""
        ...


class WebhookShelf(Protocol):
    """Where endpoints and deliveries are kept. Every method is one transaction."""

    def put(self, endpoint: Endpoint) -> Endpoint:
        """Keep an endpoint, new (number 0) or changed."""
        ...

    def get(self, number: int) -> Endpoint | None:
        """Give an endpoint."""
        ...

    def all(self, merchants: Merchants) -> Sequence[Endpoint]:
        """Give every endpoint within a wall."""
        ...

    def drop(self, number: int) -> None:
        """Remove an endpoint with its deliveries."""
        ...

    def deliveries(self, endpoint: int, before: int, most: int) -> Sequence[Delivery]:
        """Give what was or is to be sent to an endpoint, the newest first."""
        ...

    def delivery(self, number: int) -> Delivery | None:
        """Give one delivery."""
        ...

    def send_test(self, endpoint: int, name: str, event: str, body: str, at: datetime) -> Delivery:
        """Write a delivery that tells of no log entry."""
        ...

    def again(self, numbers: Sequence[int], at: datetime) -> int:
        """Have deliveries sent once more, whatever became of them; how many."""
        ...

    def failed_of(self, endpoint: int, since: datetime) -> Sequence[int]:
        """Give deliveries that failed for good since then."""
        ...

    def claim(self, at: datetime, until: datetime, most: int) -> Sequence[tuple[Endpoint, Delivery]]:
        """Give what is due, kept from others until then."""
        ...

    def settle(
        self, delivery: int, state: str, status: int | None, message: str, at: datetime, next_at: datetime | None
    ) -> None:
        """Write what became of a try, and whether its endpoint is failing."""
        ...

    def switch_off(self, endpoint: int, alarm: str, at: datetime) -> None:
        """Switch an endpoint off by itself; what waits for it fails."""
        ...

    def forget(self, before: datetime, most: int) -> int:
        """Remove deliveries at their end, and stored answers, that are older than this."""
        ...

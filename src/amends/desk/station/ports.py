"""What the station needs from the rooms below, as protocols."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from amends.facts.listed import ListLine
from amends.facts.people import Merchants
from amends.facts.station import Candidate, Hit, NewStray, Pace, Stray, Visit


class StationBook(Protocol):
    """Parcels at the station, and what is known by their numbers."""

    def transaction(self) -> AbstractContextManager[None]:
        """Do what is inside all or not at all."""
        ...

    def find(self, text: str, merchants: Merchants) -> Sequence[Hit]:
        """Give what goes by a scanned or typed number, within the wall: open cases first."""
        ...

    def queue(self, merchants: Merchants, most: int) -> Sequence[ListLine]:
        """Give open cases whose goods are here and were not inspected, those with the soonest deadline first."""
        ...

    def to_look_again(self, merchants: Merchants, most: int) -> Sequence[ListLine]:
        """Give open cases whose buyer objected to what was found, and that nobody looked at a second time."""
        ...

    def put_stray(self, about: NewStray, by: str, at: datetime) -> int:
        """Keep a parcel; its number. `KeyError` where there is no such shop."""
        ...

    def stray(self, number: int, merchants: Merchants) -> Stray | None:
        """Give a kept parcel, within the wall."""
        ...

    def strays(self, merchants: Merchants, most: int, state: str = "kept") -> Sequence[Stray]:
        """Give kept parcels, newest first."""
        ...

    def strays_of(self, case: int) -> Sequence[Stray]:
        """Give the parcels that a case was matched with."""
        ...

    def match(self, number: int, case: int, by: str, at: datetime) -> bool:
        """Join a parcel and a case; False where they were joined already."""
        ...

    def gone(self, number: int, by: str, at: datetime, became: str) -> None:
        """Note that a parcel is here no more, and what became of it."""
        ...

    def candidates(self, stray: Stray, merchants: Merchants) -> Sequence[Candidate]:
        """Give the cases that a parcel may belong to: open, of the merchant's shops, their goods not here yet."""
        ...

    def shops(self, merchants: Merchants) -> Sequence[tuple[str, str]]:
        """Give the shops within the wall, as (name, merchant)."""
        ...

    def visited(self, visit: Visit) -> None:
        """Write down a piece of work that was done."""
        ...

    def pace(self, merchants: Merchants, since: datetime) -> Pace:
        """Tell how long inspections took since then."""
        ...

"""Collections at the buyer's door: what is wanted, when, what is told of one, and the port of those who arrange them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, Protocol

from amends.basics.money import Minor
from amends.facts.labels import LabelReceipt, Place, Rate
from amends.facts.network_access import NetworkAccess
from amends.facts.wire import Seal, WireAnswer, WireRequest

PickupStage = Literal["booked", "accepted", "picked_up"]
PickupWord = Literal["booked", "accepted", "picked_up", "failed", "cancelled", "settled", "note"]
"""What is told: `booked`: it stands. `accepted`: a courier has it. `failed`: the carrier will not come. `cancelled`: it was called off,
by whomever. `settled`: what it cost is known. `note`: changes nothing."""
STAGES: Final[Mapping[str, int]] = {"": 0, "booked": 1, "accepted": 2, "picked_up": 3}
"""How far a collection is; what is told late takes none of them back."""


@dataclass(frozen=True, slots=True)
class PickupWindow:
    """When a courier is to come: a day at the buyer's place, from and until ``HH:MM``."""

    day: date
    start: str
    end: str

    @property
    def text(self) -> str:
        """As it is chosen and kept: ``2026-11-24 09:00-12:00``."""
        return f"{self.day.isoformat()} {self.start}-{self.end}"


def window_of(told: str) -> PickupWindow | None:
    """The window that was kept so; None where it cannot be read."""
    day, _, hours = told.partition(" ")
    start, _, end = hours.partition("-")
    try:
        found = date.fromisoformat(day)
        for one in (start, end):
            if len(one) != 5 or not 0 <= int(one[:2]) <= 24 or one[2] != ":" or not 0 <= int(one[3:]) < 60:
                return None
    except ValueError:
        return None
    return PickupWindow(found, start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class PickupWanted:
    """A collection. `key` is ours and the same for every repeat. `seller`: where the goods go; `buyer`: where they are fetched.

    `cargo`: what is in the parcel. `carriers`: our codes of those that may be asked for an offer. `offer`, `window`: what was chosen.
    """

    key: str
    seller: Place
    buyer: Place
    grams: int
    cargo: str
    carriers: tuple[str, ...] = ()
    offer: Rate | None = None
    window: PickupWindow | None = None


@dataclass(frozen=True, slots=True)
class PickupTold:
    """What is told of a collection, by a push or an answer. `reference`, `key`: theirs and ours, "" where it names none. `cost`: minor
    units of yuan, once it is settled. `words`: the carrier's own.
    """

    word: PickupWord
    reference: str = ""
    waybill: str = ""
    carrier: str = ""
    courier: str = ""
    courier_phone: str = ""
    cost: Minor | None = None
    currency: str = "CNY"
    code: str = ""
    words: str = ""


class Collector(Protocol):
    """Who sends couriers to buyers' doors. Pure, and talks as a network does.

    `offers` raises `amends.facts.channels.UnableToTalk`; what changes something answers with a receipt instead.
    """

    @property
    def same_within(self) -> timedelta:
        """How long the same key is surely answered with the same collection, and never makes a second one."""
        ...

    def carriers(self) -> Sequence[str]:
        """Our codes of the carriers that collect through it."""
        ...

    def windows(self, carrier: str, at: datetime) -> Sequence[PickupWindow]:
        """When a carrier's courier can be asked to come, seen from `at`."""
        ...

    def over(self, window: PickupWindow, at: datetime) -> bool:
        """Whether a window has passed."""
        ...

    def offers(
        self, access: NetworkAccess, wanted: PickupWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
        """What each carrier would take; nothing is booked."""
        ...

    def book(
        self, access: NetworkAccess, wanted: PickupWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Book what was chosen. Within `same_within` a repeat with the same key books nothing more."""
        ...

    def look(
        self, access: NetworkAccess, wanted: PickupWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Whether it was booked; nothing is booked by asking."""
        ...

    def call_off(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Call a collection off."""
        ...

    def ask(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, PickupTold | None]:
        """How a collection stands; None where nothing is known of it."""
        ...

    def told(self, access: NetworkAccess, body: bytes) -> PickupTold | None:
        """What a push tells; None where it is not about a collection. Raises `amends.facts.wire.UnableToTrustNotice`."""
        ...


def kept_window(more: Mapping[str, Any]) -> PickupWindow | None:
    """The window that a booking was wanted for."""
    return window_of(str(more.get("window") or ""))

"""Labels that are bought and collections that are booked for the way back: how they stand, who holds them, what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, cast

from amends.basics.money import Minor
from amends.facts.labels import LabelReceipt, LabelWanted, Place, Rate
from amends.facts.pickups import PickupWanted, kept_window

BookingKind = Literal["label", "pickup"]
BookingState = Literal[
    "quoted",
    "wanted",
    "sent",
    "unknown",
    "booked",
    "failed",
    "person",
    "void_wanted",
    "voiding",
    "voided",
    "kept",
    "dropped",
]
"""`quoted`: offers were asked for, nothing was bought. `wanted`: one was chosen, no call was made. `sent`: about to be called. `unknown`:
a call was made and nobody can say what came of it. `person`: only a person who looks at the seller's own console can say it.
`void_wanted`: to be given back. `voiding`: the seller has taken that in, the money comes later. `kept`: then it would not give the
money back after all. `dropped`: never left the house."""

OPEN_BOOKINGS: Final[frozenset[str]] = frozenset({"wanted", "sent", "unknown", "void_wanted", "voiding"})
"""States in which the house still has something to do."""
LIVE_BOOKINGS: Final[frozenset[str]] = frozenset({"wanted", "sent", "unknown", "booked", "person", "void_wanted"})
"""States in which a case can have no other: one label or collection for one way back."""
SETTLED_BOOKINGS: Final[frozenset[str]] = frozenset({"booked", "failed", "voided", "dropped", "voiding", "kept"})
"""States in which the addresses are needed no more, and are forgotten."""
SAYS: Final = ("bought", "not_bought")
"""What a person may say who has looked at the seller's console."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A label or a collection of a case. `key`: made of facts; the same for every repeat, another once one before it came to nothing.

    `payer`: who pays the way back, as it was decided when this was wanted. `offers`: what could be chosen; `offer`: what was. `cost`:
    what the seller says it took, minor units of `currency`. `more`: of a collection its `window` and how far it is.
    `file`: SHA-256 of the label on the case's shelf. `told`: the
    state that the case's log tells of. `wanted`: addresses and parcel as JSON, empty once they are needed no more.
    """

    number: int
    case: int
    kind: BookingKind
    network: str
    key: str
    state: BookingState
    payer: str
    by: str
    by_role: str
    at: datetime
    wanted: Mapping[str, Any] = field(default_factory=dict, repr=False)
    offers: tuple[Rate, ...] = ()
    offer: Rate | None = None
    currency: str = ""
    cost: Minor | None = None
    waybill: str = ""
    carrier: str = ""
    reference: str = ""
    url: str = field(default="", repr=False)
    file: str = ""
    code: str = ""
    message: str = ""
    alarm: str = ""
    sends: int = 0
    asks: int = 0
    told: str = ""
    settled_at: datetime | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookingClaim:
    """A due booking that this worker holds for a while."""

    booking: Booking
    lease: str
    may_send: bool


@dataclass(frozen=True, slots=True)
class BookingReceipt:
    """What came of a call about a booking: the seller's word, and whether the house may call again to buy."""

    said: LabelReceipt
    may_send: bool = False
    person: bool = False
    alarm: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def after(state: str, receipt: BookingReceipt) -> BookingState:
    """Where a receipt leads a booking."""
    if state not in OPEN_BOOKINGS:
        return state  # type: ignore[return-value]
    outcome = receipt.said.outcome
    if state in ("void_wanted", "voiding"):
        refused: BookingState = "booked" if state == "void_wanted" else "kept"
        came: Mapping[str, BookingState] = {"voiding": "voiding", "voided": "voided", "failed": refused}
        return came.get(outcome, cast("BookingState", state))
    if receipt.person:
        return "person"
    if outcome == "bought":
        return "booked"
    if outcome == "failed":
        return "failed"
    return "wanted" if state == "wanted" else "unknown"


def wanted_json(wanted: LabelWanted) -> dict[str, Any]:
    """A wish as plain JSON, without its key and its offer."""
    told = asdict(wanted)
    return {name: value for name, value in told.items() if name not in ("key", "offer") and value not in (None, "")}


def wanted_of(key: str, told: Mapping[str, Any], offer: Rate | None) -> LabelWanted:
    """The wish that was kept so; addresses that were forgotten are empty."""
    length, width, height = told.get("millimetres") or (0, 0, 0)
    return LabelWanted(
        key,
        _place(told, "seller"),
        _place(told, "buyer"),
        int(told.get("grams", 0)),
        (int(length), int(width), int(height)),
        currency=offer.currency if offer else str(told.get("currency", "USD")),
        offer=offer,
    )


def pickup_json(wanted: PickupWanted) -> dict[str, Any]:
    """A wish for a collection as plain JSON, without what was chosen."""
    return {
        "seller": asdict(wanted.seller),
        "buyer": asdict(wanted.buyer),
        "grams": wanted.grams,
        "cargo": wanted.cargo,
    }


def pickup_of(one: Booking) -> PickupWanted:
    """The collection that a booking is about; addresses that were forgotten are empty."""
    return PickupWanted(
        one.key,
        _place(one.wanted, "seller"),
        _place(one.wanted, "buyer"),
        int(one.wanted.get("grams", 0)),
        str(one.wanted.get("cargo", "")),
        offer=one.offer,
        window=kept_window(one.more),
    )


def _place(told: Mapping[str, Any], name: str) -> Place:
    nowhere = {"name": "", "street": "", "city": "", "zip": "", "country": ""}
    return Place(**{**nowhere, **told.get(name, {})})


def rate_json(rate: Rate) -> dict[str, Any]:
    """An offer as plain JSON."""
    return asdict(rate)


def rate_of(told: Mapping[str, Any]) -> Rate:
    """The offer that was kept so."""
    return Rate(**told)

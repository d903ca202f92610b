"""Labels for the way back, as those see them who sell them: what is wanted, what is offered, what came of buying it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amends.basics.money import Minor


@dataclass(frozen=True, slots=True)
class Place:
    """An address as labels want it. `state`, `phone`, `email` may be left out where the carrier does not need them."""

    name: str
    street: str
    city: str
    zip: str
    country: str
    street2: str = ""
    state: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """An offer to carry the parcel. `id`, `shipment`: the seller's own. `carrier`: our code, "" for one that we do not know; `named`: as
    the seller names it. `amount`: minor units of `currency`. `days`: how long it is on its way, None where nobody says.
    """

    id: str
    carrier: str
    service: str
    amount: Minor
    currency: str
    shipment: str = ""
    named: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class LabelWanted:
    """A label for the way back. `key` is ours and the same for every repeat. `seller`, `buyer`: as the parcel went *out*.

    `grams` and `millimetres` (length, width, height) of the parcel. `carrier`: our code; "" for whoever is cheapest. `service`: the
    carrier's own word; "" for the cheapest. `most`: what it may cost, minor units of `currency`; more is not bought. `offer`: the one
    that was chosen among those offered before: exactly that is bought.
    """

    key: str
    seller: Place
    buyer: Place
    grams: int
    millimetres: tuple[int, int, int]
    carrier: str = ""
    service: str = ""
    most: Minor | None = None
    currency: str = "USD"
    offer: Rate | None = None


LabelOutcome = Literal["bought", "voiding", "voided", "failed", "absent", "unknown"]
"""`voiding`: the network has taken the wish to void it in; the money comes later. `absent`: surely not bought, as far as it was seen."""


@dataclass(frozen=True, slots=True)
class LabelReceipt:
    """What is said of a label, or of a collection (`bought`: it is booked). `url`: of the file to print. `cost`: minor units of
    `currency`."""

    outcome: LabelOutcome
    reference: str = ""
    waybill: str = ""
    carrier: str = ""
    url: str = ""
    cost: Minor | None = None
    currency: str = ""
    code: str = ""
    message: str = ""

"""What the API is sent about freight."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from amends.facts.bookings import SAYS
from amends.facts.freight import BY_PERSON, CARRIER_CLAIM, CLAIM_KINDS, INSURANCE, INSURED_BY, WAYS_BACK
from amends.facts.waybill_signals import SIGNALS
from amends.web.api.schemas import Amount, Sent, Short, one_of

Line = Annotated[str, Field(max_length=120)]
Waybill = Annotated[str, Field(max_length=60)]
Grams = Annotated[int, Field(ge=1, le=100_000)]
Side = Annotated[int, Field(ge=1, le=5_000)]
_INSURED = sorted({move for moves in INSURANCE.moves.values() for move in moves})
_CLAIMED = sorted({move for moves in CARRIER_CLAIM.moves.values() for move in moves})


class LabelRatesIn(Sent):
    """The buyer's address, kept only until a label is bought, a day at most otherwise. `length`, `width`, `height`: millimetres; weight
    and sides as the shop's terms have them where they are left out."""

    name: Line
    street: Line
    street2: Line = ""
    city: Line
    state: Line = ""
    zip: Annotated[str, Field(max_length=20)]
    country: Annotated[str, Field(max_length=2)]
    phone: Annotated[str, Field(max_length=40)] = ""
    grams: Grams | None = None
    length: Side | None = None
    width: Side | None = None
    height: Side | None = None


class PickupRatesIn(Sent):
    """The buyer's door in China, kept only until a courier is booked. `state`: the province; `street`: with the district."""

    name: Line
    phone: Annotated[str, Field(max_length=20)]
    state: Line
    city: Line
    street: Line
    grams: Grams | None = None


class BuyIn(Sent):
    """`offer`, and for a courier `window`: as they were offered."""

    offer: Annotated[str, Field(min_length=1, max_length=200)]
    window: Annotated[str, Field(max_length=40)] = ""


class SayIn(Sent):
    """What a person found on the seller's own console, where nobody else could tell. `waybill`: where it was bought."""

    said: one_of(SAYS)  # type: ignore[valid-type]
    waybill: Waybill = ""
    note: Short = ""


class WayBackIn(Sent):
    """`waybill`: of a label that was bought elsewhere."""

    way: one_of(WAYS_BACK)  # type: ignore[valid-type]
    waybill: Waybill = ""


class InsuranceIn(Sent):
    """Where freight insurance stands. `amount`: what is expected, or with `pay` what was paid."""

    move: one_of(_INSURED)  # type: ignore[valid-type]
    insured_by: Annotated[str, Field(json_schema_extra={"enum": ["", *INSURED_BY]})] = ""
    amount: Amount | None = None


class ReimburseIn(Sent):
    """The buyer's own freight back. `receipt`: SHA-256 of a file on the case's shelf."""

    amount: Amount
    receipt: Annotated[str, Field(min_length=64, max_length=64)]


class ClaimIn(Sent):
    """A claim against a carrier. `carrier`: its code or name, "" where the number tells; `declared`: the value that was declared."""

    kind: one_of(CLAIM_KINDS)  # type: ignore[valid-type]
    waybill: Waybill
    carrier: Annotated[str, Field(max_length=60)] = ""
    amount: Amount
    declared: Amount | None = None
    insured: bool = False
    note: Short = ""


class ClaimMoveIn(Sent):
    """What became of a claim. `paid`: with `pay`; `reference`: its number at the carrier."""

    move: one_of(_CLAIMED)  # type: ignore[valid-type]
    paid: Amount | None = None
    reference: Line = ""
    note: Short = ""


class SignalWrongIn(Sent):
    """Which signal a person found wrong, as it was told, and why."""

    code: one_of(SIGNALS)  # type: ignore[valid-type]
    waybill: Waybill
    case: Line = ""
    place: Short = ""
    at: Annotated[str, Field(max_length=40)] = ""
    why: Annotated[str, Field(min_length=4, max_length=300)]


class InterceptIn(Sent):
    """`shipment`: which, where several are on their way."""

    shipment: Line = ""
    why: Short = ""


class InterceptionToldIn(Sent):
    """What the carrier said of it."""

    move: one_of(BY_PERSON)  # type: ignore[valid-type]
    why: Short = ""

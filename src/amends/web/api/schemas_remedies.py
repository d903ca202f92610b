"""What the verbs of remedies take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from amends.desk.cases.repairs import STEPS, WANTS
from amends.web.api.schemas import Amount, Name, Sent, one_of

_Text = Annotated[str, Field(max_length=500)]
_Reference = Annotated[str, Field(min_length=1, max_length=160)]


class PieceIn(Sent):
    """Something that goes out. `price`: of all its pieces together; none: the same as was paid."""

    line: Name
    quantity: Annotated[int, Field(ge=1, le=10**6)] | None = None
    sku: Annotated[str, Field(max_length=120)] = ""
    title: Annotated[str, Field(max_length=200)] = ""
    price: Amount | None = None


class ChoicesIn(Sent):
    """What the buyer may choose from."""

    pieces: Annotated[list[PieceIn], Field(min_length=1, max_length=20)]


class ChooseIn(ChoicesIn):
    """What goes out. `link`: where a difference is paid, or how the platform calls it."""

    link: _Text = ""


class AdvanceIn(Sent):
    """`deposit`: what is to be held; `days`: within which the goods must be back."""

    deposit: Amount | None = None
    days: Annotated[int, Field(ge=1, le=60)] = 14
    link: _Text = ""


class ConsentIn(Sent):
    """The buyer's answer."""

    accepts: bool
    why: _Text = ""


class ReferenceIn(Sent):
    """What proves it."""

    reference: _Reference


class PaidIn(ReferenceIn):
    """`amount`: what came; it must be what was asked for."""

    amount: Amount | None = None


class QuoteIn(Sent):
    """What is repaired, what it costs (nothing: free), how long it takes."""

    text: Annotated[str, Field(min_length=2, max_length=500)]
    price: Amount | None = None
    days: Annotated[int, Field(ge=1, le=365)] = 7
    link: _Text = ""


class RepairIn(Sent):
    """The workshop's step."""

    step: one_of(tuple(STEPS))  # type: ignore[valid-type]
    note: _Text = ""


class RepairedIn(Sent):
    """For how many days the repair is warranted."""

    warranty_days: Annotated[int, Field(ge=0, le=3650)] = 90
    note: _Text = ""


class FailedIn(Sent):
    """What is wrong now, and what the buyer wants."""

    wants: one_of(WANTS)  # type: ignore[valid-type]
    why: Annotated[str, Field(min_length=1, max_length=500)]
    by_buyer: bool = True


class ProtectIn(Sent):
    """The price of one piece now, and where it is seen. `prices`: by the line's id, where a case is about several lines."""

    price: Amount | None = None
    prices: Annotated[dict[str, Amount], Field(max_length=50)] = {}
    proof: Annotated[str, Field(min_length=2, max_length=300)]

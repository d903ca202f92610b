"""What goes into calls: every field with its bounds, so that the document of the API says what is right."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from amends.basics.zones import MARKETS
from amends.desk.cases.close import CLOSINGS
from amends.facts.codes import EVIDENCE_KINDS, GRADES, KINDS, REASONS
from amends.facts.offers import OFFER_KINDS
from amends.facts.refusals import REFUSAL_CODES

Text = Annotated[str, Field(max_length=4000)]
Short = Annotated[str, Field(max_length=300)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Amount = Annotated[str, Field(pattern=r"^\d{1,15}(\.\d{1,4})?$", examples=["19.90"])]
Json = dict[str, Any]


def one_of(codes: Any) -> Any:
    """A text that is one of these codes."""
    return Annotated[str, Field(json_schema_extra={"enum": sorted(codes)})]


class Sent(BaseModel):
    """A body: what is not known here is a fault, so that a misspelt name is not passed over."""

    model_config = ConfigDict(extra="forbid", title=None)


class NothingIn(Sent):
    """Nothing needs saying; `{}`."""


class ContactIn(Sent):
    """How the buyer is reached; kept sealed. `marketing`: whether they agreed to advertising by mail, null where that is not known."""

    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    name: Annotated[str, Field(max_length=120)] = ""
    marketing: bool | None = None


class OrderIn(Sent):
    """An order: the parts of a case file (`amends.case/1`) that are no request, and how the buyer is reached."""

    order: Json
    shipments: list[Json] | None = None
    market: Annotated[str, Field(json_schema_extra={"enum": sorted(MARKETS)})] | None = None
    consumer: bool | None = None
    withdrawal_informed: bool | None = None
    shop: Json | None = None
    goods: Json | None = None
    defect: Json | None = None
    evidence: list[Json] | None = None
    buyer: Json | None = None
    platform: Json | None = None
    contact: ContactIn = ContactIn()


class LineIn(Sent):
    """A line of the order, and how many of it."""

    id: Name
    quantity: Annotated[int, Field(ge=1, le=100_000)] = 1


class CaseIn(Sent):
    """A wish about an order that was told before (`order`), or a whole case file (`file`); one of the two.

    `key`: your own number of the case; drawn where there is none. The same key again gives the case that is there.
    """

    shop: Name
    key: Annotated[str, Field(max_length=120)] = ""
    order: Annotated[str, Field(max_length=120)] = ""
    kind: one_of(KINDS) | None = None  # type: ignore[valid-type]
    reason: one_of(REASONS) | None = None  # type: ignore[valid-type]
    lines: Annotated[list[LineIn], Field(max_length=200)] = []
    amount: Amount | None = None
    message: Text = ""
    goods: dict[str, bool] | None = None
    evidence: Annotated[list[Json], Field(max_length=50)] = []
    file: Json | None = None
    buyer: Annotated[str, Field(max_length=120)] = ""


class DecideIn(Sent):
    """A case file to be decided, with nothing kept. `shop`: by whose policy; the built-in one where there is none. `at`: as of when."""

    file: Json
    shop: Annotated[str, Field(max_length=120)] = ""
    at: Annotated[str, Field(max_length=40, examples=["2026-11-26T10:00:00+08:00"])] = ""


class ApproveIn(Sent):
    """`digest`: of the effect that was looked at, so that what is done is what was seen."""

    digest: Annotated[str, Field(max_length=64)] | None = None


class RefuseIn(Sent):
    """Why the request is refused. `override`: why it is refused against a rule, for roles that may."""

    reason: one_of(REFUSAL_CODES)  # type: ignore[valid-type]
    text: Text = ""
    override: Annotated[str, Field(max_length=1000)] = ""
    proof: Annotated[list[Short], Field(max_length=50)] = []


class AskIn(Sent):
    """What the buyer is asked for, and until when."""

    what: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)] = []
    text: Text = ""
    days: Annotated[int, Field(ge=1, le=30)] = 3


class EvidencePiece(Sent):
    """One piece of proof."""

    kind: one_of(EVIDENCE_KINDS)  # type: ignore[valid-type]
    by: Literal["buyer", "merchant", "carrier", "platform"] = "buyer"
    file: Short = ""


class EvidenceIn(Sent):
    """Pieces of proof. `from_buyer`: the buyer answers what was asked for."""

    items: Annotated[list[EvidencePiece], Field(max_length=50)]
    text: Text = ""
    from_buyer: bool = True


class OfferIn(Sent):
    """Another answer than the one asked for. `amount`: for kinds that give money."""

    kind: one_of(OFFER_KINDS)  # type: ignore[valid-type]
    amount: Amount | None = None
    note: Annotated[str, Field(max_length=500)] = ""
    coupon: Annotated[str, Field(max_length=80)] = ""
    days: Annotated[int, Field(ge=1, le=30)] = 3


class AnswerIn(Sent):
    """The buyer's answer."""

    accepts: bool
    why: Annotated[str, Field(max_length=500)] = ""
    buyer: Annotated[str, Field(max_length=120)] = ""


class WhyIn(Sent):
    """Why it is done."""

    why: Annotated[str, Field(min_length=1, max_length=500)]


class WithdrawIn(Sent):
    """Why the request is taken back; `by_buyer`: the buyer did it, not the desk."""

    why: Annotated[str, Field(max_length=500)] = ""
    by_buyer: bool = True


class CloseIn(Sent):
    """Why the case ends."""

    reason: one_of(CLOSINGS)  # type: ignore[valid-type]
    why: Annotated[str, Field(max_length=500)] = ""


class TextIn(Sent):
    """What is written down."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]


class MessageIn(TextIn):
    """What is said; `from_buyer`: the buyer said it."""

    from_buyer: bool = False


class TakeIn(Sent):
    """`over`: take it from whoever has it."""

    over: bool = False


class AssignIn(Sent):
    """Who gets the case."""

    to: Name


class EscalateIn(Sent):
    """To which role, and what it is about."""

    role: Literal["lead", "finance", "manager"]
    why: Annotated[str, Field(min_length=1, max_length=500)]


class SplitIn(Sent):
    """The lines that get a case of their own."""

    lines: Annotated[list[Name], Field(min_length=1, max_length=200)]


class MergeIn(Sent):
    """The case that takes the lines in."""

    into: Number


class ParcelIn(Sent):
    """The parcel by which the goods come back."""

    waybill: Annotated[str, Field(min_length=4, max_length=60)]
    carrier: Annotated[str, Field(max_length=60)] = ""
    by_buyer: bool = True


class ReceiveIn(Sent):
    """A word on what arrived."""

    note: Annotated[str, Field(max_length=500)] = ""


class InspectIn(Sent):
    """What the warehouse found. A as new, B opened, C worn or incomplete, D not resaleable."""

    grade: one_of(GRADES)  # type: ignore[valid-type]
    findings: Annotated[list[Short], Field(max_length=50)] = []
    goods: dict[str, bool] | None = None


class WaybillIn(Sent):
    """The parcel that goes out."""

    waybill: Annotated[str, Field(min_length=1, max_length=60)]
    why: Annotated[str, Field(max_length=500)] = ""


class DeliveredIn(Sent):
    """Nothing but who says so."""

    by_buyer: bool = False

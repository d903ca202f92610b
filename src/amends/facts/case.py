"""A case as a case file states it (`amends.case/1`; contract, section 2).

Amounts are minor units of `Order.currency`. Times carry their offset. ``None`` means unknown, never "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from amends.basics.money import Minor


@dataclass(frozen=True, slots=True)
class Shop:
    """Where it was sold, and what marks the shop or item carries there.

    `return_policy_shown` is None where the file says nothing: then US rules take it as shown (the contract's default), while
    Japan's, which asks the seller to have shown a return clause, finds none.
    """

    channel: str
    return_policy_shown: bool | None
    labels: frozenset[str]
    name: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the order; `paid` is for the whole line after every discount, `list_price` for one piece before order discounts."""

    id: str
    sku: str | None
    title: str | None
    quantity: int
    list_price: Minor | None
    paid: Minor
    category: str
    traits: frozenset[str]
    no_return_confirmed: bool
    no_return_preticked: bool
    gift_value: Minor | None


@dataclass(frozen=True, slots=True)
class Discount:
    """An order-level discount; `tiers` are (over, off) pairs, lowest first. `over` is None where no threshold applies."""

    id: str
    kind: str
    tiers: tuple[tuple[Minor | None, Minor], ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in by one method, and what went back of it already. `reference`: the gateway's own id of the payment."""

    id: str
    method: str
    captured: Minor
    refunded: Minor
    reference: str | None = None

    @property
    def left(self) -> Minor:
        """What can still go back by this payment."""
        return self.captured - self.refunded


@dataclass(frozen=True, slots=True)
class Order:
    """What was bought and paid."""

    id: str
    currency: str
    digits: int
    placed_at: datetime | None
    paid_at: datetime | None
    completed_at: datetime | None
    ship_promised_by: datetime | None
    shipping_paid: Minor
    shipping_standard: Minor
    free_shipping_over: Minor | None
    free_shipping_value: Minor | None
    discounts: tuple[Discount, ...]
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Shipment:
    """An outbound parcel and the lines in it (empty: all lines)."""

    id: str
    lines: tuple[str, ...]
    shipped_at: datetime | None
    delivered_at: datetime | None
    signed_by: str | None
    trace: str | None


@dataclass(frozen=True, slots=True)
class RequestedLine:
    """Pieces of a line that the request is about."""

    line: Line
    quantity: int


@dataclass(frozen=True, slots=True)
class Request:
    """What the buyer asks. `lines` is never empty: a request without lines means the whole order (`whole`)."""

    kind: str
    reason: str
    requested_at: datetime
    agreed_at: datetime | None
    refused_at: datetime | None
    changed_at: datetime | None
    lines: tuple[RequestedLine, ...]
    whole: bool
    amount: Minor | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known of the goods' state, by statement or inspection."""

    opened: bool | None = None
    tags_removed: bool | None = None
    seal_broken: bool | None = None
    activated: bool | None = None
    used: bool | None = None
    washed: bool | None = None
    damaged: bool | None = None
    incomplete: bool | None = None
    swapped: bool | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """The defect that is alleged. `share` is the part of the goods affected, 0 to 1."""

    visible: bool | None = None
    confirmed: bool | None = None
    minor: bool | None = None
    share: Decimal | None = None
    repairs_failed: int | None = None
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of proof: its kind, who gave it, when."""

    kind: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Photos:
    """How many of the buyer's pictures were looked at, and of how many there is something to look at: used in another case before,
    the shop's own product picture, or contradicting the story by what their files say. Signals, never a verdict.
    """

    looked_at: int | None = None
    reused: int | None = None
    catalogue: int | None = None
    contradicting: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnParcel:
    """The parcel back. `offered_collection`: the merchant offered to collect it. `empty`: nothing that was sold was in it."""

    shipped_at: datetime | None
    signed_at: datetime | None
    waybill: str | None
    offered_collection: bool
    empty: bool | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the warehouse found: A as new, B opened but resaleable, C worn or incomplete, D not resaleable, wrong or swapped.

    `loss`: the value that what came back has lost by handling. `not_returned`: the price of the pieces that did not come back.
    """

    at: datetime | None
    grade: str | None
    findings: tuple[str, ...]
    loss: Minor | None = None
    not_returned: Minor | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Counts over all shops of this merchant in the last 12 months."""

    orders_12m: int | None = None
    cases_12m: int | None = None
    refund_only_12m: int | None = None
    refused_12m: int | None = None
    disputes_12m: int | None = None
    first_order: bool | None = None
    member: bool | None = None


@dataclass(frozen=True, slots=True)
class PlatformWord:
    """What the platform itself says. Its `deadline` beats a computed one for the merchant's next duty."""

    status: str | None = None
    deadline: datetime | None = None
    dispute_opened_at: datetime | None = None
    evidence_asked_at: datetime | None = None
    ruling: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """An open or past card dispute on the same payment."""

    stage: str
    reason_code: str | None
    opened_at: datetime | None
    amount: Minor | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """What the house did to have an outbound parcel brought back, and where that stands (`facts.freight.INTERCEPTION`)."""

    state: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something about a waybill that does not fit (`facts.waybill_signals`), with what it was seen by."""

    code: str
    waybill: str
    case: str | None = None
    place: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One after-sales case with everything known of it. `ignored` names the fields of the file that no one reads."""

    id: str
    shop: Shop
    market: str
    consumer: bool
    withdrawal_informed: bool
    order: Order
    shipments: tuple[Shipment, ...]
    request: Request
    goods: Goods
    defect: Defect
    evidence: tuple[Evidence, ...]
    return_parcel: ReturnParcel | None
    inspection: Inspection | None
    buyer: Buyer
    platform: PlatformWord
    dispute: Dispute | None
    ignored: tuple[str, ...] = ()
    photos: Photos = Photos()
    stopped: Stopped | None = None
    suspicions: tuple[Suspicion, ...] = ()

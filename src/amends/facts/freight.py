"""Parcels that are to come back and who pays for it: interceptions, the way back, freight insurance, claims against carriers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from amends.basics.money import Minor
from amends.basics.moves import MoveTable

INTERCEPTION: Final = MoveTable(
    "interception",
    "asked",
    {
        "asked": {
            "accept": "accepted",
            "refuse": "refused",
            "succeed": "succeeded",
            "fail": "failed",
            "miss": "too_late",
            "call_off": "called_off",
        },
        "accepted": {
            "refuse": "refused",
            "succeed": "succeeded",
            "fail": "failed",
            "miss": "too_late",
            "call_off": "called_off",
        },
        "refused": {"succeed": "succeeded", "miss": "too_late"},
        "failed": {"succeed": "succeeded", "miss": "too_late"},
        "succeeded": {},
        "too_late": {},
        "called_off": {},
    },
)
"""`miss`: the parcel was delivered after all, so that the buyer has to send it back. `succeed` after a refusal or a failure: the carrier
brings it back all the same."""
OPEN_INTERCEPTION: Final = ("asked", "accepted")
HEARD_INTERCEPTION: Final = ("asked", "accepted", "refused", "failed")
"""States in which a carrier's trace still moves it."""
BY_PERSON: Final = ("accept", "refuse", "succeed", "fail", "miss", "call_off")

INSURANCE: Final = MoveTable(
    "insurance",
    "none",
    {
        "none": {"expect": "automatic", "note": "to_claim"},
        "automatic": {"pay": "paid", "refuse": "refused", "drop": "none"},
        "to_claim": {"claim": "claimed", "pay": "paid", "refuse": "refused", "drop": "none"},
        "claimed": {"pay": "paid", "refuse": "refused"},
        "paid": {},
        "refused": {"pay": "paid"},
    },
)
"""`automatic`: the platform pays by itself. `to_claim`: somebody has to ask for it."""
INSURER_PAYS: Final = frozenset({"automatic", "to_claim", "claimed", "paid"})
"""States in which the merchant does not pay what the insurer does."""
INSURED_BY: Final = ("buyer", "merchant", "platform")

CARRIER_CLAIM: Final = MoveTable(
    "carrier_claim",
    "drafted",
    {
        "drafted": {"send": "sent", "lapse": "lapsed", "drop": "dropped"},
        "sent": {"acknowledge": "acknowledged", "pay": "paid", "refuse": "refused", "lapse": "lapsed"},
        "acknowledged": {"pay": "paid", "refuse": "refused", "lapse": "lapsed"},
        "refused": {"appeal": "appealed", "lapse": "lapsed"},
        "appealed": {"acknowledge": "acknowledged", "pay": "paid", "refuse": "refused", "lapse": "lapsed"},
        "paid": {},
        "lapsed": {},
        "dropped": {},
    },
)
OPEN_CLAIM: Final = ("drafted", "sent", "acknowledged", "refused", "appealed")
CLAIM_KINDS: Final = ("loss", "damage", "delay")
WAYS_BACK: Final = ("self", "label", "pickup")

InterceptionWay = Literal["network", "platform", "person"]
RefundState = Literal["", "due", "paid", "waits"]


@dataclass(frozen=True, slots=True)
class Interception:
    """A wish to have a parcel brought back before it is delivered. `way`: by a tracking network, the platform, or a person's call.

    `by_role`: of whoever asked; the refund goes on its limits. `refund`: what became of the refund that success brings.
    """

    number: int
    case: int
    shipment: str
    waybill: str
    carrier: str
    way: InterceptionWay
    state: str
    by: str
    by_role: str
    at: datetime
    due: datetime
    told_at: datetime | None = None
    why: str = ""
    refund: RefundState = ""


@dataclass(frozen=True, slots=True)
class WaybillUse:
    """A waybill in the part that it plays in a case. `place`: where it was signed for;
    `turned`: it was stopped or sent back before that.
    """

    case: int
    key: str
    order: str
    part: str
    waybill: str
    delivered_at: datetime | None = None
    place: str = ""
    signed_by: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True)
class FreightNote:
    """What is kept of a case's way back. `reimbursed`: minor units of the buyer's own freight. `with_refund`: it went with the refund."""

    case: int
    way: str = ""
    waybill: str = ""
    insured_by: str = ""
    insurance: str = "none"
    expected: Minor | None = None
    insured_paid: Minor | None = None
    with_refund: bool = False
    receipt: str = ""
    reimbursed: Minor | None = None
    reimbursed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CarrierClaim:
    """A claim against a carrier. Amounts in minor units of `currency`. `due`: until when the next thing must be done; `rule` and
    `confidence`: what that stands on. `ceiling`: the most that the carrier owes by it, None where nobody knows.
    """

    number: int
    case: int
    key: str
    shop: str
    market: str
    waybill: str
    carrier: str
    kind: str
    state: str
    currency: str
    amount: Minor
    declared: Minor | None
    insured: bool
    ceiling: Minor | None
    due: datetime | None
    rule: str
    confidence: str
    by: str
    at: datetime
    reference: str = ""
    paid: Minor | None = None
    note: str = ""
    warned: bool = False

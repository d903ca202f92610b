"""What the API answers about freight."""

from __future__ import annotations

from amends.web.api.answers import Told


class FreightRuleTold(Told):
    """A rule that says who pays the way back."""

    rule: str
    layer: str
    source: str


class CarriageOfferTold(Told):
    """An offer of a label or a courier. `days`: on its way, null where nobody says; `windows`: when a courier can come, as `buy` names
    it."""

    offer: str
    carrier: str
    named: str
    service: str
    amount: str
    currency: str
    days: int | None
    windows: list[str]


class BookingTold(Told):
    """A label or a courier (`kind`: label or pickup). `cost`: null until it was bought; `window`: when the courier comes; `stage`: how far
    a courier is; `file`: SHA-256 of the label on the case's shelf; `used`: the carrier has the parcel."""

    id: int
    kind: str
    network: str
    state: str
    payer: str
    carrier: str
    service: str
    cost: str | None
    currency: str
    waybill: str
    file: str
    window: str
    stage: str
    courier: str
    used: bool
    message: str
    at: str
    by: str


class QuoteTold(Told):
    """Offers that stand for a day: `POST /cases/{id}/bookings/{booking}/buy` chooses one."""

    booking: int
    kind: str
    offers: list[CarriageOfferTold]


class InsuranceTold(Told):
    """Freight insurance (运费险). `moves`: what may be noted now."""

    state: str
    insured_by: str
    expected: str | None
    paid: str | None
    moves: list[str]


class ClaimTold(Told):
    """A claim against a carrier. `due_at`: until when it must be made; `ceiling`: the most that the carrier owes, null where nobody knows;
    `rule`, `confidence`: what that stands on; `proof`: what carriers ask for; `moves`: what is possible now."""

    id: int
    case: int
    kind: str
    state: str
    waybill: str
    carrier: str
    amount: str
    currency: str
    declared: str | None
    insured: bool
    ceiling: str | None
    due_at: str | None
    rule: str
    confidence: str
    proof: list[str]
    reference: str
    paid: str | None
    note: str
    moves: list[str]


class InterceptionTold(Told):
    """A parcel that was asked to be brought back. `way`: network, platform or person; `moves`: what a person may say of it."""

    id: int
    state: str
    shipment: str
    waybill: str
    carrier: str
    way: str
    until: str
    refund: str
    moves: list[str]


class SignalTold(Told):
    """Something about a waybill that does not fit. `case`: the key of the other case."""

    code: str
    waybill: str
    case: str
    place: str
    at: str


class WithdrawnTold(SignalTold):
    """A signal that does not count any more. `why`: a person's words, or what was told otherwise since; `by`: "" for the house itself."""

    why: str
    by: str
    withdrawn_at: str


class FreightWhole(Told):
    """A case's freight. `payer`: merchant or buyer, "" where nothing comes back; `way`: self, label or pickup, "" where nothing was chosen;
    `hindered`: why nothing may be bought now, in both languages; `sells`, `collects`: the network that would do it, "" for none."""

    case: int
    currency: str
    payer: str
    rules: list[FreightRuleTold]
    way: str
    waybill: str
    hindered: dict[str, str] | None
    sells: str
    collects: str
    quote: QuoteTold | None
    live: BookingTold | None
    past: list[BookingTold]
    spent: dict[str, str]
    insurance: InsuranceTold
    with_refund: bool
    reimbursed: str | None
    reimbursable_up_to: str | None
    not_reimbursable: dict[str, str] | None
    may_stop: list[str]
    interceptions: list[InterceptionTold]
    claims: list[ClaimTold]
    signals: list[SignalTold]
    withdrawn: list[WithdrawnTold]


class ClaimsTold(Told):
    """Claims against carriers, the nearest end first."""

    items: list[ClaimTold]

"""A client of the Amends API, made from its OpenAPI document by `python -m clients.make_python`. Do not edit."""

from __future__ import annotations

import uuid
from typing import Any, TypedDict
from urllib.parse import quote

import httpx


class ApiProblem(Exception):
    """A fault that the API told (RFC 9457)."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        super().__init__(f"{status} {told.get('code')}: {told.get('detail')}")
        self.status, self.told = status, told
        self.code, self.field = told.get("code"), told.get("field")


class AdvanceIn(TypedDict, total=False):
    """`deposit`: what is to be held; `days`: within which the goods must be back."""

    deposit: str | None
    days: int
    link: str


class AdviceTold(TypedDict):
    """Fight, offer or accept: what each is expected to bring. `percent`: the chance that `fight` rests on. `offer`: null where none is possible."""

    choice: str
    why: str
    percent: int
    fight: str
    offer: str | None
    accept: str


class _AnswerInNeeded(TypedDict):
    accepts: bool


class AnswerIn(_AnswerInNeeded, total=False):
    """The buyer's answer."""

    why: str
    buyer: str


class ApprovalTold(TypedDict):
    """A verb that waits for a second person."""

    case: int
    key: str
    shop: str
    verb: str
    total: str
    currency: str
    needs_role: str
    asked_by: str
    asked_at: str


class ApprovalsTold(TypedDict):
    """Everything that waits."""

    items: list[ApprovalTold]


class ApproveIn(TypedDict, total=False):
    """`digest`: of the effect that was looked at, so that what is done is what was seen."""

    digest: str | None


class ArrivalIn(TypedDict, total=False):
    """A parcel that came: its waybill and weight, and where it is put."""

    waybill: str
    grams: int | None
    place: str
    note: str


class AskIn(TypedDict, total=False):
    """What the buyer is asked for, and until when."""

    what: list[str]
    text: str
    days: int


class AssignIn(TypedDict):
    """Who gets the case."""

    to: str


class BookingTold(TypedDict):
    """A label or a courier (`kind`: label or pickup). `cost`: null until it was bought; `window`: when the courier comes; `stage`: how far a courier is; `file`: SHA-256 of the label on the case's shelf; `used`: the carrier has the parcel."""

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


class BulkIn(TypedDict):
    """Which cases, at most 200."""

    cases: list[int]


class _BulkRunInNeeded(TypedDict):
    cases: list[int]
    verb: str


class BulkRunIn(_BulkRunInNeeded, total=False):
    """What is done on each. `digests`: what was seen, by the case's number. `to`: for assign."""

    digests: dict[str, str]
    to: str


class _BuyInNeeded(TypedDict):
    offer: str


class BuyIn(_BuyInNeeded, total=False):
    """`offer`, and for a courier `window`: as they were offered."""

    window: str


class CarriageOfferTold(TypedDict):
    """An offer of a label or a courier. `days`: on its way, null where nobody says; `windows`: when a courier can come, as `buy` names it."""

    offer: str
    carrier: str
    named: str
    service: str
    amount: str
    currency: str
    days: int | None
    windows: list[str]


class _CaseInNeeded(TypedDict):
    shop: str


class CaseIn(_CaseInNeeded, total=False):
    """A wish about an order that was told before (`order`), or a whole case file (`file`); one of the two. `key`: your own number of the case; drawn where there is none. The same key again gives the case that is there."""

    key: str
    order: str
    kind: str | None
    reason: str | None
    lines: list[LineIn]
    amount: str | None
    message: str
    goods: dict[str, bool] | None
    evidence: list[dict[str, Any]]
    file: dict[str, Any] | None
    buyer: str


class CaseLine(TypedDict):
    """A case in a list."""

    id: int
    key: str
    shop: str
    channel: str
    market: str
    state: str
    kind: str
    reason: str
    order: str
    amount: str
    currency: str
    outcome: str
    remedy: str
    handling: str
    refund: str | None
    due: str | None
    next_who: str
    next_action: str


class CasePage(TypedDict):
    """A page; `next` is the cursor of the next one, null on the last."""

    items: list[CaseLine]
    next: str | None


class CaseTold(TypedDict):
    """A case as a verb leaves it. `version`: its ETag. `decision`: the answer with the reasons that hold (`amends.decision/1`)."""

    id: int
    key: str
    shop: str
    merchant: str
    market: str
    currency: str
    order: str
    status: str
    tracks: Tracks
    version: int
    assignee: str
    exception: str
    escalated_to: str
    waits_for_approval: bool
    agreed: dict[str, Any] | None
    decision: dict[str, Any] | None


class CaseWhole(TypedDict):
    """A case as it is read: with its file, the whole decision and, for tokens with `money:read`, its money."""

    id: int
    key: str
    shop: str
    merchant: str
    market: str
    currency: str
    order: str
    status: str
    tracks: Tracks
    version: int
    assignee: str
    exception: str
    escalated_to: str
    waits_for_approval: bool
    agreed: dict[str, Any] | None
    decision: dict[str, Any] | None
    file: dict[str, Any]
    money: MoneyTold | None


class ChargeTold(TypedDict):
    """What the buyer is asked for. `purpose`: difference, repair, deposit."""

    id: int
    purpose: str
    amount: str
    currency: str
    text: str
    link: str
    state: str
    agreed_at: str | None
    reference: str


class CheckTold(TypedDict):
    """What a check found. `flaws`: each with its kind and words; none is a proof. `faults`: what keeps the text from being read."""

    ok: bool
    faults: list[dict[str, Any]]
    flaws: list[dict[str, Any]]


class ChoicesIn(TypedDict):
    """What the buyer may choose from."""

    pieces: list[PieceIn]


class ChooseAnswerIn(TypedDict, total=False):
    """`exhibits`: SHA-256 of files on the case's shelf; `texts`: by field; `compelling`: with the payments of Compelling Evidence 3.0."""

    exhibits: list[str]
    texts: dict[str, str]
    compelling: bool


class _ChooseInNeeded(TypedDict):
    pieces: list[PieceIn]


class ChooseIn(_ChooseInNeeded, total=False):
    """What goes out. `link`: where a difference is paid, or how the platform calls it."""

    link: str


class _ClaimInNeeded(TypedDict):
    kind: str
    waybill: str
    amount: str


class ClaimIn(_ClaimInNeeded, total=False):
    """A claim against a carrier. `carrier`: its code or name, "" where the number tells; `declared`: the value that was declared."""

    carrier: str
    declared: str | None
    insured: bool
    note: str


class _ClaimMoveInNeeded(TypedDict):
    move: str


class ClaimMoveIn(_ClaimMoveInNeeded, total=False):
    """What became of a claim. `paid`: with `pay`; `reference`: its number at the carrier."""

    paid: str | None
    reference: str
    note: str


class ClaimTold(TypedDict):
    """A claim against a carrier. `due_at`: until when it must be made; `ceiling`: the most that the carrier owes, null where nobody knows; `rule`, `confidence`: what that stands on; `proof`: what carriers ask for; `moves`: what is possible now."""

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


class ClaimsTold(TypedDict):
    """Claims against carriers, the nearest end first."""

    items: list[ClaimTold]


class _CloseInNeeded(TypedDict):
    reason: str


class CloseIn(_CloseInNeeded, total=False):
    """Why the case ends."""

    why: str


class _ConsentInNeeded(TypedDict):
    accepts: bool


class ConsentIn(_ConsentInNeeded, total=False):
    """The buyer's answer."""

    why: str


class ContactIn(TypedDict, total=False):
    """How the buyer is reached; kept sealed. `marketing`: whether they agreed to advertising by mail, null where that is not known."""

    email: str
    phone: str
    name: str
    marketing: bool | None


class CountTold(TypedDict):
    """How many."""

    count: int


class DeadlineTold(TypedDict):
    """A deadline. `state`: running, paused, met, missed, off."""

    who: str
    action: str
    due: str
    rule: str
    source: str
    state: str
    if_missed: dict[str, Any]


class DeadlinesTold(TypedDict):
    """The deadlines of a case."""

    items: list[DeadlineTold]


class _DecideInNeeded(TypedDict):
    file: dict[str, Any]


class DecideIn(_DecideInNeeded, total=False):
    """A case file to be decided, with nothing kept. `shop`: by whose policy; the built-in one where there is none. `at`: as of when."""

    shop: str
    at: str


class DecisionTold(TypedDict):
    """A decision (`amends.decision/1`)."""

    decision: dict[str, Any]


class DeliveredIn(TypedDict, total=False):
    """Nothing but who says so."""

    by_buyer: bool


class DeliveryPage(TypedDict):
    """A page of deliveries."""

    items: list[DeliveryTold]
    next: str | None


class DeliveryTold(TypedDict):
    """An event on its way to an endpoint."""

    id: int
    name: str
    event: str
    state: str
    tries: int
    status: int | None
    message: str
    made_at: str
    next_at: str | None
    delivered_at: str | None


class _DisputeInNeeded(TypedDict):
    sort: str
    forum: str
    reason: str
    reference: str
    amount: str
    opened: str


class DisputeIn(_DisputeInNeeded, total=False):
    """A dispute as a person knows it. `reference`: its number there; `payment`: the order's payment, where there are several."""

    payment: str
    due: str | None


class DisputeTold(TypedDict):
    """A dispute. `result`: the money of its ruling, below nought where we lost it; `case`: null until it is matched."""

    id: int
    sort: str
    forum: str
    source: str
    reference: str
    reason: str
    stage: str
    amount: str
    currency: str
    case: int | None
    shop: str
    order: str
    payment: str
    opened_at: str
    due_at: str | None
    ruling: str
    liability: str
    result: str | None


class DisputeWhole(TypedDict):
    """A dispute whole. `moves`: what is possible now; `exhibits`: SHA-256 of files on the case's shelf; `digest`: the sum of what would be sent, which `submit` names; `under_way`: what waits to be sent, "" for nothing; `by_calls`: its gateway takes answers from here."""

    id: int
    sort: str
    forum: str
    source: str
    reference: str
    reason: str
    stage: str
    amount: str
    currency: str
    case: int | None
    shop: str
    order: str
    payment: str
    opened_at: str
    due_at: str | None
    ruling: str
    liability: str
    result: str | None
    answer_by: str | None
    appeal_until: str | None
    moves: list[str]
    by_calls: bool
    exhibits: list[str]
    texts: dict[str, str]
    digest: str
    under_way: str
    advice: AdviceTold


class DisputesTold(TypedDict):
    """A page of disputes. `total`: how many there are on all pages."""

    items: list[DisputeTold]
    total: int


class DoneAll(TypedDict):
    """What became of each."""

    items: list[DoneTold]


class DoneTold(TypedDict):
    """What became of one case: done, waits or failed."""

    case: int
    outcome: str
    why: dict[str, Any] | None


class EffectTold(TypedDict):
    """What approving would do, with nothing written."""

    kind: str
    remedy: str
    total: str
    currency: str
    needs_role: str
    alone: bool
    undo_seconds: int
    digest: str


class EndpointChange(TypedDict, total=False):
    """What changes; what is left out stays. `on`: false sends nothing, true goes on."""

    url: str | None
    events: list[str] | None
    on: bool | None


class _EndpointInNeeded(TypedDict):
    url: str


class EndpointIn(_EndpointInNeeded, total=False):
    """Where events go. `events`: `case.approved`, `case.refund_*`, `*`; none means all. `merchant`: where the token has several."""

    events: list[str]
    merchant: str


class EndpointTold(TypedDict):
    """An endpoint; its secret only where it was just made."""

    id: int
    merchant: str
    url: str
    events: list[str]
    on: bool
    alarm: str
    failing_since: str | None
    made_at: str
    secret: str | None


class EndpointsTold(TypedDict):
    """The endpoints."""

    items: list[EndpointTold]


class EntryTold(TypedDict):
    """An entry of a case's log, sealed to the one before."""

    seq: int
    at: str
    by_kind: str
    by: str
    what: str
    why: str
    moves: list[list[str]]
    data: dict[str, Any]
    seal: str


class EscalateIn(TypedDict):
    """To which role, and what it is about."""

    role: str
    why: str


class EventPage(TypedDict):
    """Events in the order in which they were written; `next` goes on from here, also when there is nothing yet."""

    items: list[EventTold]
    next: str


class EventTold(TypedDict):
    """An event, in the form of a webhook."""

    id: str
    type: str
    timestamp: str
    data: dict[str, Any]


class _EvidenceInNeeded(TypedDict):
    items: list[EvidencePiece]


class EvidenceIn(_EvidenceInNeeded, total=False):
    """Pieces of proof. `from_buyer`: the buyer answers what was asked for."""

    text: str
    from_buyer: bool


class _EvidencePieceNeeded(TypedDict):
    kind: str


class EvidencePiece(_EvidencePieceNeeded, total=False):
    """One piece of proof."""

    by: str
    file: str


class ExtraIn(TypedDict):
    """Something on top. `turn`: how many there were when you looked (`extra_turn` of the money)."""

    turn: int
    kind: str
    amount: str
    note: str


class _FailedInNeeded(TypedDict):
    wants: str
    why: str


class FailedIn(_FailedInNeeded, total=False):
    """What is wrong now, and what the buyer wants."""

    by_buyer: bool


class FreightRuleTold(TypedDict):
    """A rule that says who pays the way back."""

    rule: str
    layer: str
    source: str


class FreightWhole(TypedDict):
    """A case's freight. `payer`: merchant or buyer, "" where nothing comes back; `way`: self, label or pickup, "" where nothing was chosen; `hindered`: why nothing may be bought now, in both languages; `sells`, `collects`: the network that would do it, "" for none."""

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


class GoodsFilePut(TypedDict):
    """The file, and whether it is new there."""

    sha256: str
    shop: str
    order: str
    waybill: str
    purpose: str
    grams: int | None
    kind: str
    mime: str
    size: int
    name: str
    at: str
    new: bool


class GoodsFileTold(TypedDict):
    """A file that is kept under an order or a waybill."""

    sha256: str
    shop: str
    order: str
    waybill: str
    purpose: str
    grams: int | None
    kind: str
    mime: str
    size: int
    name: str
    at: str


class GoodsFiles(TypedDict):
    """The files."""

    items: list[GoodsFileTold]


class HitTold(TypedDict):
    """Something that a scan found. `kind`: case, stray or order; `by`: what of it fits (waybill, shipment, case, order, label)."""

    kind: str
    id: int
    key: str
    shop: str
    by: str
    status: str
    open: bool


class HoldTold(TypedDict):
    """Stock that is or was held. `state`: held, shipped, released."""

    line: str
    sku: str
    quantity: int
    until: str
    state: str


class _InspectInNeeded(TypedDict):
    grade: str


class InspectIn(_InspectInNeeded, total=False):
    """What the warehouse found. A as new, B opened, C worn or incomplete, D not resaleable."""

    findings: list[str]
    goods: dict[str, bool] | None


class _InsuranceInNeeded(TypedDict):
    move: str


class InsuranceIn(_InsuranceInNeeded, total=False):
    """Where freight insurance stands. `amount`: what is expected, or with `pay` what was paid."""

    insured_by: str
    amount: str | None


class InsuranceTold(TypedDict):
    """Freight insurance (运费险). `moves`: what may be noted now."""

    state: str
    insured_by: str
    expected: str | None
    paid: str | None
    moves: list[str]


class InterceptIn(TypedDict, total=False):
    """`shipment`: which, where several are on their way."""

    shipment: str
    why: str


class InterceptionTold(TypedDict):
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


class _InterceptionToldInNeeded(TypedDict):
    move: str


class InterceptionToldIn(_InterceptionToldInNeeded, total=False):
    """What the carrier said of it."""

    why: str


class JoinIn(TypedDict):
    """The case that a dispute is about."""

    case: int


class _LabelRatesInNeeded(TypedDict):
    name: str
    street: str
    city: str
    zip: str
    country: str


class LabelRatesIn(_LabelRatesInNeeded, total=False):
    """The buyer's address, kept only until a label is bought, a day at most otherwise. `length`, `width`, `height`: millimetres; weight and sides as the shop's terms have them where they are left out."""

    street2: str
    state: str
    phone: str
    grams: int | None
    length: int | None
    width: int | None
    height: int | None


class _LineFoundInNeeded(TypedDict):
    line: str


class LineFoundIn(_LineFoundInNeeded, total=False):
    """What was found of one line; the counts come to the pieces that are asked about. `percent`: taken off the defective pieces, null for what the schedule says."""

    good: int
    defective: int
    missing: int
    wrong: int
    grade: str
    states: list[str]
    percent: int | None
    serials: list[str]
    lots: list[str]
    note: str


class _LineInNeeded(TypedDict):
    id: str


class LineIn(_LineInNeeded, total=False):
    """A line of the order, and how many of it."""

    quantity: int


class _ListingInNeeded(TypedDict):
    title: str


class ListingIn(_ListingInNeeded, total=False):
    """A listing as it stands. `pictures`: the SHA-256 of each. `as_of`: since when it stands so; now where it is left out."""

    text: str
    price: str
    currency: str
    attributes: dict[str, str]
    pictures: list[str]
    url: str
    as_of: str | None


class ListingPut(TypedDict):
    """The version that stands, and whether it is new."""

    shop: str
    sku: str
    version: int
    as_of: str
    told_at: str
    sha256: str
    title: str
    text: str
    price: str
    currency: str
    attributes: dict[str, str]
    pictures: list[str]
    url: str
    new: bool


class ListingTold(TypedDict):
    """A version of a listing. `sha256`: its fingerprint."""

    shop: str
    sku: str
    version: int
    as_of: str
    told_at: str
    sha256: str
    title: str
    text: str
    price: str
    currency: str
    attributes: dict[str, str]
    pictures: list[str]
    url: str


class ListingVersions(TypedDict):
    """The versions."""

    items: list[ListingTold]


class LogTold(TypedDict):
    """A case's log; `whole`: its chain holds."""

    entries: list[EntryTold]
    whole: bool


class LookedAll(TypedDict):
    """The preview."""

    items: list[LookedTold]


class LookedTold(TypedDict):
    """One case of a preview. `group`: can, person, blocked."""

    case: int
    key: str
    group: str
    total: int
    currency: str
    digest: str
    why: dict[str, Any] | None


class MergeIn(TypedDict):
    """The case that takes the lines in."""

    into: int


class _MessageInNeeded(TypedDict):
    text: str


class MessageIn(_MessageInNeeded, total=False):
    """What is said; `from_buyer`: the buyer said it."""

    from_buyer: bool


class MessageTold(TypedDict):
    """Something that was said."""

    id: int
    at: str
    by_kind: str
    by: str
    text: str
    state: str


class MessagesTold(TypedDict):
    """What was said on a case; notes stay inside."""

    items: list[MessageTold]


class MoneyTold(TypedDict):
    """The money of a case."""

    currency: str
    payments: list[PaymentTold]
    plans: list[PlanTold]
    extra_turn: int


class NothingIn(TypedDict):
    """Nothing needs saying; `{}`."""


class _OfferInNeeded(TypedDict):
    kind: str


class OfferIn(_OfferInNeeded, total=False):
    """Another answer than the one asked for. `amount`: for kinds that give money."""

    amount: str | None
    note: str
    coupon: str
    days: int


class OfferTold(TypedDict):
    """An offer to the buyer."""

    number: int
    kind: str
    amount: str | None
    coupon: str
    note: str
    state: str
    expires_at: str


class OffersTold(TypedDict):
    """The offers of a case, oldest first."""

    items: list[OfferTold]


class OpenedCase(TypedDict):
    """A case that was opened; `new` is false where one of this key was there."""

    id: int
    key: str
    shop: str
    merchant: str
    market: str
    currency: str
    order: str
    status: str
    tracks: Tracks
    version: int
    assignee: str
    exception: str
    escalated_to: str
    waits_for_approval: bool
    agreed: dict[str, Any] | None
    decision: dict[str, Any] | None
    new: bool


class _OrderInNeeded(TypedDict):
    order: dict[str, Any]


class OrderIn(_OrderInNeeded, total=False):
    """An order: the parts of a case file (`amends.case/1`) that are no request, and how the buyer is reached."""

    shipments: list[dict[str, Any]] | None
    market: str | None
    consumer: bool | None
    withdrawal_informed: bool | None
    shop: dict[str, Any] | None
    goods: dict[str, Any] | None
    defect: dict[str, Any] | None
    evidence: list[dict[str, Any]] | None
    buyer: dict[str, Any] | None
    platform: dict[str, Any] | None
    contact: ContactIn


class OrderPut(TypedDict):
    """Whether anything was new."""

    shop: str
    number: str
    changed: bool


class OrderTold(TypedDict):
    """An order as it is kept."""

    shop: str
    number: str
    file: dict[str, Any]
    updated_at: str


class _PaidInNeeded(TypedDict):
    reference: str


class PaidIn(_PaidInNeeded, total=False):
    """`amount`: what came; it must be what was asked for."""

    amount: str | None


class _ParcelInNeeded(TypedDict):
    waybill: str


class ParcelIn(_ParcelInNeeded, total=False):
    """The parcel by which the goods come back."""

    carrier: str
    by_buyer: bool


class PaymentTold(TypedDict):
    """A payment: what it took in, gave back, has promised and has left."""

    payment: str
    method: str
    captured: str
    given_back: str
    promised: str
    left: str


class _PickupRatesInNeeded(TypedDict):
    name: str
    phone: str
    state: str
    city: str
    street: str


class PickupRatesIn(_PickupRatesInNeeded, total=False):
    """The buyer's door in China, kept only until a courier is booked. `state`: the province; `street`: with the district."""

    grams: int | None


class _PieceInNeeded(TypedDict):
    line: str


class PieceIn(_PieceInNeeded, total=False):
    """Something that goes out. `price`: of all its pieces together; none: the same as was paid."""

    quantity: int | None
    sku: str
    title: str
    price: str | None


class PlanTold(TypedDict):
    """A plan: what was promised at once."""

    id: int
    purpose: str
    state: str
    total: str
    currency: str
    needs_role: str
    proposed_by: str
    settled_by: str
    steps: list[StepTold]


class PoliciesTold(TypedDict):
    """The policies."""

    items: list[PolicyTold]


class PolicyTextIn(TypedDict):
    """A policy (`amends.policy/1`, YAML)."""

    text: str


class PolicyTold(TypedDict):
    """A policy and the version that speaks."""

    id: int
    merchant: str
    name: str
    live_version: int | None


class Problem(TypedDict):
    """A fault (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None
    rules: list[str]


class _ProofInNeeded(TypedDict):
    proof: str


class ProofIn(_ProofInNeeded, total=False):
    """That a step was paid by hand: the bank's number or the file's name."""

    confirmed: bool


class _ProtectInNeeded(TypedDict):
    proof: str


class ProtectIn(_ProtectInNeeded, total=False):
    """The price of one piece now, and where it is seen. `prices`: by the line's id, where a case is about several lines."""

    price: str | None
    prices: dict[str, str]


class _QuoteInNeeded(TypedDict):
    text: str


class QuoteIn(_QuoteInNeeded, total=False):
    """What is repaired, what it costs (nothing: free), how long it takes."""

    price: str | None
    days: int
    link: str


class QuoteTold(TypedDict):
    """Offers that stand for a day: `POST /cases/{id}/bookings/{booking}/buy` chooses one."""

    booking: int
    kind: str
    offers: list[CarriageOfferTold]


class ReceiveIn(TypedDict, total=False):
    """A word on what arrived."""

    note: str


class ReferenceIn(TypedDict):
    """What proves it."""

    reference: str


class RefusalTold(TypedDict):
    """What stands for and against refusing."""

    allowed: bool
    may_override: bool
    rules: list[dict[str, Any]]
    alternatives: list[dict[str, Any]]


class _RefuseInNeeded(TypedDict):
    reason: str


class RefuseIn(_RefuseInNeeded, total=False):
    """Why the request is refused. `override`: why it is refused against a rule, for roles that may."""

    text: str
    override: str
    proof: list[str]


class ReimburseIn(TypedDict):
    """The buyer's own freight back. `receipt`: SHA-256 of a file on the case's shelf."""

    amount: str
    receipt: str


class RemedyTold(TypedDict):
    """The stock held for a case, and what its buyer is asked for."""

    holds: list[HoldTold]
    charges: list[ChargeTold]


class _RepairInNeeded(TypedDict):
    step: str


class RepairIn(_RepairInNeeded, total=False):
    """The workshop's step."""

    note: str


class RepairedIn(TypedDict, total=False):
    """For how many days the repair is warranted."""

    warranty_days: int
    note: str


class ReplayIn(TypedDict):
    """Since when what failed for good is sent again."""

    since: str


class ReviewAnswered(TypedDict):
    """A review with where its answer stands. `state`: open, proposed, approved (to be sent out) or answered; `answer`: the text that may go out or stands there, null before."""

    id: int
    shop: str
    review: str
    stars: int
    at: str
    order: str
    sku: str
    kind: str
    state: str
    answer: str | None
    answered_at: str | None
    case: int | None


class ReviewFaultTold(TypedDict):
    """Why a review was not kept. `row`: its place in what was sent, from 1; `field`: what of it is at fault."""

    row: int
    field: str
    en: str
    zh: str


class _ReviewInNeeded(TypedDict):
    review: str
    stars: int
    at: str


class ReviewIn(_ReviewInNeeded, total=False):
    """A review. `review`: the platform's own number, one in a shop; `at` without an offset is the shop's local time."""

    text: str
    order: str
    sku: str
    author: str
    kind: str
    link: str
    answer: str
    answered_at: str


class ReviewsIn(TypedDict):
    """Reviews of a shop, up to 500 at once."""

    items: list[ReviewIn]


class ReviewsTaken(TypedDict):
    """What became of reviews that were told."""

    new: int
    changed: int
    same: int
    faults: list[ReviewFaultTold]


class ReviewsTold(TypedDict):
    """Reviews, those taken in last first. `next`: the cursor to go on with, null at the end."""

    items: list[ReviewAnswered]
    next: str | None


class RuleTold(TypedDict):
    """A rule."""

    id: str
    layer: str
    effect: str
    pack: str
    source: str
    title: dict[str, Any]


class RulesTold(TypedDict):
    """Every rule that can take part in a decision."""

    items: list[RuleTold]


class _RulingInNeeded(TypedDict):
    outcome: str
    liability: str


class RulingIn(_RulingInNeeded, total=False):
    """`amount`: what we keep of it, where it was won in part."""

    amount: str | None
    note: str


class _SayInNeeded(TypedDict):
    said: str


class SayIn(_SayInNeeded, total=False):
    """What a person found on the seller's own console, where nobody else could tell. `waybill`: where it was bought."""

    waybill: str
    note: str


class ScanTold(TypedDict):
    """What goes by a number."""

    items: list[HitTold]


class ScoresIn(TypedDict):
    """`values`: by measure, as people write them: points, percent, hours (or seconds with an s). `score` is the score itself."""

    values: dict[str, str]


class ScoresKept(TypedDict):
    """What was kept: points, shares (0.0123) and seconds."""

    shop: str
    programme: str
    day: str
    values: dict[str, str]


class _SheetInNeeded(TypedDict):
    lines: list[LineFoundIn]


class SheetIn(_SheetInNeeded, total=False):
    """An inspection. What may cost the buyer money needs a photo that the shop has put on the case before."""

    why: str
    grams: int | None
    notes: list[str]


class ShopTold(TypedDict):
    """A shop."""

    name: str
    merchant: str
    channel: str
    market: str
    currency: str


class ShopsTold(TypedDict):
    """The shops of the token's merchants."""

    items: list[ShopTold]


class SignalTold(TypedDict):
    """Something about a waybill that does not fit. `case`: the key of the other case."""

    code: str
    waybill: str
    case: str
    place: str
    at: str


class _SignalWrongInNeeded(TypedDict):
    code: str
    waybill: str
    why: str


class SignalWrongIn(_SignalWrongInNeeded, total=False):
    """Which signal a person found wrong, as it was told, and why."""

    case: str
    place: str
    at: str


class _SignsInNeeded(TypedDict):
    order: str
    paid_at: str
    amount: str
    currency: str


class SignsIn(_SignsInNeeded, total=False):
    """Who made a payment. `credential`: a fingerprint or a token of the card, never its number. `signs`: ip, device, fingerprint, account, address."""

    credential: str
    last4: str
    goods: str
    signs: dict[str, str]


class SignsPut(TypedDict):
    """Whether they were new."""

    shop: str
    reference: str
    new: bool


class SplitIn(TypedDict):
    """The lines that get a case of their own."""

    lines: list[str]


class SplitTold(TypedDict):
    """Both cases."""

    case: CaseTold
    other: CaseTold


class StepTold(TypedDict):
    """A step of a plan: an amount that goes back by a gateway. `state`: proposed, requested, sent, unknown, succeeded, failed …"""

    id: int
    kind: str
    gateway: str
    payment: str | None
    amount: str
    currency: str
    state: str
    reference: str
    alarm: str
    due_at: str | None
    settled_at: str | None


class _SubmitInNeeded(TypedDict):
    digest: str


class SubmitIn(_SubmitInNeeded, total=False):
    """`digest`: of what was looked at; where it has changed since, nothing is sent."""

    at_safe_time: bool


class TakeIn(TypedDict, total=False):
    """`over`: take it from whoever has it."""

    over: bool


class TextIn(TypedDict):
    """What is written down."""

    text: str


class Tracks(TypedDict):
    """Where a case stands."""

    decision: str
    goods: str
    replacement: str
    repair: str
    platform: str
    card: str
    desk: str


class _WayBackInNeeded(TypedDict):
    way: str


class WayBackIn(_WayBackInNeeded, total=False):
    """`waybill`: of a label that was bought elsewhere."""

    waybill: str


class _WaybillInNeeded(TypedDict):
    waybill: str


class WaybillIn(_WaybillInNeeded, total=False):
    """The parcel that goes out."""

    why: str


class WhyIn(TypedDict):
    """The reason, in words."""

    why: str


class WithdrawIn(TypedDict, total=False):
    """Why the request is taken back; `by_buyer`: the buyer did it, not the desk."""

    why: str
    by_buyer: bool


class WithdrawnTold(TypedDict):
    """A signal that does not count any more. `why`: a person's words, or what was told otherwise since; `by`: "" for the house itself."""

    code: str
    waybill: str
    case: str
    place: str
    at: str
    why: str
    by: str
    withdrawn_at: str


class YesIn(TypedDict, total=False):
    """A word with the yes."""

    note: str


class Client:
    """Calls the API with a token. Every write carries an idempotency key: your own, or one that is drawn and kept over retries."""

    def __init__(self, base_url: str, token: str, language: str = "en", retries: int = 2, timeout: float = 30) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, trust_env=False)
        self._retries = retries

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        query: dict[str, Any] | None = None,
        body: Any = None,
        key: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        headers = {"If-Match": if_match} if if_match else {}
        if method != "GET":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        params = {name: value for name, value in (query or {}).items() if value is not None}
        for left in range(self._retries, -1, -1):
            try:
                answer = self._http.request(method, path, params=params, json=body, headers=headers)
            except httpx.TransportError:
                if not left:
                    raise
                continue
            if answer.status_code >= 500 and left:
                continue
            break
        if answer.status_code >= 400:
            raise ApiProblem(answer.status_code, answer.json())
        return answer.json() if answer.content else None

    def open_case(self, body: CaseIn, *, key: str | None = None) -> OpenedCase:
        """Open a case and decide it. Scope: cases:write."""
        found: OpenedCase = self._call("POST", "/api/v1/cases", None, body, key=key)
        return found

    def list_cases(
        self,
        *,
        shop: str | None = None,
        state: str | None = None,
        status: str | None = None,
        order: str | None = None,
        key: str | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> CasePage:
        """Cases, the newest first. Scope: cases:read."""
        found: CasePage = self._call(
            "GET",
            "/api/v1/cases",
            {
                "shop": shop,
                "state": state,
                "status": status,
                "order": order,
                "key": key,
                "after": after,
                "limit": limit,
            },
            None,
        )
        return found

    def read_case(self, id: int) -> CaseWhole:
        """A case whole. Scope: cases:read."""
        found: CaseWhole = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}", None, None)
        return found

    def read_log(self, id: int) -> LogTold:
        """A case's log. Scope: cases:read."""
        found: LogTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/log", None, None)
        return found

    def read_deadlines(self, id: int) -> DeadlinesTold:
        """A case's deadlines. Scope: cases:read."""
        found: DeadlinesTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/deadlines", None, None)
        return found

    def read_remedy(self, id: int) -> RemedyTold:
        """Stock held for a case, and what its buyer is asked for. Scope: cases:read."""
        found: RemedyTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/remedy", None, None)
        return found

    def read_messages(self, id: int) -> MessagesTold:
        """What was said on a case. Scope: cases:read."""
        found: MessagesTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/messages", None, None)
        return found

    def read_offers(self, id: int) -> OffersTold:
        """A case's offers. Scope: cases:read."""
        found: OffersTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/offers", None, None)
        return found

    def read_effect(self, id: int) -> EffectTold:
        """What approving would do. Scope: money:read."""
        found: EffectTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/effect", None, None)
        return found

    def read_refusal(self, id: int) -> RefusalTold:
        """What stands for and against refusing. Scope: cases:read."""
        found: RefusalTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/refusal", None, None)
        return found

    def case_approve(
        self, id: int, body: ApproveIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Do what is suggested. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/approve", None, body, key=key, if_match=if_match
        )
        return found

    def case_refuse(self, id: int, body: RefuseIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Refuse what is asked. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/refuse", None, body, key=key, if_match=if_match
        )
        return found

    def case_ask(self, id: int, body: AskIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Ask the buyer for proof or facts. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/ask", None, body, key=key, if_match=if_match
        )
        return found

    def case_evidence(
        self, id: int, body: EvidenceIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Add pieces of proof. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/evidence", None, body, key=key, if_match=if_match
        )
        return found

    def case_offer(self, id: int, body: OfferIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Put another answer to the buyer. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/offer", None, body, key=key, if_match=if_match
        )
        return found

    def case_offer_take_back(
        self, id: int, body: NothingIn | None = None, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Take an open offer back. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/offer/take-back",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_offers_answer(
        self, id: int, offer: int, body: AnswerIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The buyer's answer to an offer. Scope: money:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/offers/{quote(str(offer), safe='')}/answer",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_withdraw(
        self, id: int, body: WithdrawIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The buyer takes the request back. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/withdraw", None, body, key=key, if_match=if_match
        )
        return found

    def case_close(self, id: int, body: CloseIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """End a case. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/close", None, body, key=key, if_match=if_match
        )
        return found

    def case_reopen(self, id: int, body: WhyIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Take a case up again. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/reopen", None, body, key=key, if_match=if_match
        )
        return found

    def case_note(self, id: int, body: TextIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Write something down for colleagues. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/note", None, body, key=key, if_match=if_match
        )
        return found

    def case_message(
        self, id: int, body: MessageIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Write to the buyer, or take in what the buyer wrote. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/message", None, body, key=key, if_match=if_match
        )
        return found

    def case_take(self, id: int, body: TakeIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Take a case. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/take", None, body, key=key, if_match=if_match
        )
        return found

    def case_release(
        self, id: int, body: NothingIn | None = None, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Let go of a case. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/release", None, body or {}, key=key, if_match=if_match
        )
        return found

    def case_assign(self, id: int, body: AssignIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Give a case to someone. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/assign", None, body, key=key, if_match=if_match
        )
        return found

    def case_escalate(
        self, id: int, body: EscalateIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Hand a case up. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/escalate", None, body, key=key, if_match=if_match
        )
        return found

    def case_undo(
        self, id: int, body: NothingIn | None = None, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Take back the last press. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/undo", None, body or {}, key=key, if_match=if_match
        )
        return found

    def case_split(self, id: int, body: SplitIn, *, key: str | None = None, if_match: str | None = None) -> SplitTold:
        """Make a case of its own of some lines. Scope: cases:write."""
        found: SplitTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/split", None, body, key=key, if_match=if_match
        )
        return found

    def case_merge(self, id: int, body: MergeIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Put a case's lines into another. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/merge", None, body, key=key, if_match=if_match
        )
        return found

    def case_parcel(self, id: int, body: ParcelIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """The goods were sent back, under this waybill. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/parcel", None, body, key=key, if_match=if_match
        )
        return found

    def case_receive(
        self, id: int, body: ReceiveIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The parcel is here. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/receive", None, body, key=key, if_match=if_match
        )
        return found

    def case_inspect(
        self, id: int, body: InspectIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """What the warehouse found; receives the parcel too, and pays where nothing stands against it. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/inspect", None, body, key=key, if_match=if_match
        )
        return found

    def case_settle(
        self, id: int, body: NothingIn | None = None, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Pay what an approved case gives. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/settle", None, body or {}, key=key, if_match=if_match
        )
        return found

    def case_lost(self, id: int, body: WhyIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """The parcel back was lost. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/lost", None, body, key=key, if_match=if_match
        )
        return found

    def case_send_goods_back(
        self, id: int, body: WaybillIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Return goods to the buyer that were not accepted. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/send-goods-back", None, body, key=key, if_match=if_match
        )
        return found

    def case_ship_replacement(
        self, id: int, body: WaybillIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The replacement is on its way. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/ship-replacement", None, body, key=key, if_match=if_match
        )
        return found

    def case_replacement_lost(
        self, id: int, body: WhyIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """What went out to the buyer was lost; it can go out again. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/replacement-lost", None, body, key=key, if_match=if_match
        )
        return found

    def case_replacement_delivered(
        self, id: int, body: DeliveredIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The buyer has the replacement. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/replacement-delivered",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_approval_yes(
        self, id: int, body: YesIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Say yes to what waits, as a second person. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/approval/yes", None, body, key=key, if_match=if_match
        )
        return found

    def case_approval_no(
        self, id: int, body: WhyIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Say no to what waits. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/approval/no", None, body, key=key, if_match=if_match
        )
        return found

    def case_choose(self, id: int, body: ChooseIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Say what goes out, in an exchange or for what is missing. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/choose", None, body, key=key, if_match=if_match
        )
        return found

    def case_choices(
        self, id: int, body: ChoicesIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Let the buyer choose what goes out. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/choices", None, body, key=key, if_match=if_match
        )
        return found

    def case_choices_pick(
        self,
        id: int,
        choice: int,
        body: NothingIn | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> CaseTold:
        """The buyer's choice, counted from 1. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/choices/{quote(str(choice), safe='')}/pick",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_release_stock(
        self, id: int, body: NothingIn | None = None, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Hold the stock of the case no longer. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/release-stock",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_advance(
        self, id: int, body: AdvanceIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Let the replacement go out before the goods are back. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/advance", None, body, key=key, if_match=if_match
        )
        return found

    def case_charges_answer(
        self, id: int, charge: int, body: ConsentIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The buyer's answer to what was asked for. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/charges/{quote(str(charge), safe='')}/answer",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_charges_paid(
        self, id: int, charge: int, body: PaidIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """It was paid; a deposit is held. The same reference again changes nothing. Scope: money:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/charges/{quote(str(charge), safe='')}/paid",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_charges_capture(
        self, id: int, charge: int, body: ReferenceIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """A deposit that is due was taken. Scope: money:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/charges/{quote(str(charge), safe='')}/capture",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_charges_release(
        self,
        id: int,
        charge: int,
        body: NothingIn | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> CaseTold:
        """Let go of a deposit. Scope: money:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/charges/{quote(str(charge), safe='')}/release",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_charges_drop(
        self,
        id: int,
        charge: int,
        body: NothingIn | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> CaseTold:
        """Ask for it no more. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/charges/{quote(str(charge), safe='')}/drop",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_charges_give_back(
        self,
        id: int,
        charge: int,
        body: NothingIn | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> CaseTold:
        """Give back what the buyer paid on top. Scope: money:write."""
        found: CaseTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/charges/{quote(str(charge), safe='')}/give-back",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_quote(self, id: int, body: QuoteIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """Quote a repair; without a price it is free. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/quote", None, body, key=key, if_match=if_match
        )
        return found

    def case_repair(self, id: int, body: RepairIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """What the workshop does. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/repair", None, body, key=key, if_match=if_match
        )
        return found

    def case_repaired(
        self, id: int, body: RepairedIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """The piece is repaired. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/repaired", None, body, key=key, if_match=if_match
        )
        return found

    def case_failed(self, id: int, body: FailedIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """What was done did not put it right. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/failed", None, body, key=key, if_match=if_match
        )
        return found

    def case_price_protection(
        self, id: int, body: ProtectIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """Give the difference to a lower price. Scope: money:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/price-protection", None, body, key=key, if_match=if_match
        )
        return found

    def case_arrivals(
        self, id: int, body: ArrivalIn, *, key: str | None = None, if_match: str | None = None
    ) -> CaseTold:
        """A parcel of the case came, with its waybill and weight; a further one has its own. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/arrivals", None, body, key=key, if_match=if_match
        )
        return found

    def case_sheet(self, id: int, body: SheetIn, *, key: str | None = None, if_match: str | None = None) -> CaseTold:
        """What was found, line by line; a second sheet is another person's second look. Scope: cases:write."""
        found: CaseTold = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/sheet", None, body, key=key, if_match=if_match
        )
        return found

    def case_way_back(
        self, id: int, body: WayBackIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """How the goods come back. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/way-back", None, body, key=key, if_match=if_match
        )
        return found

    def case_bookings_buy(
        self, id: int, booking: int, body: BuyIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """Buy a label or book a courier that was offered, once. Scope: money:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/bookings/{quote(str(booking), safe='')}/buy",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_bookings_drop(
        self,
        id: int,
        booking: int,
        body: NothingIn | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> FreightWhole:
        """Let offers be, or a wish that has not left the house. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/bookings/{quote(str(booking), safe='')}/drop",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_bookings_void(
        self,
        id: int,
        booking: int,
        body: NothingIn | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> FreightWhole:
        """Give an unused label back, or call a courier off. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/bookings/{quote(str(booking), safe='')}/void",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_bookings_say(
        self, id: int, booking: int, body: SayIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """What a person found where nobody else could tell. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/bookings/{quote(str(booking), safe='')}/say",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_insurance(
        self, id: int, body: InsuranceIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """Where freight insurance stands. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/insurance", None, body, key=key, if_match=if_match
        )
        return found

    def case_reimburse(
        self, id: int, body: ReimburseIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """Give the buyer's own freight back against a receipt, once. Scope: money:write."""
        found: FreightWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/reimburse", None, body, key=key, if_match=if_match
        )
        return found

    def case_freight_with_refund(
        self, id: int, body: NothingIn | None = None, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """Note that the buyer's freight went with the refund. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/freight-with-refund",
            None,
            body or {},
            key=key,
            if_match=if_match,
        )
        return found

    def case_carrier_claims(
        self, id: int, body: ClaimIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """Draft a claim against a carrier. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/carrier-claims", None, body, key=key, if_match=if_match
        )
        return found

    def case_carrier_claims_move(
        self, id: int, claim: int, body: ClaimMoveIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """What became of a claim. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/carrier-claims/{quote(str(claim), safe='')}/move",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def case_signals_wrong(
        self, id: int, body: SignalWrongIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """A signal that a person found wrong counts no more. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/signals/wrong", None, body, key=key, if_match=if_match
        )
        return found

    def case_interceptions(
        self, id: int, body: InterceptIn, *, key: str | None = None, if_match: str | None = None
    ) -> FreightWhole:
        """Ask for a parcel to be brought back. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/interceptions", None, body, key=key, if_match=if_match
        )
        return found

    def case_interceptions_told(
        self,
        id: int,
        interception: int,
        body: InterceptionToldIn,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> FreightWhole:
        """What the carrier said of it; success pays back. Scope: cases:write."""
        found: FreightWhole = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/interceptions/{quote(str(interception), safe='')}/told",
            None,
            body,
            key=key,
            if_match=if_match,
        )
        return found

    def read_money(self, id: int) -> MoneyTold:
        """A case's money. Scope: money:read."""
        found: MoneyTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/money", None, None)
        return found

    def prove_step(self, id: int, step: int, body: ProofIn, *, key: str | None = None) -> PlanTold:
        """A step was paid by hand. Scope: money:write."""
        found: PlanTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/steps/{quote(str(step), safe='')}/proof",
            None,
            body,
            key=key,
        )
        return found

    def prove_case(self, id: int, body: ProofIn, *, key: str | None = None) -> PlanTold:
        """What a case gives was paid by hand. Scope: money:write."""
        found: PlanTold = self._call("POST", f"/api/v1/cases/{quote(str(id), safe='')}/proof", None, body, key=key)
        return found

    def cancel_step(self, id: int, step: int, body: NothingIn | None = None, *, key: str | None = None) -> PlanTold:
        """Cancel a step that was never sent. Scope: money:write."""
        found: PlanTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/steps/{quote(str(step), safe='')}/cancel",
            None,
            body or {},
            key=key,
        )
        return found

    def give_extra(self, id: int, body: ExtraIn, *, key: str | None = None) -> PlanTold:
        """Give something on top of the decision. Scope: money:write."""
        found: PlanTold = self._call("POST", f"/api/v1/cases/{quote(str(id), safe='')}/extra", None, body, key=key)
        return found

    def approve_plan(self, id: int, plan: int, body: NothingIn | None = None, *, key: str | None = None) -> PlanTold:
        """Say yes to a proposed plan. Scope: money:write."""
        found: PlanTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/plans/{quote(str(plan), safe='')}/approve",
            None,
            body or {},
            key=key,
        )
        return found

    def refuse_plan(self, id: int, plan: int, body: WhyIn, *, key: str | None = None) -> PlanTold:
        """Say no to a proposed plan. Scope: money:write."""
        found: PlanTold = self._call(
            "POST",
            f"/api/v1/cases/{quote(str(id), safe='')}/plans/{quote(str(plan), safe='')}/refuse",
            None,
            body,
            key=key,
        )
        return found

    def list_approvals(self) -> ApprovalsTold:
        """What waits for a second person. Scope: money:read."""
        found: ApprovalsTold = self._call("GET", "/api/v1/approvals", None, None)
        return found

    def preview_bulk(self, body: BulkIn) -> LookedAll:
        """What approving each of these would do. Scope: money:read."""
        found: LookedAll = self._call("POST", "/api/v1/bulk/preview", None, body)
        return found

    def run_bulk(self, body: BulkRunIn, *, key: str | None = None) -> DoneAll:
        """Do one verb on many cases. Scope: money:write."""
        found: DoneAll = self._call("POST", "/api/v1/bulk", None, body, key=key)
        return found

    def list_shops(self) -> ShopsTold:
        """The shops. Scope: settings:read."""
        found: ShopsTold = self._call("GET", "/api/v1/shops", None, None)
        return found

    def tell_order(self, shop: str, number: str, body: OrderIn, *, key: str | None = None) -> OrderPut:
        """Tell an order. Scope: orders:write."""
        found: OrderPut = self._call(
            "PUT",
            f"/api/v1/shops/{quote(str(shop), safe='')}/orders/{quote(str(number), safe='')}",
            None,
            body,
            key=key,
        )
        return found

    def read_order(self, shop: str, number: str) -> OrderTold:
        """An order as it is kept. Scope: orders:read."""
        found: OrderTold = self._call(
            "GET", f"/api/v1/shops/{quote(str(shop), safe='')}/orders/{quote(str(number), safe='')}", None, None
        )
        return found

    def put_goods_file(
        self,
        shop: str,
        number: str,
        name: str,
        *,
        purpose: str | None = None,
        number_is: str | None = None,
        grams: int | None | None = None,
    ) -> GoodsFilePut:
        """Keep a packing video or a weighing photo. Scope: evidence:write."""
        found: GoodsFilePut = self._call(
            "PUT",
            f"/api/v1/shops/{quote(str(shop), safe='')}/goods/{quote(str(number), safe='')}/files/{quote(str(name), safe='')}",
            {"purpose": purpose, "number_is": number_is, "grams": grams},
            None,
        )
        return found

    def list_goods_files(self, shop: str, number: str) -> GoodsFiles:
        """What is kept of an order or a waybill. Scope: evidence:read."""
        found: GoodsFiles = self._call(
            "GET", f"/api/v1/shops/{quote(str(shop), safe='')}/goods/{quote(str(number), safe='')}/files", None, None
        )
        return found

    def tell_listing(self, shop: str, sku: str, body: ListingIn, *, key: str | None = None) -> ListingPut:
        """Tell a listing as it stands. Scope: evidence:write."""
        found: ListingPut = self._call(
            "PUT", f"/api/v1/shops/{quote(str(shop), safe='')}/listings/{quote(str(sku), safe='')}", None, body, key=key
        )
        return found

    def list_listing_versions(self, shop: str, sku: str) -> ListingVersions:
        """The versions of a listing. Scope: evidence:read."""
        found: ListingVersions = self._call(
            "GET", f"/api/v1/shops/{quote(str(shop), safe='')}/listings/{quote(str(sku), safe='')}", None, None
        )
        return found

    def list_disputes(self, *, view: str | None = None, number: int | None = None) -> DisputesTold:
        """Disputes. Scope: cases:read."""
        found: DisputesTold = self._call("GET", "/api/v1/disputes", {"view": view, "number": number}, None)
        return found

    def list_case_disputes(self, id: int) -> DisputesTold:
        """A case's disputes. Scope: cases:read."""
        found: DisputesTold = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/disputes", None, None)
        return found

    def open_dispute(self, id: int, body: DisputeIn, *, key: str | None = None) -> DisputeWhole:
        """Write down a dispute that no gateway tells of. Scope: cases:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/cases/{quote(str(id), safe='')}/disputes", None, body, key=key
        )
        return found

    def tell_signs(self, shop: str, reference: str, body: SignsIn, *, key: str | None = None) -> SignsPut:
        """Tell who made a payment. Scope: orders:write."""
        found: SignsPut = self._call(
            "PUT",
            f"/api/v1/shops/{quote(str(shop), safe='')}/payments/{quote(str(reference), safe='')}/signs",
            None,
            body,
            key=key,
        )
        return found

    def read_dispute(self, dispute: int) -> DisputeWhole:
        """A dispute whole. Scope: cases:read."""
        found: DisputeWhole = self._call("GET", f"/api/v1/disputes/{quote(str(dispute), safe='')}", None, None)
        return found

    def dispute_join(self, dispute: int, body: JoinIn, *, key: str | None = None) -> DisputeWhole:
        """Make a dispute a case's. Scope: cases:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/join", None, body, key=key
        )
        return found

    def dispute_choose(self, dispute: int, body: ChooseAnswerIn, *, key: str | None = None) -> DisputeWhole:
        """Choose files and words of the answer; nothing leaves. Scope: cases:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/choose", None, body, key=key
        )
        return found

    def dispute_submit(self, dispute: int, body: SubmitIn, *, key: str | None = None) -> DisputeWhole:
        """Have what was chosen sent, once. Scope: cases:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/submit", None, body, key=key
        )
        return found

    def dispute_take_back(self, dispute: int, body: NothingIn | None = None, *, key: str | None = None) -> DisputeWhole:
        """Take back what waits to be sent. Scope: cases:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/take-back", None, body or {}, key=key
        )
        return found

    def dispute_accept(self, dispute: int, body: WhyIn, *, key: str | None = None) -> DisputeWhole:
        """Accept it: the buyer keeps the money. Scope: money:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/accept", None, body, key=key
        )
        return found

    def dispute_appeal(self, dispute: int, body: WhyIn, *, key: str | None = None) -> DisputeWhole:
        """Appeal a ruling in time. Scope: cases:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/appeal", None, body, key=key
        )
        return found

    def dispute_ruling(self, dispute: int, body: RulingIn, *, key: str | None = None) -> DisputeWhole:
        """How it was decided. Scope: money:write."""
        found: DisputeWhole = self._call(
            "POST", f"/api/v1/disputes/{quote(str(dispute), safe='')}/ruling", None, body, key=key
        )
        return found

    def decide(self, body: DecideIn) -> DecisionTold:
        """Decide a case file. Scope: cases:read."""
        found: DecisionTold = self._call("POST", "/api/v1/decide", None, body)
        return found

    def list_policies(self) -> PoliciesTold:
        """The policies. Scope: settings:read."""
        found: PoliciesTold = self._call("GET", "/api/v1/policies", None, None)
        return found

    def check_policy(self, body: PolicyTextIn) -> CheckTold:
        """Check a policy's text. Scope: settings:read."""
        found: CheckTold = self._call("POST", "/api/v1/policies/check", None, body)
        return found

    def list_rules(self) -> RulesTold:
        """Every rule. Scope: settings:read."""
        found: RulesTold = self._call("GET", "/api/v1/rules", None, None)
        return found

    def list_webhooks(self) -> EndpointsTold:
        """The endpoints. Scope: webhooks:write."""
        found: EndpointsTold = self._call("GET", "/api/v1/webhooks", None, None)
        return found

    def make_webhook(self, body: EndpointIn, *, key: str | None = None) -> EndpointTold:
        """Begin to send events to an address. Scope: webhooks:write."""
        found: EndpointTold = self._call("POST", "/api/v1/webhooks", None, body, key=key)
        return found

    def read_webhook(self, id: int) -> EndpointTold:
        """An endpoint. Scope: webhooks:write."""
        found: EndpointTold = self._call("GET", f"/api/v1/webhooks/{quote(str(id), safe='')}", None, None)
        return found

    def change_webhook(self, id: int, body: EndpointChange, *, key: str | None = None) -> EndpointTold:
        """Change an endpoint. Scope: webhooks:write."""
        found: EndpointTold = self._call("PATCH", f"/api/v1/webhooks/{quote(str(id), safe='')}", None, body, key=key)
        return found

    def drop_webhook(self, id: int, *, key: str | None = None) -> CountTold:
        """Send nothing there any more. Scope: webhooks:write."""
        found: CountTold = self._call("DELETE", f"/api/v1/webhooks/{quote(str(id), safe='')}", None, None, key=key)
        return found

    def new_webhook_secret(self, id: int, body: NothingIn | None = None, *, key: str | None = None) -> EndpointTold:
        """Draw a new secret. Scope: webhooks:write."""
        found: EndpointTold = self._call(
            "POST", f"/api/v1/webhooks/{quote(str(id), safe='')}/secret", None, body or {}, key=key
        )
        return found

    def test_webhook(self, id: int, body: NothingIn | None = None, *, key: str | None = None) -> DeliveryTold:
        """Send a test event. Scope: webhooks:write."""
        found: DeliveryTold = self._call(
            "POST", f"/api/v1/webhooks/{quote(str(id), safe='')}/test", None, body or {}, key=key
        )
        return found

    def list_deliveries(self, id: int, *, after: str | None = None, limit: int | None = None) -> DeliveryPage:
        """What was or is to be sent. Scope: webhooks:write."""
        found: DeliveryPage = self._call(
            "GET", f"/api/v1/webhooks/{quote(str(id), safe='')}/deliveries", {"after": after, "limit": limit}, None
        )
        return found

    def replay_delivery(
        self, id: int, delivery: int, body: NothingIn | None = None, *, key: str | None = None
    ) -> DeliveryTold:
        """Send a delivery again. Scope: webhooks:write."""
        found: DeliveryTold = self._call(
            "POST",
            f"/api/v1/webhooks/{quote(str(id), safe='')}/deliveries/{quote(str(delivery), safe='')}/replay",
            None,
            body or {},
            key=key,
        )
        return found

    def replay_failed(self, id: int, body: ReplayIn, *, key: str | None = None) -> CountTold:
        """Send again all that failed. Scope: webhooks:write."""
        found: CountTold = self._call("POST", f"/api/v1/webhooks/{quote(str(id), safe='')}/replay", None, body, key=key)
        return found

    def list_events(self, *, after: str | None = None, limit: int | None = None) -> EventPage:
        """Everything that happened. Scope: cases:read."""
        found: EventPage = self._call("GET", "/api/v1/events", {"after": after, "limit": limit}, None)
        return found

    def tell_scores(self, shop: str, programme: str, day: str, body: ScoresIn, *, key: str | None = None) -> ScoresKept:
        """Tell what a platform showed on a day. Scope: cases:write."""
        found: ScoresKept = self._call(
            "PUT",
            f"/api/v1/shops/{quote(str(shop), safe='')}/scores/{quote(str(programme), safe='')}/{quote(str(day), safe='')}",
            None,
            body,
            key=key,
        )
        return found

    def scan(self, *, code: str | None = None) -> ScanTold:
        """What goes by a number. Scope: cases:read."""
        found: ScanTold = self._call("GET", "/api/v1/station/scan", {"code": code}, None)
        return found

    def read_freight(self, id: int) -> FreightWhole:
        """A case's freight. Scope: cases:read."""
        found: FreightWhole = self._call("GET", f"/api/v1/cases/{quote(str(id), safe='')}/freight", None, None)
        return found

    def label_rates(self, id: int, body: LabelRatesIn) -> FreightWhole:
        """Ask what a label would cost. Scope: cases:write."""
        found: FreightWhole = self._call("POST", f"/api/v1/cases/{quote(str(id), safe='')}/label-rates", None, body)
        return found

    def pickup_rates(self, id: int, body: PickupRatesIn) -> FreightWhole:
        """Ask what a courier to the buyer's door would cost. Scope: cases:write."""
        found: FreightWhole = self._call("POST", f"/api/v1/cases/{quote(str(id), safe='')}/pickup-rates", None, body)
        return found

    def list_carrier_claims(self, *, settled: bool | None = None) -> ClaimsTold:
        """Claims against carriers. Scope: cases:read."""
        found: ClaimsTold = self._call("GET", "/api/v1/carrier-claims", {"settled": settled}, None)
        return found

    def tell_reviews(self, shop: str, body: ReviewsIn, *, key: str | None = None) -> ReviewsTaken:
        """Tell reviews. Scope: reviews:write."""
        found: ReviewsTaken = self._call(
            "POST", f"/api/v1/shops/{quote(str(shop), safe='')}/reviews", None, body, key=key
        )
        return found

    def list_reviews(
        self, *, shop: str | None = None, state: str | None = None, after: str | None = None, limit: int | None = None
    ) -> ReviewsTold:
        """Reviews. Scope: reviews:read."""
        found: ReviewsTold = self._call(
            "GET", "/api/v1/reviews", {"shop": shop, "state": state, "after": after, "limit": limit}, None
        )
        return found

    def review_answered(self, id: int, body: NothingIn | None = None, *, key: str | None = None) -> ReviewAnswered:
        """Note that an answer is out. Scope: reviews:write."""
        found: ReviewAnswered = self._call(
            "POST", f"/api/v1/reviews/{quote(str(id), safe='')}/answered", None, body or {}, key=key
        )
        return found

"""A case's freight as its page and the buyer's page show it, and all claims against carriers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, read_minor
from amends.desk.cases.desk import decided
from amends.desk.cases.faults import UnableToWork
from amends.desk.freight.claims import PROOF, suggested
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.intercept import can_intercept
from amends.desk.freight.way_back import ceiling, check_reimbursable, freight_reasons, insurance_of, payer_of
from amends.desk.freight.withdraw import no_longer_counting
from amends.facts.freight import (
    CARRIER_CLAIM,
    INSURANCE,
    INSURER_PAYS,
    INTERCEPTION,
    OPEN_INTERCEPTION,
    CarrierClaim,
    FreightNote,
    Interception,
)
from amends.facts.freight_terms import CarrierTerms
from amends.facts.people import Person
from amends.facts.rulebook import Finding
from amends.facts.waybill_signals import WithdrawnSignal
from amends.facts.work import CaseState


@dataclass(frozen=True, slots=True)
class InterceptionView:
    """An interception with what can be said of it, and how its carrier is reached."""

    one: Interception
    moves: tuple[str, ...]
    terms: CarrierTerms


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with what can be done about it, and what its carrier wants to see."""

    one: CarrierClaim
    moves: tuple[str, ...]
    proof: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class FreightLook:
    """A case's freight. `payer`: buyer, merchant or "". `most`: the ceiling for the buyer's own freight. `hindered`: why it is not given
    back now. `expected`: the most that insurance pays. `may_stop`: shipments that can be asked to be stopped.
    `signals`: that count; `withdrawn`: that do not any more.
    """

    payer: str
    reasons: tuple[Finding, ...]
    note: FreightNote
    insurance_moves: tuple[str, ...]
    expected: Minor | None
    most: Minor | None
    hindered: UnableToWork | None
    may_stop: tuple[str, ...]
    interceptions: tuple[InterceptionView, ...]
    claims: tuple[ClaimView, ...]
    suggested: tuple[tuple[str, str], ...]
    signals: tuple[dict[str, str], ...]
    withdrawn: tuple[WithdrawnSignal, ...]

    @property
    def stopping(self) -> bool:
        """Whether a parcel is being stopped."""
        return any(view.one.state in OPEN_INTERCEPTION for view in self.interceptions)

    @property
    def insured(self) -> bool:
        """Whether an insurer pays the way back."""
        return self.note.insurance in INSURER_PAYS

    @property
    def speaks(self) -> bool:
        """Whether there is anything to show at all."""
        return bool(
            self.payer
            or self.may_stop
            or self.interceptions
            or self.claims
            or self.suggested
            or self.signals
            or self.withdrawn
        )


def freight_of(desk: FreightDesk, state: CaseState) -> FreightLook:
    """Everything about a case's freight. Whoever asks has seen to it that the case may be seen."""
    note = desk.book.note(state.number)
    payer, reasons, hindered = "", tuple[Finding, ...](), None
    try:
        case, decision = decided(desk.cases, state)
    except UnableToWork as fault:
        hindered = fault
    else:
        payer, reasons, note = payer_of(decision), freight_reasons(decision), insurance_of(note, case)
        hindered = _hindrance(desk, note, decision)
    alarms = {one.parcel.waybill.number: one.alarms for one in desk.tracking.book.of_case(state.number) if one.live}
    stops = desk.book.interceptions(state.number)
    busy = {one.shipment for one in stops if one.state in OPEN_INTERCEPTION}
    claims = desk.book.claims_of(state.number)
    claimed = {(one.kind, one.waybill) for one in claims}
    return FreightLook(
        payer=payer,
        reasons=reasons,
        note=note,
        insurance_moves=tuple(INSURANCE.moves[note.insurance]),
        expected=note.expected if note.expected is not None else _expected(desk, state),
        most=ceiling(desk, state.currency),
        hindered=hindered,
        may_stop=tuple([one for one in can_intercept(state) if one not in busy]),
        interceptions=tuple([InterceptionView(one, _moves(one), desk.terms.of(one.carrier)) for one in stops]),
        claims=tuple([_view(desk, one) for one in claims]),
        suggested=tuple([one for one in suggested(state, alarms) if one not in claimed]),
        signals=tuple(state.case.get("waybill_signals") or ()),
        withdrawn=no_longer_counting(desk, state),
    )


def all_claims(desk: FreightDesk, person: Person, *, settled: bool = False) -> Sequence[ClaimView]:
    """Every claim of a person's merchants: open ones, what runs out first; or the settled ones, the newest first."""
    return [_view(desk, one) for one in desk.book.claims(person.merchants, settled=settled, most=200)]


def _moves(one: Interception) -> tuple[str, ...]:
    return tuple(INTERCEPTION.moves[one.state])


def _view(desk: FreightDesk, one: CarrierClaim) -> ClaimView:
    return ClaimView(one, tuple(CARRIER_CLAIM.moves[one.state]), PROOF[one.kind], desk.terms.of(one.carrier).phone)


def _expected(desk: FreightDesk, state: CaseState) -> Minor | None:
    told = desk.terms.insurance.get(state.channel)
    return read_minor(told, EXPONENTS[state.currency]) if told and state.currency == "CNY" else None


def _hindrance(desk: FreightDesk, note: FreightNote, decision: object) -> UnableToWork | None:
    """Why the buyer's own freight is not given back, leaving amount and receipt aside."""
    pieces = desk.shelf(note.case)
    try:
        check_reimbursable(desk, note, decision, 1, next(iter(pieces), ""))  # type: ignore[arg-type]
    except UnableToWork as fault:
        return fault
    return None

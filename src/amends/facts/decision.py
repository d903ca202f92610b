"""A decision (`amends.decision/1`; contract, section 3). Amounts are minor units of `Decision.currency`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from amends.basics.money import Minor
from amends.facts.rulebook import Due, Finding, Freight, Says


@dataclass(frozen=True, slots=True)
class Deduction:
    """Something taken off, and the rule that allows it."""

    kind: str
    amount: Minor
    rule: str


@dataclass(frozen=True, slots=True)
class Tender:
    """The part of a refund that goes back by one payment."""

    payment: str
    method: str
    amount: Minor


@dataclass(frozen=True, slots=True)
class RefundLine:
    """The part of a refund that falls on one order line."""

    id: str
    quantity: int
    amount: Minor


@dataclass(frozen=True, slots=True)
class Refund:
    """`total` = lines + shipping - deductions = sum of tenders, to the last minor unit."""

    total: Minor
    lines: tuple[RefundLine, ...]
    shipping: Minor
    deductions: tuple[Deduction, ...]
    tenders: tuple[Tender, ...]


@dataclass(frozen=True, slots=True)
class Compensation:
    """Damages or experience compensation on top of the refund."""

    amount: Minor
    rule: str


@dataclass(frozen=True, slots=True)
class Return:
    """Whether the goods come back, who pays for that, and until when the buyer sends them."""

    required: bool
    shipping_paid_by: Freight | None
    ship_by: datetime | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and the rule that set it."""

    due: Due
    rule: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another lawful answer and what it would pay back."""

    remedy: str
    refund_total: Minor
    says: Says


@dataclass(frozen=True, slots=True)
class PackUsed:
    """A rule pack that took part."""

    id: str
    version: str
    in_force_on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one case with every reason for it."""

    case: str
    market: str
    currency: str
    digits: int
    outcome: str
    remedy: str
    entitled: bool
    may_refuse: bool
    missing: tuple[str, ...]
    refund: Refund | None
    compensation: Compensation | None
    back: Return
    handling: str
    approver: str | None
    deadlines: tuple[Deadline, ...]
    because: tuple[Finding, ...]
    alternatives: tuple[Alternative, ...]
    packs: tuple[PackUsed, ...]
    ignored: tuple[str, ...] = field(default=())

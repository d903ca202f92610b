"""What a policy may look at and what it may propose: the two sides of the policy's door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from amends.basics.money import Minor
from amends.facts.case import Case
from amends.facts.remedy_terms import RemedyTerms
from amends.facts.rulebook import Finding, Freight


@dataclass(frozen=True, slots=True)
class Situation:
    """A case with what law and platform make of it, before the policy speaks.

    `entitled`: to what was asked. `owed`: remedies that law or platform give on any standing ground. `in_doubt`: an entitlement
    hangs on facts that are `missing`. `capped`: more was asked than a cap allows. `refund_total`: what going along with the
    request would pay back, in minor units. `flags`: ids of the risk rules that hold.
    """

    case: Case
    at: datetime
    entitled: bool
    owed: frozenset[str]
    in_doubt: bool
    missing: tuple[str, ...]
    capped: bool
    negotiable: bool
    refund_total: Minor
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a policy proposes. Empty parts say nothing. `percent` and `deduct_percent` are whole percents of the goods' price."""

    rule: str
    outcome: str
    remedy: str | None = None
    handling: str = "review"
    approver: str | None = None
    shipping_paid_by: Freight | None = None
    refund_percent: int | None = None
    refund_amount: Minor | None = None
    deduct_kind: str | None = None
    deduct_percent: int | None = None
    deduct_amount: Minor | None = None
    compensation: Minor | None = None
    waive: frozenset[str] = frozenset()
    ask: tuple[str, ...] = ()


class Policy(Protocol):
    """A merchant's policy, ready to be asked."""

    @property
    def id(self) -> str:
        """The policy's name."""

    @property
    def version(self) -> str:
        """The policy's version."""

    @property
    def answer_before_hours(self) -> int | None:
        """How many hours before an answer is due the house gives the suggested one, where nobody did; None: never."""

    @property
    def remedy_terms(self) -> RemedyTerms:
        """What is promised and allowed about remedies."""

    def propose(self, situation: Situation) -> tuple[Proposal, list[Finding]]:
        """The first rule that matches, and a finding for every rule that was looked at, in order."""

    def approver(self, total: Minor, currency: str) -> str | None:
        """The lowest role that may say yes to paying `total`; None where the policy sets no limit."""

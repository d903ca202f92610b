"""A merchant's policy as read: rules in order, each a tree of conditions and what it proposes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from amends.basics.money import Minor
from amends.facts.remedy_terms import RemedyTerms
from amends.facts.rulebook import Freight, Says
from amends.facts.vocabulary_fact import Fact

Operator = Literal["one_of", "not", "at_least", "at_most", "over", "under", "known"]
OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "over", "under", "not", "known")
Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one fact. `values` holds the words or numbers wanted (one for thresholds and `known`)."""

    fact: Fact
    operator: Operator
    values: tuple[Value, ...]
    currency: str | None
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined: all hold, any holds, or none holds."""

    how: Literal["all", "any", "none"]
    parts: tuple[Condition, ...]


Condition = Test | Group


@dataclass(frozen=True, slots=True)
class Then:
    """What a rule proposes. `currency` is that of its amounts."""

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
    currencies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """One rule. `currencies`: all that its amounts name; it matches only orders in every one of them."""

    id: str
    when: tuple[Condition, ...]
    then: Then
    say: Says | None
    currencies: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Approval:
    """The lowest role that may say yes up to an amount (None: any amount, any currency)."""

    role: str
    up_to: Minor | None
    currency: str | None
    line: int


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A whole policy. Empty `shops`, `markets`, `channels`: any. The rule `otherwise` is last in `rules` where there is one.

    `answer_before_hours`: how long before an answer is due the suggested one is given, where nobody did; None: never.
    `remedy_terms`: what is promised and allowed about remedies.
    """

    id: str
    version: str
    shops: frozenset[str]
    markets: frozenset[str]
    channels: frozenset[str]
    approvals: tuple[Approval, ...]
    rules: tuple[PolicyRule, ...]
    has_otherwise: bool
    answer_before_hours: int | None = None
    remedy_terms: RemedyTerms = field(default_factory=RemedyTerms)


def tests(conditions: tuple[Condition, ...]) -> Iterator[Test]:
    """Every comparison in a tree of conditions, in reading order."""
    for condition in conditions:
        if isinstance(condition, Test):
            yield condition
        else:
            yield from tests(condition.parts)

"""Rules, what they find, and the packs they come in. Rules are data here; the functions live in the `rules` room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from amends.basics.money import Minor
from amends.facts.case import Case

Layer = Literal["law", "platform", "policy", "risk"]
Effect = Literal["entitles", "excludes", "requires", "permits", "limits", "proposes", "flags"]
Verdict = Literal["holds", "fails", "unknown"]
Freight = Literal["buyer", "merchant"]
Governs = Literal["purchase", "request", "now"]

FREIGHT_BUYER: Freight = "buyer"
FREIGHT_MERCHANT: Freight = "merchant"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a rule entitles the buyer to, when it holds.

    `remedies`: any of these may be demanded. `ground`: the family of right (``no_reason``, ``defect``, ``non_delivery``,
    ``cancel``, ``compensation``) that excluding and requiring rules may name. `freight`: who pays the way back. `shipping`:
    minor units of outbound shipping that come back (None: all that was paid, when the whole order goes back).
    `amount`: the right goes only up to this amount (None: the whole price).
    `final`: no requirement, exclusion or missing fact of another rule may void it.
    """

    ground: str
    remedies: frozenset[str]
    freight: Freight | None = None
    shipping: Minor | None = None
    amount: Minor | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """No more than `amount` for these remedies; more that was asked for is answered by an offer at the cap."""

    remedies: frozenset[str]
    amount: Minor


@dataclass(frozen=True, slots=True)
class Deduct:
    """What may be taken off the refund; kinds: ``gift``, ``free_shipping_lost``, ``discount_lost``, ``diminished_value``,
    ``not_returned``."""

    kind: str
    amount: Minor


@dataclass(frozen=True, slots=True)
class ExcludeLines:
    """An excluding rule bears on these lines only; the right stands for the others."""

    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class Owed:
    """Damages on top of the refund."""

    amount: Minor


@dataclass(frozen=True, slots=True)
class OwnForm:
    """Parts paid by these methods go back in their own proportion and form."""

    methods: frozenset[str]


@dataclass(frozen=True, slots=True)
class Permit:
    """Something the merchant may do or a person must look at; names: ``withhold``, ``deduct_diminished_value``, ``review``."""

    name: str


Claim = Grant | Cap | Deduct | ExcludeLines | Owed | OwnForm | Permit


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. `due` in UTC. `on_accept`: runs only once the request is agreed to. `live`: stated by the platform itself."""

    who: Literal["merchant", "buyer", "platform", "carrier"]
    action: Literal["respond", "ship_back", "confirm_receipt", "refund", "give_evidence", "escalate", "ship", "collect"]
    due: datetime
    if_missed: str
    on_accept: bool = False
    live: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """A sentence in both languages, with ``{fact}`` places."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one case. `facts` are the values it looked at, by name."""

    rule: Rule
    verdict: Verdict
    facts: Mapping[str, Any]
    claims: tuple[Claim, ...] = ()
    dues: tuple[Due, ...] = ()
    missing: tuple[str, ...] = ()


class Params(Protocol):
    """The numbers of a pack as they stand on a date."""

    def __getitem__(self, name: str) -> Any:
        """The value on the date that governs the rule."""

    def on(self, moment: datetime, name: str) -> Any:
        """The value on the local day of another moment (a node of its own)."""


Judge = Callable[[Case, Params, datetime], "Finding | None"]
"""A rule's function: the case, the pack's numbers and "now" in, a finding out; None where the rule does not concern the case."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule as declared and dated.

    `of`: the rules or grounds that an excluding or requiring rule bears on. `governs`: which moment decides the version.
    `since`/`until` are local days (until exclusive); `planned` marks a date that was only announced.
    """

    id: str
    layer: Layer
    effect: Effect
    source: str
    says: Mapping[Verdict, Says]
    of: frozenset[str] = frozenset()
    governs: Governs = "purchase"
    since: date = date.min
    until: date = date.max
    planned: bool = False
    confidence: str = "H"
    checked_on: date | None = None
    title: Says = Says("", "")
    judge: Judge | None = None

    def holds(self, facts: Mapping[str, Any], *claims: Claim, dues: tuple[Due, ...] = ()) -> Finding:
        """The rule holds, with what follows from it."""
        return Finding(self, "holds", facts, claims, dues)

    def fails(self, facts: Mapping[str, Any], *, dues: tuple[Due, ...] = ()) -> Finding:
        """The rule was looked at and does not hold."""
        return Finding(self, "fails", facts, (), dues)

    def unknown(self, facts: Mapping[str, Any], *missing: str, claims: tuple[Claim, ...] = ()) -> Finding:
        """It cannot be said whether the rule holds; `missing` names the fields of the case file that would tell."""
        return Finding(self, "unknown", facts, claims, (), missing)


@dataclass(frozen=True, slots=True)
class Value:
    """One dated value of a parameter."""

    value: Any
    since: date
    until: date
    source: str
    confidence: str
    checked_on: date
    planned: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of a pack over time, with its unit."""

    name: str
    unit: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: key, title, link (empty where the text has no public address)."""

    key: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one jurisdiction or platform. `markets`/`channels` say which cases it concerns (empty: any)."""

    id: str
    layer: Layer
    version: str
    title: Says
    markets: frozenset[str]
    channels: frozenset[str]
    rules: tuple[Rule, ...]
    parameters: Mapping[str, Parameter]
    sources: Mapping[str, Source]
    consumers_only: bool = False
    breaks: tuple[date, ...] = ()
    tables: tuple[Mapping[str, Any], ...] = field(default=({},))

    def table(self, day: date) -> Mapping[str, Any]:
        """Every parameter's value on `day`, by name; a parameter without a value that day is not there."""
        return self.tables[bisect_right(self.breaks, day)]

    def concerns(self, case: Case) -> bool:
        """Whether this pack has anything to say about the case at all."""
        if self.consumers_only and not case.consumer:
            return False
        if self.markets and case.market not in self.markets:
            return False
        return not self.channels or case.shop.channel in self.channels

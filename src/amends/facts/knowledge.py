"""What the knowledge base tells of a rule beside its own words, and a shop's policy in plain words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from amends.facts.case import Case
from amends.facts.rulebook import Says


@dataclass(frozen=True, slots=True)
class Example:
    """A case file by which rules are shown, and the moment at which it is decided. `name`: as its file calls it."""

    name: str
    case: Case
    at: datetime


@dataclass(frozen=True, slots=True, order=True)
class SetClock:
    """A deadline that a rule sets: who must do what, what follows otherwise, and whether it runs only once agreed."""

    who: str
    action: str
    if_missed: str
    on_accept: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a rule was seen to do when it judged the examples.

    `kinds`, `reasons`: of the requests it spoke about. `remedies`: what it granted or capped. `looks_at`: names of facts.
    `wants`: fields of the case file that it missed. `numbers`: parameters of its pack that it read; `values`: the facts that it
    told with the value of such a number.
    """

    kinds: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    remedies: frozenset[str] = frozenset()
    looks_at: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    clocks: frozenset[SetClock] = frozenset()
    numbers: frozenset[str] = frozenset()
    values: frozenset[tuple[str, str]] = frozenset()

    @property
    def fixed(self) -> dict[str, str]:
        """Will give the facts that had one and the same value every time: they are the rule's own, not the case's."""
        many = Counter([name for name, _ in self.values])
        return {name: value for name, value in self.values if many[name] == 1}

    @property
    def about(self) -> frozenset[str]:
        """Will give every remedy that it has to do with: asked for, granted or capped."""
        return self.kinds | self.remedies


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """One rule of a policy in plain words. `place`: its turn, from 1. `asks`: its conditions; `does`: what it changes.

    `kinds`, `reasons`, `markets`, `channels`: those it is about alone; empty: any.
    """

    id: str
    place: int
    own: Says | None
    asks: tuple[Says, ...]
    does: tuple[Says, ...]
    kinds: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PolicyWhole:
    """A live policy in plain words. `merchant`: whose it is; empty for the built-in one. `terms`: what holds beside its rules."""

    name: str
    version: str
    merchant: str
    shops: tuple[str, ...]
    markets: tuple[str, ...]
    channels: tuple[str, ...]
    terms: tuple[Says, ...] = ()
    rules: tuple[PolicyPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Topics:
    """What a reader wants to know about; empty: anything."""

    remedy: str = ""
    market: str = ""
    channel: str = ""
    reason: str = ""
    words: tuple[str, ...] = field(default=())

    @property
    def any(self) -> bool:
        """Whether anything at all was asked for."""
        return bool(self.remedy or self.market or self.channel or self.reason or self.words)

"""Compelling Evidence 3.0 of Visa for 10.4: two earlier payments that show that the cardholder knows this shop. Every reason is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations
from typing import Final

ELEMENTS: Final = ("ip", "device", "fingerprint", "account", "address")
"""What of two payments is compared: internet address, device number, device fingerprint, the buyer's account, the address of delivery."""
_STRONG: Final = frozenset({"ip", "device", "fingerprint"})
FEWEST_DAYS: Final = 120
MOST_DAYS: Final = 365
_NEEDED: Final = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a time. `one_device`: device number and fingerprint count as one element; `confidence` as graded in the source list."""

    since: date
    one_device: bool
    confidence: str


RULES: Final = (Rule(date(2023, 4, 15), False, "H"), Rule(date(2026, 10, 24), True, "M"))
"""Visa Core Rules, edition of 2026-04-18, with the change that it announces."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A payment, and who made it. `credential`: the same for the same card (a fingerprint or a token). `goods`: what was bought."""

    payment: str
    order: str
    at: datetime
    credential: str
    signs: Mapping[str, str] = field(default_factory=dict)
    disputed: bool = False
    goods: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier payment: how many days before the dispute, which elements match, and what speaks against it (codes)."""

    payment: Signs
    days: int
    matched: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it may be one of the two."""
        return not self.against


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of it. `pair`: the two that show it, `shared`: the elements that all three have; `why`: what is missing, as codes."""

    rule: Rule
    candidates: tuple[Candidate, ...]
    pair: tuple[Candidate, ...] = ()
    shared: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def qualifies(self) -> bool:
        """Whether the evidence is compelling in the network's sense."""
        return len(self.pair) == _NEEDED


def rule_on(day: date) -> Rule:
    """The rule that counts on a day."""
    return [one for one in RULES if one.since <= day or one is RULES[0]][-1]


def compelling(disputed: Signs, earlier: Sequence[Signs], opened: datetime) -> Finding:
    """Every earlier payment looked at, and the two newest that show it together: at least two elements that all three payments share."""
    rule = rule_on(opened.date())
    found = tuple([_candidate(rule, disputed, one, opened) for one in earlier if one.payment != disputed.payment])
    good = sorted([one for one in found if one.counts], key=lambda one: one.days)
    for first, second in combinations(good, 2):
        shared = tuple([name for name in ELEMENTS if name in first.matched and name in second.matched])
        if enough(rule, shared):
            return Finding(rule, found, (first, second), shared)
    return Finding(rule, found, why=_missing(disputed, good))


def enough(rule: Rule, matched: Sequence[str]) -> bool:
    """Whether so many elements are enough, one of them the internet address or the device."""
    names = {"device" if one == "fingerprint" and rule.one_device else one for one in matched}
    return len(names) >= _NEEDED and not _STRONG.isdisjoint(names)


def _candidate(rule: Rule, disputed: Signs, one: Signs, opened: datetime) -> Candidate:
    days = (opened - one.at).days
    matched = tuple([name for name in ELEMENTS if _plain(one, name) and _plain(one, name) == _plain(disputed, name)])
    against = [
        (not one.credential or one.credential != disputed.credential, "other_card"),
        (days < FEWEST_DAYS, "too_new"),
        (days > MOST_DAYS, "too_old"),
        (one.disputed, "disputed"),
        (not enough(rule, matched), "too_few_matches" if len(matched) < _NEEDED else "no_ip_or_device"),
    ]
    return Candidate(one, days, matched, tuple([why for wrong, why in against if wrong]))


def _plain(one: Signs, name: str) -> str:
    return " ".join(one.signs.get(name, "").casefold().split())


def _missing(disputed: Signs, good: Sequence[Candidate]) -> tuple[str, ...]:
    if not disputed.credential:
        return ("no_card_known",)
    if not any(disputed.signs.values()):
        return ("no_signs_known",)
    return ("none_earlier",) if not good else ("one_earlier",) if len(good) == 1 else ("not_the_same_elements",)

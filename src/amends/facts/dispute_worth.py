"""What fighting a dispute is worth, beside offering and accepting. Whole numbers only; every step of the arithmetic is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from amends.basics.money import Minor

Choice = Literal["fight", "offer", "accept"]
PRIOR_WINS: Final = 1
PRIOR_CASES: Final = 4
"""Before there is a history: one in four is won. A stated guess, worth four cases; the shop's own outweigh it soon."""


@dataclass(frozen=True, slots=True)
class Record:
    """How disputes of the same kind ended: `won` counts a half for one that was won in part, in halves."""

    halves: int
    cases: int

    @property
    def chance(self) -> Fraction:
        """The share that is won, with the prior."""
        return (Fraction(self.halves, 2) + PRIOR_WINS) / (self.cases + PRIOR_CASES)


def record_of(outcomes: Sequence[str]) -> Record:
    """The record of outcomes (won, partly, lost). What we accepted says nothing of what would have been won."""
    worth = {"won": 2, "partly": 1, "lost": 0}
    known = [worth[one] for one in outcomes if one in worth]
    return Record(sum(known), len(known))


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is at stake, in minor units. `fee`: comes back if won; `work`: what the hours cost; `offer_share`: per cent that is offered.

    `may_offer`: whether the forum lets both sides settle. `owed`: why the refund was due by our own decision ("" where it was not).
    """

    amount: Minor
    fee: Minor
    minutes: int
    hour: Minor
    may_offer: bool = False
    offer_share: int = 50
    offer_taken: int = 50
    owed: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """What each choice is expected to bring, rounded down, and which is advised. `of`: how `fight` was added up."""

    advice: Choice
    record: Record
    percent: int
    fight: Minor
    accept: Minor
    offer: Minor | None
    work: Minor
    back: Minor
    stakes: Stakes
    why: str


def worth(stakes: Stakes, record: Record) -> Worth:
    """Fight: chance × (amount + fee that comes back) − work. Offer: what is kept where it is taken, else as fighting. Accept: nothing.

    A fee that is lost either way counts nowhere. Where the refund was due by our own word, the advice is to accept whatever the sum says.
    """
    chance = record.chance
    work = Fraction(stakes.minutes * stakes.hour, 60)
    back = chance * (stakes.amount + stakes.fee)
    fight = back - work
    kept = Fraction(stakes.amount * (100 - stakes.offer_share), 100)
    taken = Fraction(stakes.offer_taken, 100)
    offer = taken * kept + (1 - taken) * max(fight, Fraction(0)) if stakes.may_offer else None
    advice: Choice = "fight" if fight > 0 else "accept"
    if offer is not None and offer > max(fight, Fraction(0)):
        advice = "offer"
    why = "owed" if stakes.owed else {"fight": "worth_it", "offer": "offer_better", "accept": "not_worth_it"}[advice]
    return Worth(
        "accept" if stakes.owed else advice,
        record,
        int(chance * 100),
        _down(fight),
        0,
        None if offer is None else _down(offer),
        _down(work),
        _down(back),
        stakes,
        why,
    )


def _down(amount: Fraction) -> Minor:
    return amount.numerator // amount.denominator

"""Words that a merchant's own people taught the reading of reasons: what they corrected, what that suggests, and what was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Tongue = Literal["zh", "en"]
WEIGHTS: Final = (0, 1, 2, 6)
"""What a word may weigh: nothing, weak, fair, strong."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on a reading of the buyer's `text`. `suggested`: "" where that was not clear; `chosen`: the reason that was set."""

    case: int
    text: str
    suggested: str
    chosen: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnWord:
    """An entry of a merchant's own list, or another weight for an entry of the house's. `weight`: one of `WEIGHTS`."""

    tongue: Tongue
    written: str
    reason: str
    weight: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the corrections suggest. `was`: the weight in the house's list, None for a new word.

    `taken`: cases with this word whose reason a person set to (or kept at) `word.reason`; `corrected`: cases where it was another.
    `base`: per cent of all corrections with that reason, with the word or without. `cases`: a few of them, the newest first.
    """

    word: OwnWord
    was: int | None
    taken: int
    corrected: int
    base: int
    cases: tuple[int, ...] = ()

    @property
    def share(self) -> int:
        """Per cent of the cases with the word that have the reason."""
        return 100 * self.taken // (self.taken + self.corrected) if self.taken + self.corrected else 0


@dataclass(frozen=True, slots=True)
class HoldOut:
    """How the proposals of the older corrections do on the newer ones, which they have not seen.

    `before`, `after`: of `tested` newer corrections, read rightly without and with them; `wrong_before`, `wrong_after`: read wrongly (the
    rest is not clear). `base`: right by always giving the older ones' commonest reason. `learnt`: from how many; `words`: how many of them.
    """

    learnt: int
    tested: int
    words: int
    before: int
    after: int
    wrong_before: int
    wrong_after: int
    base: int


@dataclass(frozen=True, slots=True)
class KeptWord:
    """What a lead said to a proposal: `accepted` or declined, with the counts of that day."""

    number: int
    merchant: str
    word: OwnWord
    accepted: bool
    taken: int
    corrected: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnReading:
    """What a merchant's page of learnt words shows. `hold_out`: None where there are too few corrections to tell."""

    merchant: str
    corrections: int
    agreed: int
    proposals: tuple[Proposal, ...] = ()
    kept: tuple[KeptWord, ...] = ()
    hold_out: HoldOut | None = None
    fewest: int = 0

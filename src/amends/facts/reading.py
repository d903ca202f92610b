"""What was read out of a buyer's own words: the likely reason, the words that led to it, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Part = Literal["points", "denied", "asked", "urgent", "threat"]
"""What a word does: it points to its reason, it is denied (没有破损), it is only asked about (有没有色差), it presses, it threatens."""
LINE: Final = 50
"""Below so many per cent of confidence a reading says `not clear`: then `reason` is ""."""
SAYS: Final = (
    "size_small size_big size colour material not_working workmanship fading rotten smell noise stain broken leak missing_part"
).split()
"""The kinds of word that are told beside the reason."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the text, from character `start` to before `end`. `word`: the entry of the word list, or the phrase of a threat.

    `reason`: where it points; "" for urgency and threats. `says`: its kind (`SAYS`), "" where it has none. `weight`: 6 strong, 2 fair,
    1 weak, 0 where it does not count.
    """

    start: int
    end: int
    word: str
    part: Part
    reason: str = ""
    says: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `reason`: a code of `REASONS`, "" for not clear. `candidates`: (reason, per cent), the likeliest first.

    `says`: kinds of word in the order of `SAYS`. `threat`: what it threatens with and by which words, None where it does not.
    """

    reason: str
    candidates: tuple[tuple[str, int], ...]
    marks: tuple[Mark, ...]
    says: tuple[str, ...] = ()
    urgent: bool = False
    threat: tuple[str, str] | None = None

    @property
    def confidence(self) -> int:
        """Per cent of the likeliest candidate; 0 where there is none."""
        return self.candidates[0][1] if self.candidates else 0

    @property
    def words(self) -> tuple[str, ...]:
        """The entries that pointed to the likeliest candidate, each once, in the order of the text."""
        first = self.candidates[0][0] if self.candidates else ""
        return tuple(dict.fromkeys([one.word for one in self.marks if one.reason == first and one.weight]))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text for showing; `mark` where it is a marked word."""

    text: str
    mark: Mark | None = None


def pieces(text: str, marks: tuple[Mark, ...]) -> tuple[Piece, ...]:
    """Will part a text at its marks, in order; joined together the pieces are the text again."""
    found, at = [], 0
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if mark.start < at:
            continue
        if mark.start > at:
            found.append(Piece(text[at : mark.start]))
        found.append(Piece(text[mark.start : mark.end], mark))
        at = mark.end
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)

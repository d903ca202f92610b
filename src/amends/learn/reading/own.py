"""What a merchant's own corrections suggest to the reading of reasons: words to add, words to weigh anew, each with its counts.

Nothing is used before a person accepts it. A word is proposed only where several cases have it: no one buyer's words become an entry.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

from amends.facts.own_words import WEIGHTS, Correction, HoldOut, OwnWord, Proposal, Tongue
from amends.facts.reading import Reading
from amends.learn.reading.entries import Word, own_word, words
from amends.learn.reading.plain import plain_en, plain_zh
from amends.learn.reading.read import read

FEWEST: Final = 4
"""Cases that must have a new word before it is proposed."""
FEWEST_OLD: Final = 6
"""Cases in which an entry of the house's must have pointed before another weight is proposed."""
SURE: Final = 0.5
"""Share of its cases with the reason that a new word must reach even at the low end of what chance allows (Wilson, 90 %); that low end
must lie above the reason's share of all corrections too."""
FEWEST_TOLD: Final = 30
"""Corrections below which nothing is said of how well the proposals do."""
MOST: Final = 40
_LONGEST_TEXT: Final = 1_000
_CLAUSE: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_ENGLISH: Final = re.compile(r"[a-z]+(?: [a-z]+)*")
_TELLING: Final = re.compile(r"[A-Za-z0-9._%+-]*[@/0-9][A-Za-z0-9._%+@/-]*")
_DULL: Final = frozenset(
    "the a an i it is was my and to of in for on this that with but not me we you so at be have has had they are were as all".split()
)
Reader = Callable[[str], Reading]


def reader_of(own: Sequence[OwnWord]) -> Reader:
    """Will give a reader that knows a merchant's accepted words beside the house's own."""
    known = {(one.reason, one.written) for tongue in ("zh", "en") for one in words(tongue)}
    weights = {(one.reason, one.written): one.weight for one in own if (one.reason, one.written) in known}
    more: list[Word] = [
        own_word(one.tongue, one.written, one.reason, one.weight)
        for one in own
        if (one.reason, one.written) not in known and one.weight
    ]

    def weigh(reason: str, word: str, weight: int) -> float:
        return weights.get((reason, word), weight)

    return lambda text: read(text, weigh if weights else None, more)


def proposals(
    corrections: Sequence[Correction], settled: Iterable[OwnWord] = (), own: Sequence[OwnWord] = ()
) -> tuple[Proposal, ...]:
    """Will give what the corrections suggest, what would help most first. `settled`: what a person answered already; `own`: accepted."""
    counted = Counter([one.chosen for one in corrections])
    base = {reason: 100 * many // len(corrections) for reason, many in counted.items()} if corrections else {}
    known = {(one.written, one.reason) for one in settled}
    reader = reader_of(own)
    readings = [reader(one.text) for one in corrections]
    found = [*_weighed(corrections, readings, base), *_added(corrections, readings, base)]
    fresh = [one for one in found if (one.word.written, one.word.reason) not in known]
    return tuple(sorted(fresh, key=lambda one: (-abs(one.taken - one.corrected), one.word.written))[:MOST])


def hold_out(corrections: Sequence[Correction], own: Sequence[OwnWord] = ()) -> HoldOut | None:
    """Will measure the proposals of the older two thirds on the newer third; None where there are fewer than `FEWEST_TOLD`."""
    if len(corrections) < FEWEST_TOLD:
        return None
    ordered = sorted(corrections, key=lambda one: (one.at, one.case))
    cut = 2 * len(ordered) // 3
    older, newer = ordered[:cut], ordered[cut:]
    learnt = [one.word for one in proposals(older, own=own)]
    without, then = reader_of(own), reader_of([*own, *learnt])
    common = Counter([one.chosen for one in older]).most_common(1)[0][0]
    before = [(without(one.text).reason, one.chosen) for one in newer]
    after = [(then(one.text).reason, one.chosen) for one in newer]
    return HoldOut(
        len(older), len(newer), len(learnt), _right(before), _right(after), _wrong(before), _wrong(after),
        sum(one.chosen == common for one in newer),
    )  # fmt: skip


def _right(told: Sequence[tuple[str, str]]) -> int:
    return sum(got == wanted for got, wanted in told)


def _wrong(told: Sequence[tuple[str, str]]) -> int:
    return sum(got not in (wanted, "") for got, wanted in told)


def _weighed(
    corrections: Sequence[Correction], readings: Sequence[Reading], base: Mapping[str, int]
) -> Iterable[Proposal]:
    """Entries that pointed to a reason which people then took, or put right."""
    seen: dict[tuple[str, str, int, Tongue], list[Correction]] = defaultdict(list)
    for one, reading in zip(corrections, readings, strict=True):
        for mark in {(mark.reason, mark.word, mark.weight) for mark in reading.marks if mark.weight and mark.reason}:
            seen[(*mark, "zh" if _CLAUSE.search(mark[1]) else "en")].append(one)
    for (reason, word, weight, tongue), cases in seen.items():
        taken = sum(one.chosen == reason for one in cases)
        wanted = _weight(weight, taken, len(cases))
        if len(cases) >= FEWEST_OLD and wanted != weight:
            yield _proposal(OwnWord(tongue, word, reason, wanted), weight, cases, base)


def _weight(weight: int, taken: int, many: int) -> int:
    """A word that is mostly put right weighs less, one that hardly ever holds nothing; one that nearly always holds a step more."""
    share = taken / many
    place = WEIGHTS.index(weight) if weight in WEIGHTS else 1
    if share < 0.2:
        return 0
    if share < 0.5:
        return min(weight, 1)
    return WEIGHTS[min(place + 1, len(WEIGHTS) - 1)] if share >= 0.9 and _low(taken, many) >= SURE else weight


def _added(
    corrections: Sequence[Correction], readings: Sequence[Reading], base: Mapping[str, int]
) -> Iterable[Proposal]:
    """Stretches of text that stand in no list, where several cases have them and nearly all of those one reason."""
    listed = {one.written for tongue in ("zh", "en") for one in words(tongue)}
    cases: dict[tuple[Tongue, str], dict[int, tuple[Correction, bool]]] = defaultdict(dict)
    for one, reading in zip(corrections, readings, strict=True):
        missed = reading.reason != one.chosen
        for stretch in stretches(one.text):
            cases[stretch][one.case] = (one, missed)
    kept: dict[tuple[Tongue, str], Proposal] = {}
    for (tongue, piece), found in cases.items():
        if len(found) < FEWEST or piece in listed:
            continue
        reason, taken = Counter([one.chosen for one, _ in found.values()]).most_common(1)[0]
        helps = sum(missed and one.chosen == reason for one, missed in found.values())
        low = _low(taken, len(found))
        if helps < 2 or low < SURE or 100 * low <= base.get(reason, 0):
            continue
        word = OwnWord(tongue, piece, reason, 6 if taken == len(found) else 2)
        kept[tongue, piece] = _proposal(word, None, [one for one, _ in found.values()], base)
    return _longest(kept)


def _longest(kept: Mapping[tuple[Tongue, str], Proposal]) -> list[Proposal]:
    """Of stretches that lie in one another and tell the same, the longest alone; the shorter where that has more cases."""
    found: list[Proposal] = []
    for _, one in sorted(kept.items(), key=lambda item: (-item[1].taken, -len(item[0][1]), item[0][1])):
        mine = one.word.written
        if not any(other.word.reason == one.word.reason and _overlap(mine, other.word.written) for other in found):
            found.append(one)
    return found


def _overlap(one: str, other: str) -> bool:
    """Whether one lies in the other, or they share all but a letter at one end."""
    if one in other or other in one:
        return True
    least = min(len(one), len(other)) - 1
    return least >= 2 and (one[:least] == other[-least:] or one[-least:] == other[:least])


def stretches(text: str) -> set[tuple[Tongue, str]]:
    """Will give what of a text may become an entry: two to six Chinese characters of one clause, or two to three English words.

    Nothing with a digit or a sign in it: no number, no address.
    """
    written = _TELLING.sub(" . ", text[:_LONGEST_TEXT])
    found: set[tuple[Tongue, str]] = set()
    for clause in _CLAUSE.findall(plain_zh(written).text):
        found |= {("zh", clause[at : at + size]) for size in range(2, 7) for at in range(len(clause) - size + 1)}
    for clause in _ENGLISH.findall(plain_en(written).text):
        told = clause.split()
        for size in (2, 3):
            for at in range(len(told) - size + 1):
                piece = told[at : at + size]
                if piece[0] not in _DULL and piece[-1] not in _DULL:
                    found.add(("en", " ".join(piece)))
    return found


def _proposal(word: OwnWord, was: int | None, cases: Sequence[Correction], base: Mapping[str, int]) -> Proposal:
    taken = sum(one.chosen == word.reason for one in cases)
    newest = sorted(cases, key=lambda one: (one.at, one.case), reverse=True)
    numbers = tuple(dict.fromkeys([one.case for one in newest]))[:3]
    return Proposal(word, was, taken, len(cases) - taken, base.get(word.reason, 0), numbers)


def _low(taken: int, many: int) -> float:
    """The low end of a share as chance allows it (Wilson, 90 %, one end at 5 %)."""
    z = 1.645
    share = taken / many
    middle = share + z * z / (2 * many)
    width = z * sqrt(share * (1 - share) / many + z * z / (4 * many * many))
    return (middle - width) / (1 + z * z / many)

"""Which cases make the next round: what somebody does not know well comes more often."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amends.facts.practice import Pick, Tally


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that could be asked about: its topics, and what makes it like others (kind, reason, answer)."""

    pick: Pick
    topics: frozenset[str]
    like: tuple[str, ...]


def weights(lately: Sequence[Tally]) -> Mapping[str, float]:
    """Will weigh each topic by how often it was answered wrongly of late: from 1 for what is known up to 4 for what is not.

    What was never asked counts as half known, so that it comes up soon.
    """
    return {one.topic: 1 + 3 * (one.asked - one.right + 1) / (one.asked + 2) for one in lately}


def choose(candidates: Sequence[Candidate], lately: Sequence[Tally], many: int, seed: str) -> tuple[Pick, ...]:
    """Will draw up to `many` cases, each once. A case weighs as its weakest topic; one like others already drawn weighs less.

    The same seed draws the same cases.
    """
    weighed, left = weights(lately), list(candidates)
    drawn: list[Pick] = []
    alike: Counter[tuple[str, ...]] = Counter()
    while left and len(drawn) < many:
        best = max(left, key=lambda one: _luck(one, seed) ** (1 / (_weight(one, weighed) / (1 + 2 * alike[one.like]))))
        left.remove(best)
        drawn.append(best.pick)
        alike[best.like] += 1
    return tuple(drawn)


def _weight(one: Candidate, weighed: Mapping[str, float]) -> float:
    return max([weighed.get(topic, 1) for topic in one.topics], default=1)


def _luck(one: Candidate, seed: str) -> float:
    """A number between 0 and 1 that hangs on the seed and the case alone."""
    digest = hashlib.sha256(f"{seed} {one.pick.source} {one.pick.key}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 1)

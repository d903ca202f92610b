"""Depth-first search over the axes: a question is asked of a world, and only the axes that it needs are branched on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from amends.decide.policy.check.space import Space
from amends.decide.policy.check.world import World


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question makes of a world: no case of it will do (`no`), every case of it may (`yes`), or it hangs on an axis."""

    possible: bool
    axis: str | None = None


NO = Answer(False)
YES = Answer(True)
Question = Callable[[World], Answer]


@dataclass(slots=True)
class Budget:
    """How many worlds may still be looked at; `spent` once a search had to stop."""

    left: int
    spent: bool = False

    @contextmanager
    def part(self, waiting: int) -> Iterator[Budget]:
        """An even part for one of so many questions that wait; what it leaves goes to the others."""
        part = Budget(self.left // max(waiting, 1))
        given = part.left
        yield part
        self.left -= given - part.left


def search(space: Space, start: Mapping[str, Any], question: Question, budget: Budget) -> Iterator[dict[str, Any]]:
    """Every world to which the question says yes, the commonest first. Ends early, with `budget.spent`, where it is too much.

    Where a "no" rests on axes that are settled already, the other values of a later axis are not tried: the "no" would be the same
    (conflict-directed backjumping).
    """
    yield from _explore(space, dict(start), question, budget)


def _explore(
    space: Space, chosen: dict[str, Any], question: Question, budget: Budget
) -> Generator[dict[str, Any], None, frozenset[str] | None]:
    """The worlds below `chosen`. Returns the axes on which it rests that there is none; None where there is one, or it is not known."""
    if budget.left <= 0:
        budget.spent = True
        return None
    budget.left -= 1
    world = World(space, chosen)
    answer = question(world)
    if not answer.possible:
        return frozenset(world.reads)
    if answer.axis is None:
        yield chosen
        return None
    axis = answer.axis
    because: frozenset[str] | None = frozenset({"market"} & chosen.keys())
    for value in space.values(axis, chosen.get("market")):
        below = yield from _explore(space, {**chosen, axis: value}, question, budget)
        if budget.spent:
            return None
        if below is None:
            because = None
        elif axis not in below:
            return None if because is None else below
        elif because is not None:
            because |= below - {axis}
    return because

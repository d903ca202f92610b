"""Depth-first search over the axes: a question is asked of a world, and only the axes that it needs are branched on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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


def search(space: Space, start: Mapping[str, Any], question: Question, budget: Budget) -> Iterator[dict[str, Any]]:
    """Every world to which the question says yes, the commonest first. Ends early, with `budget.spent`, where it is too much."""
    stack = [dict(start)]
    while stack:
        if budget.left <= 0:
            budget.spent = True
            return
        budget.left -= 1
        chosen = stack.pop()
        answer = question(World(space, chosen))
        if not answer.possible:
            continue
        if answer.axis is None:
            yield chosen
            continue
        values = space.values(answer.axis, chosen.get("market"))
        stack += [{**chosen, answer.axis: value} for value in reversed(values)]

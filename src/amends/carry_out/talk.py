"""Talking to a platform: a channel's generator on one side, the wire on the other."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Final, TypeVar

from amends.carry_out.ports import Caller
from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")
MOST_CALLS: Final = 200
"""No single talk needs more; one that asks on for ever is stopped."""


class TooManyCalls(RuntimeError):
    """A channel wanted more calls in one talk than any needs: a defect of that channel."""


def talk(
    wire: Caller, told: Generator[WireRequest, WireAnswer, T], before: Callable[[WireRequest], None] | None = None
) -> T:
    """The result of a talk, its calls made one after another. `before` sees every request first (to keep a pace, to count).

    Raises `UnableToReach` where a call got no answer, and whatever the talk itself raises.
    """
    answer: WireAnswer | None = None
    for _ in range(MOST_CALLS):
        try:
            request = next(told) if answer is None else told.send(answer)
        except StopIteration as end:
            result: T = end.value
            return result
        if before is not None:
            before(request)
        answer = wire.call(request)
    told.close()
    raise TooManyCalls(f"more than {MOST_CALLS} calls in one talk")


def counted(
    told: Generator[WireRequest, WireAnswer, T], calls: list[WireRequest]
) -> Generator[WireRequest, WireAnswer, T]:
    """The same talk, its requests written into `calls` before they are made."""
    answer: WireAnswer | None = None
    while True:
        try:
            request = next(told) if answer is None else told.send(answer)
        except StopIteration as end:
            result: T = end.value
            return result
        calls.append(request)
        answer = yield request

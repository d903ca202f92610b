"""A case whose axes are chosen only when someone looks: asking it for what is not chosen yet stops with `Undecided`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amends.decide.policy.check.space import Space


class Undecided(Exception):
    """The answer depends on an axis that is not chosen yet."""

    def __init__(self, axis: str) -> None:
        super().__init__(axis)
        self.axis = axis


class World:
    """What is chosen so far. With `fill`, an axis that is not chosen takes its commonest value. `reads`: the axes that were looked at."""

    __slots__ = ("chosen", "fill", "reads", "space")

    def __init__(self, space: Space, chosen: Mapping[str, Any], fill: bool = False) -> None:
        self.space = space
        self.chosen = chosen
        self.fill = fill
        self.reads: set[str] = set()

    def get(self, axis: str) -> Any:
        """The value on an axis."""
        try:
            value = self.chosen[axis]
        except KeyError:
            if self.fill:
                return self.space.values(axis, self._market())[0]
            raise Undecided(axis) from None
        self.reads.add(axis)
        return value

    def settled(self, axis: str) -> Any:
        """The value on an axis that may be open; None while it is."""
        return self.get(axis) if axis in self.chosen else None

    def _market(self) -> str | None:
        found = self.chosen.get("market")
        if found is None and self.fill:
            found = self.space.values("market")[0]
        return found

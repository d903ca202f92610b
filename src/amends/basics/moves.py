"""Tables of moves: which states a thing can be in, and which named move leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class UnableToMove(ValueError):
    """A move is not published for the state a thing is in. `table`, `state` and `move` say which."""

    def __init__(self, table: MoveTable, state: str, move: str) -> None:
        possible = ", ".join(sorted(table.moves.get(state, {}))) or "none"
        super().__init__(f"{table.name}: {move!r} is not possible in state {state!r}; possible: {possible}")
        self.table, self.state, self.move = table.name, state, move


@dataclass(frozen=True, slots=True)
class MoveTable:
    """A published table. `moves` maps each state to its moves and the state each leads to; `start` is where a thing begins."""

    name: str
    start: str
    moves: Mapping[str, Mapping[str, str]]

    @property
    def states(self) -> frozenset[str]:
        """Every state that is named."""
        return frozenset(self.moves)

    def can(self, state: str, move: str) -> bool:
        """Whether the move is possible."""
        return move in self.moves.get(state, {})

    def after(self, state: str, move: str) -> str:
        """The state that the move leads to. Raises `UnableToMove`."""
        if not self.can(state, move):
            raise UnableToMove(self, state, move)
        return self.moves[state][move]

    def reachable(self) -> frozenset[str]:
        """Every state that some sequence of moves leads to from the start."""
        found, fresh = {self.start}, [self.start]
        while fresh:
            for state in self.moves[fresh.pop()].values():
                if state not in found:
                    found.add(state)
                    fresh.append(state)
        return frozenset(found)

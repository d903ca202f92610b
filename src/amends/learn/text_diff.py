"""Two texts compared line by line, with what did not change folded away."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["same", "gone", "new", "fold"]


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One line. `old` and `new` are its numbers in the two texts; a `fold` stands for `text` unchanged lines."""

    mark: Mark
    old: int | None
    new: int | None
    text: str


def diff_rows(old: str, new: str, context: int = 3) -> tuple[DiffRow, ...]:
    """Will list every changed line with `context` unchanged ones around it; nothing where the texts have the same lines."""
    before, after = old.splitlines(), new.splitlines()
    rows: list[DiffRow] = []
    groups = list(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(context))
    reached = 0
    for group in groups:
        rows += _fold(group[0][1] - reached)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                rows += [DiffRow("same", i1 + n + 1, j1 + n + 1, before[i1 + n]) for n in range(i2 - i1)]
            else:
                rows += [DiffRow("gone", n + 1, None, before[n]) for n in range(i1, i2)]
                rows += [DiffRow("new", None, n + 1, after[n]) for n in range(j1, j2)]
        reached = group[-1][2]
    return (*rows, *(_fold(len(before) - reached) if groups else ()))


def _fold(lines: int) -> list[DiffRow]:
    return [DiffRow("fold", None, None, str(lines))] if lines > 0 else []

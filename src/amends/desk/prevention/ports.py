"""What prevention needs from the rooms below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from amends.facts.audit import Deed
from amends.facts.guard_shops import ShopThere
from amends.facts.people import Merchants
from amends.facts.prevention import Cause, Task


class PreventionBook(Protocol):
    """Where tasks are kept. Every method that writes is one transaction and tells the audit."""

    def shops(self, merchants: Merchants) -> Sequence[ShopThere]:
        """Every shop within a wall, by name."""
        ...

    def ran(self, shop: str, day: date) -> bool:
        """Whether a shop was looked through on a day."""
        ...

    def tasks(self, merchants: Merchants, shop: str = "") -> Sequence[Task]:
        """Every task within a wall, the newest first."""
        ...

    def keep_run(self, shop: str, day: date, causes: Sequence[Cause], at: datetime) -> int:
        """Keep what a run of a day found, and that it ran; how many tasks that made. A day is kept once."""
        ...

    def make(self, shop: str, cause: Cause, deed: Deed, at: datetime) -> int:
        """Make a task, or give the live one of the same cluster."""
        ...

    def change(self, number: int, told: Mapping[str, Any], deed: Deed, at: datetime) -> None:
        """Keep fields of a task that changed."""
        ...

    def cases(self, numbers: Sequence[int]) -> Sequence[tuple[int, str, str]]:
        """The cases that are there: number, own number, what was bought."""
        ...

    def people(self, merchant: str) -> Sequence[str]:
        """Who can be given work at a merchant."""
        ...


def same_cause(cause: Cause, task: Task) -> bool:
    """Whether a task is about this cause: the same cluster, or mostly the same cases."""
    known = set(task.cause.cases)
    keys = {task.cause.cluster.key, *[one.key for one in task.cause.also]}
    return cause.cluster.key in keys or (
        bool(cause.cases) and 2 * len(known.intersection(cause.cases)) >= len(cause.cases)
    )

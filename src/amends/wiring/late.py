"""A function that is imported when it is first called, so that a command loads only what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Late:
    """Stands for a function of a module of this package; picklable, so that worker processes can call it."""

    module: str
    name: str

    def found(self) -> Any:
        """The function itself; its module is loaded now."""
        return getattr(import_module(f"amends.wiring.{self.module}"), self.name)

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self.found()(*values, **named)

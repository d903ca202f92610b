"""Named places between two effects. In production they do nothing; crash tests stop the process at each of them in turn."""

from __future__ import annotations

from collections.abc import Callable

_hooks: list[Callable[[str], None]] = []


def watch(hook: Callable[[str], None]) -> None:
    """Call `hook` with the name of every place that is reached from now on."""
    _hooks.append(hook)


def reached(name: str) -> None:
    """The process is at this place."""
    for hook in _hooks:
        hook(name)

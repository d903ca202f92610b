"""The runner going round: work while something is due, wait a little while nothing is, until it is told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from amends.carry_out.runner import Runner

ROUNDS: Final = 5
_log = logging.getLogger("amends.runner")


def run_forever(
    runner: Runner, stop: Callable[[float], bool], idle_seconds: float = 0.5, after: Callable[[], None] | None = None
) -> None:
    """Carry out what is due until `stop` says so. `stop(seconds)` waits at most so long and answers whether to end.

    A fault (the database is away) is logged and waited out; a step that was under way keeps its lease and is taken up later.
    `after`: called after every round, for example to close connections.
    """
    pause = 0.0
    while not stop(pause):
        try:
            pause = 0.0 if runner.run_due() else idle_seconds
        except Exception:  # noqa: BLE001 - whatever went wrong in one round must not end the runner; it is logged
            _log.exception("a round of the runner failed; it goes on in %s seconds", idle_seconds * 10)
            pause = idle_seconds * 10
        if after is not None:
            after()


def run_some(runner: Runner, after: Callable[[], None] | None = None) -> bool:
    """Carry out what is due, a few rounds at most; whether more may be due. A fault is logged, and is no reason to go on at once."""
    try:
        return all(runner.run_due() for _ in range(ROUNDS))
    except Exception:  # noqa: BLE001 - whatever went wrong in one round must not end the worker; it is logged
        _log.exception("a round of the runner failed")
        return False
    finally:
        if after is not None:
            after()

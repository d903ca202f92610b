"""The process that keeps the runner alive. It loads next to nothing: what the runner needs is loaded by the runner alone."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from pathlib import Path
from typing import Final

from amends.wiring.late import Late

_BEFORE_ANOTHER: Final = 1.0
_LOOKS_EVERY: Final = 0.5
_RUNNER: Final = Late("processes", "run_agenda")
_log = logging.getLogger("amends.runner")


def keep(data: Path, url: str | None, ways: str, parent: int) -> None:
    """Will be the keeper's process: a runner below it, and another one should it die; until its own parent is gone, or it is asked to stop.

    A process and not a thread, since the server forks its workers and must have no threads when it does.
    """
    asked = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked.set())
    context = multiprocessing.get_context("spawn")
    while True:
        process = context.Process(
            target=_RUNNER, args=(data, url, ways, os.getpid()), name="amends-runner", daemon=True
        )
        process.start()
        while process.is_alive() and not asked.is_set() and os.getppid() == parent:
            process.join(_LOOKS_EVERY)
        if process.is_alive() or process.exitcode == 0:
            process.terminate()
            process.join(10)
            return
        _log.error("the runner ended with %s; another takes its place", process.exitcode)
        asked.wait(_BEFORE_ANOTHER)

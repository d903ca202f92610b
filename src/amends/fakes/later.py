"""Work that a fake does a little later, on a thread of its own: late commits, pending refunds, webhooks."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class Later:
    """Runs what it is given after so many milliseconds, one at a time, in order of time."""

    def __init__(self, name: str) -> None:
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._count = itertools.count()
        self._wake = threading.Condition()
        self._ended = False
        self._busy = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def after(self, ms: int, work: Callable[[], object]) -> None:
        """Do `work` in `ms` milliseconds."""
        with self._wake:
            heapq.heappush(self._due, (time.monotonic() + ms / 1000, next(self._count), work))
            self._wake.notify()

    def idle(self) -> bool:
        """Whether nothing is being done and nothing is due within the next tenth of a second."""
        with self._wake:
            return not self._busy and (not self._due or self._due[0][0] > time.monotonic() + 0.1)

    def end(self) -> None:
        """Stop; what was not yet due is not done."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while (work := self._next()) is not None:
            try:
                work()
            finally:
                with self._wake:
                    self._busy = False

    def _next(self) -> Callable[[], object] | None:
        with self._wake:
            while not self._ended:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    self._busy = True
                    return heapq.heappop(self._due)[2]
                self._wake.wait(wait)
        return None

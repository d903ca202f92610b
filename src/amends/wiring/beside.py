"""Work beside a round: in a thread of its own, one piece at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class Beside:
    """Has `work` done in a thread, again and again, never twice at once."""

    def __init__(self, work: Callable[[], int], fault: str = "the webhooks could not be sent") -> None:
        """`fault`: what the log says where it fails."""
        self._work, self._fault = work, fault
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="beside")
        self._going: Future[None] | None = None

    def look(self) -> None:
        """Begin anew, unless it is at work still."""
        if self._going is None or self._going.done():
            self._going = self._threads.submit(self._once)

    def _once(self) -> None:
        from django.db import close_old_connections

        try:
            while self._work():
                pass
        except Exception:
            logging.getLogger("amends.runner").exception(self._fault)
        finally:
            close_old_connections()

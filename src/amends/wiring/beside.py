"""Work beside a round: in a thread of its own, one piece at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class Beside:
    """Has `work` done in a thread, again and again, never twice at once."""

    def __init__(self, work: Callable[[], int], name: str = "the webhooks") -> None:
        self._work = work
        self._name = name
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
            logging.getLogger("amends.runner").exception("%s could not be gone on with", self._name)
        finally:
            close_old_connections()


class Hand:
    """Does `work` in a thread of its own for as long as there is some, whenever it is woken. `name`: what it does, for the log.

    The thread ends with the process, in the middle of what it does: only for work that may be cut off anywhere.
    """

    def __init__(self, work: Callable[[], bool], name: str) -> None:
        self._work, self._name = work, name
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Wake it."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._wake.set()

    def _run(self) -> None:
        from django.db import close_old_connections

        while self._wake.wait():
            self._wake.clear()
            try:
                while self._work():
                    close_old_connections()
            except Exception:
                logging.getLogger("amends.runner").exception("%s: a round of it failed", self._name)
            finally:
                close_old_connections()

"""Checks that take seconds, beside the request: a page asks again until the answer is there."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from threading import Lock

from amends.decide.policy.check.flaws import Flaw
from amends.desk.settings.policies import PolicyDesk
from amends.facts.kept_policies import text_sha256

_lock = Lock()
_running: dict[str, Future[tuple[Flaw, ...]]] = {}
_threads = ThreadPoolExecutor(1, thread_name_prefix="policy-check")
_LONGEST_QUEUE = 4


def findings(desk: PolicyDesk, text: str, at: datetime) -> tuple[Flaw, ...] | None:
    """Will give what the check finds in a text that can be read, or None while it is at work; the first call begins it.

    Another process asked in between begins for itself: nothing is shared, and the answer is the same.
    """
    known = desk.checked.known(text, at)
    if known is not None:
        return known
    key = text_sha256(text)
    with _lock:
        for done in [name for name, future in _running.items() if future.done() and name != key]:
            del _running[done]
        if key not in _running and len(_running) < _LONGEST_QUEUE:
            _running[key] = _threads.submit(desk.check, text, at)
        future = _running.get(key)
    if future is None or not future.done():
        return None
    with _lock:
        _running.pop(key, None)
    return future.result()

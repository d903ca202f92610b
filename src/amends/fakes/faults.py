"""How a fake misbehaves on command: named faults, each for a number of calls or with a seeded chance."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

FAULTS: Final[dict[str, str]] = {
    "hang_before": "wait `ms`, then hang up without having done anything",
    "drop_before": "hang up at once without having done anything",
    "drop_after": "do it, then (after `ms`) hang up without an answer",
    "commit_late": "answer `status` at once (0: hang up), do it `ms` later",
    "throttle": "answer 429 with Retry-After `seconds`; nothing is done",
    "error_before": "answer `status` (default 503); nothing is done",
    "error_after": "do it, then answer `status` (default 503)",
    "bad_signature": "the answer's signature is wrong (fakes that sign answers)",
    "drip": "send the answer's body byte by byte, `ms` apart",
    "malformed": "do it, then answer with half of the body",
    "wrong_amount": "the answer names another amount than was moved",
    "wrong_currency": "the answer names another currency than was moved",
    "strange_status": "the answer names a status that nobody has documented",
    "refuse": "a business refusal: not enough money in the merchant's account",
    "decline": "the bank declines the card that is to hold money",
    "authenticate": "the bank holds nothing unless the buyer is there",
    "pending": "the refund stays pending until it is finished by hand, or `ms` later if `ms` is not 0",
    "fail": "the refund is taken in and then fails, `ms` later",
    "reversal": "the refund succeeds and is turned back `ms` later",
    "webhook_duplicate": "the webhook comes twice",
    "webhook_reorder": "the webhook comes after the next one",
    "webhook_first": "the webhook comes before the answer",
    "webhook_hold": "the webhook waits until it is asked for",
    "webhook_lost": "the webhook never comes",
    "webhook_bad_signature": "the webhook's signature is wrong",
    "webhook_stale": "the webhook is rightly signed, a day ago",
}


def _is_of_webhooks(name: str) -> bool:
    return name.startswith("webhook_") and name != "webhook_first"


class UnableToSetFault(ValueError):
    """The fault is not known or badly described; the message says which field and what would be right."""


@dataclass(slots=True)
class Fault:
    """One fault. It lets `skip` matching calls go, then strikes `times` times (None: until cleared), each with `percent` %.

    `path`: strikes only calls whose path contains it; `method`: only calls by it. Times are in milliseconds.
    """

    name: str
    times: int | None = 1
    skip: int = 0
    percent: int = 100
    ms: int = 0
    status: int = 503
    seconds: int = 1
    path: str = ""
    method: str = ""


class Faults:
    """The faults that are set. Drawing is under a lock; chance comes from a seed, so that a run can be repeated."""

    def __init__(self, seed: int = 0) -> None:
        self._set: list[Fault] = []
        self._chance = random.Random(seed)
        self._lock = threading.Lock()

    def set(self, name: str, **settings: Any) -> Fault:
        """Add a fault; several of one name may stand one behind the other. Raises `UnableToSetFault`."""
        if name not in FAULTS:
            raise UnableToSetFault(f"name: no fault is called {name!r}; there are {', '.join(FAULTS)}")
        known = {field.name for field in fields(Fault)}
        for key, value in settings.items():
            if key not in known:
                raise UnableToSetFault(f"{key}: a fault has no such setting; it has {', '.join(sorted(known))}")
            wants_text = key in ("path", "method")
            fits = isinstance(value, str) if wants_text else type(value) is int  # True is no number
            if not fits and not (key == "times" and value is None):
                raise UnableToSetFault(f"{key}: {value!r} should be {'a text' if wants_text else 'a whole number'}")
        fault = Fault(name, **settings)
        with self._lock:
            self._set.append(fault)
        return fault

    def seed(self, seed: int) -> None:
        """Start chance anew from `seed`."""
        with self._lock:
            self._chance.seed(seed)

    def clear(self, name: str | None = None) -> None:
        """Take away the faults of this name, or all."""
        with self._lock:
            self._set = [fault for fault in self._set if name is not None and fault.name != name]

    def listed(self) -> list[dict[str, Any]]:
        """The faults that may still strike, as plain values."""
        with self._lock:
            return [asdict(fault) for fault in self._set]

    def draw(self, method: str, path: str, webhook: bool = False) -> Mapping[str, Fault]:
        """The faults that strike this call (or this webhook), by name. Each is counted."""
        struck: dict[str, Fault] = {}
        with self._lock:
            for fault in self._set:
                if _is_of_webhooks(fault.name) is webhook and fault.name not in struck:
                    if self._strikes(fault, method, path):
                        struck[fault.name] = fault
            self._set = [fault for fault in self._set if fault.times is None or fault.times > 0]
        return struck

    def _strikes(self, fault: Fault, method: str, path: str) -> bool:
        if fault.path not in path or (fault.method and fault.method != method):
            return False
        if fault.skip:
            fault.skip -= 1
            return False
        if fault.percent < 100 and self._chance.randrange(100) >= fault.percent:
            return False
        if fault.times is not None:
            fault.times -= 1
        return True

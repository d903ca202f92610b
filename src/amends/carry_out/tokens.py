"""Tokens that gateways give for a while: asked for when needed, kept until a minute before they run out, forgotten when refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from amends.carry_out.ports import Caller
from amends.facts.wire import Gateway, NeedsToken

_BEFORE_THE_END: Final = timedelta(seconds=60)


class Tokens:
    """The tokens of one process, by gateway. Safe over threads: one asks, the others wait for its answer."""

    def __init__(self, wire: Caller, now: Callable[[], datetime]) -> None:
        self._wire = wire
        self._now = now
        self._kept: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def ready(self, gateway: Gateway) -> Gateway:
        """The gateway, its calls carrying a token that holds. Raises `UnableToReach` and `UnableToGetToken`."""
        if not isinstance(gateway, NeedsToken):
            return gateway
        with self._lock:
            value, until = self._kept.get(gateway.name, ("", datetime.min.replace(tzinfo=self._now().tzinfo)))
            if until <= self._now():
                token = gateway.read_token(self._wire.call(gateway.token_request()))
                value = token.value
                life = timedelta(seconds=token.seconds)
                self._kept[gateway.name] = (value, self._now() + max(life / 2, life - _BEFORE_THE_END))
        return gateway.with_token(value)

    def forget(self, name: str) -> None:
        """A token was refused: the next call asks for a new one."""
        with self._lock:
            self._kept.pop(name, None)

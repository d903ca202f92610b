"""Speaking to platforms: each connection calls its own hosts only, at its own pace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from amends.carry_out.ports import Outside
from amends.carry_out.talk import talk
from amends.facts.channels import Channel
from amends.facts.connections import Reached
from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")


@dataclass
class Speech:
    """Implements `amends.desk.channels.ports.Speak`. `clock` counts seconds and never goes back; `sleep` waits.

    The pace (`calls_per_second` of the channel) is kept for each connection over all threads of this process.
    """

    wire: Outside
    channels: Mapping[str, Channel]
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    _next: dict[int, float] = field(default_factory=dict)
    _lock: Any = field(default_factory=threading.Lock)

    def __call__(self, reached: Reached, told: Generator[WireRequest, WireAnswer, T]) -> T:
        """The talk's result; its calls go to the hosts of this connection and nowhere else."""
        channel = self.channels.get(reached.connection.channel)
        pace = channel.can.calls_per_second if channel else None
        number = reached.connection.number

        def wait(_: WireRequest) -> None:
            if pace:
                self.sleep(self._turn(number, 1 / pace))

        return talk(self.wire.toward(hosts_of(reached, channel)), told, wait)

    def _turn(self, number: int, apart: float) -> float:
        """How many seconds until this call's turn, which is taken with the question."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next.get(number, now))
            self._next[number] = turn + apart
            return turn - now


def hosts_of(reached: Reached, channel: Channel | None) -> Collection[str]:
    """The hosts that a connection may call: its address, other addresses among its settings, and those its channel names."""
    access = reached.access
    urls = [access.url, *[value for name, value in access.values.items() if name.endswith("url")]]
    found = {urlsplit(url).hostname or "" for url in urls if url}
    return frozenset(found - {""}) | (channel.can.hosts if channel else frozenset())

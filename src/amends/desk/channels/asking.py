"""One question to one platform: its keys opened, renewed where they run out, the answer or a named fault."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from amends.desk.channels.ports import Connections, Speak
from amends.facts.channels import Access, Channel, UnableToTalk
from amends.facts.connections import Reached
from amends.facts.wire import Seal, UnableToReach, WireAnswer, WireRequest

T = TypeVar("T")
Talk = Callable[[Channel, Access, Seal], Generator[WireRequest, WireAnswer, T]]
_renewing: Final[dict[int, threading.Lock]] = defaultdict(threading.Lock)
RENEW_BEFORE: Final = timedelta(minutes=10)
"""Keys that can be renewed are, once so little is left of them."""


class UnableToFindConnection(LookupError):
    """There is no such connection, or no channel of its name any more."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Puts questions to platforms. `nonce` is new for each call; `now` is the clock."""

    connections: Connections
    channels: Mapping[str, Channel]
    speak: Speak
    now: Callable[[], datetime]
    nonce: Callable[[], str]

    def ask(self, number: int, talk: Talk[T]) -> T:
        """Give the result of a talk with a connection's platform. Keys are renewed before they run out, and once where they are refused.

        Raises `UnableToTalk` and `UnableToReach` as `talk` does, `UnableToUnseal`, and `UnableToFindConnection`.
        """
        reached = self.connections.reach(number)
        channel = self.channels.get(reached.connection.channel) if reached else None
        if reached is None or channel is None:
            raise UnableToFindConnection(f"connection {number}")
        reached = self.in_time(reached, channel)
        try:
            return self.speak(reached, talk(channel, reached.access, self.seal()))
        except UnableToTalk as fault:
            if fault.why != "keys" or not channel.can.tokens:
                raise
            return self._with_fresh_keys(reached, channel, talk, fault)

    def in_time(self, reached: Reached, channel: Channel) -> Reached:
        """With fresh keys where little is left of them; where none are to be had now, what is left of them is used."""
        until, now = reached.connection.keys_until, self.now()
        if not channel.can.tokens or until is None or until - now >= RENEW_BEFORE:
            return reached
        try:
            return self.renewed(reached, channel)
        except (UnableToTalk, UnableToReach):
            if until <= now:
                raise
            return reached

    def _with_fresh_keys(self, reached: Reached, channel: Channel, talk: Talk[T], fault: UnableToTalk) -> T:
        fresh = self.renewed(reached, channel)
        if fresh.access.values == reached.access.values:
            raise fault
        return self.speak(fresh, talk(channel, fresh.access, self.seal()))

    def renewed(self, reached: Reached, channel: Channel) -> Reached:
        """The connection with fresh keys, kept; as it is where its keys never run out, or others were put in meanwhile.

        One at a time for each connection: what keys are renewed with may be good for once only.
        """
        with _renewing[reached.connection.number]:
            return self._renewed(reached, channel)

    def _renewed(self, reached: Reached, channel: Channel) -> Reached:
        number = reached.connection.number
        there = self.connections.reach(number)
        if there is not None and there.access.values != reached.access.values:
            return there
        given = dict(self.speak(reached, channel.renew(reached.access, self.seal())))
        until = given.pop("expires_at", "")
        if not given:
            return reached
        secret = frozenset(setting.name for setting in channel.settings if setting.secret)
        known = {setting.name for setting in channel.settings}
        sealed = secret | frozenset(given.keys() - known)
        self.connections.renewed(number, given, sealed, moment(until))
        access = replace(reached.access, values={**reached.access.values, **given})
        return Reached(replace(reached.connection, keys_until=moment(until)), access)

    def seal(self) -> Seal:
        """Time and chance of one talk."""
        return Seal(self.now(), self.nonce())


def moment(text: str) -> datetime | None:
    """An instant of ISO 8601, in UTC; None for nothing."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None

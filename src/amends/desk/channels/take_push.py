"""Taking in what platforms push: verified, kept once, made a hint, answered; nothing is asked of the platform here."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.channels.ports import Connections, PushBook
from amends.facts.channels import Channel
from amends.facts.wire import UnableToTrustNotice, WireAnswer

UNTRUSTED: Final = WireAnswer(401, {"content-type": "text/plain"}, b"not trusted")
_log = logging.getLogger("amends.channels")


@dataclass(frozen=True, slots=True)
class PushDesk:
    """The door for pushes. `channels` by name."""

    connections: Connections
    pushes: PushBook
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]

    def take(self, push_name: str, headers: Mapping[str, str], body: bytes) -> WireAnswer | None:
        """The answer for the platform; None where nobody is connected by this address. `headers` by lower-case name.

        A message is kept and its hint with it before it is answered; what cannot be trusted is kept as refused and answered 401.
        """
        reached = self.connections.reach_push(push_name)
        channel = self.channels.get(reached.connection.channel) if reached else None
        if reached is None or channel is None:
            return None
        now, found = self.now(), reached.connection
        try:
            pushed = channel.pushed(reached.access, headers, body, now)
        except UnableToTrustNotice as fault:
            self.pushes.refuse(found.number, f"sha256:{hashlib.sha256(body).hexdigest()}", str(fault), body, now)
            return UNTRUSTED
        except Exception as fault:  # noqa: BLE001 - a body that a channel stumbles over must not be pushed at us for ever unseen
            _log.exception("a push to connection %s could not be read", found.number)
            self.pushes.refuse(found.number, f"sha256:{hashlib.sha256(body).hexdigest()}", repr(fault), body, now)
            return UNTRUSTED
        if pushed:
            self.pushes.hear(found.number, pushed, body, now)
        return channel.answer_push()

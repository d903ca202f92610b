"""Pushes of tracking networks: believed where they are signed, else a hint that the parcel is to be asked about."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from typing import Final

from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.ports import JoinedNetwork
from amends.facts.wire import UnableToTrustNotice, WireAnswer

NOT_TRUSTED: Final = WireAnswer(401, {"content-type": "text/plain"}, b"not trusted")
"""The answer for a push that proves nothing."""
_log = logging.getLogger("amends.tracking")


def is_address(joined: JoinedNetwork, secret: str) -> bool:
    """Whether this is the part of our address that was given to a network, in a time that does not tell where they differ."""
    wanted = joined.push_secret.encode()
    return bool(wanted) and hmac.compare_digest(wanted, secret.encode("utf-8", errors="replace"))


def take_push(desk: TrackingDesk, name: str, secret: str, headers: Mapping[str, str], body: bytes) -> WireAnswer | None:
    """The answer for a push; None where there is no such address. What is answered well is kept: nothing is lost after it.

    A push about a parcel that nobody follows is answered well and forgotten, or its sender would push it for days.
    """
    joined = desk.joined(name)
    if joined is None or not is_address(joined, secret):
        return None
    network, now = joined.network, desk.now()
    try:
        told = network.pushed(joined.access, headers, body, now)
    except UnableToTrustNotice as fault:
        _log.warning("a push of %s was refused: %s", name, fault)
        return NOT_TRUSTED
    for one in told:
        if network.can.signs:
            desk.book.take(name, one, now, desk.quiet, network.can.again_after)
        else:
            desk.book.hint(name, one.number, now)
    return network.answer_push()
